"""Citations that never passed the editor's form: what is stored may be anything, and is refused or shown as nothing."""

from __future__ import annotations

import pytest

from hiwar.library.blocks import BodyBlock
from hiwar.scripture.blocks import chosen

pytestmark = pytest.mark.django_db
BODY = BodyBlock()


def stored(kind: str, **value):
    """The block and its value, as a page reads it from what is stored."""
    [child] = BODY.to_python([{"type": kind, "value": value, "id": "a"}])
    return child.block, child.value


@pytest.mark.parametrize(
    "cut", [(-5, 3), (3, 1), (1, 100_000), (0, 3), (None, 3), ("1", "x"), ("1", "2"), (1.5, 2), ([1], 2), (True, True)]
)
def test_words_that_no_passage_has_are_refused_and_not_shown_as_cut(cut):
    first, last = cut
    block, value = stored("misused_verse", **chosen("2:256"), first_word=first, last_word=last, explanation="شرح")
    assert block.problem(value)
    shown = block.show(value)
    assert shown is not None
    assert "how" not in shown
    assert 'class="cut"' not in shown["text"]


@pytest.mark.parametrize(
    "reference", ["2:287", "115:1", "0:0", "bukhari:1", "", None, 5, ["2:255"], {"a": 1}, "2:255\x00"]
)
def test_a_place_that_is_not_there_is_refused_and_shows_nothing(reference):
    block, value = stored("verse", **{**chosen("2:255"), "reference": reference})
    assert block.problem(value)
    assert block.show(value) is None
    assert block.citation(value) is None
    assert block.plain(value) == ""


@pytest.mark.parametrize("hadith", ["", None, "x", 7, "00000000-0000-0000-0000-000000000000", ["a"]])
def test_a_hadith_that_is_not_entered_is_refused_and_shows_nothing(hadith):
    block, value = stored("hadith", hadith=hadith, digest="0" * 64)
    assert block.problem(value)
    assert block.show(value) is None
    assert block.citation(value) is None


@pytest.mark.parametrize("digest", ["0" * 64, 5, ["a"], True])
def test_a_digest_of_another_text_is_refused_and_seals_nothing(digest):
    block, value = stored("verse", **{**chosen("2:255"), "digest": digest})
    assert block.problem(value)
    assert block.show(value)["seal"] is None
