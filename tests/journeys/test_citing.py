"""Citing a verse in a browser: the editor sees it while choosing it, and again after saving."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from hiwar.scripture import shown
from hiwar.scripture.canon import quran
from hiwar.scripture.reference import Reference
from tests.journeys.test_office import sign_in

VERSE = quran().verse(2, 256)


def add(guest, kind: str):
    """Add a block of `kind` below the others; returns its picker."""
    guest.page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    guest.page.get_by_role("option", name=kind, exact=True).click()
    return guest.page.locator("hiwar-scripture").last


def words(picker) -> str:
    return " ".join(picker.locator(".scripture-picker__text").inner_text().split())


def test_an_editor_sees_the_verse_while_choosing_it_and_marks_what_is_cut(site, visitor):
    with visitor() as guest:
        sign_in(guest, "author")
        guest.page.goto(f"/office/pages/add/library/articlepage/{site.places['ar']['articles']}/")
        guest.excused.add(guest.page.url)  # the office keeps drafts by itself, and half a form is refused
        guest.page.fill("#id_title", "آية في مقال")
        guest.page.fill("#id_summary", "ملخص.")

        # Given a verse block, what is typed is answered below it: first with a reason, then with the verse
        verse = add(guest, "Verse of the Quran")
        field, below = verse.locator("[name$=-reference]"), verse.locator("[data-shown]")
        field.fill("البقرة ٣٠٠")
        expect(below).to_contain_text("There is no verse 300 in Al-Baqarah")
        field.fill("سورة البقرة ٢٥٦")
        expect(below).to_contain_text("Al-Baqarah 2:256")
        assert words(verse) == "\ufd3f" + VERSE.text + "\ufd3e"
        face = verse.locator(".scripture-picker__text").evaluate("(each) => getComputedStyle(each).fontFamily")
        assert face.startswith('"Hiwar Quran"')
        guest.page.wait_for_function("() => document.fonts.check('20px \"Hiwar Quran\"', '\u0671')")
        assert any("hiwar-quran" in address for address in guest.requests)

        # and what is picked is written into the field
        expect(verse.locator("[data-sura]")).to_have_value("2")
        verse.locator("[data-sura]").select_option("109")
        verse.locator("[data-first]").fill("1")
        verse.locator("[data-last]").fill("3")
        expect(field).to_have_value("109:1-3")
        expect(below).to_contain_text("Al-Kafirun 109:1–3")

        # When the words that are cut are chosen in the verse itself, both fields hold their places
        cut = add(guest, "Misused verse")
        cut.locator("[name$=-reference]").fill("2:256")
        cut.locator("[data-word='5']").click()
        cut.locator("[data-word='9']").click()
        pressed = cut.locator("[data-word][aria-pressed=true]")
        expect(pressed).to_have_count(5)
        assert pressed.all_inner_texts() == list(shown.printed_words(VERSE)[4:9])
        for name, place in (("first_word", "5"), ("last_word", "9")):
            expect(guest.page.locator(f"[name$=-{name}]")).to_have_value(place)
        guest.page.locator("[data-contentpath=explanation] textarea").fill("الباقي تعليل لها.")
        guest.assert_accessible("hiwar-scripture")

        # Then the saved draft opens with the same verses in sight
        guest.page.get_by_role("button", name="Save draft").click()
        guest.page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
        first, second = guest.page.locator("hiwar-scripture").all()
        expect(first.locator("[name$=-reference]")).to_have_value("109:1-3")
        expect(first.locator("[data-shown]")).to_contain_text("Al-Kafirun 109:1–3")
        last = quran().passage(Reference.parse("109:1-3"))[-1]
        assert last.text in words(first)
        expect(second.locator("[data-word][aria-pressed=true]")).to_have_count(5)
