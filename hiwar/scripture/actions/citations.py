"""The reverse index: which item uses which words. It follows the item, in the item's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from hiwar.items import actions as items
from hiwar.items.actions import Card
from hiwar.items.models import ItemRef
from hiwar.scripture import kinds
from hiwar.scripture.models import Citation, Passage
from hiwar.scripture.reference import Reference


@dataclass(frozen=True)
class Cited:
    """One use of scripture in an item. `role` is one of Citation.Role; the rest is for words shown as misused:
    `cut_text` the words that are usually cut out, `note` (by language) how."""

    reference: Reference
    role: str = Citation.Role.CITES
    cut_text: str = ""
    note: Mapping[str, str] = field(default_factory=dict)


COLUMNS = ("source", "sura", "first", "last", "number", "scheme", "role", "cut_text", "note")


@transaction.atomic
def record_citations(*, item: ItemRef, citations: Iterable[Cited]) -> int:
    """Make the index say of `item` exactly `citations`, in their order; returns how many there are.

    What stands twice is kept once; the same again writes nothing. Each passage of the Quran gets its own registry rows
    when it is first cited. No audit entry: this follows the item's publication, which has one.
    """
    # The row is the lock: two publications of one item at once would otherwise both write the same places.
    ItemRef.objects.select_for_update().filter(pk=item.pk).first()
    rows: list[dict[str, Any]] = []
    for cited in citations:
        row = _columns(cited)
        if row not in rows:
            rows.append(row)
    held = list(Citation.objects.filter(item=item).order_by("order").values(*COLUMNS))
    if held != rows:
        Citation.objects.filter(item=item).delete()
        Citation.objects.bulk_create(Citation(item=item, order=order, **row) for order, row in enumerate(rows))
    for reference in {Reference.verse(row["sura"], row["first"], row["last"]) for row in rows if row["sura"]}:
        make_verse_items(reference=reference)
    return len(rows)


def verse_item(*, reference: Reference, language: str) -> ItemRef:
    """The registry row of a passage of the Quran in `language`, made when there is none. ValueError for a hadith.

    Its short address leads to the passage's page. Not for a view of the public: looking at a verse writes nothing.
    """
    if not reference.is_quran:
        raise ValueError(f"{reference} is a hadith: sign_hadith makes its rows")
    with transaction.atomic():
        passage, _made = Passage.objects.get_or_create(**_place(reference))
        return _row_of(passage, language) or items.put(_card(passage, reference, language))


def make_verse_items(*, reference: Reference) -> None:
    """Make the registry rows of a passage in every language. One query when they are there."""
    codes = [code for code, _name in settings.LANGUAGES]
    passages = Passage.objects.filter(**_place(reference)).values("pk")
    known = set(
        ItemRef.objects.filter(kind=kinds.VERSE, subject_id__in=passages).order_by().values_list("language", flat=True)
    )
    for code in codes:
        if code not in known:
            verse_item(reference=reference, language=code)


def _place(reference: Reference) -> dict[str, Any]:
    return {"sura": reference.sura, "first": reference.first, "last": reference.last}


def _row_of(passage: Passage, language: str) -> ItemRef | None:
    return items.of(passage, kind=kinds.VERSE, language=language)


def _card(passage: Passage, reference: Reference, language: str) -> Card:
    """No summary and no date: a card shows no words of a verse that are not set in its own face, with its seal."""
    return Card(
        kind=kinds.VERSE,
        subject_id=passage.pk,
        language=language,
        translation_key=passage.uuid,
        live=True,
        title=reference.label(language),
        path=kinds.path_of(reference, language),
    )


def _columns(cited: Cited) -> dict[str, Any]:
    reference = cited.reference
    return {
        "source": reference.source,
        "sura": reference.sura,
        "first": reference.first,
        "last": reference.last,
        "number": reference.number or "",
        "scheme": reference.scheme or "",
        "role": str(Citation.Role(cited.role)),
        "cut_text": cited.cut_text,
        "note": {code: text for code, text in cited.note.items() if text},
    }
