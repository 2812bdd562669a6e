"""An organisation chart as SVG: boxes by level, lines between them, drawn in the page's direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape

Node = tuple[str, str, str]  # key, key of the box above ('' at the top), title
WIDE, HIGH, GAP, RISE = 172, 76, 16, 56
LINE = 19  # letters in a line of a box


def tree(nodes: Sequence[Node]) -> list[dict[str, Any]]:
    """Nested dicts {title, children} in the order of `nodes`."""
    made: dict[str, dict[str, Any]] = {}
    top: list[dict[str, Any]] = []
    for key, parent, title in nodes:
        made[key] = {"key": key, "title": title, "children": []}
        (made[parent]["children"] if parent in made else top).append(made[key])
    return top


def svg(nodes: Sequence[Node], *, direction: str, title: str) -> str:
    """Markup of the chart; every text is escaped. The list behind it says the same to those who do not see it."""
    roots = tree(nodes)
    if not roots:
        return ""
    width = sum(_leaves(node) for node in roots) * (WIDE + GAP) - GAP
    levels = max(_depth(node) for node in roots)
    height = levels * (HIGH + RISE) - RISE
    parts: list[str] = []
    start = 0.0
    for node in roots:
        _draw(node, start, 0, width, direction == "rtl", parts)
        start += _leaves(node) * (WIDE + GAP)
    return (
        f'<svg class="orgchart" viewBox="-1 -1 {width + 2} {height + 2}" width="{width + 2}" height="{height + 2}" '
        f'role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def _leaves(node: dict[str, Any]) -> int:
    return sum(_leaves(child) for child in node["children"]) or 1


def _depth(node: dict[str, Any]) -> int:
    return 1 + max((_depth(child) for child in node["children"]), default=0)


def _draw(node: dict[str, Any], start: float, level: int, width: float, mirrored: bool, parts: list[str]) -> float:
    """Draw a box and what stands below it; returns the middle of the box."""
    span = _leaves(node) * (WIDE + GAP) - GAP
    inner = start
    middles = []
    for child in node["children"]:
        middles.append(_draw(child, inner, level + 1, width, mirrored, parts))
        inner += _leaves(child) * (WIDE + GAP)
    middle = (middles[0] + middles[-1]) / 2 if middles else start + span / 2

    def across(x: float) -> float:
        return width - x if mirrored else x

    top = level * (HIGH + RISE)
    for below in middles:
        bend = top + HIGH + RISE / 2
        parts.append(
            f'<path class="orgline" d="M{across(middle):g} {top + HIGH}V{bend:g}H{across(below):g}'
            f'V{top + HIGH + RISE}"/>'
        )
    edge = min(across(middle - WIDE / 2), across(middle + WIDE / 2))
    parts.append(f'<rect class="orgbox" x="{edge:g}" y="{top}" width="{WIDE}" height="{HIGH}" rx="3"/>')
    lines = _lines(node["title"])
    for number, line in enumerate(lines):
        y = top + HIGH / 2 + (number - (len(lines) - 1) / 2) * 22 + 6
        parts.append(
            f'<text class="orgtext" x="{across(middle):g}" y="{y:g}" text-anchor="middle">{escape(line)}</text>'
        )
    return middle


def _lines(title: str) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        if lines and len(lines[-1]) + 1 + len(word) <= LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines[:3]
