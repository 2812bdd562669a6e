"""Terms in a browser: a definition by pointer, by keyboard and on touch, and the glossary behind it."""

from __future__ import annotations

import pytest

FIRST = "main .term >> nth=0"
NOTE = "main .term-note >> nth=0"


def open_answer(guest, code: str) -> None:
    """The first claim in the list whose text has linked terms."""
    guest.open(f"/{code}/claims/")
    paths = [link.get_attribute("href") for link in guest.page.locator("main a[rel=bookmark]").all()]
    for path in paths:
        guest.open(path)
        if guest.page.locator("main .term").count():
            return
    raise AssertionError("no claim of the demonstration has a linked term")


@pytest.mark.parametrize("code, scheme", [("ar", "light"), ("en", "dark")])
def test_a_definition_by_pointer_and_by_keyboard(visitor, code, scheme):
    with visitor(color_scheme=scheme) as guest:
        # Given an answer with linked terms, whose definitions nobody asked for yet
        open_answer(guest, code)
        note = guest.page.locator(NOTE)
        assert not note.is_visible()
        # When the pointer rests on a term, its definition stands beside it, and stays while it is pointed at
        guest.page.locator(f"{FIRST} >> a").hover()
        note.wait_for(state="visible")
        note.hover()
        assert note.is_visible()
        guest.assert_accessible()
        # Escape shuts it though the pointer has not moved
        guest.page.keyboard.press("Escape")
        note.wait_for(state="hidden")
        # When the keyboard reaches the term, the definition opens, and Enter leads to the glossary
        guest.page.mouse.move(0, 0)
        guest.page.locator(f"{FIRST} >> a").focus()
        guest.page.keyboard.press("Shift+Tab")
        guest.page.keyboard.press("Tab")
        note.wait_for(state="visible")
        guest.page.keyboard.press("Enter")
        guest.page.wait_for_url(f"**/{code}/glossary/**")
        assert guest.page.locator("h1").count() == 1


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_first_tap_defines_and_the_second_leads_on(visitor, code):
    with visitor(width=390, has_touch=True, is_mobile=True) as guest:
        open_answer(guest, code)
        guest.page.locator(f"{FIRST} >> a").tap()
        note = guest.page.locator(NOTE)
        note.wait_for(state="visible")
        box = note.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        guest.page.locator("h1").tap()
        note.wait_for(state="hidden")
        guest.page.locator(f"{FIRST} >> a").tap()
        note.wait_for(state="visible")
        guest.page.locator(f"{FIRST} >> a").tap()
        guest.page.wait_for_url(f"**/{code}/glossary/**")


@pytest.mark.parametrize("code, width, scheme", [("ar", 390, "dark"), ("en", 1280, "light")])
def test_the_glossary_is_accessible_and_leads_to_its_terms(visitor, code, width, scheme):
    with visitor(width=width, color_scheme=scheme, java_script_enabled=True) as guest:
        guest.open(f"/{code}/glossary/")
        assert guest.page.locator(".terms dt").count() >= 20
        guest.assert_accessible()
        guest.assert_fits(width, width, 320)
        guest.page.locator(".letter-bar a").last.click()
        guest.page.locator(".letter >> nth=-1 >> a[rel=bookmark] >> nth=0").click()
        guest.page.wait_for_url(f"**/{code}/glossary/*/")
        guest.assert_accessible()
        # The same term in the other language is one click away
        other = "en" if code == "ar" else "ar"
        guest.page.locator(f".term-facts a[hreflang={other}]").click()
        guest.page.wait_for_url(f"**/{other}/glossary/**")
