"""One type for a place in scripture: what people type, what is stored, what is printed.

Pure Python, no framework; the sentences of ``BadReference`` are message ids of the interface's catalogue.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import total_ordering
from typing import Any, Final

from hiwar.arabic.digits import to_arabic_indic, to_latin
from hiwar.arabic.folding import fold
from hiwar.scripture import names
from hiwar.scripture.canon import SURAS, Sura, quran
from hiwar.scripture.collections import collections
from hiwar.scripture.names import QURAN

LONGEST: Final = 120
"""Characters of a reference as typed; the longest printed form has about half."""


def gettext_noop(text: str) -> str:
    """Marks a sentence for the catalogue; it is translated when it is shown."""
    return text


MESSAGES: Final = {
    "empty": gettext_noop("Write a reference, for example 2:255 or Sahih al-Bukhari 1."),
    "too_long": gettext_noop("A reference has at most %(highest)s characters; this has %(length)s."),
    "sign": gettext_noop("The reference holds a sign that cannot be seen (%(sign)s). Type it again by hand."),
    "unclear": gettext_noop("“%(text)s” cannot be read as a reference. Write for example 2:255 or Sahih al-Bukhari 1."),
    "no_verse": gettext_noop("Add the number of the verse: the last verse of %(name)s is %(highest)s."),
    "no_number": gettext_noop("Add the number of the hadith, for example %(name)s 1."),
    "no_such_sura": gettext_noop("There is no sura %(sura)s: the last is %(highest)s."),
    "no_such_verse": gettext_noop("There is no verse %(verse)s in %(name)s: its last verse is %(highest)s."),
    "no_such_hadith": gettext_noop(
        "There is no hadith %(number)s in %(name)s: the last by this numbering is %(highest)s."
    ),
    "no_such_number": gettext_noop("“%(number)s” is not the number of a hadith. Write for example 8 or 8a."),
    "no_such_scheme": gettext_noop("“%(scheme)s” is not a numbering of %(name)s."),
    "unknown_name": gettext_noop("No sura and no collection is called “%(text)s”."),
    "unknown_name_nearest": gettext_noop(
        "No sura and no collection is called “%(text)s”. The nearest name is %(name)s."
    ),
    "backwards": gettext_noop("The range runs backwards: %(first)s comes after %(last)s."),
    "two_suras": gettext_noop("A range stays within one sura. Write two references."),
    "other_sura": gettext_noop("%(name)s is sura %(number)s, not %(sura)s."),
    "range_of_hadith": gettext_noop("A hadith is named by one number. Write one reference for each."),
}


class BadReference(ValueError):
    """A text that names no place. ``code`` is a key of ``MESSAGES``; ``params`` holds plain numbers, texts and names.

    A name in ``params`` is a mapping by language; ``message`` picks.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def message(self, language: str | None = None) -> str:
        """Why, for a reader: in `language`, else in the active one. Needs the framework's catalogue."""
        from django.utils import translation

        language = language or translation.get_language() or "en"
        with translation.override(language):
            return self._filled(translation.gettext(MESSAGES[self.code]), language)

    def __str__(self) -> str:
        return self._filled(MESSAGES[self.code], "en")

    def _filled(self, sentence: str, language: str) -> str:
        arabic = language.partition("-")[0] == "ar"
        params: dict[str, str] = {}
        for name, value in self.params.items():
            if isinstance(value, dict):
                value = value["ar" if arabic else "en"]
            # What was typed is quoted as it was typed; numbers of ours are the reader's.
            elif isinstance(value, int) and arabic:
                value = to_arabic_indic(str(value))
            params[name] = str(value)
        return sentence % params


