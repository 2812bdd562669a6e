"""The interface's claims: its contract, pages that follow one another, filters, validators, problems."""

from __future__ import annotations

import csv
import datetime
import io
import json
import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from hiwar.audit import acting
from hiwar.edge import openapi
from hiwar.items.models import ItemRef, Topic
from hiwar.library import api
from tests.library import claiming
from tests.library.test_claim_page import cost, joined
from tests.library.test_claim_review import check

pytestmark = pytest.mark.django_db
LIST = "/api/v1/claims"
JSON = "application/json"


@pytest.fixture
def by():
    cache.clear()
    yield claiming.prepare()
    cache.clear()


@pytest.fixture
def five(by):
    """Five Arabic claims, a day apart, newest last; the third with a topic and a translation."""
    made = []
    topic = Topic.objects.create(slug="treaties", name={"ar": "العهود", "en": "Treaties"})
    for number in range(5):
        page = claiming.draft(
            by,
            title=f"شبهة {number}",
            date=claiming.WHEN + datetime.timedelta(days=number),
            verdict="unfounded" if number == 2 else "misquoted",
        )
        if number == 2:
            page.topics = [topic]
            page.save_revision(user=by)
        claiming.publish(page, by)
        made.append(page)
    joined(by, made[2].translation_key, "en", "Claim two")
    return made


def get(path: str, **headers: str) -> Any:
    return Client().get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def problem(path: str, status: int) -> dict[str, Any]:
    response = get(path)
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found = response.json()
    assert (found["type"], found["status"]) == ("about:blank", status)
    assert found["title"]
    assert found["detail"]
    return found


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> None:
    """`value` is as `schema` says, and has no member that it leaves out."""
    if "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert isinstance(value, tuple(kinds[name] for name in named)), f"{at}: {value!r}"
    if isinstance(value, list):
        for number, each in enumerate(value):
            fits(each, schema["items"], whole, f"{at}[{number}]")
    elif isinstance(value, dict):
        members, others = schema.get("properties", {}), schema.get("additionalProperties")
        assert set(schema.get("required", [])) <= set(value), at
        for name, each in value.items():
            assert name in members or others, f"{at}.{name} is not described"
            if name in members or others is not True:
                fits(each, members.get(name, others), whole, f"{at}.{name}")


def schema_of(path: str) -> dict[str, Any]:
    return openapi.document()["paths"][path]["get"]["responses"]["200"]["content"][JSON]["schema"]


def test_the_answers_are_as_described(five) -> None:
    found = get(f"{LIST}?page_size=2").json()  # the rooms' parts are there once the addresses are
    whole = openapi.document()
    fits(found, schema_of("/api/v1/claims"), whole)
    for row in found["results"]:
        one = get(f"{LIST}/{row['uuid']}")
        fits(one.json(), schema_of("/api/v1/claims/{uuid}"), whole)
        assert one.json() == row
        check({name: value for name, value in row["claim_review"].items() if name != "@context"})
        assert row["claim_review"]["claimReviewed"] == row["title"]
    fits(get(LIST).json(), schema_of("/api/v1/claims"), whole)
    with pytest.raises(AssertionError):
        fits({**found, "more": 1}, schema_of("/api/v1/claims"), whole)


def test_a_claim_tells_what_its_page_tells(five) -> None:
    ref = ItemRef.objects.get(subject_id=five[2].pk, kind="claim", language="ar")
    row = get(f"{LIST}/{ref.uuid}").json()
    assert row["title"] == "شبهة 2"
    assert (row["lang"], row["url"]) == ("ar", ref.path)
    assert row["verdict"] == "unfounded"
    assert row["short_answer"] == claiming.SHORT
    assert (row["used_by"], row["heard_in"]) == ("مواد تجنيد", "رسائل خاصة")
    assert row["topics"] == [{"slug": "treaties", "name": "العهود"}]
    assert row["date"] == "2026-03-06T12:30:00+03:00"
    english = ItemRef.objects.get(translation_key=ref.translation_key, language="en")
    assert row["translations"] == {"en": {"uuid": str(english.uuid), "url": english.path}}


def test_letters_are_themselves_and_figures_are_ascii(five) -> None:
    body = get(LIST, accept_language="ar").content.decode()
    assert "\\u" not in body
    assert "شبهة" in body
    assert '"count": 6' in body


def test_pages_follow_one_another_and_hold_each_claim_once(five) -> None:
    path, seen, turns = f"{LIST}?lang=ar&page_size=2", [], 0
    while path:
        response = get(path)
        found = response.json()
        assert found["count"] == 5
        assert len(found["results"]) <= 2
        seen += [row["title"] for row in found["results"]]
        assert ("Link" in response.headers) == bool(found["next"])
        path, turns = found["next"], turns + 1
        if path:
            assert parse_qs(urlsplit(path).query)["lang"] == ["ar"]
    assert seen == [f"شبهة {number}" for number in (4, 3, 2, 1, 0)]
    assert turns == 3


def test_claims_of_one_moment_are_not_lost_between_pages(by) -> None:
    made = {claiming.claim(by, title=f"شبهة {number}").title for number in range(3)}
    path, seen = f"{LIST}?page_size=1", []
    while path:
        found = get(path).json()
        seen += [row["title"] for row in found["results"]]
        path = found["next"]
    assert sorted(seen) == sorted(made)


