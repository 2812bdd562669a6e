"""Other ways of seeing: print, forced colours, no motion; and right-to-left order as the eye meets it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

NAMES = ("article", "video", "event")


def shown(guest) -> Image.Image:
    """The window as it is painted now."""
    return Image.open(io.BytesIO(guest.page.screenshot())).convert("L")


def assert_not_blank(image: Image.Image) -> None:
    """Paint of at least two kinds, neither of them a speck."""
    counts = sorted((count for count, _tone in image.getcolors(256)), reverse=True)
    assert len(counts) > 10
    assert sum(counts[1:]) > 0.01 * image.width * image.height


def boxes(guest, selector: str) -> list[dict[str, float]]:
    return guest.page.eval_on_selector_all(
        selector,
        "all => all.map(each => each.getBoundingClientRect().toJSON())",
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", ["ar", "en"])
def test_print_sheet_holds_the_text_and_no_furniture(site, visitor, code, name):
    with visitor() as guest:
        guest.open(site.places[code][name])
        title = guest.page.locator("h1").inner_text()
        guest.page.emulate_media(media="print")
        assert_not_blank(shown(guest))
        assert guest.page.locator("h1").is_visible()
        assert title
        for part in (".site-nav", ".nav-fold", ".site-footer", ".tools", ".utilities"):
            assert guest.page.locator(f"{part}:visible").count() == 0, f"{part} is printed"
        ink, paper = guest.page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        )
        assert ink != paper
        assert len(guest.page.pdf()) > 10_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", ["ar", "en"])
def test_forced_colours_leave_a_page_with_edges_and_focus(site, visitor, code, scheme):
    with visitor(forced_colors="active", color_scheme=scheme, reduced_motion="reduce") as guest:
        for path in (f"/{code}/", site.places[code]["video"]):
            guest.open(path)
            assert guest.page.evaluate("matchMedia('(forced-colors: active)').matches")
            assert_not_blank(shown(guest))
            guest.press_until(lambda focus: focus["href"] == f"/{code}/")


def test_whoever_wants_no_motion_gets_none(site, visitor):
    with visitor(reduced_motion="reduce") as guest:
        guest.open(site.places["ar"]["article"])
        moving = guest.page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((each) => {
              const style = getComputedStyle(each);
              return style.animationName !== "none" || style.scrollBehavior === "smooth"
                || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
            }).map((each) => each.tagName + "." + each.className)"""
        )
        assert moving == []
        assert guest.page.evaluate("document.getAnimations().length") == 0
        assert_not_blank(shown(guest))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_scheme_of_the_device_is_followed(visitor, scheme):
    with visitor(color_scheme=scheme) as guest:
        guest.open("/ar/articles/")
        image = shown(guest)
        assert_not_blank(image)
        background = max(image.getcolors(256))[1]
        assert background > 200 if scheme == "light" else background < 60


@pytest.mark.parametrize("code", ["ar", "en"])
def test_trail_and_mark_begin_where_reading_begins(site, visitor, code):
    with visitor() as guest:
        guest.open(site.places[code]["article"])
        trail = boxes(guest, ".crumbs li")
        assert len(trail) >= 3
        line = [box for box in trail if box["top"] == trail[0]["top"]]
        assert len(line) >= 2
        starts = [box["left"] for box in line]
        assert starts == sorted(starts, reverse=code == "ar")
        brand, switch = boxes(guest, ".site-header .brand")[0], boxes(guest, ".utilities a")[0]
        assert (brand["left"] > switch["right"]) if code == "ar" else (brand["right"] < switch["left"])


@pytest.mark.parametrize("code", ["ar", "en"])
def test_arrow_to_the_next_page_points_onward(visitor, code):
    with visitor() as guest:
        guest.open(f"/{code}/news/")
        onward, numbers = boxes(guest, ".pagination a[rel=next]")[0], boxes(guest, ".pagination ol")[0]
        arrow = boxes(guest, ".pagination a[rel=next] svg")[0]
        mirrored = guest.page.eval_on_selector(
            ".pagination a[rel=next] svg", "each => new DOMMatrix(getComputedStyle(each).transform).a"
        )
        if code == "ar":
            # The drawing points right; mirrored it points left, and stands at the left end of its link.
            assert mirrored == -1
            assert onward["right"] <= numbers["left"]
            assert arrow["left"] - onward["left"] < onward["right"] - arrow["right"]
        else:
            assert mirrored == 1
            assert onward["left"] >= numbers["right"]
            assert onward["right"] - arrow["right"] < arrow["left"] - onward["left"]
        # And it does lead on, while the page before leads back
        guest.page.locator(".pagination a[rel=next]").click()
        guest.page.wait_for_url("**?page=2")
        assert guest.page.locator(".pagination a[rel=prev]").get_attribute("href") == f"/{code}/news/"
