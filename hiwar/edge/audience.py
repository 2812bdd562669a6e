"""Whom each address is for. Every one declares it; a test walks the resolver and fails on one that does not.

Open views say it by the decorator, or for a whole module by `AUDIENCE = "public"`. Closed ones, most of them a third
party's, are judged by where they are mounted: there a middleware asks for the sign-in before any view.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, TypeVar

from django.urls import URLPattern, URLResolver, get_resolver

View = TypeVar("View", bound=Callable[..., Any])


class Audience(StrEnum):
    PUBLIC = "public"  # anybody, under a language: no cookie, may be kept by caches
    OUTSIDE = "outside"  # anybody, outside the languages: probes, files, feeds, short and machine-read addresses
    ACCOUNT = "account"  # whoever signs in, before and after
    OFFICE = "office"  # editors, signed in with a second factor
    PORTAL = "portal"  # Member States and the case desk


# Places with a door of their own (accounts.middleware) before every view, ours or another's; the longest that fits
# decides.
MOUNTED = {
    "office/login/": Audience.ACCOUNT,
    "office/account/": Audience.ACCOUNT,
    "office/": Audience.OFFICE,
}


def audience(name: str | Audience) -> Callable[[View], View]:
    """Declare whom a view is for. Raises ValueError for a name that is no audience."""
    declared = Audience(name)

    def mark(view: View) -> View:
        view.audience = declared  # type: ignore[attr-defined]
        return view

    return mark


def declared(*, path: str, view: Callable[..., Any]) -> Audience | None:
    """Whom the view at `path` (as the resolver writes it) is for; None when nothing says so.

    The view's own word comes first, then the place it is mounted at, then its module's.
    """
    if named := getattr(view, "audience", None) or getattr(getattr(view, "view_class", None), "audience", None):
        return Audience(named)
    if fitting := [prefix for prefix in MOUNTED if path.startswith(prefix)]:
        return MOUNTED[max(fitting, key=len)]
    module = getattr(view, "__module__", "")
    named = getattr(sys.modules.get(module), "AUDIENCE", None) if module.startswith("hiwar.") else None
    return Audience(named) if named else None


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every (path as written in the URL configuration, pattern); a language prefix is written as `<lang>/`."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = str(entry.pattern)
        if type(entry.pattern).__name__ == "LocalePrefixPattern":
            route = "<lang>/"
        path = before + route.removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        else:
            yield path, entry
