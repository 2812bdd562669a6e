"""Panels: how an upper room adds a part to a page that belongs to a lower room.

A lower room's template names a place (`{% panels "states.state" %}`); an upper room registers a renderer for it when
Django starts (`AppConfig.ready`). The lower room never learns who answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString

Render = Callable[[Mapping[str, Any]], SafeString | str]

_places: dict[str, list[tuple[int, str, Render]]] = {}


def register(place: str, order: int, render: Render) -> None:
    """Show `render` at `place`, lower `order` first.

    `render` takes the page's context (a mapping) and gives markup, escaped unless it is marked safe, or "" for nothing.
    Registering the same function twice at one place changes nothing but its order.
    """
    name = f"{render.__module__}.{getattr(render, '__qualname__', repr(render))}"
    kept = [entry for entry in _places.get(place, []) if entry[2] is not render]
    _places[place] = sorted([*kept, (order, name, render)], key=lambda entry: entry[:2])


def panels(place: str) -> list[Render]:
    """The renderers of `place` in order; equal orders go by the name of the function, so a page never reshuffles."""
    return [render for _order, _name, render in _places.get(place, [])]


def forget(place: str) -> None:
    """Take every panel away from `place`: for tests that register their own."""
    _places.pop(place, None)
