"""Somebody who heard a claim finds its answer by words of their own, and goes from its verse to others who cite it."""

from __future__ import annotations

from itertools import product
from urllib.parse import unquote

import pytest

# What was heard, and the claim of the demonstration it is: key, its words as published (hiwar/library/demo/claims).
HEARD = {
    "ar": ("يعني القران بيأمر بقتل غير المسلمين وين ما لقيناهم؟", "القرآن الكريم يأمر بقتل غير المسلمين أينما وُجدوا"),
    "en": (
        "So the Quraan orders to kill the non Muslims wherever you find them, right?",
        "The Quran orders the killing of non-Muslims wherever they are found",
    ),
}
# A verse that the answer cites, and another claim's as well.
VERSE = "/{}/islamiyat/scripture/quran/2/190/"
SENSELESS = {"ar": "أريد رقم هاتف السفارة في المدينة", "en": "What time does the ferry leave tomorrow"}
MATRIX = [
    pytest.param(*way, marks=[] if number % 3 == 0 else [pytest.mark.long], id="-".join(map(str, way)))
    for number, way in enumerate(product(("ar", "en"), ("light", "dark"), (390, 1280)))
]


def look_for(guest, code: str, text: str) -> None:
    """Paste a text into the field of the list of claims."""
    guest.open(f"/{code}/claims/")
    guest.page.locator("#find-q").fill(text)
    guest.page.locator(".find-box button").click()
    guest.page.wait_for_url(f"**/{code}/claims/find/?q=*")


@pytest.mark.parametrize("code, scheme, width", MATRIX)
def test_field_answers_and_their_want_are_accessible_and_fit(site, visitor, code, scheme, width):
    with visitor(width=width, color_scheme=scheme) as guest:
        guest.open(f"/{code}/claims/find/")
        guest.assert_language(code)
        guest.assert_accessible()
        guest.assert_fits(width, 320)
        for text in (HEARD[code][0], SENSELESS[code]):
            look_for(guest, code, text)
            guest.assert_language(code)
            guest.assert_accessible()
            guest.assert_fits(width, 320)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("code", ["ar", "en"])
def test_from_words_that_were_heard_to_the_answer_to_a_verse_to_another_claim(site, visitor, code, scripts):
    heard, title = HEARD[code]
    with visitor(width=390, java_script_enabled=scripts) as guest:
        # Given somebody who heard a claim in other words
        look_for(guest, code, heard)
        # When they look for it, the claim stands first, with its verdict and the words that matched
        first = guest.page.locator(".found-claims .row").first
        assert title in first.locator("h3").inner_text()
        assert first.locator(".verdict").inner_text().strip()
        assert first.locator("mark").count() >= 1
        first.locator("h3 a").click()
        # and its page begins with an answer that is read in a minute.
        guest.page.wait_for_url(f"**/{code}/claims/*/")
        here = unquote(guest.path)
        assert title in guest.page.locator("h1").inner_text()
        assert 60 <= len(guest.page.locator(".answer p").first.inner_text().split()) <= 180
        # From a verse of the full answer they reach the verse's page,
        guest.page.locator(f".full-answer a[href='{VERSE.format(code)}']").first.click()
        guest.page.wait_for_url(f"**{VERSE.format(code)}")
        # and there stands every claim that uses it: this one, and another, to which they go on,
        uses = guest.page.locator(f"a[rel=bookmark][href^='/{code}/claims/']")
        paths = [unquote(link.get_attribute("href")) for link in uses.all()]
        assert here in paths
        assert len(set(paths)) >= 2
        other = next(number for number, to in enumerate(paths) if to != here)
        uses.nth(other).click()
        guest.page.wait_for_url(f"**/{code}/claims/*/")
        assert unquote(guest.path) == paths[other]
        # and which cites that verse indeed.
        assert guest.page.locator(f".full-answer a[href='{VERSE.format(code)}']").count() >= 1


@pytest.mark.parametrize("code", ["ar", "en"])
def test_when_nothing_is_close_the_page_says_so_and_leads_on(site, visitor, code):
    with visitor() as guest:
        look_for(guest, code, SENSELESS[code])
        assert guest.page.locator(".found-claims .row").count() <= 2
        assert guest.page.locator("#find-q").input_value() == SENSELESS[code]
        guest.page.locator(".find-on a").first.click()
        guest.page.wait_for_url(f"**/{code}/claims/")


def test_what_is_too_long_is_kept(site, visitor):
    with visitor() as guest:
        guest.open("/ar/claims/find/")
        text = "ا" * 1200
        guest.page.locator("#find-q").fill(text)
        guest.excused.add(f"{guest.address}/ar/claims/find/?q={'%D8%A7' * 1200}")
        guest.page.locator(".find-box button").click()
        guest.page.locator("#find-trouble").wait_for()
        assert "١٬٢٠٠" in guest.page.locator("#find-trouble").inner_text()
        assert guest.page.locator("#find-q").input_value() == text
        guest.assert_accessible()


def test_a_thousand_characters_are_taken_and_nothing_is_stored(site, visitor):
    with visitor() as guest:
        guest.open("/ar/claims/")
        text = (HEARD["ar"][0] + " " + "قال لي جارنا هذا الكلام أمس عند باب الدار. " * 30)[:1000]
        guest.page.locator("#find-q").fill(text)
        guest.page.locator(".find-box button").click()
        guest.page.locator(".found-claims").wait_for()
        assert HEARD["ar"][1] in guest.page.locator(".found-claims .row h3").first.inner_text()
        assert guest.context.cookies() == []
