"""Who may do what with versions of answers, as named rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from wagtail.models import Revision

from hiwar.items import registry
from hiwar.library import writers
from hiwar.scripture.permissions import is_scholar

if TYPE_CHECKING:
    from hiwar.library.models.base import BasePage


@dataclass(frozen=True)
class Version:
    """Content of a page that may be signed: its stored `page`, what it would show, and the revision that holds it
    (None for a translation made side by side)."""

    page: BasePage
    shows: BasePage
    revision: Revision | None


@rules.predicate
def is_of_a_signed_kind(user: Any, version: Version) -> bool:
    """Whether versions of this kind of page are signed at all."""
    return bool(version.page.kind) and registry.kind(version.page.kind).scholar


@rules.predicate
def wrote_none_of_it(user: Any, version: Version) -> bool:
    """Whoever wrote a version does not vouch for it."""
    return not writers.wrote(page=version.page, revision=version.revision, by=user)


# Knowledge, not rank: a manager who is no Scholar signs nothing.
may_sign = is_scholar & is_of_a_signed_kind & wrote_none_of_it
