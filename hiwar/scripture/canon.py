"""The Quran as data: 114 suras and 6,236 verses of one pinned edition, and the same verses in modern spelling.

Pure Python, no framework. The Uthmani text is the King Fahd Complex's Hafs release 3.0 as the package ``quran-text``
carries it (CC-BY-4.0); the modern spelling is Tanzil's simple-clean 1.1, which stands unchanged in ``data/`` with its
notice (CC-BY-3.0). Both are read as files and held to the SHA-256 sums below; nothing here is ever normalised.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from hiwar.arabic.digits import to_arabic_indic
from hiwar.arabic.folding import bare_letters

if TYPE_CHECKING:
    from hiwar.scripture.reference import Reference

SURAS: Final = 114
VERSES: Final = 6236
VERSE_MARK: Final = "\u06dd"

# pragma: allowlist nextline secret
FILE_SHA256: Final = "31186b3ac554ea8d5db1dbc1f67ac5a6d3bd99a62091d04ff73f39be18bf2568"
"""``hafs.json`` of quran-text 0.1.0, byte for byte."""

# pragma: allowlist nextline secret
MODERN_SHA256: Final = "054b3d9f79c0c2e44df7f9ddf42561797b3b5cb4fbdafbf2e99c805ccf1a6b49"
"""Tanzil's simple-clean 1.1, byte for byte."""

# pragma: allowlist nextline secret
RAW_SHA256: Final = "36e738296122a4c260827bd8b3e79a84358345ab77157b60247ead415f5cc3c3"
"""Over ``raw_lines``: the words without pause marks. Found alike when the sources were first compared."""

# pragma: allowlist nextline secret
SHOWN_SHA256: Final = "d9da93a9f33d119085a033059d03acaa535b2f7072462f9b69e6b7f00823818a"
"""Over ``shown_lines``: what a page prints, pause marks and all."""

# pragma: allowlist nextline secret
FOLD_SHA256: Final = "d224c8877015cd5509dd77e1d3cce37c02019b8326ed25c59d8cc850a613173b"
"""Over ``fold_lines``: the consonants alone. Six packages that descend from Tanzil, QUL, QuranEnc and KFGQPC agree."""

# pragma: allowlist nextline secret
MODERN_FOLD_SHA256: Final = "fcf9ba2473f1793e0b840c879286dc040914ee39ea4d8374064961f1ffb39a05"
"""Over ``fold_lines`` of the modern spelling. Tanzil's four simple files agree."""

CURE: Final = "Install the locked packages again: make bootstrap."
"""What to do about a text that is missing or another one."""


class CanonBroken(Exception):
    """A text is not the one that was checked. ``str`` says which, and what to do."""


class NoSuchVerse(LookupError):
    """There is no such sura or verse. ``code`` is ``no_such_sura`` or ``no_such_verse``.

    ``params`` holds ``sura``, ``highest`` (the last number there is) and for a verse ``verse``.
    """

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        if self.code == "no_such_sura":
            return f"there is no sura {self.params['sura']}; the last is {self.params['highest']}"
        return f"sura {self.params['sura']} has no verse {self.params['verse']}; its last is {self.params['highest']}"


@dataclass(frozen=True, slots=True)
class Sura:
    """One sura. Names are headings, not revealed text: they may be respelt for the reader."""

    number: int
    name_ar: str
    """Plain: «البقرة»."""
    name_ar_vowelled: str
    """As the edition heads it, vowelled in part: «البَقَرَة»."""
    name_en: str
    """Without macrons and dots: "Al-Baqarah"."""
    verses: int
    revelation: str
    """``makki`` or ``madani``."""
    has_basmala: bool
    """Whether the basmala is read before it: every sura but the ninth. In the first it is verse 1."""

    def name(self, language: str) -> str:
        """The name for readers of a language: plain Arabic for ``ar``, the Latin one for every other."""
        return self.name_ar if language.partition("-")[0] == "ar" else self.name_en


@dataclass(frozen=True, slots=True)
class Verse:
    """One verse of the edition, by the Kufan count."""

    sura: int
    number: int
    text: str
    """As the edition prints it, pause marks and signs included, words parted by one space."""
    words: tuple[str, ...]
    """The words alone, without pause marks, division and prostration signs; letters and vowels untouched."""
    juz: int
    """Where the verse begins, 1 to 30."""
    page: int
    """Where the verse begins, 1 to 604 of the Madinah print."""

    @property
    def key(self) -> str:
        """``2:255``."""
        return f"{self.sura}:{self.number}"

    @property
    def mark(self) -> str:
        """The sign of its end with its number, «۝٢٥٥»."""
        return VERSE_MARK + to_arabic_indic(str(self.number))


