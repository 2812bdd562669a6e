"""Umm al-Qura days and the names of their months."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta

import pytest

from hiwar.arabic.hijri import FIRST_DAY, LAST_DAY, HijriDay, month_name, to_hijri


@pytest.mark.parametrize(
    ("day", "hijri"),
    [
        (date(2026, 3, 4), HijriDay(1447, 9, 15)),
        (date(2026, 2, 18), HijriDay(1447, 9, 1)),
        (date(2024, 7, 7), HijriDay(1446, 1, 1)),
        (date(2024, 7, 6), HijriDay(1445, 12, 30)),
        (FIRST_DAY, HijriDay(1343, 1, 1)),
        (LAST_DAY, HijriDay(1500, 12, 30)),
    ],
)
def test_days(day: date, hijri: HijriDay) -> None:
    assert to_hijri(day) == hijri


@pytest.mark.parametrize(
    "day", [FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), date.min, date.max, date(622, 7, 16)]
)
def test_outside_the_table(day: date) -> None:
    assert to_hijri(day) is None


def test_the_days_of_two_centuries_follow_each_other() -> None:
    days = [to_hijri(FIRST_DAY + timedelta(days=n)) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    found = [day for day in days if day is not None]
    assert len(found) == len(days)
    assert all(one < other for one, other in zip(found, found[1:], strict=False))
    assert {day.month for day in found} == set(range(1, 13))


def test_an_aware_moment_is_the_day_in_makkah() -> None:
    # 22:00 UTC on 17 February is 01:00 on the 18th in Makkah: Ramadan has begun.
    assert to_hijri(datetime(2026, 2, 17, 22, 0, tzinfo=UTC)) == HijriDay(1447, 9, 1)
    assert to_hijri(datetime(2026, 2, 17, 20, 59, tzinfo=UTC)) == HijriDay(1447, 8, 29)
    assert to_hijri(datetime(2026, 2, 17, 22, 0)) == HijriDay(1447, 8, 29)


def test_a_day_cannot_be_changed() -> None:
    day = HijriDay(1447, 9, 15)
    with pytest.raises(FrozenInstanceError):
        day.day = 16  # type: ignore[misc]


@pytest.mark.parametrize(
    ("month", "alone", "after_day", "english"),
    [
        (1, "محرم", "محرم", "Muharram"),
        (4, "ربيع الآخر", "ربيع الآخر", "Rabi al-Akhir"),
        (5, "جمادى الأولى", "جمادى الأولى", "Jumada al-Ula"),
        (6, "جمادى الآخرة", "جمادى الآخرة", "Jumada al-Akhira"),
        (11, "ذو القعدة", "ذي القعدة", "Dhu al-Qa'da"),
        (12, "ذو الحجة", "ذي الحجة", "Dhu al-Hijja"),
    ],
)
def test_month_names(month: int, alone: str, after_day: str, english: str) -> None:
    assert month_name(month, "ar") == alone
    assert month_name(month, "ar-SA", after_day=True) == after_day
    assert month_name(month, "en", after_day=True) == month_name(month, "tr") == english


def test_each_language_has_twelve_names() -> None:
    for language in ("ar", "en", "fr"):
        assert len({month_name(month, language) for month in range(1, 13)}) == 12
    assert month_name(8, "fr") == "chaabane"


@pytest.mark.parametrize("month", [0, 13, -1])
def test_no_such_month(month: int) -> None:
    with pytest.raises(ValueError, match="no such month"):
        month_name(month, "ar")
