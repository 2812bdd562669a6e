"""Digits in the script of the page."""

from decimal import Decimal, localcontext
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from hiwar.arabic.direction import base_language

_LATIN: Final = "0123456789"
_ARABIC_INDIC: Final = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN: Final = "۰۱۲۳۴۵۶۷۸۹"

_TO_ARABIC_INDIC: Final = str.maketrans(_LATIN + _PERSIAN, _ARABIC_INDIC * 2)
_TO_LATIN: Final = str.maketrans(_ARABIC_INDIC + _PERSIAN, _LATIN * 2)
_ARABIC_SEPARATORS: Final = str.maketrans(",.", "٬٫")


def to_arabic_indic(text: str) -> str:
    """Text with ASCII and Persian digits as Arabic-Indic ones (٠ to ٩). Separators are left alone."""
    return text.translate(_TO_ARABIC_INDIC)


def to_latin(text: str) -> str:
    """Text with Arabic-Indic (٠) and Persian (۰) digits as ASCII ones. Separators are left alone."""
    return text.translate(_TO_LATIN)


def localise_number(value: float, language: str) -> str:
    """A number as the reader of ``language`` writes it, grouped in thousands, with every decimal it has.

    Arabic «١٬٢٥٠٫٥», English "1,250.5"; any other language by CLDR with Latin digits. Only Arabic has Arabic-Indic
    digits. A whole float has no decimals (3.0 is "3"). Raises ``ValueError`` for infinity and NaN.
    """
    number = Decimal(repr(value))
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    if number == number.to_integral_value():
        number = number.to_integral_value() or Decimal(0)  # no "-0"
    plain = f"{number:,f}"
    code = base_language(language)
    if code == "ar":
        return to_arabic_indic(plain.translate(_ARABIC_SEPARATORS))
    if code == "en":
        return plain
    locale = known_locale(language)
    if locale is None:
        return plain
    # Babel works in the current decimal context, whose 28 digits a large integer exceeds.
    with localcontext(prec=len(plain) + 10):
        return to_latin(format_decimal(number, locale=locale, decimal_quantization=False, numbering_system="latn"))


def known_locale(language: str) -> Locale | None:
    """The CLDR locale of a language tag, of its primary language if the tag is unknown, or ``None``."""
    for tag in (language.replace("_", "-"), base_language(language)):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None
