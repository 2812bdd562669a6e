"""Who signed what a page shows: what the gate asks (decision 0020). Signing itself is in signing.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hiwar.items import registry
from hiwar.library import mending
from hiwar.scripture.permissions import is_scholar

if TYPE_CHECKING:
    from hiwar.library.models.base import BasePage


def of(*, page: BasePage) -> list[Any]:
    """The Scholars of today who signed exactly what `page` shows, or that from which mending alone made it."""
    from hiwar.library.models.signatures import Signature

    if not page.pk or not page.kind or not registry.kind(page.kind).scholar:
        return []
    found = Signature.objects.filter(page_id=page.pk, digest__in=mending.unmended(page=page), by__isnull=False)
    return [each.by for each in found.select_related("by") if is_scholar(each.by)]


def by_another(*, page: BasePage, by: Any) -> bool:
    """Whether a Scholar other than `by` signed what `page` shows."""
    return any(signer.pk != by.pk for signer in of(page=page))
