"""Anybody checks a text: pastes it, sees word by word what is quoted, passes the result on, and nothing is kept."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.scripture.quoting import OTHER, exact, partial, quoted, substituted

TEXT = f"{quoted(exact(), substituted())}\n\nالسطر الثاني، وفيه: {partial()}"
MATRIX = [
    pytest.param(*way, marks=[] if number % 3 == 0 else [pytest.mark.long], id="-".join(map(str, way)))
    for number, way in enumerate(product(("ar", "en"), ("light", "dark"), (390, 1280)))
]


def check(guest, code: str, text: str) -> None:
    """Paste a text and send it."""
    guest.open(f"/{code}/check/")
    guest.page.locator("#text").fill(text)
    guest.page.locator("#check button").click()
    guest.page.wait_for_url(f"**/{code}/check/result/")


@pytest.mark.parametrize("code, scheme, width", MATRIX)
def test_field_and_result_are_accessible_and_fit(site, visitor, code, scheme, width):
    with visitor(width=width, color_scheme=scheme) as guest:
        # Given the page with the field
        guest.open(f"/{code}/check/")
        guest.assert_language(code)
        guest.assert_accessible()
        guest.assert_fits(width, 320)
        # When a text with all kinds of quotations is sent
        check(guest, code, TEXT)
        # Then its result reads as well, at every width.
        guest.assert_language(code)
        assert guest.page.locator(".finding").count() == 3
        guest.assert_accessible()
        guest.assert_fits(width, 320)


@pytest.mark.parametrize("code", ["ar", "en"])
def test_a_misquoted_verse_is_shown_beside_the_right_one(site, visitor, code):
    with visitor() as guest:
        # Given a text with a verse of which one word is another
        check(guest, code, TEXT)
        # Then the word is struck, the edition's stands beside it in the Uthmani face,
        finding = guest.page.locator(".finding--altered")
        assert guest.page.locator(".checked del").inner_text() == OTHER
        assert finding.locator("del").inner_text() == OTHER
        face = finding.locator(".mushaf ins").evaluate("(each) => getComputedStyle(each).fontFamily")
        assert "Hiwar Quran" in face
        # the number in the text leads to it,
        guest.page.locator(".checked sup a").nth(1).click()
        assert guest.page.url.endswith("#f2")
        # and from there one reads the verse in its context.
        finding.locator("p > a").last.click()
        guest.page.wait_for_load_state()
        assert guest.path == f"/{code}/islamiyat/scripture/quran/16/125/"


def test_the_result_travels_by_a_link_that_the_server_never_sees(site, visitor):
    # Given somebody who checked a text and copies the link to its result
    with visitor(permissions=["clipboard-read", "clipboard-write"]) as guest:
        check(guest, "ar", TEXT)
        guest.page.locator("[data-copy]").click()
        guest.page.locator("#copied:not(:empty)").wait_for()
        link = guest.page.evaluate("navigator.clipboard.readText()")
        marked = guest.page.locator(".checked").inner_text()
    # When somebody else opens it
    with visitor() as other:
        other.page.goto(link)
        other.page.wait_for_url("**/ar/check/result/")
        # Then they see the same,
        assert other.page.locator(".checked").inner_text() == marked
        # no address that was asked for held the text,
        packed = link.partition("#z=")[2]
        assert packed
        assert not [url for url in other.requests if packed[:40] in url.partition("#")[0]]
        # and going back does not send it again.
        before = len(other.requests)
        other.page.go_back()
        other.page.wait_for_timeout(500)
        assert not [url for url in other.requests[before:] if "result" in url]


def test_a_link_that_is_cut_off_says_so(site, visitor):
    with visitor() as guest:
        guest.open("/en/check/")
        assert not guest.page.locator("#unopened").is_visible()
        guest.page.goto("/en/check/#z=bm90aGluZw")
        guest.page.locator("#unopened").wait_for(state="visible")
        assert guest.path == "/en/check/"


@pytest.mark.parametrize("code", ["ar", "en"])
def test_everything_works_without_scripts(site, visitor, code, tmp_path):
    with visitor(java_script_enabled=False, accept_downloads=True) as guest:
        # Given a visitor without scripts
        guest.open(f"/{code}/check/")
        guest.page.locator("#text").fill(TEXT)
        # When they send a text
        guest.page.locator("#check button").click()
        guest.page.wait_for_url(f"**/{code}/check/result/")
        # Then the findings stand there, no button that would do nothing is shown,
        assert guest.page.locator(".finding").count() == 3
        assert not guest.page.locator("[data-copy]").is_visible()
        assert guest.page.locator(".copy:visible").count() == 0
        # and the result can be kept as a file that opens anywhere.
        with guest.page.expect_download() as coming:
            guest.page.locator("button[value=page]").click()
        kept = Path(tmp_path, "result.html")
        coming.value.save_as(kept)
        assert coming.value.suggested_filename == "checked-text.html"
        assert OTHER in kept.read_text("utf-8")
        guest.requests.clear()
        guest.complaints.clear()


def test_the_file_asks_for_nothing_and_reads_well(site, visitor, tmp_path):
    with visitor(accept_downloads=True) as guest:
        check(guest, "ar", TEXT)
        with guest.page.expect_download() as coming:
            guest.page.locator("button[value=page]").click()
        kept = Path(tmp_path, "result.html")
        coming.value.save_as(kept)
        guest.requests.clear()
        guest.page.goto(kept.as_uri())
        assert guest.page.locator(".finding").count() == 3
        assert guest.requests == [kept.as_uri()] or all(url.startswith(("file:", "data:")) for url in guest.requests), (
            guest.requests
        )
        assert guest.page.evaluate("document.fonts.size") == 1
        guest.assert_accessible()
        guest.assert_fits(1280, 390)
        guest.requests.clear()


def test_what_was_typed_is_kept_when_it_is_too_long(site, visitor):
    with visitor() as guest:
        # Given 200,001 characters
        guest.open("/ar/check/")
        guest.page.locator("#text").fill("ا" * 200_001)
        guest.page.locator("#counted.over").wait_for()
        assert "٢٠٠٬٠٠١" in guest.page.locator("#counted").inner_text()
        # When they are sent
        guest.excused.add(f"{guest.address}/ar/check/result/")
        guest.page.locator("#check button").click()
        guest.page.locator("#trouble").wait_for()
        # Then the page says why not, beside the field that still holds them.
        assert "٢٠٠٬٠٠١" in guest.page.locator("#trouble").inner_text()
        assert len(guest.page.locator("#text").input_value()) == 200_001
        guest.assert_accessible()
