"""The real addresses of the two earlier sites: those that became items, and those that lead to a page of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hiwar.library import old_addresses
from hiwar.library.imports.running import run
from hiwar.library.imports.writing import Counts

FILE = Path(__file__).parent.parent / "data" / "legacy_pages.jsonl"


@dataclass
class Loaded:
    """What `load` did: counts of the import, the lines it refused (number, reason), and the size of the table."""

    counts: Counts
    refused: list[tuple[int, str]] = field(default_factory=list)
    table: int = 0


def load(*, by: Any) -> Loaded:
    """Import the real items and write the table of the addresses whose import is refused (home, about, tags, French).

    Needs the sections of the site (house.prepare). Idempotent.
    """
    refused: list[tuple[int, str]] = []
    with FILE.open("rb") as stream:
        counts = run(stream=stream, by=by, tell=lambda line, reason: refused.append((line, reason)))
    return Loaded(counts=counts, refused=refused, table=old_addresses.load_table())
