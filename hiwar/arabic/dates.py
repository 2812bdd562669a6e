"""Dates, times and durations as the site prints them, in both calendars."""

from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from babel.dates import format_date

from hiwar.arabic.digits import known_locale, to_arabic_indic
from hiwar.arabic.direction import base_language
from hiwar.arabic.hijri import MAKKAH, makkah_day, month_name, to_hijri

_GREGORIAN_MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "ar": (
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
        *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_HIJRI_ERA: Final = {"ar": "هـ", "fr": "H"}
_PLACE: Final = {"ar": "بتوقيت مكة المكرمة", "en": "(Makkah time)", "fr": "(heure de La Mecque)"}

Form = Literal["text", "label"]


class Calendars(NamedTuple):
    """One day in both calendars. ``hijri`` is empty outside the Umm al-Qura table."""

    hijri: str
    gregorian: str


def gregorian_label(day: date, language: str) -> str:
    """«٤ مارس ٢٠٢٦ م», "4 March 2026"; other languages by CLDR (long form), English where CLDR has no such language.

    An aware datetime counts as the day it is in Makkah; so in every function here.
    """
    day = makkah_day(day)
    code = base_language(language)
    if code not in _GREGORIAN_MONTHS:
        locale = known_locale(language)
        if locale is not None:
            return format_date(day, format="long", locale=locale)
        code = "en"
    label = f"{day.day} {_GREGORIAN_MONTHS[code][day.month - 1]} {day.year}"
    return to_arabic_indic(label) + " م" if code == "ar" else label


def hijri_label(day: date, language: str) -> str:
    """«١٥ رمضان ١٤٤٧ هـ», "15 Ramadan 1447 AH"; empty outside the Umm al-Qura table (see ``hijri.to_hijri``)."""
    hijri = to_hijri(day)
    if hijri is None:
        return ""
    code = base_language(language)
    month = month_name(hijri.month, language, after_day=True)
    label = f"{hijri.day} {month} {hijri.year} {_HIJRI_ERA.get(code, 'AH')}"
    return to_arabic_indic(label) if code == "ar" else label


def calendars(day: date, language: str) -> Calendars:
    """Both labels apart, for a template that gives each an element of its own."""
    return Calendars(hijri=hijri_label(day, language), gregorian=gregorian_label(day, language))


def both_calendars(day: date, language: str, *, form: Form = "text") -> str:
    """One day in both calendars, as a phrase.

    Arabic in running text «١٥ رمضان ١٤٤٧ هـ، الموافق ٤ مارس ٢٠٢٦ م», as a ``label`` «١٥ رمضان ١٤٤٧ هـ – ٤ مارس ٢٠٢٦ م».
    Other languages have one form: "4 March 2026 (15 Ramadan 1447 AH)". Outside the Umm al-Qura table the Gregorian
    date stands alone.
    """
    hijri, gregorian = calendars(day, language)
    if not hijri:
        return gregorian
    if base_language(language) != "ar":
        return f"{gregorian} ({hijri})"
    return f"{hijri} – {gregorian}" if form == "label" else f"{hijri}، الموافق {gregorian}"


def time_label(moment: datetime, language: str) -> str:
    """Clock time in Makkah, 24 hours, with its place: «١٥:٣٠ بتوقيت مكة المكرمة», "15:30 (Makkah time)".

    Raises ``ValueError`` for a naive datetime: nobody could say which clock it means.
    """
    if moment.tzinfo is None:
        raise ValueError("a time of day needs a datetime with its time zone")
    code = base_language(language)
    clock = f"{moment.astimezone(MAKKAH):%H:%M}"
    if code == "ar":
        clock = to_arabic_indic(clock)
    return f"{clock} {_PLACE.get(code, _PLACE['en'])}"


def duration_label(seconds: float, language: str) -> str:
    """Running time as on a player: "0:45", "10:12", "1:02:03", «١٠:١٢». Parts of a second are dropped.

    Raises ``ValueError`` when negative.
    """
    if seconds < 0:
        raise ValueError(f"a duration cannot be negative: {seconds}")
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    clock = f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
    return to_arabic_indic(clock) if base_language(language) == "ar" else clock
