"""The public interface: its contract, its limits, and an answer that can be read for whatever is sent."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from hiwar.edge import openapi
from hiwar.edge.audience import addresses
from hiwar.scripture import actions, api, limits
from hiwar.scripture.answer import LIMIT, answer
from hiwar.scripture.canon import digest, quran
from tests.scripture.entries import TEXT, hadith, people, signed
from tests.scripture.quoting import exact, partial, quoted, substituted

CHECK = "/api/v1/scripture/check"
JSON = "application/json"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    yield
    cache.clear()


def post(body: Any, *, kind: str = JSON, client: Client | None = None, **headers: str):
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return (client or Client(enforce_csrf_checks=True)).post(CHECK, data=data, content_type=kind, headers=names)


def problem(response, status: int) -> dict[str, Any]:
    """The problem document (RFC 9457) of a refusal, with everything that every refusal has."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    found = response.json()
    assert found["status"] == status
    assert found["type"] == "about:blank"
    assert found["title"]
    assert found["detail"]
    assert not response.cookies
    return found


# --- Checking a text ---------------------------------------------------------------------------------------


def test_the_answer_is_the_contracts_and_nothing_of_it_is_kept() -> None:
    text = quoted(exact(), partial(), substituted())
    response = post({"text": text})
    assert response.status_code == 200
    assert response.json() == answer(text)
    assert [each["status"] for each in response.json()["quotations"]] == ["exact", "partial", "altered"]
    assert response.headers["Content-Type"] == JSON
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_figures_are_ascii_and_letters_are_themselves() -> None:
    body = post({"text": quoted(exact())}, accept_language="ar").content.decode()
    assert "\\u" not in body
    assert '"reference": "103:3"' in body


@pytest.mark.parametrize("text", ["", " \n", "نص عادي.", "\u202e\u2066\u2069\u200f", "😀"])
def test_a_text_without_a_quotation_gives_an_empty_list(text: str) -> None:
    assert post({"text": text}).json()["quotations"] == []


def test_two_hundred_thousand_code_points_are_taken_and_one_more_is_not() -> None:
    longest = "😀" * LIMIT  # as two escapes each: the longest body there is
    assert post({"text": longest}).status_code == 200
    found = problem(post({"text": longest + "a"}), 413)
    assert (found["limit"], found["length"]) == (LIMIT, LIMIT + 1)


def test_a_body_that_cannot_hold_a_text_within_the_limit_is_not_even_read() -> None:
    found = problem(post(b" " * (api.BODY + 1)), 413)
    assert found["limit"] == LIMIT
    assert "length" not in found


def test_three_hundred_thousand_characters_get_a_clear_answer() -> None:
    found = problem(post({"text": "ا" * 300_000}, accept_language="en"), 413)
    assert found["detail"] == "The text has 300000 characters; at most 200000 are taken at once."


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": None},
        {"text": 7},
        {"text": 1e999},
        {"text": True},
        {"text": ["نص"]},
        {"text": {"text": "نص"}},
        {"Text": "نص"},
        [],
        "null",
        '"text"',
        "7",
        '{"text": "a\\u0000b"}',
        '{"text": "\\ud800"}',
        '{"text": "a\\udfff b"}',
        '{"text": "\\udc00\\ud800"}',
    ],
)
def test_what_is_no_text_is_422(body: Any) -> None:
    problem(post(body), 422)


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"text",
        b"{",
        b'{"text": "a"',
        b"{'text': 'a'}",
        b"\xff",
        b'{"text": "\xed\xa0\x80"}',
        '{"text": "نص"}'.encode("utf-16"),
        b"[" * 100_000,
        b'{"text": ' + b"1" * 5000 + b"}",
    ],
)
def test_what_is_no_json_is_400(body: bytes) -> None:
    problem(post(body), 400)


def test_a_pair_of_surrogate_escapes_is_a_sign() -> None:
    assert post('{"text": "\\ud83d\\ude00"}').status_code == 200


def test_a_byte_order_mark_before_the_json_is_let_pass() -> None:
    assert post(b"\xef\xbb\xbf" + json.dumps({"text": "a"}).encode()).status_code == 200


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "a/b/c"]
)
def test_another_kind_of_content_is_415(kind: str) -> None:
    response = post(b"text=a", kind=kind)
    problem(response, 415)
    assert response.headers["Accept"] == JSON


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head"])
def test_another_method_is_405(method: str) -> None:
    response = getattr(Client(), method)(CHECK)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST, OPTIONS"
    if method != "head":
        problem(response, 405)


