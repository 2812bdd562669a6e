"""A quotation taken apart for showing: which word of it differs, what the edition has there. Pure Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from hiwar.arabic.direction import strip_bidi
from hiwar.scripture.found import Quotation

PLAIN: Final = ""
WRONG: Final = "wrong"  # a word of the text that the edition has not
RIGHT: Final = "right"  # the edition's word in its place
MISSING: Final = "missing"  # the edition's word that the text leaves out
MOVED: Final = "moved"  # a word that stands elsewhere in the edition


class Piece(NamedTuple):
    """Words of one kind; RIGHT and MISSING are the edition's words, "" where it may not be shown."""

    kind: str
    text: str

    @property
    def own(self) -> bool:
        """Whether the words are the text's own."""
        return self.kind not in (RIGHT, MISSING)


def pieces(text: str, found: Quotation) -> tuple[Piece, ...]:
    """One quotation as the text has it, with what the edition has instead.

    Joined, the pieces that are the text's own give `text[found.start:found.end]` again.
    """
    made: list[Piece] = []
    last = read = found.start  # taken over so far; end of the last word of the text that was looked at

    def own(kind: str, end: int) -> None:
        nonlocal last
        if end > last:
            if made and made[-1].kind == kind:
                made[-1] = Piece(kind, made[-1].text + text[last:end])
            else:
                made.append(Piece(kind, text[last:end]))
            last = end

    for step in found.steps:
        if step.start is None or step.end is None:
            own(PLAIN, read)
            made.append(Piece(MISSING, step.canonical))
            continue
        read = step.end
        if step.kind != "same":
            own(PLAIN, step.start)
            own(MOVED if step.kind == "moved" else WRONG, step.end)
            if step.kind == "substituted":
                made.append(Piece(RIGHT, step.canonical))
    own(PLAIN, found.end)
    return tuple(made)


def edition_line(found: Quotation) -> tuple[Piece, ...]:
    """The edition's words of a quotation of the Quran, those that the text has otherwise set apart; () for hadith."""
    kinds = {"substituted": RIGHT, "missing": MISSING}
    staying = [
        (_letters(word), kinds.get(step.kind, PLAIN))
        for step in found.steps
        if step.kind != "moved"
        for word in step.canonical.split()
    ]
    made: list[Piece] = []
    place = 0
    for word in found.canonical.split():
        if not (letters := _letters(word)):  # a sign of the printed page
            kind = PLAIN
        elif place < len(staying) and staying[place][0] == letters:
            kind = staying[place][1]
            place += 1
        else:
            kind = MOVED
        if made and made[-1].kind == kind == PLAIN:
            made[-1] = Piece(PLAIN, f"{made[-1].text} {word}")
        else:
            made.append(Piece(kind, word))
    return tuple(made)


def _letters(word: str) -> str:
    return "".join(filter(str.isalpha, word))


def corrected(text: str, quotations: Sequence[Quotation]) -> str:
    """`text` with each altered quotation of the Quran as the edition has it; hadith stays as it was typed."""
    made: list[str] = []
    last = 0
    for each in quotations:
        if each.status == "altered" and each.canonical:
            made += [text[last : each.start], each.canonical]
            last = each.end
    return "".join([*made, text[last:]])


def mendable(quotations: Sequence[Quotation]) -> bool:
    """Whether `corrected` changes anything."""
    return any(each.status == "altered" and each.canonical for each in quotations)


# C0 and C1 controls save tab and newline: nothing of them can be shown, and a terminal would obey some.
_CONTROLS: Final = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
del _CONTROLS[0x09], _CONTROLS[0x0A]


def shown(text: str) -> str:
    """`text` for showing: without direction marks and controls, which could turn what stands around it."""
    return strip_bidi(text).translate(_CONTROLS)


def hidden_signs(text: str) -> int:
    """How many signs `shown` leaves out."""
    return len(text) - len(shown(text))
