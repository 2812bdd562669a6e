"""What the public interface offers (OpenAPI 3.1): a frame, and a part from each room that answers there.

A room's part is a JSON file with `paths` and `components`, named in its `api_urls.py` by `describe`. A test holds the
whole to the addresses that exist.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hiwar.edge.answers import kept
from hiwar.edge.problems import Problem, interface

AUDIENCE = "outside"
FRAME = ("hiwar.edge", "openapi.json")
_parts: dict[tuple[str, str], dict[str, Any]] = {}


def describe(package: str, name: str = "openapi.json") -> None:
    """Add the part in the file `name` of the folder `data` of `package` (such as "hiwar.library")."""
    _parts[package, name] = _read(package, name)
    document.cache_clear()


@cache
def document() -> dict[str, Any]:
    """The whole description, without servers. Raises ValueError when two parts describe the same thing."""
    whole = _read(*FRAME)
    for part in _parts.values():
        _join(whole["paths"], part.get("paths", {}))
        for kind, found in part.get("components", {}).items():
            _join(whole["components"].setdefault(kind, {}), found)
    return whole


def _read(package: str, name: str) -> dict[str, Any]:
    return json.loads((files(package) / "data" / name).read_text("utf-8"))


def _join(known: dict[str, Any], more: dict[str, Any]) -> None:
    if twice := known.keys() & more.keys():
        raise ValueError(f"described twice: {', '.join(sorted(twice))}")
    known.update(more)


@interface("GET")
def openapi(request: HttpRequest) -> HttpResponse:
    """What the interface offers (OpenAPI 3.1)."""
    return kept(request, {**document(), "servers": [{"url": settings.SITE_URL}]})


@interface("GET")
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address of the interface, said in the interface's own manner."""
    raise Problem(404, _("There is nothing at this address. /api/v1/openapi.json lists what there is."))
