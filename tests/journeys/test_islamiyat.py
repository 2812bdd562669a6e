"""Islamiyat in a browser: from the hub to bodies side by side, along the timeline, from a verse to the claim that cuts
it; every page in both languages, without scripts where a reader needs none."""

from __future__ import annotations

from itertools import product

import pytest

ROOM = "islamiyat/"
PAGES = {
    "hub": ROOM,
    "fatwas": f"{ROOM}fatwas/",
    "comparisons": f"{ROOM}fatwas/?list=comparisons",
    "evidence": f"{ROOM}evidence/",
    "timeline": f"{ROOM}evidence/timeline/",
    "century": f"{ROOM}evidence/timeline/?century=7",
    "subjects": f"{ROOM}subjects/",
    "subject": f"{ROOM}subjects/peace/",
    "misused": f"{ROOM}scripture/misused/",
    "misused verse": f"{ROOM}scripture/quran/9/5/",
}
# Items have addresses of their own in each language: the first of its list is opened.
FIRST = {
    "fatwa": (f"{ROOM}fatwas/", ".row h3 a"),
    "matter": (f"{ROOM}fatwas/", ".pairs h3 a"),
    "event": (f"{ROOM}evidence/", ".row h3 a"),
}
MATRIX = list(product(("ar", "en"), ("light", "dark"), (390, 1280)))


def cases() -> list:
    """Every page in every way; two ways a page, one a language, run in `make test`, the rest is marked long."""
    found = []
    for number, name in enumerate([*PAGES, *FIRST]):
        samples = {MATRIX[number % 4], MATRIX[4 + (number + 1) % 4]}
        for way in MATRIX:
            marks = [] if way in samples else [pytest.mark.long]
            found.append(pytest.param(name, *way, marks=marks, id=f"{name}-{'-'.join(map(str, way))}"))
    return found


@pytest.mark.parametrize("name, code, scheme, width", cases())
def test_page_is_accessible_fits_and_asks_nothing_of_others(visitor, name, code, scheme, width):
    with visitor(width=width, color_scheme=scheme) as guest:
        if name in FIRST:
            path, link = FIRST[name]
            guest.open(f"/{code}/{path}")
            guest.open(guest.page.locator(link).first.get_attribute("href"))
        else:
            guest.open(f"/{code}/{PAGES[name]}")
        guest.assert_language(code)
        assert guest.page.locator("h1").count() == 1
        guest.assert_accessible()
        guest.assert_fits(width, *((390, 320) if width == 390 else (1280, 640)))


@pytest.mark.parametrize("code", ["ar", "en"])
def test_from_the_hub_to_bodies_side_by_side_and_back(visitor, code):
    with visitor(java_script_enabled=False) as guest:
        # Given the hub, its door leads to the fatwas, where comparisons are offered first
        guest.open(f"/{code}/{ROOM}")
        guest.page.locator(f'.doors a[href="/{code}/{ROOM}fatwas/"]').click()
        guest.page.wait_for_url(f"**/{code}/{ROOM}fatwas/")
        guest.page.locator(".pairs h3 a").first.click()
        guest.page.wait_for_selector("table.versus")
        # Then each body has a column, each row a head, and no cell is missing
        columns = guest.page.get_by_role("columnheader").count()
        assert columns >= 2
        assert guest.page.get_by_role("rowheader").count() == 7
        assert guest.page.locator(".versus td[data-body]").count() == 7 * columns
        # and the full text of one leads to the fatwa, which leads back to the comparison
        question = guest.page.locator("h1").inner_text()
        guest.page.locator(".versus tr:last-child td[data-body] a").first.click()
        guest.page.wait_for_selector(".ruling")
        guest.page.locator(".issued a.more").first.click()
        guest.page.wait_for_selector("table.versus")
        assert guest.page.locator("h1").inner_text() == question
        # and its crumbs to the list
        guest.page.locator(f'.crumbs a[href="/{code}/{ROOM}fatwas/"]').click()
        guest.page.wait_for_url(f"**/{code}/{ROOM}fatwas/")


