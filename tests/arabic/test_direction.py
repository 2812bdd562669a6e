"""Direction of languages; marks that have no place in stored text."""

import pytest

from hiwar.arabic.direction import base_language, direction, strip_bidi


@pytest.mark.parametrize(
    "language", ["ar", "ar-SA", "ar_EG", "AR", "fa", "ur", "he", "ps", "ckb", "pa-Arab", "az_Arab_IR"]
)
def test_right_to_left(language: str) -> None:
    assert direction(language) == "rtl"


@pytest.mark.parametrize("language", ["en", "en-GB", "fr", "tr", "ur-Latn", "ms", "xx", ""])
def test_left_to_right(language: str) -> None:
    assert direction(language) == "ltr"


@pytest.mark.parametrize(("tag", "base"), [("ar", "ar"), ("ar-SA", "ar"), ("AR_eg", "ar"), ("zh-Hant-TW", "zh")])
def test_base_language(tag: str, base: str) -> None:
    assert base_language(tag) == base


def test_every_mark_goes() -> None:
    marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert strip_bidi(marks.join("سلام")) == "سلام"


def test_spelling_stays() -> None:
    text = "می\u200cروم وَسَلامٌ ـ a\u200db"
    assert strip_bidi(text) == text
