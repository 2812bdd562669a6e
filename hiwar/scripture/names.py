"""Finding a sura or a collection by the name a person types, in Arabic or in Latin letters.

Names meet without regard to hamza, vowels, spaces, hyphens, apostrophes, case, the article, doubled letters and the
usual ways of romanising (baqarah, baqara; yasin, yaseen; tawbah, taubah). Pure Python, no framework.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from hiwar.arabic.folding import fold
from hiwar.scripture.canon import headings, quran
from hiwar.scripture.collections import Collection, collections

QURAN: Final = "quran"

Named = tuple[str, int | None]
"""``("quran", 2)`` for a sura, ``("quran", None)`` for the whole book, ``("bukhari", None)`` for a collection."""

# Words that stand around a name or a number and name nothing themselves. Folded.
_BEFORE: Final = frozenset(
    "سوره القران قران الكريم quran koran the holy q surat surah sura soorah chapter اخرجه رواه see cf انظر".split()
)
_AROUND_NUMBER: Final = frozenset(
    "ايه الايه ايات الايات الايتان الايتين ayah ayat aya verse verses v vv رقم no nr number حديث الحديث hadith".split()
)
_PARTING: Final = re.compile(r"[\s:،,;؛/.]+")
_ARTICLES: Final = frozenset("al el an ar as ash at ath ad adh az".split())
_SPELLINGS: Final = (
    (re.compile("ee|ii"), "i"),
    (re.compile("oo|ou|uu"), "u"),
    (re.compile("au"), "aw"),
    (re.compile("ai"), "ay"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("ah$"), "a"),
)
_ARABIC: Final = re.compile("[\u0621-\u064a]")


class UnknownName(LookupError):
    """No sura and no collection has this name. ``nearest`` is the most similar that there is, or ``None``."""

    def __init__(self, nearest: Named | None) -> None:
        super().__init__(nearest)
        self.nearest = nearest


def find(text: str) -> Named:
    """What a folded text names, words such as «سورة» left out; nothing at all is the Quran. Raises UnknownName."""
    words = [word for word in _PARTING.split(text) if _letters(word)]
    while words and _letters(words[-1]) in _AROUND_NUMBER:
        words.pop()
    while words and _letters(words[0]) in _BEFORE | _AROUND_NUMBER:
        words.pop(0)
    if not words:
        return QURAN, None
    wanted, table = key(" ".join(words)), _table()
    if wanted in table:
        return table[wanted]
    nearest = difflib.get_close_matches(wanted, table, n=1, cutoff=0.7)
    raise UnknownName(table[nearest[0]] if nearest else None)


def name_of(named: Named) -> dict[str, str]:
    """The name by language."""
    source, number = named
    if source != QURAN:
        return dict(collections()[source].names)
    held = quran().sura(number or 1)
    return {"ar": held.name_ar, "en": held.name_en}


def scheme(held: Collection, text: str) -> str | None:
    """Slug of the numbering that a folded text names in one collection."""
    wanted = _letters(text)
    for entry in held.schemes:
        if wanted in {_letters(fold(name)) for name in (entry.slug, *entry.names.values())}:
            return entry.slug
    return None


def without_words(text: str) -> str:
    """A folded text without the words that only announce a number: «2, verse 255» becomes «2 255»."""
    kept: list[str] = []
    for word in text.split():
        if word.strip(":،,.") not in _AROUND_NUMBER:
            kept.append(word)
        elif kept:
            kept[-1] = kept[-1].rstrip("،,")
    return " ".join(kept)


def key(name: str) -> str:
    """What two ways of writing one name have in common. Takes a folded name."""
    if _ARABIC.search(name):
        letters = _letters(name)
        return letters.removeprefix("ال") or letters
    words = [_letters(word) for word in re.split(r"[\s\-]+", name)]
    kept = [word for word in words if word not in _ARTICLES] or words
    return _respelt("".join(kept))


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _respelt(word: str) -> str:
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


@cache
def _table() -> Mapping[str, Named]:
    table: dict[str, Named] = {}
    for spelling, named in _spellings():
        other = table.setdefault(spelling, named)
        if other != named:
            raise ValueError(f"{spelling!r} would name both {other} and {named}")
    return table


def _spellings() -> Iterator[tuple[str, Named]]:
    aliases = headings()["aliases"]
    for sura in quran().suras():
        named = (QURAN, sura.number)
        for name in (sura.name_ar, sura.name_en, *aliases.get(str(sura.number), ())):
            folded = fold(name)
            yield key(folded), named
            if not _ARABIC.search(folded):
                # Written in one word: with the article as it is spoken, and as it is spelt.
                joined = _letters(folded)
                yield _respelt(joined), named
                if "-" in folded:
                    yield _respelt("al" + _letters(folded.partition("-")[2])), named
    for held in collections().values():
        for name in (*held.names.values(), held.slug, *held.aliases):
            folded = fold(name)
            yield key(folded), (held.slug, None)
            yield _respelt(_letters(folded)), (held.slug, None)