@pytest.mark.parametrize(
    ("wanted", "word", "language"), [("ar", "النص", "ar"), ("en", "The text", "en"), ("de", "The text", "en")]
)
def test_a_problem_is_told_in_the_readers_language(wanted: str, word: str, language: str) -> None:
    response = post({"text": "a" * (LIMIT + 1)}, accept_language=wanted)
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" in response.headers["Vary"]
    detail = problem(response, 413)["detail"]
    assert "200000" in detail, "figures are plain"
    if language == "en":
        assert word in detail


def test_a_fault_of_ours_is_a_problem_document_too(monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    def fail(_text: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(api, "answer", fail)
    problem(post({"text": "a secret text"}), 500)
    assert "ZeroDivisionError" in caplog.text
    assert "a secret text" not in caplog.text


def test_nothing_that_is_sent_comes_into_the_log(caplog) -> None:
    caplog.set_level(logging.DEBUG)
    post({"text": "نص لا يعرفه غيري"})
    post('{"text": "نص لا يعرفه غيري')
    assert "يعرفه" not in caplog.text


# --- Limits ------------------------------------------------------------------------------------------------


def test_sixty_a_minute_and_then_429_with_the_time_to_wait() -> None:
    client = Client()
    codes = [post({"text": "a"}, client=client).status_code for _number in range(60)]
    assert set(codes) == {200}
    response = post({"text": "a"}, client=client)
    problem(response, 429)
    assert 1 <= int(response.headers["Retry-After"]) <= 65
    # Another client is not concerned; nor does a cookie or another browser make a new one of this.
    assert Client(REMOTE_ADDR="192.0.2.1").post(CHECK, {"text": "a"}, content_type=JSON).status_code == 200
    assert post({"text": "a"}, user_agent="another", cookie="sessionid=1").status_code == 429


def test_bad_requests_count_as_well() -> None:
    for _number in range(60):
        post(b"")
    problem(post({"text": "a"}), 429)


def test_reading_verses_is_not_counted() -> None:
    for _number in range(61):
        post({"text": "a"})
    assert Client().get("/api/v1/scripture/quran/1/1").status_code == 200


def test_more_long_texts_than_there_are_places_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0.01)
    held = [limits.place(LIMIT) for _number in range(limits.AT_ONCE)]
    for each in held:
        each.__enter__()
    try:
        response = post({"text": "a" * (limits.LONG + 1)})
        problem(response, 503)
        assert response.headers["Retry-After"] == "5"
        assert post({"text": "a"}).status_code == 200
    finally:
        for each in held:
            each.__exit__(None, None, None)


# --- From any origin ---------------------------------------------------------------------------------------


def test_a_page_of_any_site_may_ask() -> None:
    client = Client(enforce_csrf_checks=True)
    origin = {"origin": "https://elsewhere.example"}
    asked = client.options(CHECK, headers={**origin, "access-control-request-method": "POST"})
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert asked.headers["Access-Control-Allow-Headers"] == "Content-Type"
    for response in (post({"text": "a"}, origin=origin["origin"]), post(b"", origin=origin["origin"])):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]
        # With a star no browser sends a cookie along, and nothing here would read one.
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert "cookie" not in response.headers.get("Vary", "").lower()


# --- Verses ------------------------------------------------------------------------------------------------


def test_a_verse_comes_as_the_edition_has_it() -> None:
    found = Client().get("/api/v1/scripture/quran/2/255").json()
    held = quran().verse(2, 255)
    assert (found["source"], found["reference"], found["text"]) == ("quran", "2:255", held.text)
    assert found["digest"] == digest(held.text)
    assert found["verses"][0]["digest"] == found["digest"]
    assert (found["verses"][0]["juz"], found["verses"][0]["page"]) == (held.juz, held.page)
    assert found["label"]["ar"] == "البقرة: ٢٥٥"
    assert found["url"]["en"] == "/en/islamiyat/scripture/quran/2/255/"
    assert found["edition"] == answer("")["edition"]["quran"]


