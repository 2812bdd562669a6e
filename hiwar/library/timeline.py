"""A timeline as SVG, drawn on the server in the page's direction: a scale of years in both calendars, and marks that
are links, in lanes so that no label lies on another. The list behind it holds the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hiwar.arabic import history
from hiwar.arabic.digits import to_arabic_indic
from hiwar.arabic.direction import base_language, direction
from hiwar.arabic.history import EventDate

MOST = 200
"""Marks on one drawing."""

# In units of the drawing, which are pixels where it is not scaled up.
SCALE, WIDER, WIDEST = 820, 24, 2600
EDGE, AXIS, LANE, GAP = 28, 56, 36, 20
LETTER = 8.8  # more than a letter of the label's face takes on average, so that lanes err on the side of room
LONGEST = 34  # letters of a title
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)
TICKS = 10


@dataclass(frozen=True)
class Mark:
    """An event on the line. `name` is its title, `when` its date."""

    name: str
    path: str
    when: EventDate


@dataclass(frozen=True)
class Placed:
    """A mark with its place: years it spans, then units of the drawing, from the line's beginning."""

    mark: Mark
    start: float
    end: float
    lane: int
    words: str
    year: str


def span(when: EventDate) -> tuple[float, float]:
    """First and last moment, in years, of when it happened: the same but for a decade and a century."""
    if when.precision == "century":
        first = (when.year - 1) // 100 * 100 + 1
        return first, first + 100
    if when.precision == "decade":
        first = when.year // 10 * 10
        return first, first + 10
    moment = float(when.year)
    if when.precision in ("day", "month") and when.month:
        moment += (when.month - 1) / 12 + ((when.day or 1) - 1) / 366 * (when.precision == "day")
    return moment, moment


def svg(marks: Sequence[Mark], *, language: str, title: str) -> SafeString:
    """Markup of the drawing, named `title`; "" without marks. Every text is escaped. Raises ValueError beyond MOST."""
    if len(marks) > MOST:
        raise ValueError(f"{len(marks)} marks on one drawing: {MOST} are the most")
    if not marks:
        return SafeString("")
    first, last, step = _range([span(mark.when) for mark in marks])
    length = min(WIDEST, max(SCALE, WIDER * len(marks)))

    def at(year: float) -> float:
        return EDGE + (year - first) / (last - first) * length

    placed = _in_lanes(marks, at, language)
    width = ceil(max(EDGE + length, *(_reach(each) for each in placed)) + EDGE)
    height = AXIS + (max(each.lane for each in placed) + 1) * LANE + GAP
    mirrored = direction(language) == "rtl"

    def across(x: float) -> str:
        return f"{width - x if mirrored else x:g}"

    years = range(first, last + 1, step)
    ticks = format_html_join("", "{}", ((_tick(year, at(year), across, height, language),) for year in years))
    drawn = format_html_join("", "{}", ((_drawn(each, across, language, mirrored),) for each in placed))
    return format_html(
        '<svg class="tl" viewBox="0 0 {} {}" width="{}" height="{}" direction="{}" role="group" aria-label="{}">'
        '<path class="tl-axis" d="M0 {}H{}"/>{}{}</svg>',
        *(width, height, width, height, "rtl" if mirrored else "ltr", title, AXIS, width, ticks, drawn),
    )


def _range(spans: Sequence[tuple[float, float]]) -> tuple[int, int, int]:
    """First and last year of the scale, and the years between two ticks."""
    low, high = min(start for start, _end in spans), max(end for _start, end in spans)
    step = next((step for step in STEPS if (high - low) / step <= TICKS - 2), STEPS[-1])
    first, last = floor(low / step) * step, ceil(high / step) * step
    return (first, last, step) if last > first else (first - step, first + step, step)


def _in_lanes(marks: Sequence[Mark], at: Callable[[float], float], language: str) -> list[Placed]:
    """Each mark in the first lane in which nothing reaches to where it begins."""
    lanes: list[float] = []
    found: list[Placed] = []
    for mark in sorted(marks, key=lambda each: (span(each.when), each.name)):
        start, end = (at(year) for year in span(mark.when))
        place = Placed(mark, start, end, 0, _shortened(mark.name), history.short(mark.when, language))
        lane = next((n for n, reached in enumerate(lanes) if reached <= start), len(lanes))
        if lane == len(lanes):
            lanes.append(0)
        lanes[lane] = _reach(place) + GAP
        found.append(Placed(mark, start, end, lane, place.words, place.year))
    return found


def _reach(place: Placed) -> float:
    """Where the label of a mark ends at the latest."""
    return place.end + 14 + (len(place.words) + len(place.year) + 1) * LETTER


def _shortened(title: str) -> str:
    if len(title) <= LONGEST:
        return title
    return title[:LONGEST].rpartition(" ")[0].rstrip("،,:؛;–- ") + "…"


def _year(year: int, language: str) -> str:
    return to_arabic_indic(f"{year} م") if base_language(language) == "ar" else f"{year} CE"


def _hijri_year(year: int, language: str) -> str:
    """The year AH in which a year CE begins; "" before the Hijra."""
    first, _last = history.hijri_years(year)
    if first < 1:
        return ""
    return to_arabic_indic(f"{first} هـ") if base_language(language) == "ar" else f"{first} AH"


def _tick(year: int, x: float, across: Callable[[float], str], height: int, language: str) -> SafeString:
    place = across(x)
    return format_html(
        '<path class="tl-grid" d="M{} {}V{}"/><text class="tl-tick" x="{}" y="20" text-anchor="middle">{}</text>'
        '<text class="tl-tick tl-hijri" x="{}" y="42" text-anchor="middle">{}</text>',
        *(place, AXIS, height, place, _year(year, language), place, _hijri_year(year, language)),
    )


def _drawn(place: Placed, across: Callable[[float], str], language: str, mirrored: bool) -> SafeString:
    y = AXIS + place.lane * LANE + LANE / 2 + 6
    edge = across(place.end if mirrored else place.start)
    if place.end > place.start:
        shape = format_html(
            '<rect class="tl-span" x="{}" y="{}" width="{}" height="10" rx="5"/>',
            edge,
            f"{y - 5:g}",
            f"{place.end - place.start:g}",
        )
    else:
        about = " tl-about" if place.mark.when.precision == "about" else ""
        shape = format_html('<circle class="tl-mark{}" cx="{}" cy="{}" r="6"/>', about, edge, f"{y:g}")
    return format_html(
        '<a href="{}"><title>{} ({})</title>{}<text class="tl-label" x="{}" y="{}"><tspan class="tl-year">{}</tspan> {}'
        "</text></a>",
        place.mark.path,
        place.mark.name,
        history.label(place.mark.when, language),
        shape,
        across(place.end + 14),
        f"{y + 5:g}",
        place.year,
        place.words,
    )
