"""The component gallery: every template of `templates/ui/` with sample data, on one page for each language.

Rooms above add what they show in more than one place (`also`): their templates need data that this room may not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from hiwar.ui.page import shell
from hiwar.ui.samples import samples

AUDIENCE = "public"

FOLDER = "ui"
# Parts of <head> and frames of the page: shown as text, since a page may have one of each landmark only.
AS_TEXT = frozenset({"head.html", "header.html", "footer.html", "menu.html", "crumbs.html", "demo_bar.html"})

# A room's samples in a language: template's name -> contexts.
Samples = Callable[[str], Mapping[str, list[dict[str, Any]]]]
_others: list[Samples] = []


def also(samples_of: Samples) -> None:
    """Show the templates of another room too; called when Django starts. Registering twice changes nothing."""
    if samples_of not in _others:
        _others.append(samples_of)


def components() -> list[str]:
    """File names of the component templates, sorted."""
    folders = [Path(folder) / FOLDER for engine in engines.all() for folder in engine.dirs]
    return sorted(path.name for folder in folders for path in folder.glob("*.html"))


def specimens(language: str) -> list[dict[str, Any]]:
    """One row a component: its name, and its rendered samples. A component without a sample has an empty list."""
    known = samples(language)
    rows = []
    for name in components():
        shown: list[SafeString] = [render_to_string(f"{FOLDER}/{name}", context) for context in known.get(name, [])]
        rows.append({"name": name, "shown": shown, "as_text": name in AS_TEXT})
    for samples_of in _others:
        for name, contexts in samples_of(language).items():
            parts = [render_to_string(name, context) for context in contexts]
            rows.append({"name": name, "shown": parts, "as_text": False})
    return rows


def gallery(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """The gallery, in the language of the address. Answered in the demonstration and in tests alone."""
    if not (settings.DEMO or settings.TESTING):
        raise Http404
    language = get_language() or settings.LANGUAGE_CODE
    title = gettext("Component gallery")
    crumbs = [{"title": gettext("Home"), "path": f"/{language}/"}, {"title": title, "path": ""}]
    context = shell(language=language, title=title, path=request.path, crumbs=crumbs, robots="noindex")
    return render(request, "gallery.html", {**context, "specimens": specimens(language)})