def test_a_range_comes_verse_by_verse_and_whole() -> None:
    found = Client().get("/api/v1/scripture/quran/112/1-4").json()
    assert found["reference"] == "112:1-4"
    assert [each["reference"] for each in found["verses"]] == ["112:1", "112:2", "112:3", "112:4"]
    assert found["text"] == " ".join(each["text"] for each in found["verses"])


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("2/300", "There is no verse 300 in Al-Baqarah: its last verse is 286."),
        ("115/1", "There is no sura 115: the last is 114."),
        ("0/1", ""),
        ("2/0", ""),
        ("2/255-287", "286"),
        ("2/257-255", "backwards"),
        ("2", ""),
        ("2/", ""),
        ("2/255-3/4", ""),
        ("Al-Baqarah/255", "Name a sura"),
        ("٢/٢٥٥", "Name a sura"),
        ("2/255/", ""),
        ("2/1e3", ""),
        ("2/" + "9" * 5000, ""),
        ("2/-1", ""),
        ("²/²", ""),
    ],
)
def test_a_place_that_does_not_exist_is_a_404_that_says_why(place: str, reason: str) -> None:
    response = Client().get(f"/api/v1/scripture/quran/{place}", headers={"accept-language": "en"})
    assert reason in problem(response, 404)["detail"]


def test_the_reason_is_told_in_arabic_with_arabic_figures() -> None:
    response = Client().get("/api/v1/scripture/quran/2/300", headers={"accept-language": "ar"})
    assert response.headers["Content-Language"] == "ar"
    problem(response, 404)


