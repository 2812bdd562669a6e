"""Words and minutes."""

import pytest

from hiwar.arabic.reading import reading_minutes, word_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n ؟ – … ", 0),
        ("حوار", 1),
        ("الحِوارُ، والسَّلامُ؛ والتَّفاهُمُ.", 3),  # a harakah does not end a word
        ("في عام ٢٠٢٦ م", 4),
        ("a well-known case — the Centre’s", 5),
        ("سلام–حوار", 2),
        ("كتـــاب\u00a0جديد", 2),
    ],
)
def test_words(text: str, count: int) -> None:
    assert word_count(text) == count


@pytest.mark.parametrize(
    ("words", "language", "minutes"),
    [
        (0, "ar", 1),
        (1, "ar", 1),
        (140, "ar", 1),
        (141, "ar", 2),
        (1400, "ar-SA", 10),
        (200, "en", 1),
        (201, "en", 2),
        (2000, "fr", 10),
    ],
)
def test_minutes(words: int, language: str, minutes: int) -> None:
    assert reading_minutes("كلمة " * words, language) == minutes
