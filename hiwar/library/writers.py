"""Who wrote a version of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import Revision

from hiwar.library import contents, mending, translating

if TYPE_CHECKING:
    from hiwar.library.models.base import BasePage

LOOKED_THROUGH = 100  # of one person's versions of a page; whoever has more since it was shown counts as its writer


def wrote(*, page: BasePage, revision: Revision | None, by: Any) -> bool:
    """Whether `by` wrote any of what `revision` of `page` would change in what is shown. In doubt, they did.

    `revision` is None for what a side-by-side translation would be now. Whoever translated a piece wrote it; what
    has no translation yet, who wrote the source.
    """
    if not page.pk or by.pk in (translators := translating.translators_of(page)):
        return True
    translation = translating.translation_of(page)
    if translation is not None:
        shown, source = translating.source_version(translation)
        if None in translators or (source is None and not shown):
            return True
        if source is not None and not shown:
            written = wrote(page=translation.source.get_source_instance(), revision=source, by=by)
            return written or (revision is not None and _wrote(page, revision, by))
    return revision is not None and _wrote(page, revision, by)


def _wrote(page: BasePage, revision: Revision, by: Any) -> bool:
    """By the page's own versions: those since the one that is shown, and older ones that are brought back."""
    shown = page.live_revision_id or 0
    versions = page.revisions.filter(pk__lte=revision.pk)
    own = list(versions.filter(user=by).order_by("-pk")[: LOOKED_THROUGH + 1])
    if len(own) > LOOKED_THROUGH and own[-1].pk > shown:
        return True
    target = contents.digest(revision.as_object())
    return any(
        (each.pk > shown or contents.digest(each.as_object()) == target) and _changes(page, each) for each in own
    )


def _changes(page: BasePage, version: Revision) -> bool:
    """Whether `version` says something else than the one before it, in somebody's own words."""
    before = page.revisions.filter(pk__lt=version.pk).order_by("-pk").first()
    if before is not None and contents.same(before, version):
        return False
    return mending.mended_from(page=page, revision=version) is None
