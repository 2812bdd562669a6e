"""The fixed scale of hadith grades, as data (data/grades.csv): slug, band and names.

A grade says what one grader judged, in the terms of hadith criticism (mustalah al-hadith); the house adds no judgement
of its own. The band decides the colour alone: `sound` (sahih, hasan), `weak`, `none` (nothing to build on), `other`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hiwar.ui.bylanguage import Texts

FILE = Path(__file__).parent / "data" / "grades.csv"
BANDS = ("sound", "weak", "none", "other")


@dataclass(frozen=True)
class Grade:
    slug: str
    band: str
    names: Texts

    def name(self, language: str | None = None) -> str:
        """Its name in `language`, the active one by default."""
        return self.names.here(language)


@cache
def grades() -> Mapping[str, Grade]:
    """The scale by slug, strongest first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["slug"]: Grade(
                slug=row["slug"],
                band=row["band"],
                names=Texts({key[5:]: name for key, name in row.items() if key.startswith("name_") and name}),
            )
            for row in csv.DictReader(file)
        }


def grade(slug: str) -> Grade:
    """The grade named `slug`; raises KeyError for one that is not on the scale."""
    return grades()[slug]
