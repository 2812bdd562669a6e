"""The list of claims and the verdict scale: filters, what a row tells, what they cost."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from hiwar.items.models import Topic
from hiwar.library.verdicts import SCALE, SIGNS, Verdict
from tests.library import claiming
from tests.library.test_claim_page import cost, text_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    cache.clear()
    yield claiming.prepare()
    cache.clear()


@pytest.fixture
def three(by):
    """Three English claims: two cut from their context, one of them with a topic, and one unfounded."""
    topic = Topic.objects.create(slug="treaties", name={"ar": "العهود", "en": "Treaties"})
    made = [
        claiming.draft(by, language="en", title="First"),
        claiming.draft(by, language="en", title="Second", verdict="unfounded"),
        claiming.draft(by, language="en", title="Third", date=claiming.WHEN.replace(year=2025)),
    ]
    for page in made:
        if page.title == "First":
            page.topics = [topic]
            page.save_revision(user=by)
        claiming.publish(page, by)
    cache.clear()
    return made


def titles(path: str) -> list[str]:
    return re.findall(r'rel="bookmark">“([^”]*)”</a>', text_of(path))


def test_each_row_tells_the_verdict_by_word_and_sign(three) -> None:
    text = text_of("/en/claims/")
    rows = re.findall(r'<article class="row">.*?</article>', text, re.S)
    assert titles("/en/claims/") == ["Second", "First", "Third"]
    told = {title: row for row in rows for title in re.findall("“(.*?)”", row)}
    assert "Unfounded" in told["Second"]
    assert "#empty" in told["Second"]
    assert "Cut from its context" in told["First"]
    assert "#cut" in told["First"]


def test_filters_narrow_and_join(three) -> None:
    assert sorted(titles("/en/claims/?verdict=cut_from_context")) == ["First", "Third"]
    assert titles("/en/claims/?verdict=unfounded") == ["Second"]
    assert titles("/en/claims/?topic=treaties") == ["First"]
    assert titles("/en/claims/?year=2025") == ["Third"]
    assert titles("/en/claims/?verdict=cut_from_context&year=2025") == ["Third"]
    assert titles("/en/claims/?verdict=unfounded&topic=treaties") == []
    assert "No item has all these filters." in text_of("/en/claims/?verdict=unfounded&topic=treaties")


def test_a_filter_tells_how_many_and_whether_it_is_on(three) -> None:
    text = text_of("/en/claims/?verdict=cut_from_context")
    filters = text.partition('<nav class="filters"')[2].partition("</nav>")[0]
    assert re.search(r'<a href="/en/claims/" aria-current="true">.*?Cut from its context.*?>2<', filters, re.S)
    assert re.search(r'<a href="/en/claims/\?verdict=unfounded">', filters)
    assert "Misquoted" not in filters, "what no claim has is not offered"
    assert 'href="/en/verdicts/"' in filters


@pytest.mark.parametrize("query", ["verdict=wrong", "topic=nothing", "year=12", "year=abc", "page=9", "verdict=%00"])
def test_an_unknown_filter_is_not_found(three, query: str) -> None:
    assert Client().get(f"/en/claims/?{query}").status_code == 404


def test_the_list_leads_to_its_feeds(three) -> None:
    head = text_of("/en/claims/").partition("</head>")[0]
    for path in ("/en/feeds/claims.xml", "/en/feeds/claims.json", "/en/feeds/claimreview.json"):
        assert path in head


def test_an_empty_list_says_what_to_do(by) -> None:
    assert "The first items of this section are being prepared." in text_of("/en/claims/")


def test_what_the_list_costs(by, three) -> None:
    text_of("/en/claims/")
    assert cost("/en/claims/") == 5
    assert cost("/en/claims/?verdict=cut_from_context") == 6
    for number in range(6):
        claiming.claim(by, language="en", title=f"More {number}")
    text_of("/en/claims/")
    assert cost("/en/claims/") == 5
    assert cost("/en/claims/?verdict=cut_from_context") == 6


# --- The scale ------------------------------------------------------------------------------------------------


def test_the_scale_explains_each_verdict_once() -> None:
    assert [each.verdict for each in SCALE] == list(Verdict)
    assert len({SIGNS[each] for each in Verdict}) == len(Verdict) == 8


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_verdict_stands_on_the_page_of_the_scale(three, language: str) -> None:
    text = text_of(f"/{language}/verdicts/")
    told = words(text)
    with override(language):
        for each in SCALE:
            assert f'<h2 id="{each.verdict.value}">' in text
            for sentence in (each.verdict.label, each.meaning, each.method, each.example):
                assert words(str(sentence)).replace("'", "&#x27;") in told
            # Two or three sentences each, and an example at least as long.
            assert len(re.findall(r"[.؟?]", str(each.meaning))) in (1, 2, 3)
    assert text.count("<h1") == 1


def test_the_scale_leads_to_the_claims_of_each_verdict(three) -> None:
    text = text_of("/en/verdicts/")
    assert re.search(r'href="/en/claims/\?verdict=cut_from_context">2 claims with this verdict', text)
    assert re.search(r'href="/en/claims/\?verdict=unfounded">1 claim with this verdict', text)
    assert text.count("No claim has this verdict yet.") == 6


def test_what_the_scale_costs(three) -> None:
    text_of("/en/verdicts/")
    assert cost("/en/verdicts/") == 0
    cache.clear()
    assert cost("/en/verdicts/") <= 3
