"""Words inside stored rich text: where they stand, and what changing some of them leaves."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiwar.library.rich_text import VOID, parted, read, replaced

SOURCE = (
    '<p data-block-key="a1">one <b>two</b> three &amp; four<br/>five</p>'
    '<ul><li data-block-key="b2">six</li>'
    '<li data-block-key="c3">seven <a href="/x?a=1&amp;b=2">eight</a> nine</li></ul>'
)


def span(first: str, last: str = "") -> tuple[int, int]:
    text = read(SOURCE).text
    return text.index(first), text.index(last or first) + len(last or first)


class Balance(HTMLParser):
    """Raises AssertionError for a tag that is not closed where it must be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open, tag
            assert self.open.pop() == tag


def balanced(source: str) -> bool:
    parser = Balance()
    parser.feed(source)
    parser.close()
    return not parser.open


def test_a_reader_sees_lines_and_signs():
    assert read(SOURCE).text == "one two three & four\nfive\nsix\nseven eight nine\n"


def test_tags_inside_a_word_do_not_part_it():
    assert read("<p>wo<b>r</b>d</p>").text.strip() == "word"


@pytest.mark.parametrize("words", ["one", "two", "&", "four", "eight nine", "seven eight nine"])
def test_places_lead_to_the_words_in_the_source(words):
    start, end = span(words)
    places = read(SOURCE).places
    assert words == "".join("&" if SOURCE[a:b] == "&amp;" else SOURCE[a:b] for a, b in places[start:end])


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("two", "", "one <b>new</b> three"),
        ("one", "three", '<p data-block-key="a1">new &amp; four'),
        ("two", "three", "one <b>new</b> &amp; four"),
        ("four", "five", "&amp; new</p><ul>"),
        ("eight", "nine", '<a href="/x?a=1&amp;b=2">new</a></li>'),
        ("one", "nine", '<p data-block-key="a1">new</p>'),
    ],
)
def test_replaced(first, last, expected):
    made = replaced(SOURCE, *span(first, last), "new")
    assert expected in made
    assert balanced(made)


def test_what_is_put_in_is_text_not_markup():
    assert "a &lt;b&gt; &amp; c" in replaced(SOURCE, *span("two"), "a <b> & c")


@pytest.mark.parametrize(
    ("first", "last", "before", "after"),
    [
        ("two", "", '<p data-block-key="a1">one</p>', "<p>three &amp; four<br/>five</p>"),
        ("one", "five", "", '<ul><li data-block-key="b2">six</li>'),
        ("six", "", "five</p>", '<ul><li data-block-key="c3">seven'),
        ("eight", "", '<li data-block-key="c3">seven</li></ul>', "<ul><li>nine</li></ul>"),
        ("seven", "nine", '<ul><li data-block-key="b2">six</li></ul>', ""),
        ("one", "nine", "", ""),
    ],
)
def test_parted(first, last, before, after):
    made = parted(SOURCE, *span(first, last))
    assert before in made[0]
    assert after in made[1]
    assert bool(made[0]) == bool(before)
    assert bool(made[1]) == bool(after)
    assert all(map(balanced, made))


def test_no_words_no_change():
    with pytest.raises(ValueError, match="no words"):
        replaced("<p></p>", 0, 0, "new")


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_range_leaves_whole_markup_and_all_other_words(data):
    text = read(SOURCE).text
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text) - 1))
    if not text[start:end].strip():
        return
    made = replaced(SOURCE, start, end, "NEW")
    assert balanced(made)
    assert "".join(read(made).text.split()) == "".join(f"{text[:start]}NEW{text[end:]}".split())
    before, after = parted(SOURCE, start, end)
    assert balanced(before)
    assert balanced(after)
    assert read(before).text.split() == text[:start].split()
    assert read(after).text.split() == text[end:].split()
