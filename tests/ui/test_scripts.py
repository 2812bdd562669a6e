"""Scripts of public pages in a real browser: seeking, the façade, copying. Without them the page keeps its links."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api")

STATIC = Path(__file__).resolve().parents[2] / "hiwar" / "static" / "hiwar"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [pytest.mark.journey, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")]

VIDEO = """<!doctype html><html lang="ar" dir="rtl"><body>
<video class="player" controls></video>
<ol class="chapters"><li><a href="#t0" data-at="0">1</a></li><li><a href="#t22" data-at="22">2</a></li></ol>
<div class="said" id="t25"><a href="#t25" data-at="25">0:25</a></div></body></html>"""
FACADE = """<!doctype html><html lang="ar" dir="rtl"><body>
<a class="facade" href="https://video.invalid/1" data-embed="https://video.invalid/embed/1" data-title="T">play</a>
</body></html>"""
TOOLS = """<!doctype html><html lang="ar" dir="rtl"><body>
<button data-copy="/s/7K4Q" data-done="done" aria-describedby="copied" hidden>copy</button>
<button data-share="/s/7K4Q" hidden>share</button><span id="copied" role="status"></span></body></html>"""

CITED = """<!doctype html><html lang="ar" dir="rtl"><body><div class="verse"><blockquote data-copied>﴿<span>كلمات</span>
  بعدها&nbsp;<span>۝١</span>﴾</blockquote><details><blockquote>ما حولها</blockquote></details>
<div><button data-copies="[السورة: ١]" data-done="done" hidden>copy</button><span role="status"></span></div></div>
</body></html>"""


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser):
    """Opens a page with one of the scripts; every address but the page's own is recorded and refused."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.asked = []

    def answer(route):
        if route.request.url == "https://centre.invalid/":
            route.fulfill(body=page.markup, content_type="text/html; charset=utf-8")
        else:
            page.asked.append(route.request.url)
            route.abort()

    def show(markup: str, script: str):
        page.markup = markup
        page.route("**/*", answer)
        page.goto("https://centre.invalid/")
        page.add_script_tag(content=(STATIC / script).read_text("utf-8"))
        return page

    yield show
    context.close()


def test_times_seek_the_player_and_the_chapter_is_marked(opened):
    page = opened(VIDEO, "video.js")
    page.click(".said a")
    assert page.evaluate("document.querySelector('video').currentTime") == 25
    page.evaluate("document.querySelector('video').dispatchEvent(new Event('timeupdate'))")
    assert page.get_attribute(".chapters li:nth-child(2) a", "aria-current") == "true"
    assert page.get_attribute(".chapters li:nth-child(1) a", "aria-current") is None
    assert page.url == "https://centre.invalid/"


def test_outside_player_is_asked_for_by_the_click_alone(opened):
    page = opened(FACADE, "video.js")
    page.wait_for_timeout(100)
    assert page.asked == []
    page.click(".facade")
    frame = page.wait_for_selector("iframe")
    assert frame.get_attribute("src") == "https://video.invalid/embed/1"
    assert frame.get_attribute("title") == "T"
    page.wait_for_timeout(100)
    assert page.asked == ["https://video.invalid/embed/1"]


def test_copy_button_appears_copies_the_whole_address_and_says_so(opened):
    page = opened(TOOLS, "share.js")
    page.click("[data-copy]")
    page.wait_for_function("document.getElementById('copied').textContent === 'done'")
    assert page.evaluate("navigator.clipboard.readText()") == "https://centre.invalid/s/7K4Q"
    assert page.is_visible("[data-share]") == page.evaluate("Boolean(navigator.share)")


def test_scripture_is_copied_with_its_reference_and_without_what_stands_round_it(opened):
    page = opened(CITED, "copy.js")
    for _time in range(2):
        page.click("[data-copies]")
        page.wait_for_function("document.querySelector('[role=status]').textContent === 'done'")
    assert page.evaluate("navigator.clipboard.readText()") == "﴿كلمات بعدها ۝١﴾ [السورة: ١]"


def test_scripture_cannot_be_copied_where_the_browser_has_no_clipboard(opened):
    without = '<body><script>Object.defineProperty(navigator, "clipboard", {value: undefined})</script>'
    page = opened(CITED.replace("<body>", without), "copy.js")
    assert page.is_hidden("[data-copies]")
