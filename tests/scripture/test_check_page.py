"""The page where anybody checks a text: what it shows, what it refuses and keeps, and that nothing of it stays."""

from __future__ import annotations

import base64
import logging
import re
import zlib
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hiwar.library import shelf
from hiwar.scripture import findings, limits
from hiwar.scripture.answer import LIMIT
from hiwar.scripture.canon import quran
from hiwar.scripture.views.check import BODY, LINK
from tests.scripture.entries import people, signed
from tests.scripture.quoting import BEFORE, OTHER, exact, partial, quoted, shortened, substituted, swapped, words

pytestmark = pytest.mark.django_db
HADITH = "قال رسول الله صلى الله عليه وسلم: إنما الأعمال بالنيات وإنما لكل امرئ ما نوى"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    shelf.forget()
    yield
    cache.clear()


class Reading(HTMLParser):
    """What stands in the elements of a page: their attributes and text, by tag and class."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[dict[str, Any]] = []
        self.all: list[dict[str, Any]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = {"tag": tag, "text": "", **dict(attrs)}
        self.all.append(element)
        if tag not in ("meta", "link", "input", "br", "use", "img"):
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in [each["tag"] for each in self.open]:  # not so for what closes itself
            while self.open.pop()["tag"] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element["text"] += data

    def find(self, tag: str = "", cls: str = "", **wanted: str) -> list[dict[str, Any]]:
        return [
            each
            for each in self.all
            if (not tag or each["tag"] == tag)
            and (not cls or cls in (each.get("class") or "").split())
            and all(each.get(name) == value for name, value in wanted.items())
        ]

    def one(self, *args: str, **wanted: str) -> dict[str, Any]:
        [found] = self.find(*args, **wanted)
        return found


def send(text: str | bytes, *, code: str = "en", client: Client | None = None, **more: str):
    """What a browser sends: no cookie, no token."""
    body = urlencode({"text": text, **more})
    client = client or Client(enforce_csrf_checks=True)
    return client.post(f"/{code}/check/result/", body, content_type="application/x-www-form-urlencoded")


def shown(text: str, *, code: str = "en", status: int = 200) -> Reading:
    response = send(text, code=code)
    assert response.status_code == status, response.content.decode()[-2000:]
    return Reading(response.content.decode())


# --- The field ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_page_may_be_kept_by_anyone_and_asks_for_a_text(code: str) -> None:
    response = Client().get(f"/{code}/check/")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    page = Reading(response.content.decode())
    assert page.one("form", id="check")["action"] == f"/{code}/check/result/"
    assert page.one("form", id="check")["method"] == "post"
    assert page.one("textarea", id="text")["dir"] == "auto"
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert page.one("a", href="/api/v1/openapi.json")
    assert not page.find("meta", name="robots")


def test_the_limit_is_written_in_the_figures_of_the_page() -> None:
    assert "200,000" in Reading(Client().get("/en/check/").content.decode()).one("p", id="text-hint")["text"]
    assert "٢٠٠٬٠٠٠" in Reading(Client().get("/ar/check/").content.decode()).one("p", id="text-hint")["text"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_the_result_has_no_address_of_its_own(method: str) -> None:
    response = getattr(Client(), method)("/ar/check/result/")
    assert (response.status_code, response.headers["Location"]) == (302, "/ar/check/")
    assert Client().delete("/ar/check/result/").status_code == 405


# --- What is marked ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "status"), [(exact(), "exact"), (partial(), "partial"), (substituted(), "altered")])
def test_a_quotation_is_underlined_by_its_status_and_numbered(text: str, status: str) -> None:
    page = shown(quoted(text))
    [mark] = page.find("mark")
    assert mark["class"].split() == ["found", f"found--{status}"]
    assert page.one("article")["id"] == "f1"
    assert page.find("a", href="#f1")
    assert page.find("li", cls=f"tally--{status}")


def test_the_text_stands_there_as_it_was_typed() -> None:
    text = f"سطر أول\n\n  سطر ثالث: {quoted(exact(), partial())}"
    [shown_text] = shown(text).find("div", cls="checked")
    without_numbers = re.sub(r"(Exact|Partial) quotation \d", "", shown_text["text"])
    assert without_numbers == text


def test_a_substituted_word_is_struck_and_the_right_one_supplied() -> None:
    page = shown(quoted(substituted(at=6)))
    right = quran().verse(16, 125).words[5]
    assert {each["text"] for each in page.find("del")} == {OTHER}
    assert {each["text"] for each in page.find("ins")} == {right}
    cells = [each["text"] for each in page.find("td")]
    assert cells == [OTHER, right]
    [line] = page.find("dd", cls="mushaf")
    assert right in line["text"]
    assert (line["lang"], line["dir"]) == ("ar", "rtl")


def test_a_missing_word_is_supplied_and_nothing_is_struck() -> None:
    page = shown(quoted(shortened(at=6)))
    assert not page.find("del")
    assert {each["text"] for each in page.find("ins")} == {quran().verse(16, 125).words[5]}


def test_a_moved_word_is_marked_where_it_is_and_where_it_belongs() -> None:
    page = shown(quoted(swapped()))
    assert {each["text"] for each in page.find("del", cls="w-moved")} == {words(16, 125)[2]}
    assert {each["text"] for each in page.find("ins", cls="w-moved")} == {quran().verse(16, 125).words[2]}


def test_the_verse_is_shown_from_the_canon_with_its_reference_and_its_page() -> None:
    page = shown(quoted(exact(103, 3)))
    [verse] = page.find("p", cls="verse-text")
    assert "".join(filter(str.isalpha, verse["text"])) == "".join(filter(str.isalpha, quran().verse(103, 3).text))
    assert page.find("a", href="/en/islamiyat/scripture/quran/103/3/")
    [button] = page.find("button", cls="copy")
    assert button["data-copies"] == "(Al-Asr 103:3)"


def test_altered_quotations_come_first_and_keep_their_numbers() -> None:
    page = shown(quoted(exact(), partial(), substituted()))
    assert [each["id"] for each in page.find("article")] == ["f3", "f1", "f2"]


def test_on_an_arabic_page_figures_are_arabic() -> None:
    page = shown(quoted(exact(55, 13)), code="ar")
    [finding] = page.find("article")
    assert "الرحمن: ١٣" in finding["text"]
    assert not re.search("[0-9]", finding["text"])
    assert page.one("button", cls="copy")["data-copies"] == "[الرحمن: ١٣]"


def test_a_verse_that_stands_in_many_places_names_some_and_counts_the_rest() -> None:
    [finding] = shown(quoted(exact(55, 13))).find("article")
    assert "25 more places" in finding["text"]
    assert "Ar-Rahman 55:16" in finding["text"]


def test_of_hadith_the_words_of_the_person_alone_are_shown() -> None:
    changed = HADITH.replace("بالنيات", OTHER)
    page = shown(changed)
    [finding] = page.find("article")
    assert "Sahih al-Bukhari 1" in finding["text"]
    assert {each["text"] for each in page.find("del")} == {OTHER}
    assert not page.find("ins")
    assert [each["text"] for each in page.find("td")] == [OTHER]
    assert "بالني" not in finding["text"]


def test_a_hadith_leads_to_its_page_once_a_scholar_signed_it() -> None:
    path = "/en/islamiyat/scripture/hadith/bukhari/1/"
    assert not shown(HADITH).find("a", href=path)
    house = people()
    signed(house.author, house.scholar)
    assert shown(HADITH).find("a", href=path)


def test_a_text_without_a_quotation_says_why_that_may_be() -> None:
    response = send("نص عادي عن الطقس في المدينة.")
    assert response.status_code == 200
    assert "No quotation from the Quran or the two Sahihs was found in the text." in response.content.decode()
    page = Reading(response.content.decode())
    assert not page.find("article")
    assert "another collection" in page.one("div", "notice")["text"]
    assert not page.find("button", value="page"), "there is no result to keep"


def test_a_passage_of_pages_is_not_repeated_and_leads_to_its_own() -> None:
    page = shown(quoted(" ".join(" ".join(words(2, verse)) for verse in range(100, 150))))
    assert not page.find("p", cls="verse-text")
    assert page.find("a", href="/en/islamiyat/scripture/quran/2/100-149/")


def test_more_quotations_than_are_set_out_are_still_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "SET_OUT", 2)
    page = shown(quoted(exact(), partial(), substituted(), exact(110, 3)))
    assert len(page.find("mark")) == 4
    assert [each["id"] for each in page.find("article")] == ["f3", "f1"]
    assert {each["href"] for each in page.find("a") if each["href"].startswith("#f")} == {"#f3", "#f1"}
    assert "2 more quotations are marked" in page.one("main")["text"]


# --- What is passed on -------------------------------------------------------------------------------------


def text_of(link: str) -> str:
    """What check.js does with the fragment of a link."""
    packed = link.partition("#z=")[2]
    return zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), -15).decode()


def test_a_short_text_travels_in_the_fragment_of_a_link() -> None:
    text = quoted(exact(), substituted()) + "\nسطر آخر & < \" ' + % # 😀"
    page = shown(text, code="ar")
    [link] = [each["href"] for each in page.find("a") if each["href"].startswith("/ar/check/#z=")]
    assert text_of(link) == text
    assert re.fullmatch(r"/ar/check/#z=[\w-]+", link, re.ASCII), "letters, figures, - and _ alone"
    assert page.one("button", cls="tool")["data-copy"] == link
    # The other language checks the same text, without the server keeping it.
    switch = [each["href"] for each in page.find("a") if each["href"].startswith("/en/check/")]
    assert [text_of(each) for each in switch] == [text]


def test_a_long_text_has_no_link_and_can_be_kept_as_a_file() -> None:
    text = quoted(*(" ".join(words(2, verse)) for verse in range(1, 80)))
    page = shown(text)
    assert not [each for each in page.find("a") if "#z=" in each["href"]]
    assert "too long for a link" in page.one("main")["text"]
    assert page.find("button", value="page")


def test_no_link_is_longer_than_programs_pass_on() -> None:
    for length in range(500, 5000, 250):
        response = send(" ".join(words(2, verse)[0] for verse in range(1, 287))[:length]).content.decode()
        assert all(len(link) <= LINK + 20 for link in re.findall(r'href="([^"]*#z=[^"]*)"', response))


def test_the_corrected_text_is_a_file_with_the_editions_words() -> None:
    text = quoted(substituted(), HADITH.replace("بالنيات", OTHER))
    response = send(text, **{"as": "text"})
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="checked-text.txt"'
    assert response.headers["Cache-Control"] == "no-store"
    corrected = response.content.decode()
    assert " ".join(quran().verse(16, 125).words[:8]) in corrected
    assert corrected.count(OTHER) == 1, "the hadith is left as it was typed"
    assert corrected.startswith(BEFORE)


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_result_as_a_file_needs_nothing_else(code: str) -> None:
    response = send(quoted(exact(), substituted()) + "<script>alert(1)</script>", code=code, **{"as": "page"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="checked-text.html"'
    markup = response.content.decode()
    page = Reading(markup)
    assert page.one("html")["lang"] == code
    assert not page.find("script")
    assert not page.find("img")
    assert [each["href"][:21] for each in page.find("link")] == ["data:text/css;base64,"]
    styles = base64.b64decode(page.one("link")["href"].partition(",")[2]).decode()
    assert 'url("data:font/woff2;base64,' in styles, "the face of the verse"
    assert styles.count("@font-face") == 1
    assert "default-src 'none'" in markup
    assert all(each["href"].startswith(("http://localhost/", "#f")) for each in page.find("a"))
    assert len(page.find("article")) == 2


def test_a_file_without_a_verse_has_no_face() -> None:
    light = send(HADITH, **{"as": "page"})
    assert len(light.content) < len(send(quoted(exact()), **{"as": "page"}).content) - 40_000


# --- Nothing stays -----------------------------------------------------------------------------------------


def test_the_result_is_kept_by_nobody_and_found_by_no_robot() -> None:
    response = send(quoted(exact()))
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert Reading(response.content.decode()).one("meta", name="robots")["content"] == "noindex"
    assert 'rel="canonical"' not in response.content.decode()


@pytest.mark.parametrize("more", [{}, {"as": "page"}])
def test_whose_words_they_are_is_said_and_none_of_them_becomes_a_link(more: dict[str, str]) -> None:
    """Anybody can send a form or a link with a text of theirs to somebody else."""
    page = Reading(send(f"https://evil.example/ www.evil.example {quoted(exact())}", **more).content.decode())
    assert "It is not the Centre’s" in page.one("main")["text"]
    assert not [each for each in page.find("a") if "evil" in each["href"]]


def test_nothing_is_written_to_the_database_or_the_log(caplog) -> None:
    caplog.set_level(logging.DEBUG, logger="")
    with CaptureQueriesContext(connection) as queries:
        send(quoted(exact(), substituted(), HADITH) + " كلمةسرية")
    assert [each["sql"][:6] for each in queries] == ["SELECT"] * len(queries)
    assert not any("كلمةسرية" in each["sql"] for each in queries)
    assert "كلمةسرية" not in "".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )


def test_the_cache_never_holds_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []
    for name in ("add", "set", "incr"):
        real = getattr(cache, name)
        monkeypatch.setattr(cache, name, lambda *args, real=real, **more: (kept.append(args), real(*args, **more))[1])
    send("كلمةسرية " + quoted(exact()))
    assert kept
    assert "كلمةسرية" not in repr(kept)


def test_the_queries_of_a_page_do_not_grow_with_its_findings(django_assert_num_queries) -> None:
    """Three for menu and footer; one more where hadith is among the findings."""
    send("نص")  # the first page of a process looks the sections up
    with CaptureQueriesContext(connection) as plain:
        send(quoted(exact()))
    with django_assert_num_queries(len(plain)):
        send(quoted(*(exact(sura, 3) for sura in (103, 108, 110, 113, 109)), partial(), substituted()))
    with django_assert_num_queries(len(plain) + 1):
        send(quoted(exact()) + HADITH)
    with django_assert_num_queries(len(plain) + 1):
        send(quoted(exact()) + f"{HADITH}\n" * 9)


# --- What is refused ---------------------------------------------------------------------------------------


def refused(response, status: int, reason: str) -> Reading:
    """A refusal: says why beside the field, keeps nothing anywhere, is in no index."""
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    page = Reading(response.content.decode())
    assert reason in page.one("div", id="trouble")["text"]
    assert page.one("div", id="trouble")["role"] == "alert"
    assert page.one("textarea", id="text")["aria-invalid"] == "true"
    assert page.one("meta", name="robots")["content"] == "noindex"
    return page


def kept(page: Reading) -> str:
    """What stands in the field: HTML drops the first line end after the tag."""
    return page.one("textarea", id="text")["text"].removeprefix("\n")


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_an_empty_text_is_asked_for_again(text: str) -> None:
    refused(send(text), 422, "No text was sent.")


def test_a_form_without_the_field_is_an_empty_one() -> None:
    refused(Client().post("/en/check/result/", {}), 422, "No text was sent.")


def test_three_hundred_thousand_characters_are_refused_and_kept() -> None:
    text = "نص \n" * 75_000
    page = refused(send(text), 413, "it has 300,000 characters, and the limit is 200,000")
    assert kept(page) == text


def test_in_arabic_it_is_said_in_arabic() -> None:
    page = refused(send("ا" * 300_000, code="ar"), 413, "٣٠٠٬٠٠٠")
    assert "٢٠٠٬٠٠٠" in page.one("div", id="trouble")["text"]


def test_a_body_that_is_too_large_to_be_read_is_refused_unread() -> None:
    page = refused(send("ا" * (BODY // 6 + 1)), 413, "could not be kept")
    assert kept(page) == ""


def test_the_longest_text_is_checked_and_a_line_end_counts_once() -> None:
    """A form sends CR LF for each line end; the field shows one."""
    text = ("كلام عادي\n" * 20_000)[:LIMIT]
    response = send(text.replace("\n", "\r\n"))
    assert response.status_code == 200
    assert send(text.replace("\n", "\r\n") + "ااا").status_code == 413


@pytest.mark.parametrize("body", [b"text=%FF%FEa", b"text=%ED%A0%80", b"text=\xff", b"text=a%00b", b"text=%C0%AF"])
def test_what_is_no_text_is_refused(body: bytes) -> None:
    response = Client().post("/en/check/result/", body, content_type="application/x-www-form-urlencoded")
    refused(response, 422, "What was sent is not plain text")


def test_a_sign_for_a_lost_letter_is_a_sign_like_others() -> None:
    assert send("حرف ضائع \ufffd هنا").status_code == 200
    response = Client().post("/en/check/result/", {"text": "حرف ضائع \ufffd هنا"})  # multipart
    assert response.status_code == 200


def test_sixty_a_minute_with_the_interface_and_then_what_was_typed_is_kept() -> None:
    client = Client()
    for number in range(60):
        address = "/api/v1/scripture/check" if number % 2 else "/en/check/result/"
        body = {"text": "a"} if number % 2 else urlencode({"text": "a"})
        kind = "application/json" if number % 2 else "application/x-www-form-urlencoded"
        assert client.post(address, body, content_type=kind).status_code == 200
    response = send(quoted(exact()))
    page = refused(response, 429, "too many checks within a minute")
    assert kept(page) == quoted(exact())
    assert 1 <= int(response.headers["Retry-After"]) <= 65
    assert Client().get("/en/check/").status_code == 200, "the page itself is for everybody"
    assert send("نص", client=Client(REMOTE_ADDR="192.0.2.1")).status_code == 200


def test_when_all_places_are_taken_a_long_text_is_kept_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0.01)
    monkeypatch.setattr(limits, "LONG", 10)
    held = [limits.place(100) for _number in range(limits.AT_ONCE)]
    for each in held:
        each.__enter__()
    try:
        response = send("نص طويل بعض الشيء")
        assert kept(refused(response, 503, "Other long texts are being checked")) == "نص طويل بعض الشيء"
        assert response.headers["Retry-After"] == "5"
    finally:
        for each in held:
            each.__exit__(None, None, None)


# --- What is typed cannot turn against the page ------------------------------------------------------------

CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


def test_marks_of_direction_are_not_shown_and_are_said_to_be_there() -> None:
    text = CONTROLS.join(["نص", quoted(exact()), quoted(substituted()), "آخر"])
    page = shown(text)
    for each in [*page.find("div", cls="checked"), *page.find("article")]:
        assert not set(each["text"]) & set(CONTROLS)
    assert "36 signs that cannot be seen" in page.one("main")["text"]
    assert page.one("div", cls="checked")["dir"] == "auto"
    # What is sent on is the text as it was typed.
    assert page.one("textarea", name="text")["text"].removeprefix("\n") == text


@pytest.mark.parametrize("what", ["page", ""])
def test_markup_in_a_text_stays_text(what: str) -> None:
    evil = '</textarea></div><script>alert(1)</script><img src=x onerror="alert(1)">{{ 7|add:"1" }}{% now "Y" %}'
    response = send(f"{evil} {quoted(substituted())} {evil}", **({"as": what} if what else {}))
    markup = response.content.decode()
    page = Reading(markup)
    assert "alert" not in "".join(each["text"] for each in page.find("script"))
    assert not [each for each in page.find("img") if each.get("src") == "x"]
    assert markup.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2
    assert '{% now "Y" %}' in page.one("div", cls="checked")["text"]


def test_a_text_that_begins_with_a_line_end_keeps_it() -> None:
    assert shown("\n\nنص").one("textarea", name="text")["text"] == "\n\n\nنص"
