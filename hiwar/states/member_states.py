"""The list of Member States as data: read from the project's own file, written by an idempotent action."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from hiwar.arabic.sorting import sort_key

FILE = Path(__file__).parent / "data" / "member_states.csv"
SAMPLE = {
    "iso2": "XA",
    "iso3": "XAA",
    "name": {"ar": "دولة قصرستان (متخيلة)", "en": "Qasristan (fictional)", "fr": "Qasristan (fictif)"},
    "joined": None,
    "joined_note": "",
    "sample": True,
}


def rows() -> list[dict[str, Any]]:
    """The 57 States and the fictional one, ready for the model's fields."""
    with FILE.open(encoding="utf-8", newline="") as file:
        states = [
            {
                "iso2": row["iso2"],
                "iso3": row["iso3"],
                "name": {code: row[f"name_{code}"] for code in ("ar", "en", "fr")},
                "joined": int(row["joined"]) if row["joined"] else None,
                "joined_note": row["joined_note"],
                "sample": False,
            }
            for row in csv.DictReader(file)
        ]
    return [*states, SAMPLE]


def load(*, model: Any) -> int:
    """Write every State into `model` (the State model or its historical form); returns how many stand there."""
    for row in rows():
        keys = {code: sort_key(name) for code, name in row["name"].items()}
        model.objects.update_or_create(iso2=row["iso2"], defaults={**row, "sort_keys": keys})
    return model.objects.count()
