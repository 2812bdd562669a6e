"""Reading scripture in a browser: every page in both languages, from a reference to a verse to who cites it."""

from __future__ import annotations

from itertools import product

import pytest

from hiwar.scripture.canon import quran
from hiwar.scripture.reference import Reference

ROOM = "islamiyat/scripture/"
PAGES = {
    "index": ROOM,
    "reference that is none": f"{ROOM}?reference=2:999",
    "sura": f"{ROOM}quran/55/",
    "longest sura": f"{ROOM}quran/2/",
    "cited verse": f"{ROOM}quran/2/256/",
    "verse nobody cites": f"{ROOM}quran/108/1/",
    "range": f"{ROOM}quran/2/255-257/",
    "cited by": f"{ROOM}quran/2/256/?kind=article",
    "collection": f"{ROOM}hadith/bukhari/",
    "empty collection": f"{ROOM}hadith/darimi/",
    "hadith": f"{ROOM}hadith/bukhari/1/",
    "not here": f"{ROOM}quran/2/999/",
    "editions": "editions/",
}
STATUS = {"not here": 404}
MATRIX = list(product(("ar", "en"), ("light", "dark"), (390, 1280)))
VERSE = quran().verse(2, 256)


@pytest.fixture(scope="module", autouse=True)
def _content(site):
    site.script("scripture")


def cases() -> list:
    """Every page in every way; two ways a page, one a language, run in `make test`, the rest is marked long."""
    found = []
    for number, name in enumerate(PAGES):
        samples = {MATRIX[number % 4], MATRIX[4 + (number + 1) % 4]}
        for way in MATRIX:
            marks = [] if way in samples else [pytest.mark.long]
            found.append(pytest.param(name, *way, marks=marks, id=f"{name}-{'-'.join(map(str, way))}"))
    return found


@pytest.mark.parametrize("name, code, scheme, width", cases())
def test_page_is_accessible_fits_and_asks_nothing_of_others(visitor, name, code, scheme, width):
    with visitor(width=width, color_scheme=scheme) as guest:
        guest.open(f"/{code}/{PAGES[name]}", status=STATUS.get(name, 200))
        guest.assert_language(code)
        assert guest.page.locator("h1").count() == 1
        guest.assert_accessible()
        guest.assert_fits(width, *((390, 320) if width == 390 else (1280, 640)))
        assert len([url for url in guest.requests if url.endswith(".woff2")]) <= 4


@pytest.mark.parametrize("code, typed", [("ar", "البقرة ٢٥٦"), ("en", "Al-Baqarah 256")])
def test_from_a_reference_to_the_verse_to_who_cites_it(visitor, code, typed):
    with visitor(width=390, java_script_enabled=False) as guest:
        # Given a visitor without scripts who mistypes a reference
        guest.open(f"/{code}/{ROOM}")
        guest.page.fill("#reference", f"{typed}9")
        guest.page.locator(".jump button").click()
        guest.page.wait_for_url("**/?reference=*")
        # Then the page says what is wrong and keeps it
        assert guest.page.input_value("#reference") == f"{typed}9"
        assert guest.page.locator("#reference-trouble").inner_text()
        # and the mended one leads to the verse, with its words in the Uthmani face
        guest.page.fill("#reference", typed)
        guest.page.locator(".jump button").click()
        guest.page.wait_for_url(f"**/{code}/{ROOM}quran/2/256/")
        shown = guest.page.locator(".leaf .verse-text").first
        assert " ".join(shown.inner_text().split()) == f"\ufd3f{VERSE.text}\ufd3e"
        # When its neighbour in the other language is asked for, the same verse comes
        other = "en" if code == "ar" else "ar"
        guest.page.locator(f".utilities a[hreflang={other}]").click()
        guest.page.wait_for_url(f"**/{other}/{ROOM}quran/2/256/")
        # and what cites it, also by a range, is one step away.
        links = guest.page.locator("#uses").locator("xpath=ancestor::section").locator("a[rel=bookmark]")
        paths = {link.get_attribute("href") for link in links.all()}
        assert {f"/{other}/articles/in-place/", f"/{other}/articles/cut/"} <= paths
        links.first.click()
        guest.page.wait_for_url(f"**/{other}/articles/*/")
        assert guest.page.locator(".verse-text").count() >= 1


@pytest.mark.parametrize("width", [390, 1280])
def test_an_anchor_leads_to_its_verse_in_the_longest_sura(visitor, width):
    with visitor(width=width) as guest:
        guest.open(f"/ar/{ROOM}quran/2/#v256")
        guest.page.wait_for_function("() => document.fonts.status === 'loaded'")
        place = guest.page.locator("#v256")
        guest.page.wait_for_function(
            "() => { const top = document.getElementById('v256').getBoundingClientRect().top;"
            " return top > -10 && top < innerHeight / 2; }"
        )
        assert VERSE.text in place.inner_text()
        # Its number leads to its page, and the page's sura back to this place.
        place.locator("a").click()
        guest.page.wait_for_url(f"**/{ROOM}quran/2/256/")
        back = guest.page.locator("[aria-labelledby=place] a").first
        assert back.get_attribute("href") == f"/ar/{ROOM}quran/2/#v256"


def test_a_verse_is_copied_with_its_reference(site, visitor):
    with visitor(permissions=["clipboard-read", "clipboard-write"]) as guest:
        guest.open(f"/ar/{ROOM}quran/2/256/")
        guest.page.locator(".leaf .copy").click()
        guest.page.wait_for_function("() => document.querySelector('.leaf .copy + [role=status]').textContent")
        copied = guest.page.evaluate("navigator.clipboard.readText()")
        assert copied == f"\ufd3f{VERSE.text}\ufd3e [{Reference.verse(2, 256).label('ar')}]"


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_cut_words_stand_marked_in_their_verse(visitor, code):
    with visitor() as guest:
        guest.open(f"/{code}/{ROOM}quran/2/256/")
        misuse = guest.page.locator(".misuse").filter(has=guest.page.locator(f"a[href='/{code}/articles/cut/']"))
        assert misuse.locator("mark.cut").inner_text().split() == VERSE.text.split()[:4]
        assert VERSE.words[-1] in misuse.locator(".verse-text").first.inner_text()
        misuse.locator("details.around summary").click()
        assert quran().verse(2, 257).words[0] in misuse.inner_text()
        misuse.locator("a[rel=bookmark]").click()
        guest.page.wait_for_url(f"**/{code}/articles/cut/")


def test_what_is_no_place_says_why_and_leads_on(visitor):
    with visitor() as guest:
        guest.open(f"/en/{ROOM}quran/2/999/", status=404)
        assert "its last verse is 286" in guest.page.locator("main").inner_text()
        guest.page.locator("main .cluster a").first.click()
        guest.page.wait_for_url(f"**/en/{ROOM}quran/2/")
