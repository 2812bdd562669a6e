"""HTML from outside becomes blocks; what is dangerous or foreign is gone."""

from __future__ import annotations

import time

import pytest

from hiwar.library.blocks import BodyBlock
from hiwar.library.imports.cleaning import cleaned, video_address
from hiwar.library.imports.drafting import summary_of
from hiwar.library.imports.reading import LineRefused

ADDRESS = "https://old.example/en/archives/7"


def shape(source: str, **more: str) -> list[tuple[str, object]]:
    blocks = cleaned(source, title="Title", **more).blocks
    # What was made must be what the StreamField itself can read back.
    assert len(BodyBlock().to_python(blocks)) == len(blocks)
    return [(block["type"], block["value"]) for block in blocks]


def test_paragraphs_and_lists_are_one_text_and_headings_part_it() -> None:
    assert shape("<h2>One</h2><p>a</p><ul><li>b<li>c</ul><h3>Two</h3>d<div>e</div>") == [
        ("heading", {"text": "One"}),
        ("text", "<p>a</p><ul><li>b</li><li>c</li></ul>"),
        ("heading", {"text": "Two"}),
        ("text", "<p>d</p><p>e</p>"),
    ]


def test_lower_headings_stay_in_the_text_and_a_heading_too_long_for_its_block_loses_nothing() -> None:
    long = "word " * 40
    assert shape(f"<h4>Small</h4><p>a</p><h2>{long}</h2>") == [
        ("text", f"<h3>Small</h3><p>a</p><h3>{long.strip()}</h3>"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<style>p{color:red}</style>",
        '<iframe src="https://evil.example/x"></iframe>',
        '<img src="https://other.example/a.png" onerror="alert(1)">',
        "<svg onload=alert(1)><text>x</text></svg>",
        '<object data="x.swf">alert</object>',
        "<!-- comment -->",
        "<p> \n &nbsp; </p><br>",
    ],
)
def test_what_must_not_come_in_leaves_nothing(source: str) -> None:
    assert shape(f"{source}<p>kept</p>") == [("text", "<p>kept</p>")]


@pytest.mark.parametrize(
    "href, kept",
    [
        ("https://a.example/?x=1&y=2", "https://a.example/?x=1&amp;y=2"),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
        ("//a.example/p", "https://a.example/p"),
        ("/en/topic/?tID=4", "/en/topic/?tID=4"),
        ("../page/2", "/en/page/2"),
        ("javascript:alert(1)", ""),
        ("JaVa\tScript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
        ("#note", ""),
    ],
)
def test_links_keep_only_schemes_that_lead_somewhere(href: str, kept: str) -> None:
    expected = f'<p><a href="{kept}">w</a></p>' if kept else "<p>w</p>"
    assert shape(f'<p><a href="{href}" onclick="x()" style="y">w</a></p>', address=ADDRESS) == [("text", expected)]


def test_a_relative_link_of_unknown_origin_is_words_only() -> None:
    assert shape('<p><a href="page.html">w</a></p>') == [("text", "<p>w</p>")]


def test_marks_left_open_are_closed_in_each_paragraph() -> None:
    assert shape("<b><p>a</p><p>b</p></b><p>c<strong>d") == [
        ("text", "<p><b>a</b></p><p><b>b</b></p><p>c<b>d</b></p>"),
    ]


@pytest.mark.parametrize(
    "source, who",
    [
        ("<blockquote><p>Words.</p><cite>A jurist</cite></blockquote>", "A jurist"),
        ("<blockquote>Words.<footer>— <b>A jurist</b></footer></blockquote>", "A jurist"),
        ("<blockquote><p>Words.</p><p>— A jurist</p></blockquote>", "A jurist"),
        ("<blockquote><p>Words.</p></blockquote>", ""),
    ],
)
def test_a_blockquote_is_a_quotation_with_whoever_it_names(source: str, who: str) -> None:
    assert shape(f"<p>a</p>{source}<p>b</p>") == [
        ("text", "<p>a</p>"),
        ("quotation", {"text": "Words.", "who": who}),
        ("text", "<p>b</p>"),
    ]


def test_a_frame_of_a_known_provider_is_a_video_behind_a_click() -> None:
    frame = '<p>a<iframe src="//www.youtube.com/embed/abcdefghijk"></iframe>b</p>'
    assert shape(frame) == [
        ("text", "<p>a</p>"),
        ("video", {"address": "https://www.youtube.com/embed/abcdefghijk", "title": "Title"}),
        ("text", "<p>b</p>"),
    ]


def test_a_table_keeps_its_words() -> None:
    assert shape("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>") == [
        ("text", "<p>a · b</p><p>c</p>"),
    ]


def test_nested_lists_stay_nested() -> None:
    assert shape("<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>") == [
        ("text", "<ol><li>a<ul><li>b</li></ul></li><li>c<br/>d</li></ol>"),
    ]


def test_escaped_markup_stays_words_and_control_signs_go() -> None:
    assert shape("<p>1 &lt; 2 &amp; <i>3</i>\x00\x08</p>") == [("text", "<p>1 &lt; 2 &amp; 3</p>")]


def test_what_is_nested_without_reason_costs_no_time() -> None:
    assert shape("<div>" * 900 + "x" + "</div>" * 900) == [("text", "<p>x</p>")]
    assert shape("<b>" * 900 + "<p>x</p>" * 3) == [("text", "<p><b>x</b></p>" * 3)]
    with pytest.raises(LineRefused, match="nested more than 1000 deep"):
        cleaned("<blockquote>" * 100_000, title="Title")


@pytest.mark.parametrize(
    "given, expected",
    [
        ("https://vimeo.com/123456789", "https://vimeo.com/123456789"),
        ("//youtu.be/abcdefghijk", "https://youtu.be/abcdefghijk"),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", ""),
        ("https://a.example/", ""),
    ],
)
def test_addresses_of_videos(given: str, expected: str) -> None:
    assert video_address(given) == expected


def test_a_summary_is_made_of_whole_sentences_until_there_is_enough() -> None:
    words = "First. Second? " + "Third goes on. " * 40
    made = summary_of(words)
    assert made.startswith("First. Second? Third goes on.")
    assert made.endswith("on.")
    assert 240 <= len(made) <= 400


def test_an_endless_first_sentence_is_cut_between_words() -> None:
    made = summary_of("كلمة " * 200)
    assert made.endswith("كلمة…")
    assert len(made) <= 400


def test_no_words_no_summary() -> None:
    assert summary_of(" \n ") == ""


def test_a_megabyte_of_line_breaks_takes_no_minutes() -> None:
    began = time.perf_counter()
    result = cleaned("<p><br>" + "<br>\n" * 200_000 + "word" + "<br> " * 200_000 + "</p>", title="t")
    assert [block["value"] for block in result.blocks] == ["<p>word</p>"]
    assert time.perf_counter() - began < 10
