"""Dates of history: every precision in Arabic and English, and the arithmetic behind them."""

from __future__ import annotations

import pytest

from hiwar.arabic import history
from hiwar.arabic.history import EventDate, label

DAY = EventDate("day", 630, 1, 11, 8, 9, 20)
CASES = [
    (DAY, "٢٠ رمضان ٨ هـ – ١١ يناير ٦٣٠ م", "11 January 630 CE (20 Ramadan 8 AH)"),
    (EventDate("day", 1999, 7, 1), "١٧ ربيع الأول ١٤٢٠ هـ – ١ يوليو ١٩٩٩ م", "1 July 1999 (17 Rabi al-Awwal 1420 AH)"),
    (EventDate("day", 1187, 10, 2, 583), "٥٨٣ هـ – ٢ أكتوبر ١١٨٧ م", "2 October 1187 (583 AH)"),
    (EventDate("day", 628, None, None, 6, 11, 1), "١ ذي القعدة ٦ هـ – ٦٢٨ م", "628 CE (1 Dhu al-Qa'da 6 AH)"),
    (EventDate("month", 628, 3, None, 6, 11), "ذو القعدة ٦ هـ – مارس ٦٢٨ م", "March 628 CE (Dhu al-Qa'da 6 AH)"),
    (EventDate("month", 1860, 7), "١٢٧٦ أو ١٢٧٧ هـ – يوليو ١٨٦٠ م", "July 1860 (1276 or 1277 AH)"),
    (EventDate("year", 628, hijri_year=6), "سنة ٦ هـ – ٦٢٨ م", "628 CE (6 AH)"),
    (EventDate("year", 1943), "سنة ١٣٦١ أو ١٣٦٢ أو ١٣٦٣ هـ – ١٩٤٣ م", "1943 (1361 or 1362 or 1363 AH)"),
    (EventDate("year", 1300, 5, 6, 699, 8), "سنة ٦٩٩ هـ – ١٣٠٠ م", "1300 (699 AH)"),
    (EventDate("year", 610), "سنة ٦١٠ م", "610 CE"),
    (EventDate("year", 622), "سنة ١ هـ – ٦٢٢ م", "622 CE (1 AH)"),
    (EventDate("about", 634, hijri_year=13), "نحو سنة ١٣ هـ – ٦٣٤ م", "about 634 CE (13 AH)"),
    (
        EventDate("decade", 628, hijri_year=6),
        "العقد الأول من القرن الأول الهجري – عشرينيات القرن السابع الميلادي",
        "the 620s CE (1st decade of the 1st century AH)",
    ),
    (
        EventDate("decade", 1215, hijri_year=612),
        "العقد الثاني من القرن السابع الهجري – العقد الثاني من القرن ١٣ الميلادي",
        "the 1210s (2nd decade of the 7th century AH)",
    ),
    (EventDate("decade", 600), "العقد الأول من القرن السابع الميلادي", "the 600s CE"),
    (
        EventDate("century", 850, hijri_year=235),
        "القرن الثالث الهجري – التاسع الميلادي",
        "9th century CE (3rd century AH)",
    ),
    (EventDate("century", 1850, hijri_year=1266), "القرن ١٣ الهجري – ١٩ الميلادي", "19th century CE (13th century AH)"),
    (EventDate("century", 600), "القرن السادس الميلادي", "6th century CE"),
]


@pytest.mark.parametrize("when, arabic, english", CASES, ids=[f"{w.precision} {w.year}" for w, _a, _e in CASES])
def test_label(when: EventDate, arabic: str, english: str) -> None:
    assert label(when, "ar") == arabic
    assert label(when, "en") == english


@pytest.mark.parametrize(
    "when, text",
    [
        (DAY, "٢٠ رمضان ٨ هـ، الموافق ١١ يناير ٦٣٠ م"),
        (EventDate("month", 628, 3, None, 6, 11), "ذو القعدة ٦ هـ، الموافق مارس ٦٢٨ م"),
        (EventDate("year", 628, hijri_year=6), "سنة ٦ هـ، الموافقة سنة ٦٢٨ م"),
        (EventDate("about", 634, hijri_year=13), "نحو سنة ١٣ هـ، الموافقة سنة ٦٣٤ م"),
        (EventDate("day", 628, None, None, 6, 11, 1), "١ ذي القعدة ٦ هـ، الموافق سنة ٦٢٨ م"),
        (EventDate("about", 610), "نحو سنة ٦١٠ م"),
    ],
)
def test_running_text(when: EventDate, text: str) -> None:
    assert label(when, "ar", form="text") == text


def test_no_label_holds_a_digit_of_another_script() -> None:
    for when, _arabic, _english in CASES:
        assert not any(sign.isascii() and sign.isdigit() for sign in label(when, "ar"))
        assert label(when, "en").isascii()
        assert label(when, "fr") == label(when, "en") or "H)" in label(when, "fr")


@pytest.mark.parametrize(
    "day, number",
    [((622, 7, 16), 1948440), ((2000, 1, 1), 2451545), ((1582, 10, 4), 2299160), ((1582, 10, 15), 2299161)],
)
def test_julian_day(day: tuple[int, int, int], number: int) -> None:
    assert history.julian_day(*day) == number


def test_hijri_years_agree_with_the_table_of_umm_al_qura() -> None:
    from datetime import date, timedelta

    from hiwar.arabic.hijri import FIRST_DAY, to_hijri

    # One and the same year, but for the days at its turn, where months proclaimed and reckoned part.
    for step in range(0, 50_000, 97):
        day: date = FIRST_DAY + timedelta(days=step)
        known = to_hijri(day)
        assert known is not None
        first, last = history.hijri_years(day.year, day.month, day.day)
        assert first == last
        assert first == known.year or (known.month, known.day) in {(12, 29), (12, 30), (1, 1), (1, 2)}


@pytest.mark.parametrize(
    "day, there",
    [
        ((700, 2, 29), True),  # a leap year of Julius Caesar's
        ((1900, 2, 29), False),
        ((2000, 2, 29), True),
        ((1582, 10, 10), False),
        ((1187, 4, 31), False),
        ((1187, 13, 1), False),
        ((1187, 10, 2), True),
    ],
)
def test_which_days_there_were(day: tuple[int, int, int], there: bool) -> None:
    assert history.day_exists(*day) is there


@pytest.mark.parametrize(
    "when, value",
    [
        (DAY, "0630"),
        (EventDate("day", 1999, 7, 1), "1999-07-01"),
        (EventDate("month", 1860, 7), "1860-07"),
        (EventDate("year", 1860, 7), "1860"),
        (EventDate("about", 634), ""),
        (EventDate("century", 850), ""),
    ],
)
def test_for_machines(when: EventDate, value: str) -> None:
    assert history.machine_date(when) == value
