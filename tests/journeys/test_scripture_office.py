"""A misquoted verse in a browser: typed, stopped, mended by one click, published, found from the verse, taken down."""

from __future__ import annotations

import re

from tests.journeys.test_office import open_actions, said, sign_in
from tests.library.quoting import ANNOUNCED, label, misquoted, quoted

TITLE = "مقال يقتبس آية"
SUMMARY = "ملخص يقرؤه الزائر في القوائم."
VERSE = "/ar/islamiyat/scripture/quran/2/256/"


def write(guest, section: str, words: str) -> str:
    """As author: title, summary and one text block that says `words`, saved as a draft. Returns the page's number."""
    guest.page.goto(f"/office/pages/add/library/articlepage/{section}/")
    guest.excused.add(guest.page.url)  # the draft is kept while one types, and refused until the summary is there
    guest.page.fill("#id_title", TITLE)
    guest.page.fill("#id_summary", SUMMARY)
    body = guest.page.locator("[data-contentpath=body]")
    body.locator(".c-sf-add-button").first.click()
    guest.page.get_by_role("option", name="Text", exact=True).click()
    body.locator("[contenteditable=true]").first.click()
    guest.page.keyboard.type(words)
    guest.page.wait_for_function(
        "(text) => [...document.querySelectorAll('[data-contentpath=body] input')].some("
        "each => each.value.startsWith('{') && JSON.parse(each.value).blocks[0].text === text)",
        arg=words,
    )
    guest.page.get_by_role("button", name="Save draft").click()
    guest.page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    return re.search(r"/pages/(\d+)/edit/", guest.page.url)[1]


def publish(guest, number: str) -> None:
    """Press “Publish” on the edit page of `number` and wait for what the office says."""
    guest.page.goto(f"/office/pages/{number}/edit/")
    open_actions(guest)
    guest.page.locator("button[name=action-publish]").click()
    guest.page.wait_for_selector(".messages li")


def listed(visitor, path: str = VERSE) -> bool:
    """Whether the page of the verse names the article to a reader who comes now."""
    with visitor() as guest:
        guest.open(path)
        return guest.page.locator("a[rel=bookmark]", has_text=TITLE).count() > 0


def test_a_misquoted_verse_is_stopped_mended_by_one_click_and_found_from_the_verse(site, visitor):
    # Given an author who types a verse with one word wrong
    wrong = f"{ANNOUNCED} {misquoted()}"
    with visitor() as guest:
        sign_in(guest, "author")
        number = write(guest, site.places["ar"]["articles"], wrong)
        # Then the draft is saved all the same, and the office says what differs
        panel = guest.page.locator("#quotations")
        assert label() in panel.inner_text()
        assert "Substituted word" in panel.inner_text()
        guest.assert_accessible("#quotations")

    # When a publisher presses “Publish”
    with visitor() as guest:
        sign_in(guest, "publisher")
        publish(guest, number)
        # Then it is stopped: the message names the verse, and the panel is in view with the difference marked
        assert "differs from the edition" in said(guest)
        assert label() in said(guest)
        assert guest.page.url.endswith(f"/pages/{number}/edit/#quotations")
        panel = guest.page.locator("#quotations")
        assert panel.evaluate(
            "e => { const b = e.getBoundingClientRect(); return b.top < innerHeight && b.bottom > 0; }"
        )
        assert panel.locator("del").count() == 1
        assert not listed(visitor)

        # When the publisher mends it by one click
        panel.get_by_role("button", name="Mend the quotation").click()
        guest.page.wait_for_selector(".messages li")
        assert "words of the edition" in said(guest)
        assert guest.page.locator("#quotations del").count() == 0
        editor = guest.page.locator("[data-contentpath=body] [contenteditable=true]").first
        assert quoted(last=12) in editor.inner_text()
        # and publishes
        publish(guest, number)
        assert "has been published" in said(guest)

    # Then the verse's page lists the item, and leads to it
    with visitor() as guest:
        guest.open(VERSE)
        guest.page.locator("a[rel=bookmark]", has_text=TITLE).first.click()
        guest.page.wait_for_url("**/ar/articles/**")
        assert quoted(last=12) in guest.page.locator("article").inner_text()
    # but not the page of a verse that it does not use
    assert not listed(visitor, "/ar/islamiyat/scripture/quran/2/255/")

    # When it is taken down
    with visitor() as guest:
        sign_in(guest, "publisher")
        guest.page.goto(f"/office/pages/{number}/unpublish/")
        guest.page.locator("main form [type=submit]").first.click()
        guest.page.wait_for_selector(".messages li")
    # Then the verse's page no longer lists it
    assert not listed(visitor)