def test_what_a_client_has_already_is_not_sent_again() -> None:
    path = "/api/v1/scripture/quran/2/255"
    first = Client().get(path)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = Client().get(path, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert Client().get("/api/v1/scripture/quran/2/256").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize(
    ("query", "accept", "is_csv"),
    [
        ("?format=csv", "", True),
        ("", "text/csv", True),
        ("", "text/csv;q=0.9, application/json;q=0.1", True),
        ("?format=json", "text/csv", False),
        ("", "*/*", False),
        ("", "", False),
        ("", "image/png", False),
    ],
)
def test_rows_are_given_as_csv_where_asked(query: str, accept: str, is_csv: bool) -> None:
    headers = {"accept": accept} if accept else {}
    response = Client().get(f"/api/v1/scripture/quran/112/1-4{query}", headers=headers)
    assert response.headers["Content-Type"].startswith("text/csv" if is_csv else JSON)
    assert "Accept" in response.headers["Vary"]
    if is_csv:
        rows = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
        assert [row["reference"] for row in rows] == ["112:1", "112:2", "112:3", "112:4"]
        assert [row["text"] for row in rows] == [each.text for each in quran().span(112, 1, 4)]
        assert rows[0]["digest"] == digest(quran().verse(112, 1).text)


def test_verses_ask_nothing_of_the_database(db, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        Client().get("/api/v1/scripture/quran/2/1-286")


# --- Hadith ------------------------------------------------------------------------------------------------


@pytest.fixture
def house(db):
    return people()


def test_a_signed_hadith_comes_with_what_each_grader_said(house, django_assert_num_queries) -> None:
    row = signed(house.author, house.scholar)
    with django_assert_num_queries(2):
        response = Client().get("/api/v1/scripture/hadith/bukhari/1")
    found = response.json()
    assert (found["source"], found["reference"], found["numbering"]) == ("bukhari", "1", "fath-al-bari")
    assert found["text"] == TEXT, "as it was entered, to the last space"
    assert found["digest"] == row.digest == digest(TEXT)
    assert found["narrator"] == {"ar": "عن فلان", "en": "From so-and-so"}
    assert [each["grade"] for each in found["gradings"]] == ["sahih"]
    assert found["label"]["en"] == "Sahih al-Bukhari 1"
    assert "note" not in found


def test_what_nobody_signed_is_not_there(house) -> None:
    row = hadith(house.author)
    path = "/api/v1/scripture/hadith/bukhari/1"
    problem(Client().get(path), 404)
    actions.sign_hadith(hadith=row, seal=actions.seal_of(row), by=house.scholar)
    etag = Client().get(path).headers["ETag"]
    # Nor is it any more once its text is another: not even to who has it already.
    actions.save_hadith(hadith=row, values={"text": "غيره"}, by=house.author)
    response = Client().get(path, headers={"if-none-match": etag})
    assert "غيره" not in response.content.decode()
    problem(response, 404)


@pytest.mark.parametrize(
    "place", ["bukhari/2", "bukhari/0", "bukhari/x", "bukhari/١", "nobody/1", "quran/1", "muslim/1"]
)
def test_a_hadith_that_is_not_there_is_404(house, place: str) -> None:
    signed(house.author, house.scholar)
    problem(Client().get(f"/api/v1/scripture/hadith/{place}"), 404)


def test_a_hadith_as_csv_has_a_row_for_each_grading(house) -> None:
    signed(house.author, house.scholar)
    response = Client().get("/api/v1/scripture/hadith/bukhari/1?format=csv")
    [row] = csv.DictReader(io.StringIO(response.content.decode(), newline=""))
    assert row["text"] == TEXT
    assert row["grading_grade"] == "sahih"
    assert json.loads(row["narrator"])["en"] == "From so-and-so"


# --- Its description ---------------------------------------------------------------------------------------


def description() -> dict[str, Any]:
    return Client().get("/api/v1/openapi.json").json()


def test_the_description_names_every_address_and_no_other() -> None:
    served = {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", where.replace("<path:place>", "{sura}/{verses}"))
        for where, view in addresses(get_resolver())
        if where.startswith("api/v1/") and view.callback is not openapi.nothing
    }
    assert set(description()["paths"]) == served


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> None:
    """`value` is as `schema` says (the keywords our description uses), and has no member that it leaves out."""
    if "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    kinds = {"object": dict, "array": list, "string": str, "integer": int}
    assert isinstance(value, kinds[schema["type"]]), f"{at}: {value!r}"
    assert value in schema.get("enum", [value]), at
    assert value == schema.get("const", value), at
    if schema["type"] == "array":
        for number, each in enumerate(value):
            fits(each, schema["items"], whole, f"{at}[{number}]")
    elif schema["type"] == "object":
        assert set(schema.get("required", [])) <= set(value), at
        members, others = schema.get("properties", {}), schema.get("additionalProperties")
        for name, each in value.items():
            assert name in members or others, f"{at}.{name} is not described"
            fits(each, members.get(name, others), whole, f"{at}.{name}")


def described(path: str, method: str, status: str, kind: str = JSON) -> dict[str, Any]:
    found = description()["paths"][path][method]["responses"][status]
    if "$ref" in found:
        found = description()["components"]["responses"][found["$ref"].rpartition("/")[2]]
    return found["content"][kind]["schema"]


def test_the_answers_are_as_described(house) -> None:
    whole = description()
    signed(house.author, house.scholar)
    text = quoted(exact(), partial(), substituted(), exact(55, 13))
    verse = "/api/v1/scripture/quran/{sura}/{verses}"
    one = "/api/v1/scripture/hadith/{collection}/{number}"
    fits(post({"text": text}).json(), described(CHECK, "post", "200"), whole)
    fits(Client().get("/api/v1/scripture/quran/2/255-257").json(), described(verse, "get", "200"), whole)
    fits(Client().get("/api/v1/scripture/hadith/bukhari/1").json(), described(one, "get", "200"), whole)
    refusal = post({}).json()
    fits(refusal, described(CHECK, "post", "422", "application/problem+json"), whole)
    assert whole["openapi"].startswith("3.1")
    with pytest.raises(AssertionError):
        fits({"type": "about:blank"}, described(CHECK, "post", "422", "application/problem+json"), whole)


def test_every_status_that_is_answered_is_described() -> None:
    statuses = set(description()["paths"][CHECK]["post"]["responses"])
    assert statuses == {"200", "400", "413", "415", "422", "429", "503"}


@pytest.mark.parametrize(
    "path", ["scripture/", "scripture/nothing", "scripture/quran", "scripture/check/", "scripture/hadith/bukhari"]
)
def test_another_address_is_a_404_of_the_interface(path: str) -> None:
    response = Client().get(f"/api/v1/{path}")
    assert "openapi.json" in problem(response, 404)["detail"]


def test_no_address_of_the_interface_reads_a_session(db) -> None:
    client = Client()
    client.cookies["sessionid"] = "abc"
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/scripture/quran/1/1")
        client.get("/api/v1/openapi.json")
    assert len(queries) == 0
