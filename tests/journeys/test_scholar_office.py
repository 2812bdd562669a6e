"""A fatwa in a browser: written, signed by a Scholar, published, corrected with a word to the reader."""

from __future__ import annotations

import re

from tests.journeys.test_office import approve, open_actions, said, sign_in

TITLE = "فتوى كتبها محرر"
NOTE = "صُحِّح لفظ في الحكم."
LIST = "/ar/corrections/"


def fatwas(site) -> str:
    """Number of the Arabic list of fatwas in the tree."""
    code = "from wagtail.models import Page; print(Page.objects.get(url_path='/ar/islamiyat/fatwas/').pk)"
    return site.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1]


def submit(guest) -> None:
    open_actions(guest)
    guest.page.locator("button[name=action-submit]").click()
    guest.page.wait_for_selector(".messages")


def write(guest, section: str) -> str:
    """As author: what a fatwa needs, off to the Scholar. Returns the page's number."""
    guest.page.goto(f"/office/pages/add/library/fatwapage/{section}/")
    guest.excused.add(guest.page.url)  # the draft is kept while one types, and refused until all is there
    guest.page.fill("#id_title", TITLE)
    guest.page.fill("#id_summary", "ما تجيب عنه الفتوى.")
    guest.page.fill("#id_question", "ما السؤال؟")
    guest.page.fill("#id_ruling", "هذا هو الحكم.")
    guest.page.locator("#id_issuing_body-chooser [data-chooser-action-choose]").first.click()
    guest.page.locator("a[data-chooser-modal-choice]").first.click()
    guest.page.wait_for_function("() => document.querySelector('#id_issuing_body').value !== ''")
    submit(guest)
    link = guest.page.locator(".messages a[href*='/edit/']").first.get_attribute("href")
    return re.search(r"/pages/(\d+)/edit/", link)[1]


def listed(visitor, path: str, text: str) -> bool:
    """Whether somebody who comes now reads `text` at `path`."""
    with visitor() as guest:
        guest.open(path)
        guest.assert_accessible()
        return text in guest.page.locator("main").inner_text()


def test_a_fatwa_is_signed_published_and_corrected_in_public(site, visitor):
    # Given an author who writes a fatwa and sends it on
    with visitor() as guest:
        sign_in(guest, "author")
        number = write(guest, fatwas(site))
        # Then the author is not offered to approve it
        guest.page.goto(f"/office/pages/{number}/edit/")
        assert "Nobody has signed the newest version" in guest.page.locator("main").inner_text()
        assert guest.page.get_by_role("button", name="Approve").count() == 0
        assert guest.page.locator("a[href*='/scholar/']").count() == 0

    # When a Scholar approves, it is signed and not yet shown
    with visitor() as guest:
        sign_in(guest, "scholar")
        approve(guest, number)
        guest.page.goto(f"/office/pages/{number}/history/")
        assert "approved by a Scholar" in guest.page.locator("main").inner_text()
    assert not listed(visitor, "/ar/islamiyat/fatwas/", TITLE)
    # When a publisher approves, it is
    with visitor() as guest:
        sign_in(guest, "publisher")
        approve(guest, number)
    assert listed(visitor, "/ar/islamiyat/fatwas/", TITLE)

    # When the author changes it and sends it on without a word
    with visitor() as guest:
        sign_in(guest, "author")
        guest.page.goto(f"/office/pages/{number}/edit/")
        guest.page.fill("#id_ruling", "هذا هو الحكم بعد تصويبه.")
        submit(guest)
        # Then the office asks what was changed, and has kept what was typed
        assert "What was changed?" in guest.page.locator("main").inner_text()
        assert guest.page.input_value("#id_ruling") == "هذا هو الحكم بعد تصويبه."
        guest.page.get_by_label("Correction: something was wrong").check()
        guest.page.fill("#id_change_note", NOTE)
        submit(guest)
        assert "submitted for moderation" in said(guest)
    assert not listed(visitor, LIST, NOTE)

    # When a Scholar signs and a publisher publishes the correction
    for role in ("scholar", "publisher"):
        with visitor() as guest:
            sign_in(guest, role)
            approve(guest, number)
    # Then readers are told, once, on the list of corrections and below the item
    with visitor() as guest:
        guest.open(LIST)
        assert guest.page.locator("main").inner_text().count(NOTE) == 1
        guest.page.locator("a[rel=bookmark]", has_text=TITLE).first.click()
        guest.page.wait_for_url("**/islamiyat/fatwas/**")
        assert NOTE in guest.page.locator("main").inner_text()
        assert "بعد تصويبه" in guest.page.locator("main").inner_text()
