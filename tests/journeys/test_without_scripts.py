"""JavaScript off: pages read, the menu folds, the language changes, videos play."""

from __future__ import annotations

from urllib.parse import quote

import pytest

NAMES = ("article", "video", "outside", "press_release", "news", "event")


@pytest.mark.parametrize("code", ["ar", "en"])
def test_pages_read_without_scripts(site, visitor, code):
    with visitor(java_script_enabled=False) as guest:
        for path in [f"/{code}/", f"/{code}/articles/", *(site.places[code][name] for name in NAMES)]:
            guest.open(path)
            words = guest.page.locator("main").inner_text()
            assert len(words) > 200, f"{path} says little: {words}"
            # Nothing is offered that cannot work
            assert guest.page.locator("main button:visible").count() == 0, path


def test_menu_folds_and_language_switches_without_scripts(site, visitor):
    with visitor(width=390, java_script_enabled=False) as guest:
        guest.open(site.places["ar"]["article"])
        entry = guest.page.locator(".nav-fold a").first
        assert not entry.is_visible()
        guest.page.locator(".nav-fold summary").click()
        assert entry.is_visible()
        guest.page.locator(".utilities a[hreflang=en]").click()
        guest.page.wait_for_url("**/en/**")
        assert guest.path == quote(site.places["en"]["article"])
        guest.assert_language("en")


def test_missing_translation_is_said_and_the_item_offered_without_scripts(site, visitor):
    with visitor(java_script_enabled=False) as guest:
        # Given an article that exists in Arabic alone
        guest.open("/ar/articles/alone/")
        # When English is asked for
        guest.page.locator(".utilities a[hreflang=en]").click()
        guest.page.wait_for_url("**/en/item/**")
        # Then an English page says so and offers the Arabic text under its own language
        guest.assert_language("en")
        offer = guest.page.locator("main a[hreflang=ar]").first
        assert offer.get_attribute("href") == "/ar/articles/alone/"
        offer.click()
        guest.page.wait_for_url("**/ar/articles/alone/")


def test_video_plays_natively_without_scripts(site, visitor):
    with visitor(java_script_enabled=False, width=390) as guest:
        guest.open(site.places["ar"]["video"])
        player = guest.page.locator("video.player")
        assert player.get_attribute("controls") is not None
        # When the browser's own control is used
        player.focus()
        guest.page.keyboard.press("Space")
        # Then pictures move
        for _ in range(50):
            guest.page.wait_for_timeout(200)
            if (now := player.evaluate("player => player.currentTime")) > 0.3:
                break
        assert now > 0.3
        assert player.evaluate("player => player.videoWidth") > 0
        # And a chapter leads to its words in the transcript
        target = guest.page.locator(".chapters a").nth(1).get_attribute("href")
        assert target.startswith("#t")
        assert guest.page.locator(f"[id='{target[1:]}']").is_visible()


def test_outside_video_is_a_plain_link_without_scripts(site, visitor):
    with visitor(java_script_enabled=False) as guest:
        guest.open(site.places["ar"]["outside"])
        link = guest.page.locator("a.facade")
        assert link.get_attribute("href") == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
        assert "noopener" in link.get_attribute("rel")
