"""A stored citation in Python: its reference, and what it needs of the database, fetched for a text at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from wagtail import blocks

from hiwar.scripture import meanings, shown_hadith
from hiwar.scripture.models import Hadith
from hiwar.scripture.reference import BadReference, Reference


def verse_reference(text: str) -> Reference:
    """The verses that `text` names. Raises BadReference, also for a hadith, which has a block of its own."""
    reference = Reference.parse(text)
    if not reference.is_quran:
        raise BadReference("unclear", text=text)
    return reference


class Shelf:
    """What the citations of one text need of the database, fetched for all of them together when first asked for."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values
        self._verses: dict[int, meanings.Verses] = {}

    def meaning(self, reference: Reference) -> dict[str, Any] | None:
        """The meaning of a reference in the active language, with its edition's name. No query while there is none."""
        language = get_language() or "ar"
        held = meanings.edition(language)
        if held is None:
            return None
        if held["pk"] not in self._verses:
            references = [found for value in self.values if (found := value.reference)]
            self._verses[held["pk"]] = meanings.verses(held["pk"], references)
        return meanings.of(reference, language, self._verses[held["pk"]])

    @cached_property
    def hadith(self) -> dict[str, Hadith]:
        """The hadith of all the values by identifier, signed or not, with gradings and signer. Two queries."""
        return shown_hadith.by_uuid([value.get("hadith") for value in self.values])


class CitationValue(blocks.StructValue):
    """A stored citation; `shelf` is shared by all that stand in one text."""

    @cached_property
    def shelf(self) -> Shelf:
        return Shelf([self])


class VerseValue(CitationValue):
    @property
    def reference(self) -> Reference | None:
        """The verses it names; None when what is stored names none."""
        try:
            return verse_reference(self.get("reference") or "")
        except BadReference:
            return None

    @property
    def cut(self) -> tuple[int, int] | None:
        """First and last of the words that are cut out, from 1 over the whole passage; None for a plain citation."""
        first, last = self.get("first_word"), self.get("last_word")
        # What came past the form, by an import or the shell, may be anything.
        return (first, last) if type(first) is type(last) is int and first and last else None


class HadithValue(CitationValue):
    @property
    def entry(self) -> Hadith | None:
        """The hadith, signed or not; None when it is gone."""
        return self.shelf.hadith.get(str(self.get("hadith") or ""))
