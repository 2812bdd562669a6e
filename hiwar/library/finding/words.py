"""A text as words to compare: where each stands, its key and stem, and how much it says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hiwar.arabic.folding import fold
from hiwar.library.finding import lexicon
from hiwar.library.finding.stemming import stem

# A letter or digit, then letters, digits, marks on letters and apostrophes inside the word.
_WORD = re.compile(
    "[^\\W_](?:[^\\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff]|['’‘ʼʻ`](?=[^\\W_]))*"
)
_APOSTROPHES = re.compile("['’‘ʼʻ`]")
_OWNER = re.compile("['’ʼ]s$", re.IGNORECASE)
STOP_WEIGHT = 0.12
NO_WEIGHT = 0.3


Known = dict[str, tuple[str, str, float]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text at [start, end). `share` is the part of its rarity that counts, 0 for a filler."""

    start: int
    end: int
    key: str
    stem: str
    share: float


def clean(text: str) -> str:
    """`text` without control characters and invisible signs (bidi marks among them); white space as single spaces."""
    kept = (" " if char.isspace() else char for char in text if char.isspace() or _is_shown(char))
    return " ".join("".join(kept).split())


def _is_shown(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def words(text: str, known: Known | None = None) -> list[Word]:
    """The words of `text`, in order. `known` keeps what is said of each, for whoever reads many texts in a row;
    nothing else remembers a word, least of all a reader's."""
    known = {} if known is None else known
    found: list[Word] = []
    for match in _WORD.finditer(text):
        raw = match.group()
        each = known.get(raw)
        if each is None:
            each = known[raw] = _said(raw)
        if not each[0]:
            continue
        if each[0] in lexicon.CALLED and found and found[-1].key == lexicon.CALL:
            each = each[0], each[0], 0.0
        found.append(Word(match.start(), match.end(), *each))
    return found


def _said(raw: str) -> tuple[str, str, float]:
    """Key, stem and share of a word as it is written."""
    return said(_APOSTROPHES.sub("", fold(_OWNER.sub("", raw))))


def said(key: str) -> tuple[str, str, float]:
    """Key, stem and share of a word whose letters are folded."""
    if key in lexicon.NEGATIONS:
        return key, lexicon.NO, NO_WEIGHT
    if key in lexicon.FILLERS:
        return key, key, 0.0
    if key in lexicon.STOPS or (len(key) == 1 and not key.isdigit()):
        return key, key, STOP_WEIGHT
    return key, stem(key), 1.0
