"""Dates of history in both calendars: known to the day, or to a century.

A year CE before 15 October 1582 is one of the Julian calendar, as historians write it. Where a source gives no Hijri
year, it is reckoned by the arithmetic calendar (30-year cycle, civil epoch 16 July 622; Reingold and Dershowitz,
Calendrical Calculations), which may miss the day by one or two and the year hardly ever; a year CE covers two of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from hiwar.arabic.dates import _GREGORIAN_MONTHS, _HIJRI_ERA
from hiwar.arabic.digits import to_arabic_indic
from hiwar.arabic.direction import base_language
from hiwar.arabic.hijri import month_name, to_hijri

EPOCH: Final = 1948440
"""Julian day number of 1 Muharram 1 AH."""
REFORM: Final = (1582, 10, 15)
"""First day of the Gregorian calendar; the one before it was 4 October."""

Form = Literal["text", "label"]
PRECISIONS: Final = ("day", "month", "year", "decade", "century", "about")

_ORDINALS: Final = (
    *("الأول", "الثاني", "الثالث", "الرابع", "الخامس"),
    *("السادس", "السابع", "الثامن", "التاسع", "العاشر"),
)
_DECADES: Final = (
    *("", "", "عشرينيات", "ثلاثينيات", "أربعينيات"),
    *("خمسينيات", "ستينيات", "سبعينيات", "ثمانينيات", "تسعينيات"),
)


@dataclass(frozen=True)
class EventDate:
    """When something happened, as far as it is known. `precision` is one of PRECISIONS; what is not known is None."""

    precision: str
    year: int
    month: int | None = None
    day: int | None = None
    hijri_year: int | None = None
    hijri_month: int | None = None
    hijri_day: int | None = None


def day_exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar in force then had this day: 29 February 700 was one, 10 October 1582 was none."""
    if not (1 <= month <= 12 and 1 <= day <= 31) or (year, month) == (1582, 10) and 4 < day < 15:
        return False
    if (year, month, day) >= REFORM:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    else:
        leap = year % 4 == 0
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return day <= lengths[month - 1]


def julian_day(year: int, month: int, day: int) -> int:
    """Julian day number of a day of the calendar in force then (Fliegel and Van Flandern 1968)."""
    shift = (14 - month) // 12
    years, months = year + 4800 - shift, month + 12 * shift - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4
    if (year, month, day) >= REFORM:
        return number - years // 100 + years // 400 - 32045
    return number - 32083


def hijri_years(year: int, month: int | None = None, day: int | None = None) -> tuple[int, int]:
    """First and last year AH that a year CE, a month or a day of it falls in. Below 1 means before the Hijra."""
    first = julian_day(year, month or 1, day or 1)
    last = julian_day(year, month or 12, day or (28 if month else 31))
    return _hijri_year(first), _hijri_year(last)


def _hijri_year(number: int) -> int:
    return (30 * (number - EPOCH) + 10646) // 10631


def label(when: EventDate, language: str, *, form: Form = "label") -> str:
    """When it happened, in both calendars, to the precision it has.

    Arabic as a `label` «١١ رمضان ٨ هـ – ٢ يناير ٦٣٠ م», in running `text` «سنة ٦ هـ، الموافقة سنة ٦٢٨ م»; other
    languages have one form, "January 630 CE (Ramadan 8 AH)", "about 634 CE (13 AH)", "the 620s CE (…)".
    """
    if base_language(language) == "ar":
        return to_arabic_indic(_arabic(when, form))
    return _english(when, language)


def short(when: EventDate, language: str) -> str:
    """The year CE alone, or the decade or century, for a place where both calendars find no room."""
    if base_language(language) == "ar":
        about = "نحو " if when.precision == "about" else ""
        named = {"century": f"القرن {_ordinal(century(when.year))}", "decade": _arabic_decade(when.year)}
        return to_arabic_indic(named.get(when.precision, f"{about}{when.year} م"))
    about = "about " if when.precision == "about" else ""
    named = {"century": f"{_nth(century(when.year))} century", "decade": f"{when.year // 10 * 10}s"}
    return named.get(when.precision, f"{about}{when.year} CE")


def machine_date(when: EventDate) -> str:
    """The date for a `<time>` element (HTML, valid date, month or year string): the year alone while the calendar was
    the Julian one, which machines do not read; "" for a decade, a century or a year that is about right."""
    if when.precision not in ("day", "month", "year"):
        return ""
    found = f"{when.year:04d}"
    if when.year > REFORM[0] and when.precision != "year" and when.month:
        found += f"-{when.month:02d}"
        if when.precision == "day" and when.day:
            found += f"-{when.day:02d}"
    return found


# --- Arabic --------------------------------------------------------------------------------------------------