@total_ordering
@dataclass(frozen=True)
class Reference:
    """A verse, a range of verses of one sura, or a hadith. It cannot name what does not exist: it raises BadReference.

    ``source`` is ``quran`` or the slug of a collection. Of the Quran ``sura``, ``first`` and ``last`` are set (``last``
    equals ``first`` for one verse); of a hadith ``number`` (digits, then a letter or a full stop and digits where the
    scheme has them) and ``scheme`` (slug; the collection's first scheme when not given).
    """

    source: str
    sura: int | None = None
    first: int | None = None
    last: int | None = None
    number: str | None = None
    scheme: str | None = None

    def __post_init__(self) -> None:
        if self.source == QURAN:
            self._check_verses()
        else:
            self._check_hadith()

    @classmethod
    def verse(cls, sura: int, first: int, last: int | None = None) -> Reference:
        """A verse or a range. Raises BadReference."""
        return cls(QURAN, sura=sura, first=first, last=last)

    @classmethod
    def hadith(cls, collection: str, number: str, scheme: str | None = None) -> Reference:
        """A hadith by its number. Raises BadReference."""
        return cls(collection, number=number, scheme=scheme)

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Read what people type, and every form this class prints. Raises BadReference.

        ``2:255``, ``2/255-257``, «البقرة: ٢٥٥», «سورة البقرة، الآيات ٢٥٥–٢٥٧», «[البقرة: ٢٥٥]», "Al-Baqarah 255",
        "Quran 2:255", «صحيح البخاري ١», "bukhari:1", "Muslim 8a", «صحيح مسلم ١٧٧ (الترقيم المتسلسل)». Digits of every
        kind, any dash; names without regard to hamza, vowels, article, case and the usual ways of romanising.
        """
        plain = _plain(text)
        bracket = _SCHEME.search(plain)
        if bracket:
            plain = f"{plain[: bracket.start()]} {plain[bracket.end() :]}"
        digits = re.search(r"\d", plain)
        place = digits.start() if digits else len(plain)
        try:
            source, sura = names.find(plain[:place])
        except names.UnknownName as unknown:
            if unknown.nearest is None:
                raise BadReference("unknown_name", text=text) from None
            raise BadReference("unknown_name_nearest", text=text, name=names.name_of(unknown.nearest)) from None
        if source != QURAN:
            return _read_hadith(source, plain[place:], bracket[1] if bracket else None, text)
        if bracket:
            raise BadReference("unclear", text=text)
        return _read_verses(sura, plain[place:], text)

    # -- what is printed and stored ----------------------------------------------------------------------------------

    @property
    def is_quran(self) -> bool:
        """Whether it names verses."""
        return self.source == QURAN

    @property
    def number_key(self) -> str:
        """The reference within its source, as the API gives it: ``2:255``, ``2:255-257``, ``1``."""
        if not self.is_quran:
            return str(self.number)
        return f"{self.sura}:{_range(self.first, self.last, '-')}"

    @property
    def key(self) -> str:
        """One string for one place: ``2:255-257``, ``bukhari:1``; a numbering that is not the usual one is named:
        ``muslim:177@running``."""
        return self.number_key if self.is_quran else f"{self.source}:{self.number}{self._other_scheme}"

    @property
    def path(self) -> str:
        """Its address below the room's: ``quran/2/255-257/``, ``hadith/bukhari/1/``."""
        if self.is_quran:
            return f"quran/{self.sura}/{_range(self.first, self.last, '-')}/"
        return f"hadith/{self.source}/{self.number}{self._other_scheme}/"

    def label(self, language: str) -> str:
        """For readers: «البقرة: ٢٥٥–٢٥٧», "Al-Baqarah 2:255–257", «صحيح البخاري، ١», "Sahih al-Bukhari 1".

        A numbering that is not the usual one is named in brackets. Every language but Arabic has the Latin form.
        """
        arabic = language.partition("-")[0] == "ar"
        if self.is_quran:
            sura = quran().sura(self.sura or 0)
            numbers = _range(self.first, self.last, "–")
            return (
                f"{sura.name_ar}: {to_arabic_indic(numbers)}" if arabic else f"{sura.name_en} {sura.number}:{numbers}"
            )
        held = collections()[self.source]
        number = _arabic_number(str(self.number)) if arabic else self.number
        label = f"{held.name(language)}{'،' if arabic else ''} {number}"
        other = self.scheme if self._other_scheme else None
        return f"{label} ({held.scheme(other).name(language)})" if other else label

    def overlaps(self, other: Reference) -> bool:
        """Whether both name some verse, or some hadith, in common: 8 and 8a do, 8a and 8b do not."""
        if self.source != other.source:
            return False
        if self.is_quran:
            mine, theirs = (self.sura, self.first or 0, self.last or 0), (other.sura, other.first or 0, other.last or 0)
            return mine[0] == theirs[0] and mine[1] <= theirs[2] and theirs[1] <= mine[2]
        (number, part), (their_number, their_part) = _parts(str(self.number)), _parts(str(other.number))
        return (
            self.scheme == other.scheme and number == their_number and (part == their_part or "" in (part, their_part))
        )

    def __str__(self) -> str:
        return self.key

    def __lt__(self, other: object) -> bool:
        return self._order < other._order if isinstance(other, Reference) else NotImplemented

    @property
    def _order(self) -> tuple[Any, ...]:
        """The Quran first, then the collections as they are listed; numbers by size."""
        if self.is_quran:
            return (-1, self.sura, self.first, self.last)
        return (list(collections()).index(self.source), self.scheme, *_parts(str(self.number)))

    @property
    def _other_scheme(self) -> str:
        return "" if self.scheme == collections()[self.source].default.slug else f"@{self.scheme}"

    # -- what exists --------------------------------------------------------------------------------------------------

    def _check_verses(self) -> None:
        text = quran()
        if self.sura is None or self.first is None or self.number is not None or self.scheme is not None:
            raise BadReference("unclear", text=f"{self.source} {self.sura}:{self.first}")
        if self.last is None:
            object.__setattr__(self, "last", self.first)
        last = self.last if self.last is not None else self.first
        if not 1 <= self.sura <= len(text.suras()):
            raise BadReference("no_such_sura", sura=self.sura, highest=len(text.suras()))
        held = text.sura(self.sura)
        if self.first > last:
            raise BadReference("backwards", first=self.first, last=last)
        for number in (self.first, last):
            if not 1 <= number <= held.verses:
                raise BadReference("no_such_verse", sura=self.sura, verse=number, name=_both(held), highest=held.verses)

    def _check_hadith(self) -> None:
        held = collections().get(self.source)
        if held is None or self.sura is not None or self.first is not None or self.last is not None:
            raise BadReference("unknown_name", text=self.source)
        if self.number is None:
            raise BadReference("no_number", name=dict(held.names))
        number = _normal_number(self.number)
        if number is None:
            raise BadReference("no_such_number", number=self.number)
        scheme = self.scheme or held.default.slug
        known = next((entry for entry in held.schemes if entry.slug == scheme), None)
        if known is None:
            raise BadReference("no_such_scheme", scheme=scheme, name=dict(held.names))
        if known.highest is not None and _parts(number)[0] > known.highest:
            raise BadReference("no_such_hadith", number=_parts(number)[0], name=dict(held.names), highest=known.highest)
        object.__setattr__(self, "number", number)
        object.__setattr__(self, "scheme", scheme)


