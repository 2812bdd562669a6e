"""A visitor in Debian's Chromium: opens pages, notes everything that went wrong, judges accessibility."""

from __future__ import annotations

import os
import shutil
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing outside is ever reached; a request to it still shows in the browser's list and fails the journey.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
DIRECTIONS = {"ar": "rtl", "en": "ltr"}


def chromium() -> str:
    """Path of the system's Chromium, '' without one; `CHROMIUM` names another."""
    named = os.environ.get("CHROMIUM", "")
    return next((found for name in (named, *NAMES) if name and (found := shutil.which(name))), "")


class Visitor:
    """One fresh browser profile. Leaving the `with` block closes it and, if all went well, asserts a clean visit."""

    def __init__(self, browser: Browser, address: str, *, width: int = 1280, height: int = 900, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, **options)
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(LISTEN)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.kinds: set[str] = set()
        self.complaints: list[str] = []
        self.excused: set[str] = set()
        self.context.on("request", self.note)
        self.context.on("response", self.check)
        self.context.on("console", self.hear)
        self.context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))

    def note(self, request: Any) -> None:
        """Keep every address asked for, and what for (document, media, texttrack, ...)."""
        self.requests.append(request.url)
        self.kinds.add(request.resource_type)

    def check(self, response: Any) -> None:
        """Keep what was asked for and not answered: a missing picture is a fault even where no one would see it."""
        if response.status >= 400 and response.url not in self.excused:
            self.complaints.append(f"{response.status}: {response.url}")

    def hear(self, message: Any) -> None:
        """Keep the console's errors and warnings, but not the browser's own line about a page that is rightly a 404."""
        if message.type in ("error", "warning") and message.location.get("url") not in self.excused:
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def __enter__(self) -> Visitor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.assert_clean()
        finally:
            self.context.close()

    def open(self, path: str, *, status: int = 200) -> Response:
        """Go to `path` and wait until everything it asks for has come; asserts the status."""
        if status != 200:
            self.excused.add(urljoin(self.address, path))
        response = self.page.goto(path, wait_until="load")
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        return response

    @property
    def path(self) -> str:
        """Where the visitor is, root-relative and percent-encoded."""
        return urlsplit(self.page.url).path

    def outside(self) -> list[str]:
        """Requests that went to another origin than the site's."""
        own = (self.address + "/", "data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith(own)]

    def assert_clean(self) -> None:
        """Nothing asked of others, no console error or warning, no violation of the page's own policy."""
        assert self.outside() == []
        assert self.page.evaluate("window.violations ?? []") == []
        assert self.complaints == []

    def assert_accessible(self, context: Any = None) -> None:
        """axe finds nothing on the page as it is shown now."""
        results = Axe().run(
            self.page,
            context=context,
            options={"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}},
        )
        found = [
            f"{rule['id']} ({rule['impact']}): {rule['help']}\n    "
            + "\n    ".join(f"{node['target']}: {node['failureSummary'][:300]}" for node in rule["nodes"][:4])
            for rule in results.response["violations"]
        ]
        assert not found, f"axe on {self.page.url}:\n" + "\n".join(found)
        # A run that looked at nothing would also find nothing.
        assert len(results.response["passes"]) > 10, f"axe judged too little on {self.page.url}"

    def assert_fits(self, *widths: int) -> None:
        """No sideways scrolling at any of `widths` (CSS pixels)."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} is {wide} px wide in a window of {width}: {self.widest(width)}"

    def widest(self, width: int) -> list[str]:
        """What stands out of a window of `width`, for the message."""
        return self.page.evaluate(
            """(width) => [...document.querySelectorAll("body *")].filter((each) => {
              const box = each.getBoundingClientRect();
              return box.width && (box.right > width + 1 || box.left < -1);
            }).slice(0, 5).map((each) => each.tagName + "." + each.className)""",
            width,
        )

    def assert_language(self, code: str) -> None:
        """`<html lang dir>` are those of `code`, quoted, in the source itself."""
        root = self.page.locator("html")
        assert (root.get_attribute("lang"), root.get_attribute("dir")) == (code, DIRECTIONS[code])
        assert self.page.evaluate("getComputedStyle(document.body).direction") == DIRECTIONS[code]

    def focused(self) -> dict[str, Any]:
        """What has the focus, and how it shows."""
        return self.page.evaluate(
            """() => {
              const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
              return {tag: here.tagName, text: here.innerText?.trim() ?? "", href: here.getAttribute("href"),
                      outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
                      seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
                            && box.right > 0 && box.left < innerWidth};
            }"""
        )

    def press_until(self, wanted: Any, *, key: str = "Tab", limit: int = 80) -> dict[str, Any]:
        """Press `key` until `wanted(focus)`; every stop on the way must be visible and have an outline."""
        for _ in range(limit):
            self.page.keyboard.press(key)
            focus = self.focused()
            assert focus["tag"] != "BODY", "the focus was lost"
            assert focus["seen"], f"the focus is out of sight: {focus}"
            # Inside a player the stops are the browser's own controls, which draw their own ring.
            assert focus["outline"] >= 2 or focus["tag"] == "VIDEO", f"the focus does not show: {focus}"
            if wanted(focus):
                return focus
        raise AssertionError(f"not reached in {limit} presses of {key}")
