"""Who wrote a translation made side by side: its pieces know it, its revisions only know who pressed the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import PageLogEntry, Revision
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

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
    translation = (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale=page.locale, enabled=True)
        .select_related("source", "target_locale")
        .first()
    )
    if translation is None:
        return False
    where = {"locale": translation.target_locale, "context__object_id": page.translation_key}
    translators = set(StringTranslation.objects.filter(**where).values_list("last_translated_by", flat=True))
    translators |= set(SegmentOverride.objects.filter(**where).values_list("last_translated_by", flat=True))
    if not translators or None in translators or by.pk in translators:
        return False
    return _same_as_translation(page, revision, translation) and _source_was_seen(translation, by)


def _source_was_seen(translation: Translation, by: Any) -> bool:
    """Whether what was translated has been public, or somebody other than `by` wrote or approved it.

    What has no translation yet, and pictures, come over from the source as they are: without this, one's own draft
    would come out under its other language as soon as anybody had translated its title.
    """
    from hiwar.library.publishing import second_person, seen

    page = translation.source.get_source_instance()
    given = seen(translation.source.as_instance())
    if page.live and seen(page) == given:
        return True
    for revision in page.revisions.order_by("-pk")[:REVISIONS]:
        if seen(revision.as_object()) == given:
            shown = PageLogEntry.objects.filter(revision=revision, action__in=SHOWN).exists()
            return shown or second_person(page=page, revision=revision, by=by)
    return False


def _same_as_translation(page: BasePage, revision: Revision | None, translation: Translation) -> bool:
    from hiwar.library.publishing import seen

    made = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    stored = page if revision is None else revision.as_object()
    return seen(made) == seen(stored)