def _range(first: int | None, last: int | None, dash: str) -> str:
    return str(first) if first == last else f"{first}{dash}{last}"


# --- numbers of hadith ----------------------------------------------------------------------------------------------

# Letters that tell the chains of one number apart, in the order of the abjad as printed books use it: 8a is «٨ أ».
_ABJAD: Final = dict(zip("abcdefghijklmnopqrstuvwxyz", "أبجدهوزحطيكلمنسعفصقرشتثخذض", strict=True))
_FROM_ABJAD: Final = {fold(arabic): latin for latin, arabic in _ABJAD.items()}
_NUMBER: Final = re.compile(r"0*(?P<number>[1-9]\d{0,5})(?P<part>\.0*[1-9]\d{0,3}|[a-z])?", re.ASCII)


def _normal_number(text: str) -> str | None:
    matched = _NUMBER.fullmatch(text.lower())
    if matched is None:
        return None
    part = matched["part"] or ""
    return matched["number"] + (f".{int(part[1:])}" if part.startswith(".") else part)


def _parts(number: str) -> tuple[int, str]:
    """Number and what follows it; a number behind the full stop is padded so that it orders by size."""
    matched = _NUMBER.fullmatch(number)
    if matched is None:
        raise ValueError(number)
    part = matched["part"] or ""
    return int(matched["number"]), f".{part[1:]:0>4}" if part.startswith(".") else part


