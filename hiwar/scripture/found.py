"""What the detector finds: plain values, the same for the page, the interface, the command and the gate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One word of a quotation beside the edition's: same, substituted, missing, added or moved.

    `start` and `end` are offsets of the word in the text, None for a missing one.
    """

    kind: str
    start: int | None
    end: int | None
    found: str
    canonical: str


@dataclass(frozen=True)
class Difference:
    """A word that differs; `found` is '' for a missing one, `canonical` for an added one."""

    kind: str
    found: str
    canonical: str


@dataclass(frozen=True)
class Quotation:
    """A quotation in a text, `text[start:end]`.

    `source` is "quran" or a collection's slug; `reference` is "2:256", "2:255-257", or the number of a report.
    `status` is exact (whole verses or a whole saying), partial (an exact piece) or altered. `canonical` is the
    edition's text of what is quoted; '' for hadith, whose text serves checking only. `also` names other places where
    the same words stand, at most a hundred; `others` is their full number.
    """

    start: int
    end: int
    source: str
    reference: str
    status: str
    canonical: str
    differences: tuple[Difference, ...]
    steps: tuple[Step, ...]
    also: tuple[str, ...] = ()
    others: int = 0
