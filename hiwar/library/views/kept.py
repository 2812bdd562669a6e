"""Pages made a moment ago, kept in the cache.

A kept page is used only while its registry row, read anew for each request, is the one it was made from: what is
corrected or taken down is never shown from here. What stands beside the item (related titles, a person's name) may be
older by the time a page is kept, unless something was published, which lets go of all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpResponse

from hiwar.items.models import ItemRef
from hiwar.library import shelf

Made = tuple[bytes, dict[str, str], dict[str, list[str]] | None]


def page(ref: ItemRef, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The kept page of `ref`, or the one that `make` renders, which is then kept for PAGES_KEPT seconds."""
    if not settings.PAGES_KEPT:
        return make()
    changed = ref.changed.timestamp() if ref.changed else 0
    # The styles' digest as well: a new release must not show pages that name the files of the one before.
    release = getattr(staticfiles_storage, "manifest_hash", "")
    key = f"page.{ref.pk}.{changed}.{shelf.version()}.{release}"
    made: Made | None = cache.get(key)
    if made is not None:
        content, headers, policy = made
        response = HttpResponse(content, headers=headers)
        if policy is not None:
            response._csp_update = policy
        return response
    response = make()
    if response.status_code == 200:
        policy = getattr(response, "_csp_update", None)
        cache.set(key, (response.content, dict(response.headers), policy), settings.PAGES_KEPT)
    return response