def _arabic(when: EventDate, form: Form) -> str:
    if when.precision == "century":
        christian = f"{_ordinal(century(when.year))} الميلادي"
        hijri = _hijri_of(when)
        return f"القرن {_ordinal(century(hijri))} الهجري – {christian}" if hijri else f"القرن {christian}"
    if when.precision == "decade":
        christian = _arabic_decade(when.year)
        hijri = _hijri_of(when)
        if not hijri:
            return christian
        return f"العقد {_ordinal((hijri - 1) % 100 // 10 + 1)} من القرن {_ordinal(century(hijri))} الهجري – {christian}"
    hijri_label, hijri_whole = _hijri(when, "ar")
    christian = _christian(when, "ar")
    if when.precision in ("day", "month") and when.month:
        if not hijri_label:
            return christian
        return f"{hijri_label} – {christian}" if form == "label" else f"{hijri_label}، الموافق {christian}"
    year = "" if hijri_whole else "سنة "
    about = "نحو " if when.precision == "about" else ""
    if not hijri_label:
        return f"{about}سنة {christian}"
    if form == "label":
        return f"{about}{year}{hijri_label} – {christian}"
    return f"{about}{year}{hijri_label}، {'الموافق' if hijri_whole else 'الموافقة'} سنة {christian}"


def _arabic_decade(year: int) -> str:
    place = year % 100 // 10
    name = _DECADES[place] or f"العقد {_ORDINALS[place]} من"
    return f"{name} القرن {_ordinal(year // 100 + 1)} الميلادي"


def _ordinal(number: int) -> str:
    """Words up to ten, then digits, as the rules of language have it."""
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else str(number)


# --- Other languages -----------------------------------------------------------------------------------------


def _english(when: EventDate, language: str) -> str:
    hijri = _hijri_of(when)
    if when.precision == "century":
        found = f"{_nth(century(when.year))} century CE"
        return f"{found} ({_nth(century(hijri))} century AH)" if hijri else found
    if when.precision == "decade":
        found = f"the {when.year // 10 * 10}s{_era(when.year)}"
        if not hijri:
            return found
        return f"{found} ({_nth((hijri - 1) % 100 // 10 + 1)} decade of the {_nth(century(hijri))} century AH)"
    found, (beside, _whole) = _christian(when, language), _hijri(when, language)
    about = "about " if when.precision == "about" else ""
    return f"{about}{found} ({beside})" if beside else f"{about}{found}"


def _nth(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _era(year: int) -> str:
    """A year of three figures says which era it is of."""
    return " CE" if year < 1000 else ""


# --- Both ----------------------------------------------------------------------------------------------------


def century(year: int) -> int:
    """The century a year is in: 700 is in the 7th, 701 in the 8th."""
    return (year - 1) // 100 + 1


def century_label(number: int, language: str) -> str:
    """A century CE by its number: «القرن السابع الميلادي», "7th century CE"."""
    if base_language(language) == "ar":
        return to_arabic_indic(f"القرن {_ordinal(number)} الميلادي")
    return f"{_nth(number)} century CE"


def _hijri_of(when: EventDate) -> int:
    """The year AH as it is known, else the first one reckoned; 0 before the Hijra."""
    return when.hijri_year or max(0, hijri_years(when.year)[1])


def _christian(when: EventDate, language: str) -> str:
    code = "ar" if base_language(language) == "ar" else "en"
    year = f"{when.year} م" if code == "ar" else f"{when.year}{_era(when.year)}"
    if when.precision not in ("day", "month") or not when.month:
        return year
    month = f"{_GREGORIAN_MONTHS[code][when.month - 1]} {year}"
    return f"{when.day} {month}" if when.precision == "day" and when.day else month


def _hijri(when: EventDate, language: str) -> tuple[str, bool]:
    """The Hijri date, and whether it has more than a year; "" before the Hijra."""
    code = base_language(language)
    era = _HIJRI_ERA.get(code, "AH")
    year, month, day = when.hijri_year, when.hijri_month, when.hijri_day
    if not year and when.precision == "day" and when.month and when.day and when.year > REFORM[0]:
        known = to_hijri(date(when.year, when.month, when.day))
        if known is not None:
            year, month, day = known.year, known.month, known.day
    if not year:
        closer = (when.month, when.day) if when.precision in ("day", "month") else (None, None)
        first, last = hijri_years(when.year, *closer)
        if last < 1:
            return "", False
        joint = " أو " if code == "ar" else " or "
        # Two years AH as a rule, three when one begins in the first days of January.
        return f"{joint.join(str(each) for each in range(max(first, 1), last + 1))} {era}", False
    if month and when.precision in ("day", "month"):
        exact = bool(day) and when.precision == "day"
        name = month_name(month, language, after_day=exact)
        return (f"{day} {name} {year} {era}" if exact else f"{name} {year} {era}"), True
    return f"{year} {era}", False
