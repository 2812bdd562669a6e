"""Videos: nothing before the click, captions in both languages, chapters that seek, an outside player on demand."""

from __future__ import annotations

import pytest

NOW = "document.querySelector('video').currentTime"
EMBED = "https://www.youtube-nocookie.com/embed/aaaaaaaaaaa"


@pytest.mark.parametrize("code", ["ar", "en"])
def test_nothing_of_the_film_is_fetched_before_it_is_played(site, visitor, code):
    with visitor() as guest:
        # Given a page with a video of our own
        guest.open(site.places[code]["video"])
        guest.page.wait_for_timeout(500)
        # Then the poster alone has been fetched and nothing plays by itself
        assert "media" not in guest.kinds
        assert guest.page.evaluate("document.querySelector('video').paused")
        # When it is played
        guest.page.evaluate("document.querySelector('video').play()")
        guest.page.wait_for_function(f"() => {NOW} > 0.3")
        # Then the film comes, from here
        assert "media" in guest.kinds


@pytest.mark.parametrize("code", ["ar", "en"])
def test_captions_are_there_in_both_languages_and_the_page_own_is_on(site, visitor, code):
    with visitor() as guest:
        guest.open(site.places[code]["video"])
        tracks = guest.page.locator("video track")
        assert sorted(tracks.evaluate_all("all => all.map(each => each.srclang)")) == ["ar", "en"]
        assert tracks.evaluate_all("all => all.filter(each => each.default).map(each => each.srclang)") == [code]
        guest.page.evaluate("for (const track of document.querySelector('video').textTracks) track.mode = 'hidden'")
        guest.page.evaluate("document.querySelector('video').play()")
        # Each is a list of cues the browser understood
        guest.page.wait_for_function(
            "() => [...document.querySelector('video').textTracks].every(track => track.cues && track.cues.length > 2)"
        )
        letters = guest.page.evaluate(
            "Object.fromEntries([...document.querySelector('video').textTracks].map(t => [t.language, t.cues[0].text]))"
        )
        assert any("\u0600" <= letter <= "\u06ff" for letter in letters["ar"])
        assert letters["en"].isascii() or "\u2019" in letters["en"] or "\u201c" in letters["en"]


@pytest.mark.parametrize("code", ["ar", "en"])
def test_a_chapter_seeks(site, visitor, code):
    with visitor() as guest:
        guest.open(site.places[code]["video"])
        chapter = guest.page.locator(".chapters a").nth(1)
        at = float(chapter.get_attribute("data-at"))
        assert at > 0
        # When the second chapter is chosen
        chapter.click()
        # Then the film goes on from there, the chapter is marked, and the page stays
        guest.page.wait_for_function(f"() => {NOW} >= {at} && !document.querySelector('video').seeking")
        assert guest.page.evaluate(NOW) < at + 8
        guest.page.wait_for_selector(".chapters li:nth-child(2) a[aria-current=true]")
        assert "#" not in guest.page.url


def test_a_line_of_the_transcript_seeks(site, visitor):
    with visitor() as guest:
        guest.open(site.places["ar"]["video"])
        line = guest.page.locator(".transcript [data-at]").nth(2)
        at = float(line.get_attribute("data-at"))
        line.click()
        guest.page.wait_for_function(f"() => {NOW} >= {at}")


@pytest.mark.parametrize("code", ["ar", "en"])
def test_outside_player_is_asked_for_by_the_click_alone(site, visitor, code):
    with visitor() as guest:
        # Given a page with a video that lies elsewhere
        guest.open(site.places[code]["outside"])
        guest.page.wait_for_timeout(500)
        # Then nothing was asked of anybody else, nor is a connection prepared
        guest.assert_clean()
        assert guest.page.locator("link[rel=preconnect], link[rel=dns-prefetch]").count() == 0
        # When the visitor plays it
        guest.page.locator("a.facade").click()
        frame = guest.page.wait_for_selector("iframe")
        assert frame.get_attribute("src").startswith(EMBED)
        assert frame.get_attribute("title")
        guest.page.wait_for_timeout(300)
        # Then the player's address alone is asked for, and the page's policy lets it
        assert [url for url in guest.outside() if not url.startswith(EMBED)] == []
        assert guest.outside() != []
        assert guest.page.evaluate("window.violations") == []
        # The player cannot be reached from here; the browser says so in its console.
        guest.requests.clear()
        guest.complaints[:] = [line for line in guest.complaints if EMBED not in line]
        guest.page.goto("about:blank")
