"""Benchmarks of `make bench`. A module here holds functions marked with `@benchmark`; each yields measurements.

One JSON object a line: `{"name": …, "value": …, "unit": …, "params": {…}}`.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Measure:
    """One figure: its name, value, unit (ms, MB, queries, …) and what it was measured under."""

    name: str
    value: float
    unit: str
    params: dict[str, Any] = field(default_factory=dict)


REGISTRY: dict[str, Callable[[], Iterator[Measure]]] = {}


def benchmark(name: str) -> Callable[[Callable[[], Iterator[Measure]]], Callable[[], Iterator[Measure]]]:
    """Register a function that yields measures under `name`; the same name twice raises ValueError."""

    def register(function: Callable[[], Iterator[Measure]]) -> Callable[[], Iterator[Measure]]:
        if name in REGISTRY:
            raise ValueError(f"two benchmarks are called {name}")
        REGISTRY[name] = function
        return function

    return register


def median_ms(work: Callable[[], object], *, rounds: int = 30, warm: int = 3) -> float:
    """Median wall time of `work` in milliseconds, after `warm` calls that are not counted."""
    for _ in range(warm):
        work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return round(statistics.median(times) * 1000, 3)


@contextmanager
def fresh_database() -> Iterator[str]:
    """An empty, migrated database that is dropped at the end; yields its vendor, `sqlite` or `postgresql`.

    It is made as the tests make theirs, beside the one that `DATABASE_URL` names and never in it.
    """
    import django
    from django.db import connection

    django.setup()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield connection.vendor
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
