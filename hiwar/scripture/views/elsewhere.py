"""Addresses that are not written as ours are: led to the canonical one, or answered with what is wrong with them."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hiwar.arabic.digits import to_latin
from hiwar.scripture import layout
from hiwar.scripture.canon import quran
from hiwar.scripture.collections import collections
from hiwar.scripture.reference import BadReference, Reference
from hiwar.ui import frame

AUDIENCE = "public"


@require_safe
def elsewhere(request: HttpRequest, rest: str | None = None) -> HttpResponse:
    """301 from `scripture/…`, `quran/2:256/`, capitals and other digits to the canonical address; else 404."""
    try:
        to = reverse("scripture") + canonical(rest or "")
    except BadReference as error:
        return not_here(request, error)
    if to == request.path:  # written as ours are, and no view of ours took it
        return not_here(request)
    return redirect(to, permanent=True)


def canonical(rest: str) -> str:
    """The canonical form of an address below the room's, "" for the room itself. Raises BadReference.

    Whether the page exists is for the page to say: a hadith that no one signed has an address too.
    """
    kind, _slash, inside = to_latin(rest).strip("/ ").lower().partition("/")
    if not kind:
        return ""
    if kind not in ("quran", "hadith"):
        return path_of_text(rest.strip("/ "))
    if not inside:
        return ""
    if kind == "quran":
        return path_of_text(inside)
    if inside in collections():
        return f"hadith/{inside}/"
    return Reference.parse(inside.replace("/", " ", 1)).path


def path_of_text(text: str) -> str:
    """The address below the room's of what a text names: a sura by number or name, or anything that Reference reads.

    Raises BadReference.
    """
    sura = re.fullmatch(r"0*([1-9]\d{0,2})", to_latin(text.strip()), re.ASCII)
    if sura:
        return f"quran/{Reference.verse(int(sura[1]), 1).sura}/"
    try:
        return Reference.parse(text).path
    except BadReference as error:
        if error.code != "no_verse":
            raise
        return f"quran/{Reference.parse(f'{text} 1').sura}/"


def not_here(request: HttpRequest, error: BadReference | None = None) -> HttpResponse:
    """404 that says why, with a way on: the sura when there is such a one, and a field for another reference."""
    title = _("No such place in the texts")
    data = frame.context(
        path=request.path,
        title=title,
        crumbs=[(_("Scripture"), reverse("scripture")), (title, "")],
        robots="noindex",
    )
    sura = error.params.get("sura") if error is not None and error.code == "no_such_verse" else None
    data |= {
        "why": error.message() if error is not None else "",
        "sura_path": layout.sura_path(quran().sura(sura)) if sura else "",
        "sura_name": layout.sura_title(quran().sura(sura)) if sura else "",
    }
    return frame.answer(request, "scripture/not_here.html", data, status=404)
