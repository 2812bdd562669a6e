"""The keyboard alone: skip link, menu, folded menu, an article, the other language. The focus always shows."""

from __future__ import annotations

from urllib.parse import quote

import pytest

CODES = ("ar", "en")
OTHER = {"ar": "en", "en": "ar"}
# With smooth scrolling the focus arrives in view some frames later; the order is the same.
STILL = {"reduced_motion": "reduce"}


def follow(guest) -> None:
    """Enter on a link, and wait for the page it leads to."""
    with guest.page.expect_navigation():
        guest.page.keyboard.press("Enter")


@pytest.mark.parametrize("code", CODES)
def test_first_stop_skips_to_the_content(visitor, code):
    with visitor(**STILL) as guest:
        # Given the first page
        guest.open(f"/{code}/")
        # When Tab is pressed once, the skip link comes into sight
        first = guest.press_until(lambda focus: True)
        assert first["href"] == "#main"
        # Then Enter moves the focus into the content, past the menu
        guest.page.keyboard.press("Enter")
        assert guest.page.evaluate("document.activeElement.id") == "main"
        after = guest.press_until(lambda focus: True)
        assert guest.page.evaluate("document.activeElement.closest('main') !== null"), after


@pytest.mark.parametrize("code", CODES)
def test_menu_is_walked_in_the_order_it_is_read(visitor, code):
    with visitor(**STILL) as guest:
        guest.open(f"/{code}/")
        wanted = guest.page.eval_on_selector_all(".site-nav a", "all => all.map(each => each.getAttribute('href'))")
        assert len(wanted) >= 5
        # When Tab goes through the header
        guest.press_until(lambda focus: focus["href"] == wanted[0])
        walked = [wanted[0], *(guest.press_until(lambda focus: True)["href"] for _ in wanted[1:])]
        # Then every entry comes once, in order, and each lies further along the line than the one before
        assert walked == wanted
        starts = guest.page.eval_on_selector_all(
            ".site-nav a",
            "all => all.map(each => { const box = each.getBoundingClientRect(); return [box.top, box.left]; })",
        )
        first_line = [left for top, left in starts if top == starts[0][0]]
        assert first_line == sorted(first_line, reverse=code == "ar")
        # And Enter follows the one that has the focus
        follow(guest)
        assert guest.path == wanted[-1]
        assert guest.page.locator(".site-nav a[aria-current=page]").get_attribute("href") == wanted[-1]


@pytest.mark.parametrize("code", CODES)
def test_folded_menu_of_a_phone_opens_and_leads_on(visitor, code):
    with visitor(width=390, **STILL) as guest:
        guest.open(f"/{code}/")
        entry = guest.page.locator(".nav-fold a").first
        assert not entry.is_visible()
        # When the visitor reaches the fold and opens it
        guest.press_until(lambda focus: focus["tag"] == "SUMMARY")
        guest.page.keyboard.press("Enter")
        # Then the entries are there, the next stop is the first of them, and axe finds nothing
        assert entry.is_visible()
        guest.assert_accessible()
        focus = guest.press_until(lambda focus: True)
        assert focus["href"] == entry.get_attribute("href")
        follow(guest)
        assert guest.path == focus["href"]


@pytest.mark.parametrize("code", CODES)
def test_article_is_opened_and_its_translation_reached(site, visitor, code):
    here, there = (quote(site.places[each]["article"]) for each in (code, OTHER[code]))
    with visitor(**STILL) as guest:
        # Given the list of articles
        guest.open(f"/{code}/articles/")
        # When an article is reached by Tab and opened by Enter
        guest.press_until(lambda focus: quote(focus["href"] or "", safe="/%") == here, limit=150)
        follow(guest)
        assert guest.path == here
        # And the other language is chosen in the header
        guest.press_until(lambda focus: focus["href"] and quote(focus["href"], safe="/%") == there)
        assert guest.page.evaluate("document.activeElement.lang") == OTHER[code]
        follow(guest)
        # Then the visitor stands on the same item in the other language, and the way back leads back
        assert guest.path == there
        guest.assert_language(OTHER[code])
        back = guest.page.locator(f".utilities a[hreflang={code}]").get_attribute("href")
        assert quote(back, safe="/%") == here


@pytest.mark.parametrize("code, width, name", [("ar", 1280, "video"), ("en", 390, "article"), ("ar", 390, "event")])
def test_focus_shows_at_every_stop_of_a_page(site, visitor, code, width, name):
    with visitor(width=width, **STILL) as guest:
        guest.open(site.places[code][name])
        last = guest.page.locator("footer a").last.get_attribute("href")
        # Every stop from the first to the last link of the footer is in sight and outlined (asserted on the way)
        guest.press_until(
            lambda focus: (
                focus["href"] == last and guest.page.evaluate("document.activeElement.closest('footer') !== null")
            ),
            limit=150,
        )


@pytest.mark.parametrize("width", [1280, 390])
def test_filters_of_a_list_are_chosen_and_removed(visitor, width):
    with visitor(width=width, **STILL) as guest:
        guest.open("/en/articles/")
        # When a topic is chosen by keyboard, on a phone after unfolding the filters
        if width == 390:
            guest.press_until(lambda focus: guest.page.evaluate("document.activeElement.matches('.fold > summary')"))
            assert not guest.page.locator(".filters a").first.is_visible()
            guest.page.keyboard.press("Enter")
        chosen = guest.press_until(lambda focus: "topic=" in (focus["href"] or ""))["href"]
        follow(guest)
        assert guest.page.url.endswith(chosen)
        # Then the list names what limits it, and Enter on that takes the limit away
        guest.press_until(lambda focus: guest.page.evaluate("document.activeElement.matches('.chip')"))
        follow(guest)
        assert guest.page.url.endswith("/en/articles/")
