"""What an answer rests on: the verses, hadith, works and instruments that stand in its text, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from hiwar.library import instruments
from hiwar.library.evidence_blocks import instrument_choices
from hiwar.scripture import shown
from hiwar.scripture.block_values import HadithValue, Shelf
from hiwar.scripture.blocks import CitationBlock
from hiwar.scripture.canon import quran
from hiwar.scripture.reference import Reference

FEW_WORDS = 24  # of a verse that stands in a list; a longer one is named alone, for a verse is never cut
FEW_LETTERS = 220  # of a hadith
KEPT = {"scholar", "history", "law"}


@dataclass(frozen=True)
class Proof:
    """One thing that is cited. `words` are its own, as markup, "" when they would be too long for a list.

    `kind` is verse, hadith, work or law; `label` its reference or author, `title` the work's, `path` its page here.
    """

    kind: str
    label: str
    title: str = ""
    page: str = ""
    path: str = ""
    words: str = ""
    to_be_checked: bool = False


def fetch_together(pages: Iterable[Any]) -> None:
    """Let the hadith of several texts be fetched at once: two queries for all of them."""
    values = [block.value for page in pages for block in _cited(page.body) if isinstance(block.value, HadithValue)]
    shelf = Shelf(values)
    for value in values:
        value.shelf = shelf


def of(stream: Any) -> list[Proof]:
    """What the blocks of an answer's StreamField cite, in the order of the text."""
    found = (_proof(block) for block in _cited(stream))
    return list({(each.kind, each.label, each.title): each for each in found if each}.values())


def _cited(stream: Any) -> Iterator[Any]:
    """The blocks that name something; no other is made."""
    if not stream:
        return
    blocks = stream.stream_block.child_blocks
    wanted = KEPT | {name for name, block in blocks.items() if isinstance(block, CitationBlock)}
    for place, raw in enumerate(stream.raw_data):
        if raw["type"] in wanted:
            yield stream[place]


def _proof(block: Any) -> Proof | None:
    value = block.value
    if isinstance(block.block, CitationBlock):
        reference = block.block.cited(value)
        return _scripture(reference, value) if reference else None
    page, unchecked = str(value.get("page") or ""), bool(value.get("to_be_checked"))
    if block.block_type == "scholar":
        return Proof("work", value["who"], value["work"], page=page, to_be_checked=unchecked)
    if block.block_type == "history":
        return Proof("work", "", value["work"], page=page, to_be_checked=unchecked) if value.get("work") else None
    slug = value["instrument"]
    if slug not in instruments.rows():
        return None
    return Proof("law", value.get("article") or "", dict(instrument_choices())[slug], to_be_checked=unchecked)


def _scripture(reference: Reference, value: Any) -> Proof:
    label, path = shown.label(reference), shown.path_of(reference, get_language() or "ar")
    if not reference.is_quran:
        text = value.entry.text
        return Proof("hadith", label, path=path, words=text if len(text) <= FEW_LETTERS else "")
    verses = quran().passage(reference)
    return Proof(
        "verse", label, path=path, words=shown.uthmani(verses) if shown.count_words(verses) <= FEW_WORDS else ""
    )