def _arabic_number(number: str) -> str:
    letter = _ABJAD.get(number[-1])
    letter = "هـ" if letter == "ه" else letter  # alone it is written as it begins
    return f"{to_arabic_indic(number[:-1])} {letter}" if letter else to_arabic_indic(number)


# --- reading what people type ---------------------------------------------------------------------------------------

_SQUARE: Final = dict.fromkeys(map(ord, '[]{}()«»﴿﴾“”"<>'), " ") | {ord("("): "(", ord(")"): ")"}
_IN_BRACKETS: Final = re.compile(r"\(([^()]*\d[^()]*)\)")
_SCHEME: Final = re.compile(r"[،,]?\s*\(([^()]+)\)")
_END: Final = "[.،؛,;\\s]*"
_VERSES: Final = re.compile(
    r"(?:(?P<sura>\d+)(?P<between>\s*[:/.]\s*|\s+))?(?P<first>\d+)"
    rf"(?:(?:\s*-\s*|\s+(?:الي|to)\s+)(?:(?P<sura2>\d+)\s*[:/.]\s*)?(?P<last>\d+))?{_END}"
)
_HADITH: Final = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?)\s*(?P<letter>[a-z]|[\u0621-\u064a])?(?:\s*@(?P<slug>[a-z-]+))?{_END}"
)
_HADITH_RANGE: Final = re.compile(rf"\d+\s*[a-z]?\s*-\s*\d+\s*[a-z]?{_END}")


def _plain(text: str) -> str:
    """Folded text with ASCII digits and hyphens; of the brackets only round ones around words are left."""
    if not isinstance(text, str) or not text.strip():
        raise BadReference("empty")
    text = text.strip()
    if len(text) > LONGEST:
        raise BadReference("too_long", length=len(text), highest=LONGEST)
    for char in text:
        if char != "\t" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            raise BadReference("sign", sign=f"U+{ord(char):04X}")
    text = "".join("-" if char == "\u2212" or unicodedata.category(char) == "Pd" else char for char in text)
    return _IN_BRACKETS.sub(r" \1 ", fold(to_latin(text.translate(_SQUARE)))).strip()


def _read_verses(named: int | None, rest: str, text: str) -> Reference:
    rest = names.without_words(rest)
    if not rest:
        raise _verse_missing(named) if named else BadReference("unclear", text=text)
    matched = _VERSES.fullmatch(rest)
    if matched is None:
        raise BadReference("unclear", text=text)
    given = int(matched["sura"]) if matched["sura"] else None
    if named is None and given is None:
        raise BadReference("unclear", text=text) if matched["last"] else _verse_missing(int(matched["first"]))
    sura = named or given or 0
    if given not in (None, sura):
        if not matched["between"].strip():
            raise BadReference("unclear", text=text)
        raise BadReference("other_sura", name=_both(quran().sura(sura)), number=sura, sura=given)
    if matched["sura2"] and int(matched["sura2"]) != sura:
        raise BadReference("two_suras")
    return Reference.verse(sura, int(matched["first"]), int(matched["last"]) if matched["last"] else None)


def _verse_missing(sura: int) -> BadReference:
    if not 1 <= sura <= SURAS:
        return BadReference("no_such_sura", sura=sura, highest=SURAS)
    held = quran().sura(sura)
    return BadReference("no_verse", name=_both(held), highest=held.verses)


def _read_hadith(slug: str, rest: str, scheme: str | None, text: str) -> Reference:
    held = collections()[slug]
    if not rest:
        raise BadReference("no_number", name=dict(held.names))
    if _HADITH_RANGE.fullmatch(rest):
        raise BadReference("range_of_hadith")
    matched = _HADITH.fullmatch(rest)
    if matched is None or (matched["slug"] and scheme):
        raise BadReference("unclear", text=text)
    wanted = matched["slug"] or (names.scheme(held, scheme) if scheme else None)
    if scheme and wanted is None:
        raise BadReference("no_such_scheme", scheme=scheme, name=dict(held.names))
    letter = matched["letter"] or ""
    return Reference.hadith(slug, matched["number"] + _FROM_ABJAD.get(letter, letter), wanted)


def _both(sura: Sura) -> dict[str, str]:
    return {"ar": sura.name_ar, "en": sura.name_en}
