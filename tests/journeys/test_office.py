"""The editors' way in a browser: write in Arabic, review, publish, translate side by side; visitors see both."""

from __future__ import annotations

import re
from urllib.parse import unquote

from playwright.sync_api import expect

from tests.journeys.installation import PASSWORD

TITLE = "رسالة من محرر إلى قارئ"
SUMMARY = "ملخص يقرؤه الزائر في القوائم."
TEXT = "هذه كلمات كتبها المحرر في المتصفح ليقرأها الزائر."
ENGLISH = {
    TITLE: "A letter from an editor to a reader",
    SUMMARY: "A summary that a visitor reads in lists.",
    TEXT: "These words were written by the editor in a browser for the visitor to read.",
}


def sign_in(guest, role: str) -> None:
    """Sign in as one of the demonstration's people, in English, and land in the office."""
    guest.open("/office/account/login/?language=en")
    guest.page.fill("input[name=login]", f"{role}@demo.invalid")
    guest.page.fill("input[name=password]", PASSWORD)
    guest.page.get_by_role("button", name="Sign in", exact=True).click()
    guest.page.wait_for_url("**/office/")


def open_actions(guest) -> None:
    guest.page.get_by_role("button", name="More actions").click()


def said(guest) -> str:
    """What the office tells after an act."""
    return guest.page.locator(".messages").inner_text()


def write_article(guest, section: str) -> str:
    """As author: title, summary, one text block, off to review. Returns the page's number."""
    guest.page.goto(f"/office/pages/add/library/articlepage/{section}/")
    # Wagtail keeps the draft while one types and answers 400 as long as a required field is empty; whether that
    # moment comes before the summary is typed is a matter of speed. The submission itself is judged below.
    guest.excused.add(guest.page.url)
    guest.page.fill("#id_title", TITLE)
    guest.page.fill("#id_summary", SUMMARY)
    body = guest.page.locator("[data-contentpath=body]")
    body.locator(".c-sf-add-button").first.click()
    guest.page.get_by_role("option", name="Text", exact=True).click()
    body.locator("[contenteditable=true]").first.click()
    guest.page.keyboard.type(TEXT)
    # The editor hands its text to the form some moments after the last key.
    guest.page.wait_for_function(
        "(text) => [...document.querySelectorAll('[data-contentpath=body] input')].some("
        "each => each.value.startsWith('{') && JSON.parse(each.value).blocks[0].text === text)",
        arg=TEXT,
    )
    open_actions(guest)
    assert guest.page.locator("button[name=action-publish]").count() == 0, "an author may not publish"
    guest.page.locator("button[name=action-submit]").click()
    guest.page.wait_for_selector(".messages a[href*='/edit/']")
    link = guest.page.locator(".messages a[href*='/edit/']").first.get_attribute("href")
    return re.search(r"/pages/(\d+)/edit/", link)[1]


def approve(guest, number: str) -> None:
    """Take the next task from the desk's own list and approve it as it stands."""
    guest.page.locator(f"main a[href*='/pages/{number}/edit/']").first.click()
    guest.page.wait_for_url(f"**/pages/{number}/edit/**")
    open_actions(guest)
    guest.page.get_by_role("button", name="Approve", exact=True).click()
    guest.page.wait_for_selector(".messages")
    assert "has been updated" in said(guest) or "published" in said(guest).lower()


def translate(guest, number: str) -> str:
    """As translator: ask for English and fill every segment beside its Arabic text. Returns the new page's number."""
    guest.page.goto(f"/office/localize/submit/page/{number}/")
    guest.page.locator("main form input[name=locales]").last.check()
    guest.page.locator("main form [type=submit]").last.click()
    editor = guest.page.locator(".js-translation-editor")
    editor.get_by_role("button", name="Translate", exact=True).first.wait_for()
    for arabic, english in ENGLISH.items():
        assert arabic in editor.inner_text()
        left = editor.get_by_role("button", name="Translate", exact=True).count()
        editor.get_by_role("button", name="Translate", exact=True).first.click()
        editor.locator("textarea").first.click()
        guest.page.keyboard.type(english)
        editor.get_by_role("button", name="Save", exact=True).click()
        editor.get_by_text(english).wait_for()
        expect(editor.get_by_role("button", name="Translate", exact=True)).to_have_count(left - 1)
    assert editor.get_by_role("button", name="Publish in English").count() == 0, "a translator may not publish"
    return re.search(r"/pages/(\d+)/edit/", guest.page.url)[1]


