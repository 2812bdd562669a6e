"""The pure functions that every saved text passes: folding, sort keys, both calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bench import Measure, benchmark, median_ms
from hiwar.arabic.dates import both_calendars
from hiwar.arabic.folding import fold
from hiwar.arabic.sorting import sort_key

SENTENCE = "يَرُدُّ المركزُ على الخطاب المتطرّف بالعلم والدليل، ويَنشر مصادره وتصويباته، ويفتح بابًا للسؤال والمراسلة. "


@benchmark("arabic")
def texts() -> Iterator[Measure]:
    """Folding 100,000 characters, 1,000 sort keys and a year of dates in both calendars."""
    text = (SENTENCE * (100_000 // len(SENTENCE) + 1))[:100_000]
    yield Measure("arabic.fold", median_ms(lambda: fold(text)), "ms", {"characters": len(text)})
    yield Measure(
        "arabic.sort_key", median_ms(lambda: [sort_key(SENTENCE[:60]) for _ in range(1000)]), "ms", {"keys": 1000}
    )
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    yield Measure("arabic.dates", median_ms(lambda: [both_calendars(day, "ar") for day in days]), "ms", {"dates": 365})
