"""Digits and numbers in the script of the page."""

import math

import pytest

from hiwar.arabic.digits import known_locale, localise_number, to_arabic_indic, to_latin


@pytest.mark.parametrize("text", ["سنة 2026", "سنة ٢٠٢٦", "سنة ۲۰۲۶", "سنة ۲0٢6"])
def test_both_ways(text: str) -> None:
    assert to_arabic_indic(text) == "سنة ٢٠٢٦"
    assert to_latin(text) == "سنة 2026"


def test_all_ten_digits() -> None:
    assert to_arabic_indic("0123456789") == "٠١٢٣٤٥٦٧٨٩"
    assert to_latin("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹") == "0123456789 0123456789"


@pytest.mark.parametrize(
    ("value", "arabic", "english"),
    [
        (1250.5, "١٬٢٥٠٫٥", "1,250.5"),
        (0, "٠", "0"),
        (-0.0, "٠", "0"),
        (-3, "-٣", "-3"),
        (999, "٩٩٩", "999"),
        (3.0, "٣", "3"),
        (1234567, "١٬٢٣٤٬٥٦٧", "1,234,567"),
        (0.1, "٠٫١", "0.1"),
        (1e-7, "٠٫٠٠٠٠٠٠١", "0.0000001"),
        (1e15, "١٬٠٠٠٬٠٠٠٬٠٠٠٬٠٠٠٬٠٠٠", "1,000,000,000,000,000"),
    ],
)
def test_numbers(value: float, arabic: str, english: str) -> None:
    assert localise_number(value, "ar") == localise_number(value, "ar-SA") == arabic
    assert localise_number(value, "en") == english


def test_other_languages_have_their_separators_and_latin_digits() -> None:
    assert localise_number(1250.5, "fr") == "1\u202f250,5"
    assert localise_number(1250.5, "fa") == "1,250.5"
    assert localise_number(-0.0, "fr") == "0"
    assert localise_number(1250.5, "xx") == "1,250.5"
    assert localise_number(10**30 + 1, "de").endswith(".000.001")


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_not_a_number(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        localise_number(value, "ar")


@pytest.mark.parametrize(
    ("tag", "known"), [("fr", "fr"), ("fr_CA", "fr_CA"), ("fr-XX-x", "fr"), ("xx", None), ("", None)]
)
def test_known_locale(tag: str, known: str | None) -> None:
    locale = known_locale(tag)
    assert (str(locale) if locale else None) == known
