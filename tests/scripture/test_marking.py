"""A quotation taken apart for showing: nothing of the text is lost, and what differs is set apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiwar.scripture import marking
from hiwar.scripture.canon import quran
from hiwar.scripture.detect import detect
from hiwar.scripture.marking import MISSING, MOVED, PLAIN, RIGHT, WRONG
from tests.scripture.quoting import OTHER, exact, partial, quoted, shortened, substituted, swapped, words


def letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


CHANGES = {"exact": exact(), "partial": partial(), "substituted": substituted(), "left out": shortened()}
CHANGES |= {"moved": swapped(), "added": " ".join([*words(16, 125)[:5], OTHER, *words(16, 125)[5:]])}


@pytest.mark.parametrize("change", CHANGES)
def test_the_pieces_give_the_text_again_and_the_line_the_edition(change: str) -> None:
    text = quoted(CHANGES[change])
    [found] = detect(text)
    own = [each for each in marking.pieces(text, found) if each.kind not in (RIGHT, MISSING)]
    assert "".join(each.text for each in own) == text[found.start : found.end]
    line = marking.edition_line(found)
    assert letters("".join(each.text for each in line)) == letters(found.canonical)
    if found.status != "altered":
        assert {each.kind for each in line} == {PLAIN} == {each.kind for each in own}


@given(verse=st.sampled_from(quran().span(2, 30, 280)), at=st.integers(2, 200), drop=st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_is_changed_nothing_is_lost(verse, at: int, drop: bool) -> None:
    held = words(verse.sura, verse.number)
    at = 1 + at % max(1, len(held) - 2)
    changed = [*held[:at], *([] if drop else [OTHER]), *held[at + 1 :]]
    text = quoted(" ".join(changed))
    for found in detect(text):
        own = [each.text for each in marking.pieces(text, found) if each.kind not in (RIGHT, MISSING)]
        assert "".join(own) == text[found.start : found.end]
        line = marking.edition_line(found)
        assert letters("".join(each.text for each in line)) == letters(found.canonical)


def test_a_substituted_word_stands_beside_the_right_one() -> None:
    text = quoted(substituted(at=6))
    [found] = detect(text)
    kinds = [(each.kind, each.text) for each in marking.pieces(text, found) if each.kind != PLAIN]
    assert kinds == [(WRONG, OTHER), (RIGHT, quran().verse(16, 125).words[5])]
    assert [each.text for each in marking.edition_line(found) if each.kind == RIGHT] == [kinds[1][1]]


def test_a_missing_word_stands_where_it_is_missing() -> None:
    text = quoted(shortened(at=6))
    [found] = detect(text)
    before, missing, after = marking.pieces(text, found)
    assert (missing.kind, missing.text) == (MISSING, quran().verse(16, 125).words[5])
    assert before.text.split()[-1] == words(16, 125)[4]
    assert after.text.split()[0] == words(16, 125)[6]


def test_a_moved_word_is_marked_in_both_lines() -> None:
    text = quoted(swapped())
    [found] = detect(text)
    assert [each.text for each in marking.pieces(text, found) if each.kind == MOVED] == [words(16, 125)[2]]
    assert [each.text for each in marking.edition_line(found) if each.kind == MOVED] == [
        quran().verse(16, 125).words[2]
    ]


def test_the_corrected_text_is_found_exact_and_the_rest_is_untouched() -> None:
    text = quoted(substituted(), exact())
    found = detect(text)
    assert marking.mendable(found)
    corrected = marking.corrected(text, found)
    again = detect(corrected)
    assert [each.reference for each in again] == ["16:125", "103:3"]
    assert "altered" not in {each.status for each in again}
    assert corrected.startswith(text[: found[0].start])
    assert corrected.endswith(text[found[0].end :])


def test_what_needs_no_mending_is_not_touched() -> None:
    text = quoted(exact(), partial())
    assert not marking.mendable(detect(text))
    assert marking.corrected(text, detect(text)) == text


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\x07", "\x1b", "\x85"])
def test_signs_that_could_turn_the_page_are_not_shown(sign: str) -> None:
    assert marking.shown(f"ا{sign}ب\t\n") == "اب\t\n"
    assert marking.hidden_signs(f"ا{sign}ب") == 1
