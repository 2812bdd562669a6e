"""Every kind of page in both languages, light and dark, on a phone and on a wide screen."""

from __future__ import annotations

from itertools import product

import pytest

from hiwar.library.house import ABOUT

# Name of a page -> its address below the language; '{…}' is asked of the installation.
PAGES = {
    "home": "",
    "articles": "articles/",
    "filtered": "articles/?topic=law",
    "empty": "articles/?topic=law&year=1999",
    "second page": "news/?page=2",
    "article": "{article}",
    "videos": "videos/",
    "video": "{video}",
    "outside video": "{outside}",
    "press": "press/",
    "press release": "{press_release}",
    "news": "news/",
    "news item": "{news}",
    "events": "events/",
    "event": "{event}",
    "about": "about/",
    **{f"about {slug}": f"about/{slug}/" for slug, _model in ABOUT},
    "topics": "topics/",
    "topic": "topics/law/",
    "people": "people/",
    "person": "people/author-1/",
    "states": "states/",
    "state": "states/sa/",
    "corrections": "corrections/",
    "policy": "policy/",
    "privacy": "privacy/",
    "missing translation": "{missing}",
    "not found": "no/such/page/",
    "sign-in": "/office/account/login/?language={code}",
}
STATUS = {"not found": 404}
MATRIX = list(product(("ar", "en"), ("light", "dark"), (390, 1280)))


def cases() -> list:
    """Every page in every way; a sample of one way a page, in turn, runs in `make test`, the rest is marked long."""
    found = []
    for number, name in enumerate(PAGES):
        # Eight ways in an order where neighbours differ in language, scheme and width.
        sample = MATRIX[(number * 3) % len(MATRIX)]
        for way in MATRIX:
            marks = [] if way == sample else [pytest.mark.long]
            found.append(pytest.param(name, *way, marks=marks, id=f"{name}-{'-'.join(map(str, way))}"))
    return found


def address(site, name: str, code: str) -> str:
    path = PAGES[name].format(code=code, **site.places[code])
    return path if path.startswith("/") else f"/{code}/{path}"


@pytest.mark.parametrize("name, code, scheme, width", cases())
def test_page_is_accessible_fits_and_asks_nothing_of_others(site, visitor, name, code, scheme, width):
    # Given a visitor with this screen and this taste
    with visitor(width=width, color_scheme=scheme) as guest:
        # When the page is opened
        guest.open(address(site, name, code), status=STATUS.get(name, 200))
        # Then it speaks the language of its address, carries the demonstration bar, and axe finds nothing;
        guest.assert_language(code)
        assert guest.page.locator("aside.demo, .demo").first.is_visible()
        assert guest.page.locator("h1").count() == 1
        guest.assert_accessible()
        # and it never scrolls sideways, on a small phone or zoomed either.
        guest.assert_fits(width, *((390, 320) if width == 390 else (1280, 640)))


def test_sample_holds_every_page_and_every_way():
    sampled = [case.values for case in cases() if not case.marks]
    assert [values[0] for values in sampled] == list(PAGES)
    assert {values[1:] for values in sampled} == set(MATRIX)


@pytest.mark.parametrize("code", ["ar", "en"])
def test_not_found_page_leads_home(site, visitor, code):
    with visitor() as guest:
        # Given an address that leads nowhere
        guest.open(f"/{code}/articles/nothing-of-the-kind/", status=404)
        guest.assert_language(code)
        # When the visitor follows the first link of the page itself
        guest.page.locator("main a").first.click()
        # Then they stand on a page of the same language that exists
        guest.page.wait_for_load_state()
        guest.assert_language(code)
        assert guest.path.startswith(f"/{code}/")
        assert guest.page.locator("meta[name=robots]").count() == 0
