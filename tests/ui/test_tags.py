"""The tags print what a reader of either language should see."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils.translation import override

from hiwar.ui.templatetags import ui


def shown(source: str, language: str, **context: object) -> str:
    with override(language):
        return Template("{% load ui %}" + source).render(Context(context))


def test_date_stands_in_both_calendars_the_readers_first():
    arabic = shown("{% dates day %}", "ar", day=date(2026, 3, 4))
    assert arabic == (
        '<span class="dates"><time datetime="2026-03-04">١٥ رمضان ١٤٤٧ هـ</time> – <span>٤ مارس ٢٠٢٦ م</span></span>'
    )
    english = shown("{% dates day %}", "en", day=date(2026, 3, 4))
    assert english == (
        '<span class="dates"><time datetime="2026-03-04">4 March 2026</time> <span>(15 Ramadan 1447 AH)</span></span>'
    )


def test_a_moment_counts_as_the_day_it_is_in_makkah():
    late = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)  # half past one in the night of the 4th in Makkah
    assert 'datetime="2026-03-04"' in shown("{% dates day %}", "en", day=late)


def test_a_date_outside_the_hijri_table_stands_alone_and_no_date_shows_nothing():
    assert shown("{% dates day %}", "en", day=date(1800, 1, 2)).count("<span") == 1
    assert shown("{% dates day %}", "en", day=None) == ""


def test_day_block_is_the_gregorian_day_and_month():
    assert "<b>٣٠</b><span>نوفمبر</span>" in shown("{% day_block day %}", "ar", day=date(2026, 11, 30))
    assert "<b>30</b><span>novembre</span>" in shown("{% day_block day %}", "fr", day=date(2026, 11, 30))


@pytest.mark.parametrize(
    ("value", "arabic", "english"),
    [(1250, "١٬٢٥٠", "1,250"), (0, "٠", "0"), ("45-47", "٤٥-٤٧", "45-47"), (None, "", "")],
)
def test_digits_follow_the_page(value, arabic, english):
    assert shown("{{ n|digits }}", "ar", n=value) == arabic
    assert shown("{{ n|digits }}", "en", n=value) == english


def test_a_year_is_never_grouped():
    assert shown("{{ n|year }}", "ar", n=2026) == "٢٠٢٦"
    assert shown("{{ n|year }}", "en", n=2026) == "2026"


def test_clock_and_time_of_day():
    assert shown("{% clock s %}", "ar", s=612) == '<time datetime="PT612S">١٠:١٢</time>'
    assert shown("{% clock s %}", "en", s=None) == ""
    assert shown("{{ t|time_of_day }}", "ar", t=time(9, 30)) == "٠٩:٣٠"


def test_codes_keep_latin_digits_and_are_escaped():
    assert (
        shown("{{ c|isolate }}", "ar", c="S/RES/1624 (2005)") == '<bdi class="code" dir="ltr">S/RES/1624 (2005)</bdi>'
    )
    assert "<b>" not in shown("{{ c|isolate }}", "ar", c="<b>")


def test_sizes_are_told_in_the_words_of_the_page():
    assert shown("{{ n|file_size }}", "en", n=48_200_000) == "48 MB"
    assert shown("{{ n|file_size }}", "en", n=1_240_000) == "1.2 MB"
    assert shown("{{ n|file_size }}", "en", n=120) == "1 KB"
    assert shown("{{ n|file_size }}", "en", n=999_999) == "1 MB"
    with pytest.raises(ValueError, match="-1 bytes"):
        ui.file_size_label(-1, "en")


def test_names_are_joined_by_the_pattern_of_the_language():
    people = [SimpleNamespace(name_here=name, path="") for name in ("أ", "ب", "<i>")]
    arabic = shown("{% name_list people %}", "ar", people=people)
    assert " و" in arabic
    assert "&lt;i&gt;" in arabic
    assert "<i>" not in arabic
    english = shown(
        "{% name_list people link=True %}", "en", people=[SimpleNamespace(name_here="A", path="/en/a/"), *people[:1]]
    )
    assert english == '<a href="/en/a/" rel="author"><bdi>A</bdi></a> and <bdi>أ</bdi>'


def test_structured_data_cannot_close_its_element():
    markup = shown("{% json_ld things %}", "ar", things=[{"name": "</script><b>&\u2028"}])
    body = markup.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in body
    assert "&" not in body
    assert json.loads(body) == {"name": "</script><b>&\u2028"}
    assert json.loads(shown("{% json_ld things %}", "ar", things=[{"a": 1}, {"b": 2}]).split(">", 1)[1][:-9]) == [
        {"a": 1},
        {"b": 2},
    ]
    assert shown("{% json_ld things %}", "ar", things=[]) == ""


def test_chapter_leads_to_words_said_at_or_before_it_else_into_the_file():
    lines = [{"at": 0}, {"at": 20}, {"at": 50}]
    assert ui.chapter_target(49, lines, "/v.mp4") == "#t20"
    assert ui.chapter_target(20, lines) == "#t20"
    assert ui.chapter_target(5, [], "/v.mp4") == "/v.mp4#t=5"
    assert ui.chapter_target(5, [{"at": 9}]) == "#main"


def test_missing_picture_has_always_the_same_plate_and_all_four_are_used():
    assert ui.plate("7K4Q") == ui.plate("7K4Q")
    assert {ui.plate(number) for number in range(50)} == {"", " p2", " p3", " p4"}


def test_address_for_paper_has_the_host_and_no_scheme():
    assert ui.without_scheme(ui.at_origin("/s/ABC", "https://centre.example/ar/x/")) == "centre.example/s/ABC"
    assert ui.at_origin("/s/ABC", "") == "/s/ABC"


def test_each_language_names_itself():
    assert [ui.language_name(code) for code in ("ar", "en", "xx")] == ["العربية", "English", "xx"]


def test_section_address_is_of_the_language_of_the_page():
    assert shown('{% section_path "articles" %}', "ar") == "/ar/articles/"


class Pictured:
    """A picture as Wagtail gives it, with renditions of the sizes a small or large file would have."""

    pk = 1
    default_alt_text = "نصّ"

    def __init__(self, widest: int) -> None:
        self.widest = widest

    def get_renditions(self, *specs: str) -> dict[str, SimpleNamespace]:
        widths = [min(self.widest, int(spec.split("|")[0].split("-")[1].split("x")[0])) for spec in specs]
        return {
            spec: SimpleNamespace(width=width, height=width // 2, url=f"/files/{width}.webp")
            for spec, width in zip(specs, widths, strict=True)
        }


def test_picture_has_sizes_text_and_only_widths_that_exist():
    large = shown('{% picture image "hero" lazy=False %}', "ar", image=Pictured(5000))
    assert 'srcset="/files/640.webp 640w, /files/1200.webp 1200w, /files/1800.webp 1800w"' in large
    assert 'width="640" height="320"' in large
    assert 'alt="نصّ"' in large
    assert 'fetchpriority="high"' in large
    small = shown('{% picture image "card" alt="" %}', "ar", image=Pictured(300))
    assert "srcset" not in small
    assert 'alt=""' in small
    assert 'loading="lazy"' in small
    assert shown('{% picture image "hero" %}', "ar", image=None) == ""


def test_picture_whose_file_is_gone_is_left_out_and_logged(caplog):
    class Gone(Pictured):
        def get_renditions(self, *specs: str):
            raise FileNotFoundError("no such file")

    assert shown('{% picture image "inline" %}', "ar", image=Gone(10)) == ""
    assert "picture 1 left out" in caplog.text
