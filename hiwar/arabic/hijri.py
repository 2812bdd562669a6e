"""Days of the Umm al-Qura calendar, the civil Hijri calendar of Saudi Arabia."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from hijridate import Gregorian

from hiwar.arabic.direction import base_language

MAKKAH: Final = ZoneInfo("Asia/Riyadh")
"""The clock the site shows; Saudi Arabia keeps UTC+3 all year."""

FIRST_DAY: Final = date(1924, 8, 1)
"""1 Muharram 1343 AH: before it the table has nothing."""

LAST_DAY: Final = date(2077, 11, 16)
"""30 Dhu al-Hijja 1500 AH: the last day of the table."""

_MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "ar": (
        *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
        *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
    ),
    "en": (
        *("Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Akhir", "Jumada al-Ula", "Jumada al-Akhira"),
        *("Rajab", "Sha'ban", "Ramadan", "Shawwal", "Dhu al-Qa'da", "Dhu al-Hijja"),
    ),
    "fr": (
        *("mouharram", "safar", "rabia al-awal", "rabia ath-thani", "joumada al-oula", "joumada ath-thania"),
        *("rajab", "chaabane", "ramadan", "chawwal", "dhou al-qa'da", "dhou al-hijja"),
    ),
}


@dataclass(frozen=True, order=True)
class HijriDay:
    """A day of the Umm al-Qura calendar: year AH, month 1 to 12, day 1 to 30."""

    year: int
    month: int
    day: int


def makkah_day(moment: date) -> date:
    """The calendar day a reader in Makkah sees. An aware datetime is converted; a naive one counts as local."""
    if isinstance(moment, datetime):
        return (moment.astimezone(MAKKAH) if moment.tzinfo else moment).date()
    return moment


def to_hijri(day: date) -> HijriDay | None:
    """The Hijri day of a Gregorian one, or ``None`` outside the table.

    The table of the package ``hijridate`` (the Umm al-Qura calendar as published by KACST) runs from 1 August 1924
    (1 Muharram 1343) to 16 November 2077 (30 Dhu al-Hijja 1500). It is the civil day: it does not turn at sunset, and
    a month proclaimed on the sighting of the moon may differ by a day.
    """
    day = makkah_day(day)
    if not FIRST_DAY <= day <= LAST_DAY:
        return None
    return HijriDay(*Gregorian.fromdate(day).to_hijri().datetuple())


def month_name(month: int, language: str, *, after_day: bool = False) -> str:
    """Name of a Hijri month (1 to 12), as fixed in the project's list of terms.

    Arabic declines the last two: «ذو القعدة» alone, «ذي القعدة» after a day number (``after_day``). A language without
    names of its own gets the English ones. Raises ``ValueError`` for a month that does not exist.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"no such month: {month}")
    code = base_language(language)
    name = _MONTHS.get(code, _MONTHS["en"])[month - 1]
    if code == "ar" and after_day and name.startswith("ذو "):
        return "ذي " + name.removeprefix("ذو ")
    return name
