"""Text of a PDF that can be searched and copied, whatever the font makes of its letters.

The Naskh face draws a letter as a bare shape and its dots: ب, ت and ن share one glyph. WeasyPrint (70) writes one
meaning a glyph, so all of them would be copied as whichever came first. PDF itself has a remedy (ISO 32000-1, 9.7.4.2
and 9.10.3): the code of a sign need not be its glyph. Here each pair of glyph and letter gets a code of its own;
`CIDToGIDMap` leads from the code to the glyph, `ToUnicode` to the letter. Dots mean nothing, vowel marks themselves.

WeasyPrint has no hook for this, so `draw_first_line` is wrapped; outside `letters()` it does what it always did. The
test of copied titles fails if a new version draws in another way.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache as remember
from typing import Any

HEX = re.compile(r"<([0-9a-f]*)>")
SPARE = 256  # codes above the font's glyphs that WeasyPrint may give to signs the font lacks
EMPTY, UNKNOWN = 0x0FFFFFFF, 0x10000000  # Pango's PANGO_GLYPH_EMPTY and PANGO_GLYPH_UNKNOWN_FLAG
_now = threading.local()


class Letters:
    """The codes of one document, by font."""

    def __init__(self) -> None:
        self.codes: dict[int, dict[tuple[int, str], int]] = {}
        self.fonts: dict[int, Any] = {}

    def code(self, font: Any, glyph: int, text: str) -> int:
        """The code under which `glyph` means `text`; a glyph's first meaning keeps the glyph's own number."""
        self.fonts[id(font)] = font
        codes = self.codes.setdefault(id(font), {})
        if (glyph, text) not in codes:
            fresh = all(known != glyph for known, _text in codes)
            code = glyph if fresh else font.glyph_count + SPARE + len(codes)
            codes[glyph, text] = code
            font.to_unicode[code] = text
        return codes[glyph, text]

    def measure(self) -> None:
        """Give each code the width of its glyph; WeasyPrint learns widths while it draws."""
        for number, codes in self.codes.items():
            widths = self.fonts[number].widths
            for (glyph, _text), code in codes.items():
                if glyph in widths:
                    widths[code] = widths[glyph]

    def finish(self, document: Any, pdf: Any) -> None:
        """WeasyPrint's finisher: write the way from codes to glyphs into each font."""
        import pydyf

        for number, codes in self.codes.items():
            font = self.fonts[number]
            if all(glyph == code for (glyph, _text), code in codes.items()):
                continue
            ways = {code: glyph for (glyph, _text), code in codes.items()}
            table = b"".join(ways.get(code, code).to_bytes(2, "big") for code in range(max(ways) + 1))
            stream = pydyf.Stream([table], compress=True)
            pdf.add_object(stream)
            for thing in pdf.objects:
                if (
                    isinstance(thing, pydyf.Dictionary)
                    and thing.get("BaseFont") == font.name
                    and "CIDToGIDMap" in thing
                ):
                    thing["CIDToGIDMap"] = stream.reference


@contextmanager
def letters() -> Iterator[Letters]:
    """Documents written inside get a code for each pair of glyph and letter; pass `finish` to write_pdf."""
    _wrap()
    _now.letters = Letters()
    try:
        yield _now.letters
    finally:
        _now.letters = None


class _Line:
    """A WeasyPrint stream during one line of text: changes glyph numbers into codes as they are written."""

    def __init__(self, stream: Any, textbox: Any, found: Letters) -> None:
        self._stream, self._textbox, self._found = stream, textbox, found
        self._codes: list[int | None] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def set_text_matrix(self, *values: float) -> None:
        # WeasyPrint has just settled which words stand on the line.
        self._codes = list(reversed(list(_codes(self._stream, self._textbox, self._found))))
        self._stream.set_text_matrix(*values)

    def show_text(self, string: str) -> None:
        self._stream.show_text(HEX.sub(self._recoded, string))

    def _recoded(self, written: re.Match[str]) -> str:
        glyphs = [written[1][n : n + 4] for n in range(0, len(written[1]), 4)]
        codes = [self._codes.pop() if self._codes else None for _glyph in glyphs]
        shown = (g if c is None else f"{c:04x}" for g, c in zip(glyphs, codes, strict=True))
        return f"<{''.join(shown)}>"


def _codes(stream: Any, textbox: Any, found: Letters) -> Iterator[int | None]:
    """The code of each glyph of the line in the order in which it is drawn; None leaves it as it is."""
    from weasyprint.text.ffi import ffi

    words = textbox.pango_layout.text.encode()
    line, _index = textbox.pango_layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, _size = stream.add_font(item.item.analysis.font)
        number = item.glyphs.num_glyphs
        glyphs = [item.glyphs.glyphs[n] for n in range(number)]
        starts = [item.glyphs.log_clusters[n] for n in range(number)]
        start, length = item.item.offset, item.item.length
        texts = meanings(
            words[start : start + length],
            starts,
            [g.geometry.width for g in glyphs],
            bool(item.item.analysis.level % 2),
        )
        for glyph, text in zip(glyphs, texts, strict=True):
            if glyph.glyph == EMPTY:
                continue
            plain = glyph.glyph & UNKNOWN or font.bitmap or font.type == "otf"
            yield None if plain else found.code(font, glyph.glyph, text)


def meanings(words: bytes, starts: list[int], widths: list[int], backwards: bool) -> list[str]:
    """What each glyph of a run stands for.

    `words` are the run's text in UTF-8, `starts` the byte at which each glyph's cluster begins, `widths` their
    advances, both in the order of drawing; `backwards` for right to left. The texts, in logical order, join to `words`.
    """
    texts = [""] * len(starts)
    bounds = sorted(set(starts)) + [len(words)]
    for first, end in zip(bounds, bounds[1:], strict=False):
        members = [n for n, start in enumerate(starts) if start == first]
        if backwards:
            members.reverse()
        text = words[first:end].decode()
        bearers = [n for n in members if widths[n] > 0] or members[:1]
        marks = [n for n in members if n not in bearers]
        letters_ = [sign for sign in text if not unicodedata.combining(sign)]
        vowels = [sign for sign in text if unicodedata.combining(sign)]
        if len(vowels) > len(marks) or not letters_:
            texts[bearers[0]] = text
            continue
        if len(letters_) == len(bearers):
            for n, sign in zip(bearers, letters_, strict=True):
                texts[n] = sign
        else:
            texts[bearers[0]] = "".join(letters_)
        # Dots come right after their letter, vowel marks after the dots.
        for n, sign in zip(marks[len(marks) - len(vowels) :], vowels, strict=True):
            texts[n] = sign
    return texts


@remember
def _wrap() -> None:
    from weasyprint.draw import text as drawing

    plain = drawing.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, *args: Any) -> Any:
        found = getattr(_now, "letters", None)
        if found is None:
            return plain(stream, textbox, *args)
        emojis = plain(_Line(stream, textbox, found), textbox, *args)
        found.measure()
        return emojis

    drawing.draw_first_line = draw_first_line
