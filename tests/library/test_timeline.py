"""Historical evidence: its dates are checked, its list and timeline agree, and no label lies on another."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from hiwar.arabic.history import PRECISIONS, EventDate
from hiwar.library import house, shelf, timeline
from hiwar.library.models import EvidencePage
from hiwar.library.timeline import Mark
from tests.library import islamiyat_pages as made

LINE = "islamiyat/evidence/timeline/"
QUERIES = {"evidence": 8, "list": 6, "list by showing": 6, "filtered": 7, "timeline": 2, "century": 2}
SVG = "{http://www.w3.org/2000/svg}"


def mark(year: int, name: str = "حدث", precision: str = "year", **more: Any) -> Mark:
    return Mark(name, f"/ar/{year}/", EventDate(precision, year, **more))


def drawn(marks: list[Mark], language: str = "ar") -> ET.Element:
    text = timeline.svg(marks, language=language, title="خط")
    return ET.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314 (our own markup)


def labels(svg: ET.Element) -> list[tuple[float, float, float]]:
    """(lane, beginning, end) of each label from its mark on, in the direction of reading; widths as reckoned."""
    width, mirrored = float(svg.get("width", 0)), svg.get("direction") == "rtl"
    found = []
    for link in svg.iter(f"{SVG}a"):
        text = link.find(f"{SVG}text")
        assert text is not None
        words = "".join(text.itertext())
        x = float(text.get("x", 0))
        start = width - x if mirrored else x
        found.append((float(text.get("y", 0)), start - 14, start + len(words) * timeline.LETTER))
    return found


class TestDrawing:
    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.integers(500, 2100), st.text("ابتثجحخ كلمةabc", min_size=1, max_size=60), st.sampled_from(PRECISIONS)
            ),
            min_size=1,
            max_size=60,
        ),
        st.sampled_from(["ar", "en"]),
    )
    def test_labels_never_overlap_and_stay_on_the_drawing(
        self, events: list[tuple[int, str, str]], language: str
    ) -> None:
        svg = drawn([mark(year, name, precision) for year, name, precision in events], language)
        found = sorted(labels(svg))
        assert len(found) == len(events)
        for (lane, _start, end), (other, start, _end) in zip(found, found[1:], strict=False):
            assert lane != other or end <= start
        assert all(start >= 0 and end <= float(svg.get("width", 0)) for _lane, start, end in found)
        assert max(lane for lane, _start, _end in found) < float(svg.get("height", 0))

    @pytest.mark.parametrize("language, way, earlier_is", [("ar", "rtl", 1), ("en", "ltr", -1)])
    def test_it_runs_in_the_direction_of_reading(self, language: str, way: str, earlier_is: int) -> None:
        svg = drawn([mark(700), mark(1200)], language)
        assert svg.get("direction") == way
        first, second = (float(each.get("cx", 0)) for each in svg.iter(f"{SVG}circle"))
        assert (first - second) * earlier_is > 0

    def test_the_scale_bears_both_calendars(self) -> None:
        texts = ["".join(each.itertext()) for each in drawn([mark(610), mark(1000)]).iter(f"{SVG}text")]
        assert "٨٠٠ م" in texts
        assert "١٨٣ هـ" in texts
        assert "٦٠٠ م" in texts  # before the Hijra: no year AH stands below it
        english = ["".join(each.itertext()) for each in drawn([mark(610), mark(1000)], "en").iter(f"{SVG}text")]
        assert {"800 CE", "183 AH"} <= set(english)

    def test_marks_tell_how_sure_a_date_is_and_say_the_whole_of_it(self) -> None:
        svg = drawn(
            [mark(634, "وصية", "about", hijri_year=13), mark(850, "مترجمون", "century", hijri_year=235), mark(700)]
        )
        assert len(list(svg.iter(f"{SVG}rect"))) == 1
        assert [each.get("class") for each in svg.iter(f"{SVG}circle")] == ["tl-mark tl-about", "tl-mark"]
        said = [each.text for each in svg.iter(f"{SVG}title")]
        assert said[0] == "وصية (نحو سنة ١٣ هـ – ٦٣٤ م)"
        assert svg.get("role") == "group"
        assert svg.get("aria-label") == "خط"

    def test_every_text_is_escaped_and_nothing_is_styled_or_scripted(self) -> None:
        text = timeline.svg([mark(700, '<script>alert("x")</script>&')], language="en", title='"><script>')
        assert "<script" not in text
        assert "style=" not in text
        assert " on" not in re.sub(r">[^<]*<", "><", text)

    def test_it_is_bounded(self) -> None:
        marks = [mark(1000 + n % 7) for n in range(timeline.MOST)]
        assert timeline.svg(marks, language="ar", title="خط").count("<a ") == timeline.MOST
        with pytest.raises(ValueError, match="marks"):
            timeline.svg([*marks, mark(1)], language="ar", title="خط")
        assert timeline.svg([], language="ar", title="خط") == ""


class TestDates:
    @pytest.mark.parametrize(
        "values, field",
        [
            ({"precision": "year", "month": 3}, "month"),
            ({"precision": "century", "hijri_month": 3, "hijri_year": 8}, "hijri_month"),
            ({"precision": "month", "month": 1, "day": 3}, "day"),
            ({"precision": "about", "hijri_year": 8, "hijri_day": 3}, "hijri_day"),
            ({"precision": "month"}, "month"),
            ({"precision": "day", "month": 1}, "day"),
            ({"precision": "day", "day": 3}, "month"),
            ({"precision": "day", "month": 1, "day": 1, "hijri_day": 3, "hijri_year": 8}, "hijri_month"),
            ({"precision": "month", "month": 1, "hijri_month": 9}, "hijri_year"),
            ({"precision": "day", "month": 2, "day": 30}, "day"),
            (
                {"precision": "day", "month": 1, "day": 3, "hijri_year": 8, "hijri_month": 9, "hijri_day": 31},
                "hijri_day",
            ),
            ({"precision": "year", "hijri_year": 5}, "hijri_year"),
            ({"precision": "year", "hijri_year": 12}, "hijri_year"),
            ({"precision": "year", "year": 610, "hijri_year": 1}, "hijri_year"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, values: dict[str, Any], field: str) -> None:
        with pytest.raises(ValidationError) as refused:
            self.cleaned(**values)
        assert field in refused.value.message_dict

    @pytest.mark.parametrize(
        "values",
        [
            {"precision": "year"},
            {"precision": "year", "hijri_year": 8},
            {"precision": "year", "hijri_year": 7},  # sources reckon otherwise by a year
            {"precision": "month", "month": 1, "hijri_year": 8, "hijri_month": 9},
            {"precision": "month", "hijri_year": 8, "hijri_month": 9},
            {"precision": "day", "month": 1, "day": 11, "hijri_year": 8, "hijri_month": 9, "hijri_day": 20},
            {"precision": "day", "hijri_year": 8, "hijri_month": 9, "hijri_day": 30},
            {"precision": "day", "year": 700, "month": 2, "day": 29},  # a leap year then
            {"precision": "century", "year": 850, "hijri_year": 235},
            {"precision": "about", "year": 610},
        ],
    )
    def test_what_can_be_passes(self, values: dict[str, Any]) -> None:
        self.cleaned(**values)

    def test_the_refusal_says_which_years_agree(self) -> None:
        with pytest.raises(ValidationError) as refused:
            self.cleaned(precision="year", year=628, hijri_year=9)
        assert refused.value.message_dict["hijri_year"] == [
            "The years are more than one apart: 628 CE falls in 6 to 7 AH, not in 9 AH."
        ]

    def cleaned(self, **values: Any) -> None:
        from hiwar.library.models import islamiyat

        page = EvidencePage(**{"title": "t", "summary": "s", "year": 630, **values})
        wrong = {**islamiyat._beyond_precision(page), **islamiyat._short_of_precision(page)} or islamiyat._impossible(
            page
        )
        if wrong:
            raise ValidationError(wrong)


class Evidence(made.Visit, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cache.clear()
        shelf.forget()
        house.prepare(by=made.by())
        cls.amnesty = made.page(
            EvidencePage,
            "فتح مكة",
            precision="month",
            year=630,
            month=1,
            hijri_year=8,
            hijri_month=9,
            place="مكة المكرمة",
            persons="أبو سفيان\nأم هانئ",
            topics=["peace"],
            sources=[
                ("source", {"text": "<p>ابن هشام، السيرة النبوية</p>", "page": "", "url": "", "to_be_checked": True})
            ],
        )
        cls.treaty = made.page(EvidencePage, "صلح الحديبية", year=628, precision="month", month=3)
        cls.damascus = made.page(EvidencePage, "دمشق", year=1860, hijri_year=1276, topics=["peace"])

    def titles(self, path: str) -> list[str]:
        return re.findall(r'<article class="row">.*?<h3><a href="[^"]*" rel="bookmark">(.*?)</a>', self.html(path))

    def test_an_event_says_when_where_who_and_on_whose_word(self) -> None:
        html = self.html(self.amnesty.url_path)
        assert '<time datetime="0630">رمضان ٨ هـ، الموافق يناير ٦٣٠ م</time>' in html
        for words in (
            "مكة المكرمة",
            "<bdi>أبو سفيان</bdi>",
            "<bdi>أم هانئ</bdi>",
            "ابن هشام، السيرة النبوية",
            "to-check",
        ):
            assert words in html, words
        assert f'href="/ar/{LINE}"' in html

    def test_the_model_refuses_a_date_that_cannot_be(self) -> None:
        page = EvidencePage.objects.get(pk=self.amnesty.pk)
        page.day = 30
        with pytest.raises(ValidationError):
            page.full_clean()

    def test_the_list_goes_by_the_event_or_by_showing(self) -> None:
        path = "/ar/islamiyat/evidence/"
        assert self.titles(path) == ["صلح الحديبية", "فتح مكة", "دمشق"]
        assert self.titles(f"{path}?order=shown") == ["دمشق", "صلح الحديبية", "فتح مكة"]
        assert self.titles(f"{path}?century=7") == ["صلح الحديبية", "فتح مكة"]
        assert self.titles(f"{path}?century=7&topic=peace") == ["فتح مكة"]
        assert self.titles(f"{path}?topic=peace&order=shown") == ["دمشق", "فتح مكة"]
        for query in ("order=x", "century=0", "century=22", "topic=none", "page=2"):
            self.html(f"{path}?{query}", 404)

    def test_line_and_list_hold_the_same(self) -> None:
        for query in ("", "?century=7"):
            html = self.html(f"/ar/{LINE}{query}")
            drawing = html[html.index('<svg class="tl"') : html.index("</svg>", html.index('<svg class="tl"'))]
            listed = re.findall(r'<article class="row">.*?<h3><a href="([^"]*)"', html)
            assert sorted(re.findall(r'<a href="([^"]*)"', drawing)) == sorted(listed)
            assert len(listed) == (2 if query else 3)
        assert self.damascus.url_path not in self.html(f"/ar/{LINE}?century=7")
        self.html(f"/ar/{LINE}?century=99", 404)

    def test_nothing_that_is_taken_down_is_drawn(self) -> None:
        made.take_down(self.damascus)
        cache.clear()
        assert self.damascus.url_path not in self.html(f"/ar/{LINE}")
        assert "دمشق" not in self.titles("/ar/islamiyat/evidence/")

    def test_a_language_without_any_says_so(self) -> None:
        html = self.html(f"/en/{LINE}")
        assert 'class="tl"' not in html
        assert 'class="empty"' in html

    def test_more_events_than_one_drawing_holds_are_parted(self) -> None:
        assert timeline.MOST == 200
        with mock.patch("hiwar.library.timeline.MOST", 2):
            html = self.html(f"/ar/{LINE}")
            assert html.count('class="tl-label"') == 2
            assert f'href="/ar/{LINE}?page=2"' in html
            assert self.html(f"/ar/{LINE}?page=2").count('class="tl-label"') == 1

    def test_pages_cost_few_queries(self) -> None:
        found = {
            "evidence": self.cost(self.amnesty.url_path),
            "list": self.cost("/ar/islamiyat/evidence/"),
            "list by showing": self.cost("/ar/islamiyat/evidence/?order=shown"),
            "filtered": self.cost("/ar/islamiyat/evidence/?topic=peace&century=7"),
            "timeline": self.cost(f"/ar/{LINE}"),
            "century": self.cost(f"/ar/{LINE}?century=7"),
        }
        assert found == QUERIES
        for number in range(6):
            made.page(EvidencePage, f"حدث {number}", year=700 + number)
        cache.clear()
        assert self.cost(f"/ar/{LINE}") == QUERIES["timeline"]
        assert self.cost("/ar/islamiyat/evidence/") == QUERIES["list"]
