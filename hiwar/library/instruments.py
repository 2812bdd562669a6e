"""The list of legal instruments as facts: what the home page shows until the treaties have a room of their own."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "instruments.csv"
MILESTONES = (
    "oic-code-of-conduct-terrorism",
    "arab-convention-terrorism",
    "oic-convention-terrorism",
    "oic-charter",
)


@cache
def rows() -> dict[str, dict[str, str]]:
    """Every instrument by its slug."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["slug"]: row for row in csv.DictReader(file)}


def count() -> int:
    return len(rows())


def milestones(language: str) -> list[dict[str, object]]:
    """Year and title of a few instruments whose date is confirmed, oldest first."""
    chosen = [rows()[slug] for slug in MILESTONES]
    return sorted(
        (
            {"year": int(row["adopted_from"][:4]), "title": row.get(f"title_{language}") or row["title_en"]}
            for row in chosen
            if row["certainty"] == "confirmed"
        ),
        key=lambda row: int(str(row["year"])),
    )
