"""Quotation marks and lists as each language writes them."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from babel.lists import format_list

from hiwar.arabic.digits import known_locale
from hiwar.arabic.direction import base_language, strip_bidi


class _Marks(NamedTuple):
    outer_open: str
    outer_close: str
    inner_open: str
    inner_close: str


_ENGLISH: Final = _Marks("“", "”", "‘", "’")
_GUILLEMETS: Final = _Marks("«", "»", "“", "”")
_MARKS: Final = {
    "ar": _GUILLEMETS,
    "fa": _GUILLEMETS,
    "fr": _Marks("«\u202f", "\u202f»", "“", "”"),
}


def join_list(items: Iterable[str], language: str) -> str:
    """Items as one phrase: «أ، وب، وج» and «أ وب» in Arabic, "a, b and c" in English, by CLDR elsewhere.

    The Arabic و is joined to the next item, whatever that begins with. No items give an empty string.
    """
    things = list(items)
    code = base_language(language)
    if code == "ar":
        return (" و" if len(things) == 2 else "، و").join(things)
    locale = None if code == "en" else known_locale(language)
    if locale is not None:
        return strip_bidi(format_list(things, locale=locale))  # CLDR puts marks into Persian
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def quote(text: str, language: str) -> str:
    """Text between the quotation marks of the language: « » without inner space in Arabic, “ ” in English.

    The same marks inside the text become inner ones: “ ” in Arabic, ‘ ’ in English.
    """
    marks = _MARKS.get(base_language(language), _ENGLISH)
    inner = text.replace(marks.outer_open, marks.inner_open).replace(marks.outer_close, marks.inner_close)
    return f"{marks.outer_open}{inner}{marks.outer_close}"
