"""Dates in both calendars, times with their place, running times."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from hiwar.arabic.dates import both_calendars, calendars, duration_label, gregorian_label, hijri_label, time_label

DAY = date(2026, 3, 4)


def test_both_calendars_in_arabic() -> None:
    assert both_calendars(DAY, "ar") == "١٥ رمضان ١٤٤٧ هـ، الموافق ٤ مارس ٢٠٢٦ م"
    assert both_calendars(DAY, "ar", form="label") == "١٥ رمضان ١٤٤٧ هـ – ٤ مارس ٢٠٢٦ م"


def test_both_calendars_in_english() -> None:
    assert (
        both_calendars(DAY, "en") == both_calendars(DAY, "en-gb", form="label") == "4 March 2026 (15 Ramadan 1447 AH)"
    )


def test_a_third_language_by_settings_alone() -> None:
    assert both_calendars(DAY, "fr") == "4 mars 2026 (15 ramadan 1447 H)"
    assert both_calendars(DAY, "tr") == "4 Mart 2026 (15 Ramadan 1447 AH)"
    assert both_calendars(DAY, "xx") == "4 March 2026 (15 Ramadan 1447 AH)"


def test_the_pieces() -> None:
    assert calendars(DAY, "ar") == ("١٥ رمضان ١٤٤٧ هـ", "٤ مارس ٢٠٢٦ م")
    assert calendars(DAY, "en").hijri == "15 Ramadan 1447 AH"


def test_dhu_is_declined_after_a_day_number() -> None:
    assert hijri_label(date(2026, 5, 27), "ar") == "١٠ ذي الحجة ١٤٤٧ هـ"
    assert hijri_label(date(2026, 4, 18), "ar") == "١ ذي القعدة ١٤٤٧ هـ"


@pytest.mark.parametrize("day", [date(1920, 1, 1), date(2090, 1, 1)])
def test_outside_the_table_the_gregorian_date_stands_alone(day: date) -> None:
    assert hijri_label(day, "ar") == ""
    assert both_calendars(day, "ar") == gregorian_label(day, "ar")
    assert both_calendars(day, "en") == f"1 January {day.year}"


def test_gregorian_months_are_those_of_the_list_of_terms() -> None:
    months = [gregorian_label(date(2026, month, 1), "ar").split()[1] for month in range(1, 13)]
    assert " ".join(months) == "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"


def test_an_aware_moment_is_dated_in_makkah() -> None:
    late = datetime(2026, 3, 3, 22, 0, tzinfo=UTC)
    assert gregorian_label(late, "en") == gregorian_label(late, "en-US") == "4 March 2026"
    assert gregorian_label(late, "fr") == "4 mars 2026"
    assert both_calendars(late, "ar") == both_calendars(DAY, "ar")


@pytest.mark.parametrize(
    ("moment", "arabic", "english"),
    [
        (datetime(2026, 3, 4, 12, 30, tzinfo=UTC), "١٥:٣٠ بتوقيت مكة المكرمة", "15:30 (Makkah time)"),
        (datetime(2026, 7, 4, 21, 5, tzinfo=UTC), "٠٠:٠٥ بتوقيت مكة المكرمة", "00:05 (Makkah time)"),
        (
            datetime(2026, 3, 4, 9, 0, tzinfo=timezone(timedelta(hours=5))),
            "٠٧:٠٠ بتوقيت مكة المكرمة",
            "07:00 (Makkah time)",
        ),
    ],
)
def test_time(moment: datetime, arabic: str, english: str) -> None:
    assert time_label(moment, "ar") == arabic
    assert time_label(moment, "en") == english
    assert time_label(moment, "fr").endswith(" (heure de La Mecque)")


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        time_label(datetime(2026, 3, 4, 12, 30), "ar")


@pytest.mark.parametrize(
    ("seconds", "english", "arabic"),
    [
        (0, "0:00", "٠:٠٠"),
        (45, "0:45", "٠:٤٥"),
        (612, "10:12", "١٠:١٢"),
        (612.9, "10:12", "١٠:١٢"),
        (3600, "1:00:00", "١:٠٠:٠٠"),
        (3723, "1:02:03", "١:٠٢:٠٣"),
    ],
)
def test_duration(seconds: float, english: str, arabic: str) -> None:
    assert duration_label(seconds, "en") == duration_label(seconds, "fr") == english
    assert duration_label(seconds, "ar") == arabic


def test_negative_duration() -> None:
    with pytest.raises(ValueError, match="negative"):
        duration_label(-1, "en")
