"""Dictionary order without a database's help."""

import random
import sqlite3

import pytest

from hiwar.arabic.sorting import KEY_LENGTH, OTHER, alphabet, initial, sort_key, without_article

IN_ORDER = [
    "٩ أسئلة",
    "10 أسئلة",
    "٢٠٢٦",
    "أحمد",
    "آداب الحوار",
    "الإسلام",
    "ألمانيا",
    "«بيان» المركز",
    "التسامح",
    "الثقافة",
    "حوار",
    "الحوار الديني",
    "ذاكرة",
    "مُحَمَّد",
    "محمود",
    "هوية",
    "الوسطية",
    "اليقين",
    "apple",
    "Émile",
    "Zebra",
    "Привет",
]


def test_order() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_order_in_a_database() -> None:
    with sqlite3.connect(":memory:") as database:
        database.execute("create table titles (title text, sort_key text)")
        rows = [(title, sort_key(title)) for title in reversed(IN_ORDER)]
        database.executemany("insert into titles values (?, ?)", rows)
        found = [title for (title,) in database.execute("select title from titles order by sort_key")]
    assert found == IN_ORDER


def test_the_whole_alphabet_is_in_dictionary_order() -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    assert sorted(random.Random(7).sample(letters, 28), key=sort_key) == list(letters)
    assert sorted(["ة", "و", "ه", "ى", "ن"], key=sort_key)[0] == "ن"
    assert sort_key("مدرسة") == sort_key("مدرسه") < sort_key("مدرسو") < sort_key("مدرسي")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("كتـــاب", "كِتاب"),
        ("الحوار", "حوار"),
        ("ٱلْحِوار", "حوار"),
        ("«الحوار»", "حوار"),
        ("\u200fالحوار", "حوار"),
        ("Sha'ban", "Shaban"),
        ("٠٠٧", "7"),
    ],
)
def test_files_together(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_a_shorter_title_comes_first() -> None:
    assert sort_key("حوار") < sort_key("حوار ديني") < sort_key("حوارات")


def test_the_key_has_one_order_under_every_collation() -> None:
    # Only ASCII digits: no collation reorders those, as they do case, punctuation, "aa" or "ch".
    for title in [*IN_ORDER, "ڑا", "þing", "中文", "!?", ""]:
        assert sort_key(title) == "" or (sort_key(title).isascii() and sort_key(title).isdigit())
    assert len(sort_key("حوار " * 200)) == KEY_LENGTH


def test_letters_outside_the_alphabets_follow_their_script() -> None:
    assert sort_key("ي") < sort_key("ڑ") < sort_key("a") < sort_key("z") < sort_key("þ") < sort_key("я")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("الحوار", "حوار"),
        ("اللغة", "لغة"),
        ("الالتزام", "التزام"),
        ("الأب", "أب"),
        ("الحوار والسلام", "حوار والسلام"),
        ("حوار الأديان", "حوار الأديان"),
        ("الله", "الله"),
        ("التزام الدول", "التزام الدول"),
        ("التقاء", "التقاء"),
        ("التماسات", "التماسات"),
        ("الذين", "الذين"),
        ("ألمانيا", "ألمانيا"),
        ("إلى الشباب", "إلى الشباب"),
        ("آلة", "آلة"),
        ("ال", "ال"),
    ],
)
def test_article(text: str, bare: str) -> None:
    assert without_article(text) == bare


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    [
        ("الحوار", "ar", "ح"),
        ("الإسلام", "ar", "أ"),
        ("آداب", "ar", "أ"),
        ("آداب", "fa", "ا"),
        ("«التسامح»", "ar", "ت"),
        ("ثَقافة", "ar", "ث"),
        ("STIX", "ar", "S"),
        ("émile", "en", "E"),
        ("(hatred)", "en", "H"),
        ("٣ أسئلة", "ar", OTHER),
        ("2026", "en", OTHER),
        ("؟", "ar", OTHER),
        ("", "en", OTHER),
    ],
)
def test_initial(text: str, language: str, letter: str) -> None:
    assert initial(text, language) == letter


def test_every_arabic_title_of_the_list_has_its_letter_in_the_alphabet() -> None:
    assert len(alphabet("ar")) == 28
    assert "".join(alphabet("en")) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    letters = [alphabet("ar").index(initial(title, "ar")) for title in IN_ORDER[3:18]]
    assert letters == sorted(letters)