class Quran:
    """The whole text in memory. Get it from ``quran()``."""

    def __init__(self, suras: Iterable[Sura], verses: Iterable[Verse]) -> None:
        self._suras = tuple(suras)
        self._verses = tuple(verses)
        self._first = [0]
        for sura in self._suras:
            self._first.append(self._first[-1] + sura.verses)

    @property
    def basmala(self) -> str:
        """Text of 1:1, which stands unnumbered before the suras that have it (``Sura.has_basmala``)."""
        return self._verses[0].text

    def sura(self, number: int) -> Sura:
        """The sura of a number from 1 to 114. Raises NoSuchVerse."""
        if not 1 <= number <= len(self._suras):
            raise NoSuchVerse("no_such_sura", sura=number, highest=len(self._suras))
        return self._suras[number - 1]

    def suras(self) -> tuple[Sura, ...]:
        """All suras in order."""
        return self._suras

    def verses(self) -> tuple[Verse, ...]:
        """All 6,236 verses in order."""
        return self._verses

    def verse(self, sura: int, number: int) -> Verse:
        """One verse. Raises NoSuchVerse."""
        return self.span(sura, number, number)[0]

    def span(self, sura: int, first: int, last: int) -> tuple[Verse, ...]:
        """The verses of one sura from `first` to `last`, both included. Raises NoSuchVerse; none when backwards."""
        held = self.sura(sura)
        for number in (first, last):
            if not 1 <= number <= held.verses:
                raise NoSuchVerse("no_such_verse", sura=sura, verse=number, highest=held.verses)
        start = self._first[sura - 1]
        return self._verses[start + first - 1 : start + last]

    def passage(self, reference: Reference) -> tuple[Verse, ...]:
        """The verses a Quran reference names. Raises ValueError for a hadith."""
        sura, first, last = _place(reference)
        return self.span(sura, first, last)

    def text(self, reference: Reference, *, marks: bool = False) -> str:
        """The text of a reference, verses parted by one space; with `marks` each is followed by «۝٢٥٥»."""
        verses = self.passage(reference)
        return " ".join(f"{verse.text} {verse.mark}" if marks else verse.text for verse in verses)

    def context(
        self, reference: Reference, *, before: int = 2, after: int = 2
    ) -> tuple[tuple[Verse, ...], tuple[Verse, ...]]:
        """What stands before and after a reference in its sura, in order; fewer verses near its ends."""
        sura, first, last = _place(reference)
        ending = self.sura(sura).verses
        return (
            self.span(sura, max(1, first - before), first - 1) if before > 0 and first > 1 else (),
            self.span(sura, last + 1, min(ending, last + after)) if after > 0 and last < ending else (),
        )


def _place(reference: Reference) -> tuple[int, int, int]:
    if reference.sura is None or reference.first is None or reference.last is None:
        raise ValueError(f"{reference} is not a place in the Quran")
    return reference.sura, reference.first, reference.last


@cache
def quran() -> Quran:
    """The text, read once a process in about a tenth of a second. Raises CanonBroken when the file is another one."""
    data = json.loads(_pinned(_hafs(), FILE_SHA256))
    return Quran(_suras(data), _verses(data))


@cache
def modern() -> Mapping[tuple[int, int], str]:
    """{(sura, verse): text in modern spelling without vowel marks}, from Tanzil's simple-clean file.

    The file writes the basmala in front of verse 1 of 112 suras, where the edition has it as a heading: it is left
    out here, at reading. Raises CanonBroken.
    """
    verses: dict[tuple[int, int], str] = {}
    for line in _pinned(_simple_clean(), MODERN_SHA256).decode().splitlines():
        if not line or line.startswith("#"):
            continue
        sura, number, text = line.split("|")
        verses[int(sura), int(number)] = text
    basmala = verses[1, 1] + " "
    for held in quran().suras():
        place = (held.number, 1)
        if held.has_basmala and held.number != 1:
            if not verses[place].startswith(basmala):
                raise CanonBroken(f"{_simple_clean()}: sura {held.number} does not open with the basmala. {CURE}")
            verses[place] = verses[place].removeprefix(basmala)
    return MappingProxyType(verses)


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits: what a block keeps beside its reference."""
    return hashlib.sha256(text.encode()).hexdigest()


def refuse_other_files() -> None:
    """Compare both files with their pins; a few milliseconds, for every start. Raises CanonBroken."""
    _pinned(_hafs(), FILE_SHA256)
    _pinned(_simple_clean(), MODERN_SHA256)


def verify() -> list[str]:
    """Everything that can be compared: files, counts, and the texts as this module hands them out.

    Returns the problems in plain English, none when all is well.
    """
    try:
        text, spelling = quran(), modern()
    except (CanonBroken, KeyError, ValueError) as problem:
        return [str(problem)]
    numbered = {(verse.sura, verse.number): " ".join(verse.words) for verse in text.verses()}
    shown = {(verse.sura, verse.number): verse.text for verse in text.verses()}
    problems = [
        f"The {what} is not the one that was checked: SHA-256 {found}, expected {expected}. {CURE}"
        for what, found, expected in [
            ("text of the Quran", digest(raw_lines(numbered)), RAW_SHA256),
            ("text of the Quran with its pause marks", digest(shown_lines(shown)), SHOWN_SHA256),
            ("skeleton of the Quran", digest(fold_lines(numbered)), FOLD_SHA256),
            ("skeleton of the modern spelling", digest(fold_lines(spelling)), MODERN_FOLD_SHA256),
        ]
        if found != expected
    ]
    if (len(text.suras()), len(numbered)) != (SURAS, VERSES) or set(spelling) != set(numbered):
        problems.append(f"Not {SURAS} suras and {VERSES} verses in both spellings. {CURE}")
    return problems


def raw_lines(verses: Mapping[tuple[int, int], str]) -> str:
    """The form whose sum is ``RAW_SHA256``: ``sura|verse|text`` in NFC, lines joined by a newline, none at the end."""
    return "\n".join(f"{sura}|{verse}|{unicodedata.normalize('NFC', text)}" for (sura, verse), text in verses.items())


def shown_lines(verses: Mapping[tuple[int, int], str]) -> str:
    """As ``raw_lines``, not normalised: the very code points."""
    return "\n".join(f"{sura}|{verse}|{text}" for (sura, verse), text in verses.items())


def fold_lines(verses: Mapping[tuple[int, int], str]) -> str:
    """As ``raw_lines``, with the skeleton alone: letters without vowels, hamza, spaces; ٱ as ا, ى as ي, ة as ه.

    This is how independent editions are compared; search and detection fold otherwise (``hiwar.arabic.folding``).
    """
    return "\n".join(f"{sura}|{verse}|{skeleton(text)}" for (sura, verse), text in verses.items())


_SKELETON: Final = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ء": None})


def skeleton(text: str) -> str:
    """Letters of category Lo after NFD (which parts hamza from its seat), without ء; ٱ ى ة as ا ي ه."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if unicodedata.category(char) == "Lo").translate(_SKELETON)