@pytest.mark.parametrize("code", ["ar", "en"])
def test_on_a_phone_the_comparison_is_stacked_and_still_a_table(visitor, code):
    with visitor(width=390) as guest:
        guest.open(f"/{code}/{ROOM}fatwas/")
        guest.open(guest.page.locator(".pairs h3 a").first.get_attribute("href"))
        assert (
            guest.page.locator(".versus td[data-body]").first.evaluate("(each) => getComputedStyle(each).display")
            == "block"
        )
        assert guest.page.get_by_role("table").count() == 1
        assert guest.page.get_by_role("rowheader").count() == 7
        assert guest.page.get_by_role("columnheader").count() >= 2
        # every cell says whose it is
        said = guest.page.locator(".versus td[data-body]").first.evaluate(
            "(each) => getComputedStyle(each, '::before').content"
        )
        assert guest.page.locator(".versus td[data-body]").first.get_attribute("data-body") in said


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".tl a")].map((each) => each.getBoundingClientRect());
  const drawing = document.querySelector(".tl").getBoundingClientRect();
  const wrong = [];
  for (const [place, one] of boxes.entries()) {
    if (one.left < drawing.left || one.right > drawing.right || one.bottom > drawing.bottom) wrong.push([place]);
    for (const [other, two] of boxes.entries())
      if (other > place && one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom)
        wrong.push([place, other]);
  }
  return wrong;
}"""


@pytest.mark.parametrize("code, width", product(("ar", "en"), (390, 1280)))
def test_along_the_timeline(visitor, code, width):
    with visitor(width=width) as guest:
        guest.open(f"/{code}/{ROOM}evidence/")
        guest.page.locator(f'.switches a[href="/{code}/{ROOM}evidence/timeline/"]').click()
        guest.page.wait_for_url("**/timeline/")
        guest.page.wait_for_function("() => document.fonts.status === 'loaded'")
        # No label lies on another as the browser draws them, in any width, and the list holds the same events
        assert guest.page.evaluate(OVERLAPS) == []
        marks = [each.get_attribute("href") for each in guest.page.locator(".tl a").all()]
        listed = [each.get_attribute("href") for each in guest.page.locator(".row h3 a").all()]
        assert len(marks) >= 10
        assert sorted(marks) == sorted(listed)
        # It runs in the direction of reading, and a mark leads to its evidence
        first, last = (guest.page.locator(".tl a").nth(n).bounding_box() for n in (0, -1))
        assert (first["x"] > last["x"]) == (code == "ar")
        guest.page.locator(".tl a").first.focus()
        guest.page.keyboard.press("Enter")
        guest.page.wait_for_selector(".event")


@pytest.mark.parametrize("code", ["ar", "en"])
def test_from_a_verse_to_the_claim_that_cuts_it(visitor, code):
    with visitor(width=390, java_script_enabled=False) as guest:
        # Given the list of misused texts, a verse leads to its own page
        guest.open(f"/{code}/{ROOM}scripture/")
        guest.page.locator(f'a[href="/{code}/{ROOM}scripture/misused/"]').first.click()
        guest.page.wait_for_url("**/misused/")
        guest.page.locator(f'.misused-text > h2 a[href="/{code}/{ROOM}scripture/quran/9/5/"]').click()
        guest.page.wait_for_url("**/quran/9/5/")
        # Then the cut is marked within the whole verse, with the verdict and the claim
        misuse = guest.page.locator(".misuse").first
        assert misuse.locator("mark.cut").inner_text()
        assert (
            len(misuse.locator(".verse-text").first.inner_text())
            > len(misuse.locator("mark.cut").first.inner_text()) * 2
        )
        assert misuse.locator(".verdict").inner_text()
        title = misuse.locator("a[rel=bookmark]").inner_text()
        misuse.locator("a[rel=bookmark]").click()
        guest.page.wait_for_url(f"**/{code}/claims/**")
        assert title in guest.page.locator("h1").inner_text()
        # and the claim leads back to the verse
        assert guest.page.locator(f'a[href^="/{code}/{ROOM}scripture/quran/9/5/"]').count() >= 1
