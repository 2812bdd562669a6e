"""Verification: what stands between typed text and its publication. From texts with their places to findings.

The rule of the house (issue 3): an exact quotation is only offered as a verse of its own; an altered one is not
published until it is mended, or a Scholar lets it pass. Pure functions over `detect` and the canon, no tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from hiwar.scripture.canon import digest, modern, quran
from hiwar.scripture.collections import collections
from hiwar.scripture.detect import SOURCES, Quotation, detect
from hiwar.scripture.matching.spelling import tokens
from hiwar.scripture.reference import QURAN, BadReference, Reference

EXACT, PARTIAL, ALTERED = "exact", "partial", "altered"
# Longer texts are searched anew each time: what is kept must not outgrow the index.
LONGEST_KEPT: Final = 40_000
# A quotation has at least two words of two letters.
ARABIC: Final = re.compile("[\u0621-\u064a\u0671-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]{2}")
# Vowel marks and the signs that only the Uthmani spelling has: whoever types them types from the edition.
VOWELLED: Final = re.compile(
    "[\u064b-\u0652\u0656-\u065f\u0670\u0671\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08f0-\u08f2]"
)


@dataclass(frozen=True)
class Passage:
    """A text that somebody typed; `place` is a stable name of where it stands."""

    place: str
    text: str


@dataclass(frozen=True)
class Finding:
    """A quotation in a typed text. `found` are its words as they stand there, `quotation` what they are found to be."""

    place: str
    found: str
    quotation: Quotation

    @property
    def altered(self) -> bool:
        return self.quotation.status == ALTERED

    @property
    def is_quran(self) -> bool:
        return self.quotation.source == QURAN

    @cached_property
    def reference(self) -> Reference:
        """Where the words stand in the edition. The numbers of a hadith are those of the text used for checking."""
        return reference_of(self.quotation)

    @property
    def digest(self) -> str:
        """SHA-256 of the words as they stand, as a decision about them is kept."""
        return digest(self.found)

    @property
    def pair(self) -> tuple[str, str]:
        """What a Scholar's decision holds for: digest and reference. Other words need another decision."""
        return self.digest, self.reference.key


def findings(passages: Iterable[Passage], *, sources: Collection[str] = SOURCES) -> list[Finding]:
    """Every quotation in `passages`, in their order. `sources` are those of `detect`."""
    asked = tuple(name for name in SOURCES if name in set(sources))
    return [
        Finding(passage.place, passage.text[found.start : found.end], found)
        for passage in passages
        if ARABIC.search(passage.text)
        for found in _quotations(passage.text, asked)
    ]


def _quotations(text: str, sources: tuple[str, ...]) -> tuple[Quotation, ...]:
    # Publishing asks several times about the same text: the form, the revision, the page.
    return _kept(text, sources) if len(text) <= LONGEST_KEPT else tuple(detect(text, sources=sources))


@lru_cache(maxsize=512)
def _kept(text: str, sources: tuple[str, ...]) -> tuple[Quotation, ...]:
    return tuple(detect(text, sources=sources))


def reference_of(quotation: Quotation) -> Reference:
    """The reference of a quotation, in the numbering of the edition it was found in. Raises BadReference."""
    if quotation.source == QURAN:
        return Reference.parse(quotation.reference)
    scheme = collections()[quotation.source].text_scheme
    try:
        return Reference.hadith(quotation.source, quotation.reference, scheme)
    except BadReference:
        return Reference.hadith(quotation.source, quotation.reference)


def mended(finding: Finding) -> str:
    """The words to put in the place of an altered quotation: the edition's, of the same reference and extent.

    Whoever typed without vowel marks gets the edition's words in modern spelling, else in the Uthmani. Numbers of
    verses that were typed between the words stay. '' when there is nothing to put there: the text of hadith serves
    checking only.
    """
    if not finding.is_quran or not finding.quotation.canonical:
        return ""
    run = _run(finding.reference, finding.quotation.canonical)
    forms = [[list(piece.uthmani) for piece in run]]
    if not VOWELLED.search(finding.found) and all(piece.today for piece in run):
        forms.insert(0, [list(piece.today) for piece in run])
    candidates = [_joined(run, words, finding.found) for words in forms if words]
    return next((words for words in candidates if _unaltered(words)), finding.quotation.canonical)


def in_modern_spelling(reference: Reference, canonical: str) -> str:
    """The words `canonical`, a run of words of the Quran passage `reference`, in today's spelling without vowel marks.

    '' when the run is not found in the passage or has no spelling of its own (see `Piece`).
    """
    run = _run(reference, canonical)
    return " ".join(word for piece in run for word in piece.today) if all(piece.today for piece in run) else ""


@dataclass(frozen=True)
class Piece:
    """Words of one verse. `today` has them in modern spelling, from Tanzil's simple-clean edition, word beside word.

    Where the two editions divide the words of a verse differently, `today` is empty unless the verse is whole.
    """

    number: int
    uthmani: tuple[str, ...]
    today: tuple[str, ...]


def _run(reference: Reference, canonical: str) -> list[Piece]:
    """The words of `canonical` by verses; [] when they are not a run of the passage."""
    wanted = [word for word in canonical.split() if any(sign.isalpha() for sign in word)]
    verses = quran().passage(reference)
    words = [word for verse in verses for word in verse.words]
    start = next((at for at in range(len(words)) if words[at : at + len(wanted)] == wanted), None) if wanted else None
    if start is None:
        return []
    run, passed = [], 0
    for verse in verses:
        first, last = max(start - passed, 0), min(start + len(wanted) - passed, len(verse.words))
        passed += len(verse.words)
        if first < last:
            text = modern()[verse.sura, verse.number]
            today = [text[token.start : token.end] for token in tokens(text)]
            whole = last - first == len(verse.words)
            kept = today[first:last] if len(today) == len(verse.words) else today if whole else []
            run.append(Piece(verse.number, verse.words[first:last], tuple(kept)))
    return run


def _joined(run: list[Piece], words: list[list[str]], found: str) -> str:
    """The words of the verses with the numbers that `found` has between them, as they were typed."""
    parts: list[str] = []
    for piece, own in zip(run, words, strict=True):
        parts.extend(own)
        if piece is not run[-1] and (typed := _number(piece.number).search(found)):
            parts.append(typed.group().strip())
    return " ".join(parts)


@lru_cache(maxsize=300)
def _number(number: int) -> re.Pattern[str]:
    """A verse's number as people type it: in brackets or behind the sign of its end, in digits of any kind."""
    digits = "".join(f"[{digit}{chr(0x660 + int(digit))}{chr(0x6F0 + int(digit))}]" for digit in str(number))
    return re.compile(rf"(?:[(\[{{﴿]\s*{digits}\s*[)\]}}﴾]|\u06dd\s*{digits})(?!\d)")


def _unaltered(words: str) -> bool:
    """Whether `words` alone are found to be an unaltered piece of the edition, or too few to be found at all."""
    return bool(words) and not any(found.status == ALTERED for found in _quotations(words, (QURAN,)))