def _hafs() -> Traversable:
    try:
        return files("quran_text_data") / "hafs.json"
    except ModuleNotFoundError as error:
        raise CanonBroken(f"The package quran-text is not installed. {CURE}") from error


def _simple_clean() -> Traversable:
    return files(__package__) / "data" / "tanzil-simple-clean-1.1.txt"


def _pinned(file: Traversable, expected: str) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CanonBroken(f"{file} cannot be read. {CURE}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise CanonBroken(f"{file} is not the text that was checked: SHA-256 {found}, expected {expected}. {CURE}")
    return content


def latin_name(name: str) -> str:
    """A romanised name as people type it: "Al-Fātiḥah" gives "Al-Fatihah", "At-Taubah" "At-Tawbah".

    Macrons and dots go, au and ai become aw and ay, ‘ and ’ stay inside a word and go at its edge; the family of
    Imran (Āl) is not taken for the article.
    """
    if name.startswith("Āl-"):
        name = "Āl " + name.removeprefix("Āl-")
    plain = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    plain = plain.replace("au", "aw").replace("ai", "ay").replace("-‘", "-").replace(" ‘", " ")
    return plain.strip("‘’")


@cache
def headings() -> Mapping[str, Any]:
    """``data/suras.toml``: names corrected against the edition's file, and other names people type."""
    return MappingProxyType(tomllib.loads((files(__package__) / "data" / "suras.toml").read_text("utf-8")))


def _suras(data: Mapping[str, Any]) -> Iterable[Sura]:
    corrected = headings()["corrected"]
    for row in data["surahs"]:
        vowelled = corrected.get(str(row["number"]), row["name_ar"])
        yield Sura(
            number=row["number"],
            name_ar=bare_letters(vowelled),
            name_ar_vowelled=vowelled,
            name_en=latin_name(row["name_en"]),
            verses=row["ayah_count"],
            revelation=row["revelation"],
            has_basmala=row["has_basmalah"],
        )


def _verses(data: Mapping[str, Any]) -> Iterable[Verse]:
    # The file repeats 77,432 words of which a fifth are different: one string for each saves memory for good.
    seen: dict[str, str] = {}
    words = [seen.setdefault(word, word) for word in data["words"]]
    printed = list(words)
    kinds = data["mark_types"]
    for position, kind in data["marks"]:
        sign = kinds[kind]["sign"]
        if kinds[kind]["side"] == "before":
            printed[position] = f"{sign} {printed[position]}"
        else:
            printed[position] += sign
    starts = [*data["ayah_starts"], len(words)]
    juz, page = _Counter(data["juz_starts"]), _Counter(data["page_starts"])
    index = 0
    for row in data["surahs"]:
        for number in range(1, row["ayah_count"] + 1):
            start, end = starts[index], starts[index + 1]
            yield Verse(
                sura=row["number"],
                number=number,
                text=" ".join(printed[start:end]),
                words=tuple(words[start:end]),
                juz=juz.at(start),
                page=page.at(start),
            )
            index += 1


class _Counter:
    """Which unit a position lies in, asked with rising positions."""

    def __init__(self, starts: list[int]) -> None:
        self.starts = starts
        self.number = 0

    def at(self, position: int) -> int:
        while self.number < len(self.starts) and self.starts[self.number] <= position:
            self.number += 1
        return self.number
