"""The editions page: every edition whole, spellings explained by the editions themselves, an honest log."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from hiwar.library import shelf
from hiwar.scripture import actions, editions, orthography
from hiwar.scripture.canon import modern, quran, skeleton
from hiwar.scripture.matching import spelling
from hiwar.scripture.models import Rendering
from hiwar.scripture.views.editions import figures
from tests.scripture.entries import people
from tests.scripture.test_reading import cost, part, words

pytestmark = pytest.mark.django_db
SHA = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()
    shelf.forget()


def text(language: str = "en", query: str = "") -> str:
    answer = Client().get(f"/{language}/editions/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


class TestEditions:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_each_stands_with_all_that_is_known_of_it(self, language):
        shown = text(language)
        for edition in editions.editions().values():
            assert f'<bdi class="code" dir="ltr">{edition.sha256}</bdi>' in shown
            assert f'<bdi class="code" dir="ltr">{edition.version}</bdi>' in shown
            assert f'href="{edition.licence_url}"' in shown
            assert f'href="{edition.link}"' in shown
            assert f'datetime="{edition.checked.isoformat()}"' in shown
            for said in (edition.name, edition.origin, edition.what_for, *edition.remarks):
                assert joined(figures_of(said.here(language), language)) in joined(words(shown))

    def test_hadith_texts_are_said_to_be_for_checking_and_damaged(self):
        section = words(part(text(), "hadith"))
        assert "never shown to readers" in section
        for edition in editions.hadith():
            assert f"{edition.damaged} reports hold damaged letters" in section

    def test_no_signature_is_claimed(self):
        assert "No authorised scholar has signed" in part(text(), "signature")

    def test_figures_are_the_readers_and_versions_the_publishers(self):
        said = "عدد الآيات 6236، والإصدار 3.0 من quran-text 0.1.0، و7,580 رواية (عام 2026)."
        with override("ar"):
            assert figures(said) == "عدد الآيات ٦٢٣٦، والإصدار 3.0 من quran-text 0.1.0، و٧٬٥٨٠ رواية (عام ٢٠٢٦)."
        with override("en"):
            assert figures(said) == said

    def test_every_hash_is_whole(self):
        assert len(SHA.findall(text())) == len(editions.editions())


def figures_of(sentence: str, language: str) -> str:
    with override(language):
        return figures(sentence)


def joined(said: str) -> str:
    """Without spaces: isolated names stand in elements of their own."""
    return "".join(said.split())


class TestSpelling:
    @pytest.mark.parametrize("place", [p for each in orthography.DIFFERENCES for p in each.places], ids=str)
    def test_both_words_of_an_example_are_the_same_word(self, place):
        uthmani, today = place.uthmani(), place.modern()
        assert uthmani in quran().verse(place.sura, place.verse).words
        assert today in modern()[place.sura, place.verse]
        assert spelling.key(today.replace(" ", "")) in spelling.spellings(uthmani, today.replace(" ", ""))
        assert today.split()[0][0] == skeleton(uthmani)[0] or today[0] in "اآأ"

    def test_examples_show_what_is_said_of_them(self):
        by_name = {str(each.name): each.places for each in orthography.DIFFERENCES}
        for place in by_name["A small alif"]:
            assert "\u0670" in place.uthmani()
            assert len(skeleton(place.modern())) > len(skeleton(place.uthmani()))
        for place in by_name["Words written together"]:
            assert len(place.modern().split()) == place.many > 1
        for place in by_name["Letters that are not spoken"]:
            assert "\u0652" in place.uthmani(), "the small circle"
            assert len(skeleton(place.modern())) < len(skeleton(place.uthmani()))
        for place in by_name["What both keep"]:
            assert skeleton(place.uthmani()) == skeleton(place.modern())
            assert place.modern().endswith("ت")
        for place in by_name["Waw in place of alif"]:
            assert skeleton(place.uthmani()).count("و") > skeleton(place.modern()).count("و")

    def test_they_stand_on_the_page_with_their_places(self):
        section = part(text(), "spelling")
        for each in orthography.DIFFERENCES:
            for place in each.places:
                assert f'class="mushaf-word">{place.uthmani()}</td>' in section
                assert f'class="modern-word">{place.modern()}</td>' in section
                assert f"quran/{place.sura}/{place.verse}/" in section

    def test_the_number_of_verses_is_counted(self):
        counted = sum(
            skeleton(verse.text) != skeleton(modern()[verse.sura, verse.number]) for verse in quran().verses()
        )
        assert orthography.verses_that_differ() == counted
        assert f"In {counted:,} of 6,236 verses" in words(text())


class TestLog:
    @pytest.fixture
    def who(self):
        return people()

    def report(self, who: Any, *, shown: bool = True, answer: str = "", **more: Any) -> Any:
        values = {"source": "quran", "reference": "2:255", "problem": {"en": "A word is missing."}, **more}
        row = actions.record_report(by=who.publisher, **values)
        if answer:
            row = actions.answer_report(report=row, answer={"en": answer}, state="answered", by=who.scholar)
        if shown:
            actions.show_report(report=row, shown=True, by=who.scholar)
        return row

    def test_an_empty_log_says_how_to_report(self):
        section = part(text(), "log")
        assert "No error has been reported yet" in section
        assert f'href="mailto:{settings.DEFAULT_FROM_EMAIL}"' in section

    def test_an_answered_report_stands_with_its_answer_and_its_time(self, who):
        received = timezone.localdate() - datetime.timedelta(days=3)
        self.report(who, received=received, answer="It is there.")
        section = part(text(), "log")
        for said in ("2:255", "A word is missing.", "It is there.", "after 3 days", f'datetime="{received}"'):
            assert said in section, said
        assert who.publisher.email not in section

    def test_an_open_one_stands_without(self, who):
        self.report(who)
        section = part(text(), "log")
        assert "A word is missing." in section
        assert "after" not in words(section.partition("A word is missing.")[2].partition("</li>")[0])

    def test_one_that_is_not_shown_does_not_stand(self, who):
        self.report(who, shown=False, answer="It is there.")
        assert "A word is missing." not in text()
        assert "No error has been reported yet" in text()

    def test_what_was_reported_is_text(self, who):
        self.report(who, problem={"en": "<b>bold</b>"})
        assert "<b>bold</b>" not in text()

    def test_a_long_log_has_pages(self, who):
        for number in range(22):
            self.report(who, reference=f"2:{number + 1}")
        assert part(text(), "log").count('class="report"') == 20
        second = text(query="?page=2")
        assert part(second, "log").count('class="report"') == 2
        assert '<meta name="robots" content="noindex">' in second
        assert Client().get("/en/editions/?page=3").status_code == 404


def test_editions_of_the_meanings_are_listed_when_shown():
    assert "None is shown." in part(text(), "meanings")
    values = {"translator": "A. Translator", "licence": "A licence", "origin": "A house", "version": "2"}
    for slug, shown in (("one", True), ("two", False)):
        Rendering.objects.create(
            slug=slug,
            language="en",
            name={"en": f"Edition {slug}"},
            sha256=slug.ljust(64, "0"),
            imported_at=timezone.now(),
            shown=shown,
            **values,
        )
    section = part(text(), "meanings")
    for said in ("Edition one", *values.values(), "one".ljust(64, "0")):
        assert said in section
    assert "Edition two" not in section
    assert "None is shown." not in section


def test_what_the_page_costs():
    assert cost("/ar/editions/") == 3
    Rendering.objects.create(slug="one", language="en", name={"en": "One"}, imported_at=timezone.now(), shown=True)
    assert cost("/ar/editions/") == 3
