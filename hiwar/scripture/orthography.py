"""How the Uthmani spelling differs from the modern one, for readers: rules in words, examples out of the canon.

An example is a place, never a text: its words are read from both editions when the page is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiwar.scripture.canon import modern, quran, skeleton
from hiwar.scripture.reference import Reference


@dataclass(frozen=True)
class Place:
    """Words of a verse that both spellings write: which one of the Uthmani words, from 1, and how many modern ones."""

    sura: int
    verse: int
    word: int
    many: int = 1

    @property
    def reference(self) -> Reference:
        return Reference.verse(self.sura, self.verse)

    def uthmani(self) -> str:
        """The word as the Uthmani edition writes it."""
        return quran().verse(self.sura, self.verse).words[self.word - 1]

    def modern(self) -> str:
        """The same word as the modern edition writes it. Its file sets pause marks as words of their own."""
        words = [word for word in modern()[self.sura, self.verse].split() if any(sign.isalpha() for sign in word)]
        return " ".join(words[self.word - 1 : self.word - 1 + self.many])


@dataclass(frozen=True)
class Difference:
    name: str | Promise
    text: str | Promise
    places: tuple[Place, ...]


# Places count words of both spellings alike up to the example: no word before it is joined in one of them alone.
DIFFERENCES = (
    Difference(
        _("Vowels and signs"),
        _(
            "The Uthmani edition writes every vowel, the sign of an alif that is not spoken within speech, and where "
            "to pause. The modern one used here writes letters and pauses alone."
        ),
        (Place(1, 2, 1),),
    ),
    Difference(
        _("A small alif"),
        _("A long a is often a small sign above the line; modern spelling writes the letter."),
        (Place(1, 4, 1), Place(2, 9, 1)),
    ),
    Difference(
        _("Waw in place of alif"),
        _("Some words keep the letter waw where an alif is spoken."),
        (Place(2, 3, 5),),
    ),
    Difference(
        _("Hamza before alif"),
        _("Hamza with a long a is written as two signs; modern spelling has one letter for both."),
        (Place(2, 9, 4),),
    ),
    Difference(
        _("One letter for two"),
        _("Of two like letters in a row one may be a small sign."),
        (Place(3, 78, 4), Place(21, 88, 7)),
    ),
    Difference(
        _("Letters that are not spoken"),
        _("A letter may stand in the word and be passed over in reading; a small circle above it says so."),
        (Place(27, 21, 5), Place(51, 47, 3)),
    ),
    Difference(
        _("Words written together"),
        _("Some words that modern spelling parts are written as one. Counts of words differ for this reason."),
        (Place(2, 21, 1, 2), Place(20, 94, 2, 3)),
    ),
    Difference(
        _("What both keep"),
        _("Some older spellings stand in the modern edition as well, such as an open ta at the end of certain words."),
        (Place(2, 218, 12),),
    ),
)


def examples() -> list[dict[str, Any]]:
    """The differences with their examples: [{name, text, rows: [{reference, uthmani, modern}]}]."""
    return [
        {
            "name": each.name,
            "text": each.text,
            "rows": [
                {"reference": place.reference, "uthmani": place.uthmani(), "modern": place.modern()}
                for place in each.places
            ],
        }
        for each in DIFFERENCES
    ]


@cache
def verses_that_differ() -> int:
    """In how many verses the letters of the two editions differ, marks and hamza apart. A quarter of a second, once."""
    held = modern()
    return sum(
        skeleton(" ".join(verse.words)) != skeleton(held[verse.sura, verse.number]) for verse in quran().verses()
    )
