"""Cases for the evaluation of the detector: quotations set into real prose, exact and altered, and prose alone.

Everything follows from a seed. Verses and reports are the held-back fifth that no threshold was chosen on; the prose
is the Arabic of the demonstration's own pages, from which its quotations of scripture have been taken out.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hiwar.scripture.canon import modern, quran
from hiwar.scripture.matching import build
from hiwar.scripture.matching.spelling import BLESSING_WORDS, key, tokens, without_blessings

HELD_BACK = 5
ANNOUNCE_QURAN = (
    "قال تعالى: ",
    "قال الله تعالى: ",
    "وفي القرآن الكريم ",
    "قوله تعالى: ",
    "يقول الله عز وجل: ",
    "",
    "",
    "",
)
ANNOUNCE_HADITH = (
    "قال النبي صلى الله عليه وسلم: ",
    "قال رسول الله ﷺ: ",
    "وفي الحديث: ",
    "عن النبي ﷺ قال: ",
    "",
    "",
)
BRACKETS_QURAN = (("﴿", "﴾"), ("{", "}"), ("«", "»"), ('"', '"'), ("(", ")"), ("", ""), ("", ""), ("", ""))
BRACKETS_HADITH = (("«", "»"), ('"', '"'), ("“", "”"), ("", ""), ("", ""))


@dataclass(frozen=True)
class Case:
    """A text, and what should be found in it: nothing when `reference` is ''."""

    text: str
    start: int = 0
    end: int = 0
    source: str = ""
    reference: str = ""
    change: str = ""
    # Whether brackets or quotation marks stand round the quotation.
    bounded: bool = False
    length: int = 0


def prose() -> list[str]:
    """Arabic paragraphs of the demonstration, of twenty words and more."""
    folder = Path(__file__).resolve().parent.parent / "hiwar" / "library" / "demo"
    found: list[str] = []
    for file in sorted(folder.rglob("*.toml")):
        for text in _strings(tomllib.loads(file.read_text(encoding="utf-8"))):
            found += [
                re.sub(r"^[#>*\-\d. ]+", "", part).strip() for part in re.split(r"\n+", text) if len(tokens(part)) >= 20
            ]
    return found


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def prose_cases(dice: random.Random, count: int) -> Iterator[Case]:
    """Ordinary paragraphs: a run of sentences drawn from the prose, in which nothing should be found."""
    sentences = [part.strip() for text in prose() for part in re.split(r"(?<=[.؟])\s+", text) if len(part) > 30]
    for _number in range(count):
        yield Case(" ".join(dice.sample(sentences, 3)))


def verses(*, held_back: bool) -> list[tuple[int, int]]:
    """The verses of four words and more that are held back, or all others."""
    return [
        (verse.sura, verse.number)
        for number, verse in enumerate(quran().verses())
        if len(verse.words) >= 4 and (number % HELD_BACK == 0) is held_back
    ]


def reports(*, held_back: bool) -> list[tuple[str, str]]:
    """Name and sayings of reports of Bukhari and Muslim that are held back, or of all others; damaged ones left out."""
    found = []
    with build.hadith_file().open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            record = json.loads(line)
            if (number % HELD_BACK == 0) is held_back and "\ufffd" not in record["text"]:
                found.append((record["hadith_key"], record["text"]))
    return found


def quran_words(dice: random.Random, place: tuple[int, int]) -> list[str]:
    """The words of a verse as one writer spells them: Uthmani or modern, with or without marks."""
    style = dice.choice(("uthmani", "uthmani bare", "modern", "modern", "modern", "loose", "tatweel"))
    if style.startswith("uthmani"):
        words = list(quran().verse(*place).words)
        return (
            words if style == "uthmani" else [re.sub("[\u064b-\u0652\u06d6-\u06ed\u08f0-\u08f2]", "", w) for w in words]
        )
    text = modern()[place]
    words = [text[token.start : token.end] for token in tokens(text)]
    if style == "loose":
        words = [word.translate(str.maketrans("أإآىة", "اااية"[:4] + "ه")) for word in words]
    if style == "tatweel":
        words = [_stretched(dice, word) for word in words]
    return words


def _stretched(dice: random.Random, word: str) -> str:
    joins = [at for at in range(1, len(word)) if word[at - 1] in "بتثجحخسشصضطظعغفقكلمنهي"]
    if not joins or dice.random() < 0.7:
        return word
    at = dice.choice(joins)
    return word[:at] + "ـ" * dice.randint(1, 3) + word[at:]


def hadith_words(dice: random.Random, text: str) -> list[str]:
    """The words of a report, marks kept or taken off."""
    words = [text[token.start : token.end] for token in tokens(text)]
    if dice.random() < 0.7:
        words = [re.sub("[\u064b-\u0652\u0640\u200f]", "", word) for word in words]
    return [word for word in words if key(word)]


CHANGES = ("substituted", "missing", "added", "moved")


def altered(dice: random.Random, words: list[str], change: str, vocabulary: list[str], *, inside: int) -> list[str]:
    """`words` with one word changed, dropped, added or moved, never so that the letters come out the same.

    The first and last `inside` words stay: without marks nobody can tell a word changed there from the sentence.
    """
    before = [key(word) for word in words]
    least, most = inside, len(words) - inside - 1
    while True:
        changed = list(words)
        at = dice.randint(least, most)
        if change == "substituted":
            changed[at] = dice.choice(vocabulary)
        elif change == "missing":
            del changed[at]
        elif change == "added":
            changed.insert(at, dice.choice(vocabulary))
        else:
            word = changed.pop(at)
            changed.insert(dice.choice([n for n in range(least, most + 1) if n != at] or [max(0, at - 1)]), word)
        after = [key(word) for word in changed]
        if after != before:
            return changed


def set_in(
    dice: random.Random, words: list[str], paragraphs: list[str], *, quran_text: bool, marks: tuple[str, str]
) -> tuple[str, int, int, bool]:
    """A paragraph with the words in it: text, start, end, and whether brackets stand round them."""
    opening, closing = marks
    announce = dice.choice(ANNOUNCE_QURAN if quran_text else ANNOUNCE_HADITH)
    host = dice.choice(paragraphs).split() if dice.random() < 0.9 else []
    at = dice.randrange(len(host) + 1)
    before = " ".join(host[:at])
    lead = (before + " " if before else "") + announce + opening
    middle = " ".join(words)
    after = " ".join(host[at:])
    return lead + middle + closing + (" " + after if after else "."), len(lead), len(lead) + len(middle), bool(opening)


def _vocabulary(paragraphs: list[str]) -> list[str]:
    """Words of the prose to put in the place of others."""
    return [text[t.start : t.end] for text in paragraphs[:200] for t in tokens(text) if len(t.key) > 2]


def window(dice: random.Random, words: list[str], least: int, most: int) -> tuple[int, int]:
    """Where a quotation of `least` words and more begins and ends; half of the time the whole text."""
    if len(words) <= most and dice.random() < 0.5:
        return 0, len(words)
    length = dice.randint(least, min(most, len(words)))
    begin = dice.randint(0, len(words) - length)
    return begin, begin + length


def _tells(words: list[str], least: int) -> bool:
    """Whether a window on a report has enough words beside blessings, and cuts through none."""
    found = tokens(" ".join(words))
    own = {token.key for token in without_blessings(found)}
    return len(without_blessings(found)) >= least and not own & (BLESSING_WORDS - {"عليه", "عنه", "عنها", "عنهم"})


def quran_cases(dice: random.Random, count: int, *, held_back: bool = True, change: bool = False) -> Iterator[Case]:
    places, paragraphs = verses(held_back=held_back), prose()
    vocabulary = _vocabulary(paragraphs)
    made = 0
    while made < count:
        place = dice.choice(places)
        words = quran_words(dice, place)
        least = 5 if change else 4
        if len(words) < least:
            continue
        begin, end = window(dice, words, least, 30)
        words = words[begin:end]
        kind = dice.choice(CHANGES) if change else ""
        marks = dice.choice(BRACKETS_QURAN)
        # A word moved or dropped next to the edge leaves nothing beyond it to be recognised by.
        inside = 2 if not marks[0] and change else 1 if kind in ("missing", "moved", "added") else 0
        if change and len(words) < 2 * inside + (2 if kind == "moved" else 1):
            continue
        shown = altered(dice, words, kind, vocabulary, inside=inside) if change else words
        text, start, stop, bounded = set_in(dice, shown, paragraphs, quran_text=True, marks=marks)
        made += 1
        yield Case(text, start, stop, "quran", f"{place[0]}:{place[1]}", kind, bounded, len(words))


def hadith_cases(dice: random.Random, count: int, *, held_back: bool = True, change: bool = False) -> Iterator[Case]:
    records, paragraphs = reports(held_back=held_back), prose()
    vocabulary = _vocabulary(paragraphs)
    made = 0
    while made < count:
        name, whole = dice.choice(records)
        sayings = [part for part in re.findall(r'"([^"]+)"', whole) if len(tokens(part)) >= 5]
        words = hadith_words(dice, dice.choice(sayings) if sayings else whole)
        least = 6 if change else 4
        if len(words) < least:
            continue
        begin, end = window(dice, words, least, 30)
        words = words[begin:end]
        if not _tells(words, least):
            continue
        kind = dice.choice(CHANGES) if change else ""
        marks = dice.choice(BRACKETS_HADITH)
        # A word moved or dropped next to the edge leaves nothing beyond it to be recognised by.
        inside = 2 if not marks[0] and change else 1 if kind in ("missing", "moved", "added") else 0
        if change and len(words) < 2 * inside + (2 if kind == "moved" else 1):
            continue
        shown = altered(dice, words, kind, vocabulary, inside=inside) if change else words
        text, start, stop, bounded = set_in(dice, shown, paragraphs, quran_text=False, marks=marks)
        made += 1
        source, _, number = name.partition(":")
        yield Case(text, start, stop, source, number, kind, bounded, len(words))
