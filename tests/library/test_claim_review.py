"""ClaimReview: one on each claim's page, all in a feed, with no word that schema.org does not know."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.library.models import ClaimPage
from tests.library import claiming
from tests.library.test_claim_page import cost, text_of

pytestmark = pytest.mark.django_db

# schema.org, version 29: of each type that we use its parent, and of its properties those we use, each with what it
# may hold. "Text" is any text; Date, DateTime and URL are texts of that form; others are types.
DATES = ("Date", "DateTime")
VOCABULARY: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "Thing": (
        "",
        {
            "name": ("Text",),
            "alternateName": ("Text",),
            "description": ("Text",),
            "url": ("URL",),
            "image": ("URL", "ImageObject"),
        },
    ),
    "CreativeWork": (
        "Thing",
        {
            "author": ("Organization", "Person"),
            "publisher": ("Organization", "Person"),
            "datePublished": DATES,
            "dateModified": DATES,
            "inLanguage": ("Text", "Language"),
            "citation": ("Text", "CreativeWork"),
        },
    ),
    "Review": (
        "CreativeWork",
        {"itemReviewed": ("Thing",), "reviewRating": ("Rating",), "reviewBody": ("Text",)},
    ),
    "ClaimReview": ("Review", {"claimReviewed": ("Text",)}),
    "Claim": ("CreativeWork", {"appearance": ("CreativeWork",), "firstAppearance": ("CreativeWork",)}),
    "Quotation": ("CreativeWork", {}),
    "Intangible": ("Thing", {}),
    "Rating": (
        "Intangible",
        {"ratingExplanation": ("Text",), "ratingValue": ("Number", "Text"), "author": ("Organization", "Person")},
    ),
    "Organization": ("Thing", {"logo": ("URL", "ImageObject"), "legalName": ("Text",)}),
    "ItemList": ("Intangible", {"itemListElement": ("ListItem", "Text", "Thing")}),
    "BreadcrumbList": ("ItemList", {}),
    "ListItem": ("Intangible", {"position": ("Integer", "Text"), "item": ("Thing", "URL")}),
    "Dataset": ("CreativeWork", {}),
    "DataFeed": ("Dataset", {"dataFeedElement": ("DataFeedItem", "Text", "Thing")}),
    "DataFeedItem": ("Intangible", {"item": ("Thing",), "dateModified": DATES, "dateCreated": DATES}),
}
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2})?")


def ancestors(kind: str) -> list[str]:
    found = []
    while kind:
        assert kind in VOCABULARY, f"schema.org has no {kind} that we know of"
        found.append(kind)
        kind = VOCABULARY[kind][0]
    return found


def check(node: dict[str, Any], at: str = "") -> None:
    """`node` and all in it use only types and properties of schema.org, each holding what it may hold."""
    lines = ancestors(node["@type"])
    allowed = {name: held for line in lines for name, held in VOCABULARY[line][1].items()}
    for name, value in node.items():
        if name.startswith("@"):
            assert name in ("@type", "@id", "@context"), f"{at}.{name}"
            continue
        assert name in allowed, f"{at}.{name} is no property of {node['@type']}"
        for each in value if isinstance(value, list) else [value]:
            assert holds(each, allowed[name], f"{at}.{name}"), f"{at}.{name} may not hold {each!r}"


def holds(value: Any, kinds: tuple[str, ...], at: str) -> bool:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            return True
        check(value, at)
        return bool(set(kinds) & set(ancestors(value["@type"])))
    if isinstance(value, int):
        return "Integer" in kinds or "Number" in kinds
    if "Text" in kinds:
        return bool(value)
    if set(kinds) & {"Date", "DateTime"}:
        return bool(MOMENT.fullmatch(value))
    return "URL" in kinds and value.startswith(("https://", "http://"))


def graph_of(path: str) -> list[dict[str, Any]]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text_of(path), re.S)
    assert len(blocks) == 1
    found = json.loads(blocks[0])
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


@pytest.fixture
def by():
    cache.clear()
    yield claiming.prepare()
    cache.clear()


def test_the_checker_of_the_vocabulary_sees_what_is_wrong() -> None:
    good = {"@type": "ClaimReview", "claimReviewed": "x", "datePublished": "2026-03-04T12:30:00+03:00"}
    check(good)
    for bad in (
        {"verdict": "x"},
        {"datePublished": "4 March"},
        {"itemReviewed": "x"},
        {"reviewRating": {"@type": "Claim", "name": "x"}},
        {"reviewRating": {"@type": "Rating", "claimReviewed": "x"}},
        {"author": {"@type": "Centre"}},
        {"url": "/ar/"},
        {"@verdict": "x"},
    ):
        with pytest.raises(AssertionError):
            check({**good, **bad})


def test_a_claims_page_has_exactly_one_review(by) -> None:
    page = claiming.claim(by, title="لا عهد بعد اليوم")
    nodes = graph_of(page.shown_path)
    for node in nodes:
        check(node)
    [review] = [node for node in nodes if node["@type"] == "ClaimReview"]
    assert unquote(review["url"]) == f"{settings.SITE_URL}{page.shown_path}"
    assert review["claimReviewed"] == review["itemReviewed"]["name"] == "لا عهد بعد اليوم"
    assert review["itemReviewed"] == {"@type": "Claim", "name": "لا عهد بعد اليوم", "inLanguage": "ar"}
    assert review["reviewRating"]["@type"] == "Rating"
    assert review["reviewRating"]["alternateName"] == str(page.verdict_label) or review["reviewRating"]["alternateName"]
    assert review["reviewRating"]["ratingExplanation"] == page.summary
    assert review["reviewBody"] == page.short_answer
    assert review["author"]["@type"] == "Organization"
    assert review["author"]["@id"] == f"{settings.SITE_URL}/#centre"
    assert review["datePublished"] == "2026-03-04T12:30:00+03:00"
    assert review["inLanguage"] == "ar"
    assert [each["@type"] for each in review["citation"]] == ["Quotation"]
    assert registry.kind("claim").schema == "ClaimReview"


def test_no_number_and_no_place_of_the_original_is_invented(by) -> None:
    page = claiming.claim(by, heard_in="رسائل خاصة", used_by="مواد تجنيد")
    told = json.dumps(graph_of(page.shown_path), ensure_ascii=False)
    for word in ("ratingValue", "bestRating", "ppearance", "رسائل خاصة", "مواد تجنيد", claiming.CANARY):
        assert word not in told


def test_the_word_of_the_verdict_is_in_the_language_of_the_page(by) -> None:
    page = claiming.claim(by, language="en", verdict="unfounded")
    [review] = [node for node in graph_of(page.shown_path) if node["@type"] == "ClaimReview"]
    assert review["reviewRating"]["alternateName"] == "Unfounded"


def test_a_claim_without_a_verdict_yet_has_no_rating(by) -> None:
    page = claiming.claim(by)
    ClaimPage.objects.filter(pk=page.pk).update(verdict="")
    [review] = [node for node in graph_of(page.shown_path) if node["@type"] == "ClaimReview"]
    assert "reviewRating" not in review
    check(review)
    assert "verdict-panel" not in text_of(page.shown_path)


# --- The feed of all ---------------------------------------------------------------------------------------------


def feed(language: str = "ar") -> dict[str, Any]:
    response = Client().get(f"/{language}/feeds/claimreview.json")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/ld+json"
    return response.json()


def test_the_feed_holds_every_live_claim_of_its_language(by) -> None:
    first, second = claiming.claim(by, title="الأولى"), claiming.claim(by, title="الثانية")
    claiming.claim(by, title="English", language="en")
    claiming.draft(by, title="مسودة")
    found = feed()
    assert found["@context"] == "https://schema.org"
    check(found)
    reviews = [each["item"] for each in found["dataFeedElement"]]
    assert {each["claimReviewed"] for each in reviews} == {first.title, second.title}
    ids = {each["@id"] for each in found["dataFeedElement"]}
    assert ids == {f"urn:uuid:{ref.uuid}" for ref in ItemRef.objects.filter(language="ar", kind="claim", live=True)}
    page = next(each for each in graph_of(first.shown_path) if each["@type"] == "ClaimReview")
    same = next(each for each in reviews if each["claimReviewed"] == first.title)
    assert {name: page[name] for name in same if name != "@type"} == {n: v for n, v in same.items() if n != "@type"}


def test_an_empty_feed_is_valid(by) -> None:
    found = feed("en")
    check(found)
    assert "dataFeedElement" not in found


def test_who_has_the_feed_is_told_so(by) -> None:
    page = claiming.claim(by)
    etag = Client().get("/ar/feeds/claimreview.json").headers["ETag"]
    again = Client().get("/ar/feeds/claimreview.json", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    ClaimPage.objects.filter(pk=page.pk).update(last_published_at=claiming.WHEN + datetime.timedelta(days=900))
    assert Client().get("/ar/feeds/claimreview.json", headers={"if-none-match": etag}).status_code == 200


def test_what_the_feed_costs(by) -> None:
    claiming.claim(by)
    assert cost("/ar/feeds/claimreview.json") == 2
    for number in range(4):
        claiming.claim(by, title=f"أخرى {number}")
    assert cost("/ar/feeds/claimreview.json") == 2
