"""What changed in a published answer, said to the reader: the demand for a note, and lists of notes (decision 0021)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry, Revision

from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.library import contents
from hiwar.library.contents import CORRECTIONS
from hiwar.scripture.reference import Reference
from hiwar.ui.bylanguage import Texts

if TYPE_CHECKING:
    from hiwar.library.models.base import BasePage, Correction

SHOWN = ("wagtail.publish", "wagtail.publish.scheduled")
# Stands in no page as a text: a change here is nothing a reader could be told about.
NOT_READ = frozenset({"archive_reference", "seo_title", "search_description"})
UNEXPLAINED = _("What was changed? Say whether it is a correction or an update, with a note for the reader.")
REMOVED = _("What has been published as a correction or update stays as it is. Add another one instead.")


def is_asked(page: BasePage) -> bool:
    """Whether a change of `page` needs a note: its kind demands it, and readers have seen a version of it."""
    return _explains(page) and _seen_once(_stored(page))


def _explains(page: BasePage) -> bool:
    return bool(page.kind and page.pk) and registry.kind(page.kind).scholar


def _stored(page: BasePage) -> BasePage | None:
    """The page's own row: the act of publishing sets the columns of the given one before it is saved."""
    return type(page)._base_manager.filter(pk=page.pk).first()


def _seen_once(stored: BasePage | None) -> bool:
    return stored is not None and bool(stored.live or stored.first_published_at)


def last_shown(page: BasePage) -> BasePage | None:
    """What readers see of `page`, or saw last; None when that is not known."""
    stored = _stored(page)
    return stored if stored is None or stored.live else _shown_before(stored)


def _shown_before(stored: BasePage) -> BasePage | None:
    entries = PageLogEntry.objects.filter(page=stored.pk, action__in=SHOWN, revision__isnull=False)
    number = entries.order_by("-timestamp", "-pk").values_list("revision_id", flat=True).first()
    revision = Revision.page_revisions.filter(pk=number).first() if number else None
    if revision is not None:
        return revision.as_object()
    return None if stored.revisions.exists() else stored


def objection(*, page: BasePage) -> str | Promise:
    """Why `page` may not be shown as it is given, for want of a word on what was changed; '' when it may."""
    from hiwar.library import mending

    if not is_asked(page):
        return ""
    shown = last_shown(page)
    if shown is not None and contents.digest(shown) in mending.unmended(page=page):
        return ""
    if gone(page=page, shown=shown):
        return REMOVED
    same = shown is not None and read(page) == read(shown)
    return "" if same or told(page=page, shown=shown) else UNEXPLAINED


def read(page: BasePage) -> str:
    """Digest of what a reader reads of `page`, its notes apart."""
    return contents.digest(page, without=NOT_READ | {CORRECTIONS})


def new(*, page: BasePage, shown: BasePage | None) -> list[Correction]:
    """The notes of `page` that `shown` has not."""
    left = Counter(map(_row, shown.corrections.all() if shown is not None else ()))
    found = []
    for note in page.corrections.all():
        if left[_row(note)]:
            left[_row(note)] -= 1
        else:
            found.append(note)
    return found


def told(*, page: BasePage, shown: BasePage | None) -> list[Correction]:
    """Of the new notes of `page`, those that tell its reader something: in words, and of no day to come."""
    today = timezone.localdate()
    return [
        note
        for note in new(page=page, shown=shown)
        if str(note.on) <= str(today) and any(sign.isalnum() for sign in Texts(note.text or {}).here(page.language))
    ]


def gone(*, page: BasePage, shown: BasePage | None) -> bool:
    """Whether `page` lacks a note that `shown` has."""
    return shown is not None and bool(new(page=shown, shown=page))


def _row(note: Any) -> tuple[Any, ...]:
    return str(note.on), note.kind, tuple(sorted((note.text or {}).items()))


def note_mended(*, page: BasePage, was: str, references: Sequence[str]) -> None:
    """Add to the draft `page` that readers saw a quotation otherwise than the edition has it, when they did.

    `was` is the digest of the draft before it was mended: with other changes in it, whoever made them says so.
    """
    from hiwar.library.models.base import Correction

    if not is_asked(page) or not page.live:
        return
    shown = last_shown(page)
    if shown is None or contents.digest(shown) != was:
        return
    text = Texts()
    for code, _name in settings.LANGUAGES:
        with override(code):
            labels = " · ".join(Reference.parse(key).label(code) for key in references)
            text[code] = gettext("A quotation now has the words of the edition: %(reference)s.") % {"reference": labels}
    page.corrections.add(Correction(on=timezone.localdate(), kind="correction", text=text))


def public(language: str) -> QuerySet[Correction]:
    """Notes of everything that is shown in `language`, newest first."""
    from hiwar.library.models.base import Correction

    return Correction.objects.filter(page__locale__language_code=language, page__live=True).order_by("-on", "-pk")


def ever(language: str) -> QuerySet[Correction, Any]:
    """Numbers of all pages in `language` that have a note, also of those that are not shown now."""
    from hiwar.library.models.base import Correction

    return Correction.objects.filter(page__locale__language_code=language).order_by().values("page_id")


def with_items(notes: Sequence[Correction], language: str) -> list[tuple[Correction, ItemRef]]:
    """Each note with the registry's row of its item. One query; none for no notes."""
    from hiwar.library import kinds

    if not notes:
        return []
    refs = ItemRef.objects.shown().in_language(language).filter(kind__in=kinds.of_pages())
    found = {ref.subject_id: ref for ref in refs.filter(subject_id__in={note.page_id for note in notes})}
    return [(note, found[note.page_id]) for note in notes if note.page_id in found]


def of_items(refs: Sequence[ItemRef]) -> dict[int, list[Correction]]:
    """The notes of each page in `refs`, newest first, by its number. One query; none when no page is among them."""
    from hiwar.library import kinds
    from hiwar.library.models.base import Correction

    pages = [ref.subject_id for ref in refs if ref.kind in set(kinds.of_pages())]
    found: dict[int, list[Correction]] = {}
    for note in Correction.objects.filter(page_id__in=pages).order_by("-on", "-pk") if pages else ():
        found.setdefault(note.page_id, []).append(note)
    return found
