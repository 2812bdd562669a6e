"""Reading a file of the meanings of the Quran: one verse a line.

Two forms: `sura|verse|text` with comments after `#` (tanzil.net/docs/text_format), and JSON objects
`{"sura": 2, "verse": 255, "text": "…"}`. The text of a verse is kept as the file has it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiwar.scripture.canon import NoSuchVerse, quran

Key = tuple[int, int]
LONGEST = 20_000  # characters of one verse's meaning with its notes; the longest verse has under 3,000
FIGURES = re.compile(r"[0-9]{1,4}")
BROKEN = re.compile("[\x00\ud800-\udfff]")


class BadLine(ValueError):
    """A line that is not taken; `str` is the reason, for whoever prepares the file."""


@dataclass
class Reading:
    """What a file holds: the verses in its order, how many lines were refused, and the SHA-256 of its bytes."""

    verses: dict[Key, str] = field(default_factory=dict)
    refused: int = 0
    sha256: str = ""


def read(lines: Iterable[bytes], *, tell: Callable[[int, str], None]) -> Reading:
    """Read every line of a file opened as bytes; `tell` gets number and reason of each that cannot be taken."""
    found, digest = Reading(), hashlib.sha256()
    for number, raw in enumerate(lines, 1):
        digest.update(raw)
        try:
            verse = line(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw)
            if verse is None:
                continue
            key, text = verse
            if key in found.verses:
                raise BadLine(_("Verse %(verse)s stands in the file twice.") % {"verse": f"{key[0]}:{key[1]}"})
        except BadLine as reason:
            found.refused += 1
            tell(number, str(reason))
        else:
            found.verses[key] = text
    found.sha256 = digest.hexdigest()
    return found


def line(raw: bytes) -> tuple[Key, str] | None:
    """((sura, verse), text) of one line, None for a comment or an empty line. Raises BadLine."""
    try:
        content = raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise BadLine(_("The line is not UTF-8.")) from error
    if not content.strip() or content.startswith("#"):
        return None
    sura, verse, text = _object(content) if content.startswith("{") else _columns(content)
    try:
        quran().verse(sura, verse)
    except NoSuchVerse as error:
        raise BadLine(_("There is no verse %(verse)s.") % {"verse": f"{sura}:{verse}"}) from error
    if not text.strip():
        raise BadLine(_("The verse has no text."))
    if BROKEN.search(text):
        raise BadLine(_("The text holds a character that cannot be stored."))
    if len(text) > LONGEST:
        raise BadLine(_("The text is longer than %(limit)d characters.") % {"limit": LONGEST})
    return (sura, verse), text


FORM: Promise = gettext_lazy("Write sura|verse|text, or a JSON object with sura, verse and text.")


def _columns(content: str) -> tuple[int, int, str]:
    parts = content.split("|", 2)
    if len(parts) != 3 or not all(FIGURES.fullmatch(part.strip()) for part in parts[:2]):
        raise BadLine(str(FORM))
    return int(parts[0]), int(parts[1]), parts[2]


def _object(content: str) -> tuple[int, int, str]:
    try:
        row = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadLine(_("The line is not valid JSON.")) from error
    if not isinstance(row, dict):
        raise BadLine(str(FORM))
    sura, verse, text = (row.get(key) for key in ("sura", "verse", "text"))
    # True is an int in Python.
    if type(sura) is not int or type(verse) is not int or not isinstance(text, str):
        raise BadLine(str(FORM))
    return sura, verse, text


def missing(keys: Iterable[Key]) -> Iterator[Key]:
    """Verses of the canon that are not among `keys`, in order."""
    held = set(keys)
    return ((verse.sura, verse.number) for verse in quran().verses() if (verse.sura, verse.number) not in held)
