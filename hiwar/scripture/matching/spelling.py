"""How one word of scripture may be spelt, and the words of a text with their places. Pure Python.

A word is compared by its *key*: the folded letters (`hiwar.arabic.folding.fold`), with three more pairs of modern
spellings made one («شئ» and «شيء», «مئة» and «مائة», «داود» and «داوود»). The Uthmani spelling leaves out long vowels
or writes them as small signs, so one canonical word has several keys: every combination of small alif, waw, yeh and
noun written out or left out, the hamza on a tatweel with and without a seat, and the same word in modern spelling.
Two keys never meet by dropping a letter that modern spelling needs: «قل» and «قال», «ما» and «ماء» stay two words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

from hiwar.arabic.folding import fold, strip_tashkeel

# Word lists: what is grammar, what announces a quotation, what is blessing or formula.
SPEECH: Final = tomllib.loads((Path(__file__).parent.parent / "data" / "speech.toml").read_text(encoding="utf-8"))
GRAMMAR: Final = frozenset(SPEECH["grammar"].split())
NAMES: Final = frozenset(SPEECH["names"].split())
ISNAD: Final = frozenset(SPEECH["isnad"].split())

# Letters with everything that may stand on or inside a word: marks, tatweel, small letters, format signs.
# Not in it: digits, the verse sign and other signs of the printed page, the ornate brackets.
_LETTER: Final = (
    "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u0870-\u08c7"
    "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfc\ufe70-\ufefc"
)
_ON_LETTER: Final = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08ff"
    "\u0300-\u036f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    # What no reader sees, or sees as a mark: inside a word it must not make two of it.
    "\u00ad\u17b4\u17b5\u180b-\u180f\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
WORD: Final = re.compile(f"[{_LETTER}](?:[{_LETTER}{_ON_LETTER}]*[{_LETTER}{_ON_LETTER}])?")

_MODERN_PAIRS: Final = (
    (re.compile("يء$"), "ي"),
    (re.compile("^([وفبلك]?(?:ال)?)ما?ي(ه|تين|تان|تي)$"), r"\1مي\2"),
    (re.compile("وو"), "و"),
)

# Small letters of the Uthmani spelling, which modern spelling writes large or not at all.
_SMALL: Final = {"\u0670": "ا", "\u06e5": "و", "\u06e6": "ي", "\u06e7": "ي", "\u06e8": "ن"}
_CARRIED_HAMZA: Final = re.compile("\u0640[\u064b-\u0652\u0657-\u065e\u0670\u08f0-\u08f2]*\u0654")
# Words whose long ending ت is ة in today's spelling.
_OPEN_TA: Final = frozenset(
    "رحمت نعمت امرات سنت شجرت بقيت فطرت قرت جنت ابنت لعنت معصيت كلمت غيبت غيابت بينت ثمرت جملت جمالت".split()
)

# Words of blessing that a quotation may carry, drop or write as one sign; the texts themselves differ in them.
HONORIFIC_SIGNS: Final = frozenset("\ufdfa\ufdfb\ufd40\ufd41\ufd42\ufd43\ufd44\ufd45\ufd46\ufd47\ufd48\ufd4d")


# Longer words and gaps are in no text that people write: kept, they would only fill the memory.
_LONGEST_KEPT: Final = 48


def key(word: str) -> str:
    """The letters of one word as typed, for comparison; '' for marks alone and for signs of blessing."""
    return _kept_key(word) if len(word) <= _LONGEST_KEPT else _key(word)


def _key(word: str) -> str:
    if word[0] in HONORIFIC_SIGNS:
        return ""
    found = fold(word).replace(" ", "")
    for shape, instead in _MODERN_PAIRS:
        found = shape.sub(instead, found)
    return found


_kept_key: Final = lru_cache(maxsize=65536)(_key)


def spellings(uthmani: str, modern: str = "") -> frozenset[str]:
    """Every key under which a canonical word, in its Uthmani and its modern spelling, is the same word."""
    found = {key(uthmani)}
    parts = [(sign, *([_SMALL[sign]] if sign in _SMALL else [])) for sign in uthmani]
    if sum(len(part) > 1 for part in parts) <= 6:
        found.update(key("".join(letters)) for letters in product(*parts))
    for text in {uthmani, _long_vowels(uthmani)}:
        if _CARRIED_HAMZA.search(text):
            found.update(key(_CARRIED_HAMZA.sub(seat, text)) for seat in ("ئ", "ء", "أ", "ؤ"))
    if modern:
        found.add(key(modern))
        found.update(_hamza_seats(modern))
    found.update([form[:-1] + "ه" for form in found if form.lstrip("وفبلك") in _OPEN_TA or form in _OPEN_TA])
    found.discard("")
    return frozenset(found)


def modern_spellings(word: str) -> frozenset[str]:
    """Every key of a word in modern spelling, whatever seats its hamzas are on; «بن» and «ابن» are one word."""
    bare = strip_tashkeel(word)
    found = {key(bare), *_hamza_seats(bare)}
    for one, other in (("ابن", "بن"), ("بن", "ابن")):
        if key(bare) == one:
            found.add(other)
    found.discard("")
    return frozenset(found)


def _long_vowels(word: str) -> str:
    return "".join(_SMALL.get(sign, sign) for sign in word)


def _hamza_seats(word: str) -> Iterator[str]:
    """Keys of a modern word with its inner hamzas on the seats that older and newer rules give them."""
    for place, sign in enumerate(word):
        if place and sign in "ؤئءأ":
            for seat in "ؤئء":
                if seat != sign and not (sign == "ء" and place == len(word) - 1):
                    yield key(word[:place] + seat + word[place + 1 :])


class Token(NamedTuple):
    """A word of a text: where it stands, its key, and what separates it from the word before."""

    start: int
    end: int
    key: str
    gap: int


# What stands between two words, weakest first.
SPACE, COMMA, STOP, COLON, WALL, CUT = range(6)
_ELLIPSIS: Final = re.compile(r"\.\.|…|⋯")
# A verse number in its sign or brackets belongs to the quotation; it separates nothing.
_NUMBER: Final = re.compile(
    r"[\u06dd\u06de\u06e9]|(?:[(\[{\ufd3e\ufd3f﴿﴾]\s*)?[0-9\u0660-\u0669\u06f0-\u06f9]{1,3}\s*[)\]}\ufd3e\ufd3f]?(?=[\s\u06dd)]|$)"
)
_WALL: Final = re.compile(r"[«»“”„‟\"(){}\[\]<>‹›﴾﴿]|\n\s*\n|[A-Za-z]")
_STOP: Final = re.compile(r"[.;!?؛؟\n]")
_COMMA: Final = re.compile(r"[،,–—-]")


def _gap(between: str) -> int:
    return _kept_gap(between) if len(between) <= _LONGEST_KEPT else _read_gap(between)


def _read_gap(between: str) -> int:
    if _ELLIPSIS.search(between):
        return CUT
    rest = _NUMBER.sub(" ", between)
    if _WALL.search(rest):
        return WALL
    if ":" in rest:
        return COLON
    if _STOP.search(rest):
        return STOP
    return COMMA if _COMMA.search(rest) else SPACE


_kept_gap: Final = lru_cache(maxsize=8192)(_read_gap)


def tokens(text: str) -> list[Token]:
    """The Arabic words of `text`, in order. Offsets are code points; a lone «و» is joined to the word it belongs to.

    «يا» is joined to the name it calls, because the Uthmani spelling writes the two as one word.
    """
    found: list[Token] = []
    last = 0
    held: Token | None = None
    for match in WORD.finditer(text):
        word = match.group()
        own = key(word)
        if not own:
            continue
        start, end = match.span()
        gap = _gap(text[last:start]) if start - last != 1 or text[last] != " " else SPACE
        last = end
        if held is not None:
            if gap == SPACE:
                start, own, gap = held.start, held.key + own, held.gap
            elif gap < COLON or held.key == "و":
                found.append(held)
            else:
                # A call that a quotation was cut off after is no word of its own.
                gap = max(gap, held.gap)
            held = None
        if own in _JOINED:
            held = Token(start, end, own, gap)
        else:
            found.append(Token(start, end, own, gap))
    if held is not None and held.key == "و":
        found.append(held)
    return found


_JOINED: Final = frozenset({"و", "يا", "ويا", "فيا"})


_BLESSINGS: Final = frozenset(tuple(words.split()) for words in SPEECH["blessings"])


# The beginning or end of a blessing that a quotation cut through.
_BLESSING_PIECES: Final = frozenset(
    tuple(words.split()) for words in ("صلي الله عليه", "صلي الله", "الله عليه وسلم", "عليه وسلم", "رضي الله")
)

_BLESSING_STARTS: Final = frozenset(words[0] for words in _BLESSINGS | _BLESSING_PIECES)
_BLESSING_LENGTHS: Final = tuple(sorted({len(words) for words in _BLESSINGS | _BLESSING_PIECES}, reverse=True))

BLESSING_WORDS: Final = frozenset("صلي عليه وسلم واله رضي عنه عنها عنهما عنهم عز وجل".split())


def without_blessings(words: list[Token]) -> list[Token]:
    """`words` without formulas of blessing, in which the same hadith differs from copy to copy."""
    kept: list[Token] = []
    place, count, gap = 0, len(words), SPACE
    while place < count:
        length = _blessing(words, place)
        # What stood before a formula that is left out stands before the word after it.
        gap = max(gap, *(word.gap for word in words[place : place + (length or 1)]))
        if not length:
            kept.append(words[place]._replace(gap=gap))
            length, gap = 1, SPACE
        place += length
    return kept


def _blessing(words: list[Token], place: int) -> int:
    """How many words from `place` on are a formula of blessing or a piece of one; 0 when none are."""
    if words[place].key not in _BLESSING_STARTS:
        return 0
    for length in _BLESSING_LENGTHS:
        keys = tuple(word.key for word in words[place : place + length])
        if keys in _BLESSINGS or keys in _BLESSING_PIECES:
            return length
    return 0
