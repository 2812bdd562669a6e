"""What every public page needs and that seldom changes: sections and their titles, kept in the cache.

Each process keeps its copy until it publishes something itself, the shared version number differs, or half a
minute has passed (process memory is the embedded default's only cache, so a number raised by another process
is not seen there). A page pays one cache read and no query.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

VERSION = "library.shelf.version"
KEPT_SECONDS = 30
HUBS = ("about", "islamiyat")  # pages whose own sections count as sections of the site
_kept: dict[str, tuple[int, float, dict[str, Section]]] = {}


@dataclass(frozen=True)
class Section:
    """A page directly below a language's home page, or below one of its HUBS."""

    title: str
    path: str
    number: int


def changed() -> None:
    """Tell every process that sections may have changed, once the transaction stands."""
    transaction.on_commit(_raise_version)


def _raise_version() -> None:
    try:
        cache.incr(VERSION)
    except ValueError:
        cache.set(VERSION, 2, None)
    _kept.clear()


def version() -> int:
    """Number that rises with each publication and withdrawal this process, or the shared cache, knows of."""
    return int(cache.get(VERSION) or 1)


def sections(language: str) -> dict[str, Section]:
    """Live sections of a language by the path after the language: 'articles', 'about/tasks'…"""
    number = version()
    kept = _kept.get(language)
    if kept and kept[0] == number and time.monotonic() - kept[1] < KEPT_SECONDS:
        return kept[2]
    home = f"/{language}/"
    inside = Q(depth=3, url_path__startswith=home)
    for hub in HUBS:
        inside |= Q(depth=4, url_path__startswith=f"{home}{hub}/")
    rows = Page.objects.live().filter(inside).order_by("path").values_list("url_path", "title", "pk")
    found = {path[len(home) :].strip("/"): Section(title=t, path=path, number=n) for path, t, n in rows}
    _kept[language] = (number, time.monotonic(), found)
    return found


def forget(**_: Any) -> None:
    """Drop this process's copy (tests)."""
    _kept.clear()