def test_what_is_published_meanwhile_moves_no_page(by, five) -> None:
    first = get(f"{LIST}?lang=ar&page_size=2").json()
    claiming.claim(by, title="أحدث", date=claiming.WHEN + datetime.timedelta(days=90))
    after = get(first["next"]).json()
    assert [row["title"] for row in after["results"]] == ["شبهة 2", "شبهة 1"]


def titles(query: str) -> list[str]:
    return sorted(row["title"] for row in get(f"{LIST}?{query}").json()["results"])


def test_filters(five) -> None:
    assert titles("lang=en") == ["Claim two"]
    assert titles("verdict=unfounded&lang=ar") == ["شبهة 2"]
    assert titles("topic=treaties") == ["شبهة 2"]
    assert titles("topic=nothing") == []
    assert get(f"{LIST}?topic=nothing").json() == {"count": 0, "results": [], "next": None}


@pytest.mark.parametrize(
    "query",
    [
        "lang=fr-XX",
        "lang=AR",
        "verdict=false",
        "verdict=Unfounded",
        "page_size=0",
        "page_size=101",
        "page_size=-1",
        "page_size=x",
        "page_size=٥",
        "page_size=²",
        "page_size=99999999",
        "cursor=x",
        "cursor=%00",
        "cursor=ä",
        "cursor=MjAyNi0wMy0wNFQwOTozMDowMCAx",
        "cursor=MjAyNi0wMy0wNFQwOTozMDowMCswMDowMCA5OTk5OTk5OTk5OTk5OTk5OTk5OTk",
        "topic=%00",
    ],
)
def test_a_value_that_is_none_is_422_and_says_so(query: str) -> None:
    detail = problem(f"{LIST}?{query}", 422)["detail"]
    assert query.partition("=")[0] in detail


def test_a_claim_that_is_not_published_is_not_there(by) -> None:
    problem(f"{LIST}/{uuid.uuid4()}", 404)
    problem(f"{LIST}/not-a-uuid", 404)
    problem(f"{LIST}/", 404)
    page = claiming.claim(by)
    ref = ItemRef.objects.get(subject_id=page.pk, kind="claim")
    assert get(f"{LIST}/{ref.uuid}").status_code == 200
    with acting.acting(by=by):
        page.unpublish()
    problem(f"{LIST}/{ref.uuid}", 404)
    assert get(LIST).json()["count"] == 0


def test_another_kind_of_item_is_no_claim(by) -> None:
    other = ItemRef.objects.create(
        kind="article", subject_id=1, language="ar", translation_key=uuid.uuid4(), live=True, title="x", path="/ar/x/"
    )
    problem(f"{LIST}/{other.uuid}", 404)


@pytest.mark.parametrize("query", ["?format=csv&lang=ar", "?lang=ar"])
def test_rows_are_given_as_csv_where_asked(five, query: str) -> None:
    response = get(f"{LIST}{query}&page_size=2", accept="text/csv")
    assert response.headers["Content-Type"].startswith("text/csv")
    assert "Accept" in response.headers["Vary"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
    assert [row["title"] for row in rows] == ["شبهة 4", "شبهة 3"]
    assert json.loads(rows[0]["claim_review"])["@type"] == "ClaimReview"
    following = response.headers["Link"].partition("<")[2].partition(">")[0]
    after = get(following, accept="text/csv")
    assert [row["title"] for row in csv.DictReader(io.StringIO(after.content.decode(), newline=""))] == [
        "شبهة 2",
        "شبهة 1",
    ]


def test_an_empty_csv_has_its_header(by) -> None:
    assert get(f"{LIST}?format=csv").content.decode().strip() == ",".join(api.COLUMNS)


def test_who_has_it_is_told_so(by, five) -> None:
    for path in (LIST, f"{LIST}?format=csv"):
        etag = get(path).headers["ETag"]
        again = get(path, if_none_match=etag)
        assert (again.status_code, again.content) == (304, b"")
    etag = get(LIST).headers["ETag"]
    claiming.claim(by, title="جديدة")
    assert get(LIST, if_none_match=etag).status_code == 200


def test_nobody_is_known_and_any_origin_may_ask(five) -> None:
    response = get(LIST)
    assert not response.cookies
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert Client().post(LIST).status_code == 405
    assert Client().options(LIST).status_code == 204


def test_thirty_requests_a_second_are_answered_and_a_flood_is_not(by, monkeypatch: pytest.MonkeyPatch) -> None:
    assert api.ALLOWED >= 30 * 60
    monkeypatch.setattr(api, "ALLOWED", 3)
    assert [get(LIST).status_code for _n in range(4)] == [200, 200, 200, 429]
    problem(LIST, 429)
    assert int(get(LIST).headers["Retry-After"]) > 0


def test_what_it_costs(by, five) -> None:
    assert cost(f"{LIST}?lang=ar&page_size=2") == 5
    assert cost(f"{LIST}?lang=ar&page_size=100") == 5
    ref = ItemRef.objects.get(subject_id=five[2].pk, kind="claim", language="ar")
    assert cost(f"{LIST}/{ref.uuid}") == 4
