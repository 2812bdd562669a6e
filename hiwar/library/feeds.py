"""Feeds of each section and of everything: Atom (RFC 4287) and JSON Feed 1.1, from registry rows and notes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Max
from django.templatetags.static import static
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, override

from hiwar.arabic.dates import both_calendars
from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.library import corrections
from hiwar.library.kinds import is_page, of_pages
from hiwar.library.models import Correction
from hiwar.library.origin import absolute
from hiwar.ui.page import names

LONGEST = 30  # items
ALL, CORRECTIONS = "all", "corrections"
NOTES = uuid.UUID("0c9d5b0e-4b1a-4a86-9f0f-2d1f6c1f7a51")  # of which identifiers of corrections are made
TYPES = {"xml": "application/atom+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8"}


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. `text` is the summary, and what has been corrected since, if anything."""

    id: str
    title: str
    path: str
    summary: str
    text: str
    language: str
    label: str
    published: datetime | None
    updated: datetime | None
    image: str = ""


@dataclass(frozen=True)
class Feed:
    """What both formats print. `changed` is when the list last changed, items taken down included; None when empty."""

    language: str
    section: str
    title: str
    items: Sequence[Entry]
    changed: datetime | None

    @property
    def home(self) -> str:
        """Absolute address of the list that the feed follows."""
        places = {ALL: "", CORRECTIONS: f"{CORRECTIONS}/"}
        place = places.get(self.section)
        return absolute(f"/{self.language}/{f'{sections()[self.section][0].place}/' if place is None else place}")

    def address(self, format: str) -> str:
        """Absolute address of the feed itself; `format` is 'xml' or 'json'."""
        return absolute(f"/{self.language}/feeds/{self.section}.{format}")


def sections() -> dict[str, list[registry.Kind]]:
    """Kinds by the name of their feed; 'all' holds every kind that has one."""
    kinds = [kind for kind in registry.kinds() if kind.feed]
    return {ALL: kinds, **{kind.section: [kind] for kind in kinds}}


def feed(*, language: str, section: str) -> Feed:
    """The newest items of a section in a language, or the newest corrections. Three queries at most.

    Raises KeyError for a section that has no feed.
    """
    if section == CORRECTIONS:
        return _of_corrections(language)
    kinds = sections()[section]
    rows = ItemRef.objects.filter(language=language, kind__in=[kind.slug for kind in kinds])
    items = list(rows.shown()[:LONGEST])
    notes = corrections.of_items(items)
    # An item that was taken down changes the list too, and shows in no row of it.
    hidden = rows.filter(live=False).aggregate(last=Max("changed"))["last"]
    moments = [item.changed for item in items if item.changed] + ([hidden] if hidden else [])
    with override(language):
        what = gettext("Everything published") if section == ALL else str(kinds[0].plural)
        entries = [_entry(item, notes.get(item.subject_id, []) if is_page(item) else []) for item in items]
    return _feed(language, section, what, entries, max(moments, default=None))


def _of_corrections(language: str) -> Feed:
    """The newest corrections and updates, each an entry of its own. Three queries."""
    notes = corrections.public(language)
    found = corrections.with_items(list(notes[:LONGEST]), language)
    # Whatever was corrected once: it may have been taken down since, which changes the list.
    told = corrections.ever(language)
    last = ItemRef.objects.filter(language=language, kind__in=of_pages(), subject_id__in=told)
    with override(language):
        entries = [_correction(note, item) for note, item in found]
        what = gettext("Corrections and updates")
    return _feed(language, CORRECTIONS, what, entries, last.aggregate(last=Max("changed"))["last"])


def _feed(language: str, section: str, what: str, entries: list[Entry], changed: datetime | None) -> Feed:
    title = f"{what} · {names(language)['site_name']}"
    return Feed(language=language, section=section, title=title, items=entries, changed=changed)


def _entry(item: ItemRef, notes: Sequence[Correction]) -> Entry:
    return Entry(
        id=f"urn:uuid:{item.uuid}",
        title=item.title,
        path=item.path,
        summary=item.summary,
        text="\n".join(part for part in (item.summary, *(_said(note, item.language) for note in notes)) if part),
        language=item.language,
        label=item.kind_label,
        published=item.date,
        updated=item.changed or item.date,
        image=item.image_url,
    )


def _correction(note: Correction, item: ItemRef) -> Entry:
    """The identifier is made of what the note says, and outlives the row that holds it."""
    said = f"{item.uuid}|{note.on}|{note.kind}|{note.text.here(item.language)}"
    day = datetime.combine(note.on, time(), timezone.get_current_timezone())
    return Entry(
        id=f"urn:uuid:{uuid.uuid5(NOTES, said)}",
        title=f"{note.get_kind_display()}: {item.title}",
        path=item.path,
        summary=note.text.here(item.language),
        text=note.text.here(item.language),
        language=item.language,
        label=note.get_kind_display(),
        published=day,
        updated=day,
    )


def _said(note: Correction, language: str) -> str:
    """A note as one line: what it is, its day, its words."""
    return f"{note.get_kind_display()} ({both_calendars(note.on, language)}): {note.text.here(language)}"


class Atom(Atom1Feed):
    """Django's Atom 1.0, whose empty feed keeps one date instead of the present moment."""

    def __init__(self, *args: Any, changed: datetime | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed = changed

    def latest_post_date(self) -> datetime:
        return self.changed or datetime(1970, 1, 1, tzinfo=timezone.get_current_timezone())


def atom(shown: Feed) -> bytes:
    """The feed as an Atom document, UTF-8. Item ids are `urn:uuid:` and outlive any change of address."""
    book = Atom(
        title=shown.title,
        link=shown.home,
        description="",
        language=shown.language,
        feed_url=shown.address("xml"),
        feed_guid=shown.address("xml"),
        author_name=names(shown.language)["site_name_full"],
        author_link=absolute(f"/{shown.language}/"),
        changed=shown.changed,
    )
    with override(shown.language):
        for item in shown.items:
            book.add_item(
                title=item.title,
                link=absolute(item.path),
                description=item.text,
                unique_id=item.id,
                pubdate=_local(item.published),
                updateddate=_local(item.updated),
                categories=[item.label],
            )
    return book.writeString("utf-8").encode()


def json_feed(shown: Feed) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org), UTF-8. An item's text is its summary and its notes of correction."""
    called = names(shown.language)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": shown.title,
        "home_page_url": shown.home,
        "feed_url": shown.address("json"),
        "language": shown.language,
        "favicon": absolute(static("hiwar/favicon.svg")),
        "authors": [{"name": called["site_name_full"], "url": absolute(f"/{shown.language}/")}],
        "items": [_json_item(item) for item in shown.items],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _json_item(item: Entry) -> dict[str, Any]:
    row = {
        "id": item.id,
        "url": absolute(item.path),
        "title": item.title,
        "content_text": item.text or item.title,
        "summary": item.summary,
        "image": absolute(item.image),
        "date_published": _iso(item.published),
        "date_modified": _iso(item.updated),
        "language": item.language,
    }
    return {key: value for key, value in row.items() if value}


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def _iso(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
