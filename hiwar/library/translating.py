"""Who wrote a translation made side by side: its pieces know it, its revisions only know who pressed the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import PageLogEntry, Revision
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from hiwar.library import contents

if TYPE_CHECKING:
    from hiwar.library.models.base import BasePage

REVISIONS = 50  # of the source that are looked through for what was translated, newest first
SHOWN = ("wagtail.publish", "wagtail.publish.scheduled")


def by_others(*, page: BasePage, revision: Revision | None, by: Any) -> bool:
    """Whether `page` (or its `revision`) is exactly what others than `by` made of it, side by side with its source.

    Wagtail-localize writes a revision in the name of whoever publishes, from pieces that others translated.
    """
    if not page.pk:
        return False
    translation = translation_of(page)
    if translation is None:
        return False
    translators = translators_of(page)
    if not translators or None in translators or by.pk in translators:
        return False
    return _same_as_translation(page, revision, translation) and _source_was_seen(translation, by)


def translation_of(page: BasePage) -> Translation | None:
    """How `page` is made side by side with its source, or None when it is written by itself."""
    return (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale, enabled=True)
        .select_related("source", "target_locale")
        .first()
    )


def translators_of(page: BasePage) -> set[int | None]:
    """Numbers of the accounts that translated a piece of `page` side by side, also of what has been taken apart from
    its source since; None among them when a piece names nobody."""
    where = {"locale": page.locale_id, "context__object_id": page.translation_key}
    return set(StringTranslation.objects.filter(**where).values_list("last_translated_by", flat=True)) | set(
        SegmentOverride.objects.filter(**where).values_list("last_translated_by", flat=True)
    )


def source_version(translation: Translation) -> tuple[bool, Revision | None]:
    """Whether what was translated has been public, and the source's version that holds it (None when none does)."""
    page = translation.source.get_source_instance()
    given = contents.digest(translation.source.as_instance())
    if page.live and contents.digest(page) == given:
        return True, None
    for revision in page.revisions.order_by("-pk")[:REVISIONS]:
        if contents.digest(revision.as_object()) == given:
            return PageLogEntry.objects.filter(revision=revision, action__in=SHOWN).exists(), revision
    return False, None


def _source_was_seen(translation: Translation, by: Any) -> bool:
    """Whether what was translated has been public, or somebody other than `by` wrote or approved it.

    What has no translation yet, and pictures, come over from the source as they are: without this, one's own draft
    would come out under its other language as soon as anybody had translated its title.
    """
    from hiwar.library.publishing import second_person

    shown, revision = source_version(translation)
    if shown or revision is None:
        return shown
    return second_person(page=translation.source.get_source_instance(), revision=revision, by=by)


def _same_as_translation(page: BasePage, revision: Revision | None, translation: Translation) -> bool:
    made = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    stored = page if revision is None else revision.as_object()
    return contents.digest(made) == contents.digest(stored)
