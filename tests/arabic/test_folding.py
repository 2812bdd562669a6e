"""All usual spellings of a word have one key; different words keep theirs."""

import pytest

from hiwar.arabic.folding import bare_letters, fold, strip_tashkeel


@pytest.mark.parametrize(
    "spellings",
    [
        ("القرءان", "القرآن", "القران", "القُرْآن", "ٱلْقُرْءَان", "القرا\u0653ن"),
        ("ءا", "آ", "ا", "أ", "إ", "ٱ"),
        ("إسلام", "اسلام", "إِسْلام", "إســـلام", "ا\u0655سلام"),
        ("مدرسة", "مدرسه", "مَدْرَسَةٌ"),
        ("على", "علي", "عَلَى"),
        ("مسؤول", "مسوول", "مسو\u0654ول"),
        ("شئون", "شيون"),
        ("كتاب", "کتاب", "كِتابٌ", "ﻛﺘﺎﺏ"),
        ("هي", "ھی", "ہی"),
        ("لا", "ﻻ", "\ufefb"),
        ("الله", "ﷲ", "اللّٰه"),
        ("فيديو", "ڤيديو"),
        ("سنة ٢٠٢٦", "سنه 2026", "سنة ۲۰۲۶", "سنة ２０２６"),
        ("السلام عليكم", "  السلام\n\tعليكم ", "السلام\u00a0عليكم", "\u200fالسلام\u202b عليكم\u202c"),
        ("Straße", "STRASSE", "strasse"),
        ("Évaluation", "evaluation", "E\u0301valuation"),
        ("له", "لَهُۥ"),
    ],
)
def test_spellings_of_one_word_meet(spellings: tuple[str, ...]) -> None:
    assert {fold(spelling) for spelling in spellings} == {fold(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [("سماء", "سما"), ("ماء", "ما"), ("سوء", "سو"), ("علم", "عمل"), ("حوار", "جوار"), ("ثقافة", "تقافة")],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("القرءان", "القران"),
        ("جزءًا", "جزا"),
        ("قراءة", "قراءه"),
        ("إجراءات", "اجراءات"),
        ("الفتاوى الشرعية", "الفتاوي الشرعيه"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("S/RES/1624", "s/res/1624"),
        ("ڑ", "ڑ"),
        ("٣٫٥", "3٫5"),
        ("", ""),
        ("ًٌٍ\u200f", ""),
    ],
)
def test_key(text: str, key: str) -> None:
    assert fold(text) == key


def test_plural_in_aat_keeps_the_hamza_of_its_singular() -> None:
    assert fold("إجراءات").startswith(fold("إجراء"))


def test_a_lone_presentation_form_mark_does_not_cut_the_word() -> None:
    assert fold("كت\ufe76ب") == "كتب"


def test_folding_twice_changes_nothing() -> None:
    latin_and_marks = [*range(0x250), *range(0x300, 0x370), *range(0x1E00, 0x2200)]
    arabic = [*range(0x600, 0x900), *range(0xFB50, 0x10000), *range(0x1EE00, 0x1EF00)]
    for code_point in latin_and_marks + arabic:
        char = chr(code_point)
        for text in (char, f"ب{char}ب", f"ا{char}ا", f"e{char}"):
            once = fold(text)
            assert fold(once) == once, f"U+{code_point:04X}"


def test_the_key_can_be_stored_in_any_database() -> None:
    assert fold("حوار\x00\x07 سلام") == "حوار سلام"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("التَّسامُحُ", "التسامح"),
        ("مُقيِّم", "مقيم"),
        ("شكرًا", "شكرا"),
        ("ا\u0654حمد", "أحمد"),  # a hamza is a letter, not a vowel mark
        ("هٰذا", "هذا"),
        ("كتـــاب", "كتـــاب"),
        ("café", "café"),
    ],
)
def test_strip_tashkeel(text: str, bare: str) -> None:
    assert strip_tashkeel(text) == bare


def test_bare_letters_keeps_the_seats_of_hamza() -> None:
    assert bare_letters("الـمَسْؤُولِيَّةُ إلى آخِرِهِ") == "المسؤولية إلى آخره"
