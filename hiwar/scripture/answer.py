"""What a check says, as one JSON object: the answer of the page, the interface and the command. No framework.

The shape is the outer contract's. `others` goes beyond it: the full number of other places, of which `also` names at
most a hundred.
"""

from __future__ import annotations

from typing import Any, Final

from hiwar.scripture import editions
from hiwar.scripture.detect import detect
from hiwar.scripture.found import Quotation

LIMIT: Final = 200_000
"""Code points that the page and the interface take at once; the command takes any length."""

SURROGATE: Final = "surrogate"
NUL: Final = "nul"


def fault(text: str) -> str:
    """Why `text` is no text: SURROGATE for half a pair (Unicode D80), NUL for U+0000, as in a binary file; else ""."""
    if "\x00" in text:
        return NUL
    try:
        text.encode()
    except UnicodeEncodeError:
        return SURROGATE
    return ""


def answer(text: str) -> dict[str, Any]:
    """The quotations in `text` and the editions they were compared with. Offsets are code points into `text`.

    `text` may be of any length, also empty; whether it is one, `fault` says.
    """
    return told(detect(text))


def told(quotations: list[Quotation]) -> dict[str, Any]:
    """The answer for quotations that are found already."""
    return {"edition": editions.compared(), "quotations": [_quotation(each) for each in quotations]}


def _quotation(found: Quotation) -> dict[str, Any]:
    return {
        "start": found.start,
        "end": found.end,
        "source": found.source,
        "reference": found.reference,
        "status": found.status,
        "canonical": found.canonical,
        "differences": [
            {"kind": each.kind, "found": each.found, "canonical": each.canonical} for each in found.differences
        ],
        "also": list(found.also),
        "others": found.others,
    }
