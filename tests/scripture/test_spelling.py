"""One word, all its spellings; and words that are not each other's spelling."""

from __future__ import annotations

import pytest

from hiwar.scripture.canon import modern, quran
from hiwar.scripture.matching.build import verse_spellings
from hiwar.scripture.matching.spelling import COLON, COMMA, CUT, SPACE, WALL, key, spellings, tokens, without_blessings


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ((1, 2), ["العالمين", "العلمين", "ٱلۡعَٰلَمِينَ", "العـــالمين"]),
        ((2, 255), ["السماوات", "السموات", "السماوت", "ٱلسَّمَٰوَٰتِ"]),
        ((2, 3), ["الصلاة", "الصلوة", "الصلاه"]),
        ((2, 251), ["داوود", "داود"]),
        ((7, 56), ["رحمت", "رحمة", "رحمه"]),
        ((2, 48), ["شيئا", "شيا"]),
        ((17, 34), ["مسئولا", "مسؤولا", "مسءولا"]),
        ((2, 259), ["مائة", "مئة"]),
        ((72, 16), ["وألو", "وأنلو"]),
    ],
)
def test_every_usual_spelling_is_the_word(place, typed):
    words = verse_spellings(quran().verse(*place).words, modern()[place])
    meant = [found for found in words if key(typed[0]) in found]
    assert meant, typed[0]
    assert [word for word in typed if key(word) not in meant[0]] == []


@pytest.mark.parametrize(("one", "other"), [("قل", "قال"), ("ما", "ماء"), ("كتب", "كتاب"), ("علم", "عالم")])
def test_a_letter_that_modern_spelling_needs_tells_two_words_apart(one, other):
    assert key(one) != key(other)
    assert key(other) not in spellings(one, one)


def test_offsets_are_those_of_the_text():
    text = "قَالَ تعالى: ﴿يَا أَيُّهَا النَّاسُ﴾ ۝٢١ و هذا… ثم"
    found = tokens(text)
    assert [text[word.start : word.end] for word in found] == [
        "قَالَ", "تعالى", "يَا أَيُّهَا", "النَّاسُ", "و هذا", "ثم",
    ]  # fmt: skip
    assert [word.gap for word in found] == [SPACE, SPACE, WALL, SPACE, WALL, CUT]


@pytest.mark.parametrize(
    ("between", "gap"),
    [(" ", SPACE), (" ۝٢٥٥ ", SPACE), (" (٢٥٥) ", SPACE), ("، ", COMMA), (": ", COLON), (" «", WALL), (" ... ", CUT)],
)
def test_what_stands_between_two_words(between, gap):
    assert tokens(f"كلمة{between}أخرى")[1].gap == gap


def test_blessings_are_left_out():
    words = without_blessings(tokens("سمعت النبي صلى الله عليه وسلم يقول عن عمر رضي الله عنه وقال ﷺ"))
    assert [word.key for word in words] == ["سمعت", "النبي", "يقول", "عن", "عمر", "وقال"]
