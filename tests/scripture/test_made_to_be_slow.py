"""Texts made to be slow, or to fill the memory: bounded far above what they cost now, far below what they did."""

from __future__ import annotations

import time

import pytest

from hiwar.arabic.folding import bare_letters, fold, strip_tashkeel
from hiwar.scripture.canon import modern
from hiwar.scripture.detect import detect, load
from hiwar.scripture.matching import spelling
from hiwar.scripture.matching.claims import Claims

LONG = 60_000
SECONDS = 3.0  # of one core; the slowest of these took half a minute


@pytest.fixture(autouse=True, scope="module")
def _loaded():
    load()


@pytest.mark.parametrize(
    "stuffing",
    [" ", "\n", "\n ", "( ", "«", "„", "“", "«“„[", "ـ", "\u200b", "١"],
    ids=lambda sign: f"U+{ord(sign[0]):04X}x{len(sign)}",
)
def test_a_long_row_of_one_sign_between_words(stuffing):
    verse = modern()[2, 255]
    text = f"{verse} {stuffing * (LONG // len(stuffing))} {verse}"
    begun = time.process_time()
    found = detect(text)
    assert time.process_time() - begun < SECONDS
    assert [each.reference for each in found] == ["2:255", "2:255"]


@pytest.mark.parametrize("reading", [fold, bare_letters, strip_tashkeel, lambda text: detect(text)])
def test_marks_heaped_on_one_letter(reading):
    begun = time.process_time()
    reading("ب" + "\u0652" * LONG + "\u064b" * LONG)
    assert time.process_time() - begun < SECONDS


def test_thirty_marks_are_read_as_ever():
    assert fold("ا" + "\u064b" * 29 + "\u0654") == fold("أ")
    assert bare_letters("ا" + "\u064b" * 29 + "\u0654") == "أ"


def test_nothing_long_is_kept():
    """The caches hold words, not texts: a word or a gap as long as a text would stay there for days."""
    kept = spelling._kept_key.cache_info().currsize, spelling._kept_gap.cache_info().currsize
    detect("ب" * 5000 + " " * 5000 + "ت" * 5000)
    assert kept == (spelling._kept_key.cache_info().currsize, spelling._kept_gap.cache_info().currsize)


def test_the_same_pair_in_the_same_neighbourhood_is_looked_up_once(monkeypatch):
    """Counted, not timed."""
    from hiwar.scripture import detect as module

    asked = []
    near = module._near
    monkeypatch.setattr(module, "_near", lambda aligner, run: asked.append(run) or near(aligner, run))
    detect("الله لا " * 2000, sources=["quran"])
    assert 0 < len(asked) < 30


def test_quotation_marks_inside_quotation_marks():
    text = "قال: «سمعت من يقول «كلمة واحدة» هنا» انتهى"
    words = spelling.tokens(text)
    start = text.index("كلمة")
    assert Claims(text, words).quoted(start, start + len("كلمة واحدة"))


@pytest.mark.parametrize(
    "sign",
    [
        "\u00ad",
        "\u200b",
        "\u2060",
        "\ufeff",
        "\ufe0f",
        "\u180e",
        "\u034f",
        "\U000e0100",
        "\U000e0061",
        "\u0336",
        "\u20d2",
    ],
    ids=lambda sign: f"U+{ord(sign):04X}",
)
def test_a_sign_that_is_not_seen_parts_no_word(sign):
    """Else whoever put one into each word could have a misquotation published."""
    words = modern()[2, 256].split()[:12]
    words[6] = "الصناديق"
    text = " ".join(word[:2] + sign + word[2:] if len(word) > 3 else word for word in words)
    [found] = detect(text)
    assert (found.status, found.reference) == ("altered", "2:256")