def bookmark(guest, title: str) -> str | None:
    """Address of the item called `title` in the list that is open; None when it is not listed."""
    link = guest.page.locator("a[rel=bookmark]", has_text=title)
    return link.get_attribute("href") if link.count() else None


def test_article_goes_from_an_author_through_review_to_readers_of_both_languages(site, visitor):
    # Given an author who writes an article and sends it to review
    with visitor() as guest:
        sign_in(guest, "author")
        arabic = write_article(guest, site.places["ar"]["articles"])
    # Then nobody outside sees it yet
    with visitor() as guest:
        guest.open("/ar/articles/")
        assert bookmark(guest, TITLE) is None

    # When a reviewer approves, it is still not shown; when a publisher approves, it is
    with visitor() as guest:
        sign_in(guest, "reviewer")
        approve(guest, arabic)
        guest.open("/ar/articles/")
        assert bookmark(guest, TITLE) is None
    with visitor() as guest:
        sign_in(guest, "publisher")
        approve(guest, arabic)
    with visitor() as guest:
        guest.open("/ar/articles/")
        shown = bookmark(guest, TITLE)
        assert shown is not None
        guest.open(shown)
        assert TEXT in guest.page.locator("article").inner_text()
        # and its English page says honestly that there is none yet
        guest.page.locator(".utilities a[hreflang=en]").click()
        guest.page.wait_for_url("**/en/item/**")
        assert guest.page.locator("main a[hreflang=ar]").first.get_attribute("href") == shown

    # When a translator writes the English side by side, and a publisher publishes it
    with visitor() as guest:
        sign_in(guest, "translator")
        english = translate(guest, arabic)
        guest.open("/en/articles/")
        assert bookmark(guest, ENGLISH[TITLE]) is None
    with visitor() as guest:
        sign_in(guest, "publisher")
        guest.page.goto(f"/office/pages/{english}/edit/")
        guest.page.get_by_role("button", name="Publish in English").click()
        guest.page.wait_for_selector(".messages")
        assert "Published" in said(guest)

    # Then visitors read both, and the switch joins them both ways; no visitor was given a cookie
    with visitor() as guest:
        guest.open(shown)
        guest.page.locator(".utilities a[hreflang=en]").click()
        guest.page.wait_for_url("**/en/articles/**")
        guest.assert_language("en")
        assert guest.page.locator("h1").inner_text() == ENGLISH[TITLE]
        assert ENGLISH[TEXT] in guest.page.locator("article").inner_text()
        guest.assert_accessible()
        guest.page.locator(".utilities a[hreflang=ar]").click()
        guest.page.wait_for_url("**/ar/articles/**")
        assert unquote(guest.path) == unquote(shown)
        assert guest.context.cookies() == []


def test_wrong_password_is_refused_in_words(visitor):
    for code in ("ar", "en"):
        with visitor() as guest:
            guest.open(f"/office/account/login/?language={code}")
            guest.page.fill("input[name=login]", "author@demo.invalid")
            guest.page.fill("input[name=password]", "not-the-password")
            guest.page.locator("main form button[type=submit]").first.click()
            guest.page.wait_for_load_state()
            # Then the page stays, says why, keeps the address typed, and is still accessible
            assert guest.path.startswith("/office/account/login/")
            assert guest.page.input_value("input[name=login]") == "author@demo.invalid"
            guest.assert_language(code)
            guest.assert_accessible()
            assert guest.page.locator("[class*=error], [role=alert], .sign-in__messages").first.is_visible()


def test_office_is_shut_to_whoever_has_not_signed_in(visitor):
    with visitor() as guest:
        guest.open("/office/")
        assert guest.path == "/office/account/login/"
        guest.open("/office/pages/")
        assert guest.path == "/office/account/login/"
