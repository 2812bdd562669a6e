"""From a request to the shell of a public page (page.py): menu and footer, language switch, addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, override

from hiwar.ui.page import shell as page_shell

LANGUAGE_NAMES = {"ar": "العربية", "en": "English", "fr": "Français"}
Crumb = dict[str, str]


class Version(Protocol):
    """An item in one language, as the registry of items keeps it."""

    language: str
    path: str
    live: bool
    code: str


def absolute(path: str) -> str:
    """Full address of a root-relative path, percent-encoded for feeds, meta and structured data."""
    return f"{settings.SITE_URL}{iri_to_uri(path)}"


def language() -> str:
    """Code of the page's language."""
    return (get_language() or settings.LANGUAGE_CODE).partition("-")[0]


class Furniture(Protocol):
    """What the room that owns the tree of pages tells every page."""

    def home_title(self) -> str: ...
    def menu(self) -> list[tuple[str, str]]: ...
    def footer(self) -> list[dict[str, Any]]: ...


_furniture: list[Furniture] = []


def provide(furniture: Furniture) -> None:
    """Name the provider of menu and footer; a room above this one does so once."""
    _furniture[:] = [furniture]


def switch(path: str, translations: Sequence[Version], ref: Version | None) -> list[dict[str, Any]]:
    """Where the same thing stands in the other languages; without a translation, the page that says so."""
    here = language()
    by_language = {each.language: each.path for each in translations if each.live}
    found = []
    for code, _name in settings.LANGUAGES:
        if code == here:
            continue
        if ref is not None:
            to = by_language.get(code)
            with override(code):
                missing = reverse("in_language", args=[ref.code])
            entry = {"path": to or missing, "translated": bool(to)}
        else:
            entry = {"path": f"/{code}/" + path.partition("/")[2].partition("/")[2], "translated": True}
        found.append({"language": code, "name": LANGUAGE_NAMES.get(code, code), **entry})
    return found


def context(
    *,
    path: str,
    title: str,
    description: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
    ref: Version | None = None,
    translations: Sequence[Version] = (),
    page: Any = None,
    image: str = "",
    kind: str = "website",
    feeds: Sequence[dict[str, str]] = (),
    structured: Sequence[dict[str, Any]] = (),
    robots: str = "",
) -> dict[str, Any]:
    """The context that base.html needs; views add what their template needs. `path` is root-relative."""
    lang = language()
    furniture = _furniture[0]
    others = switch(path, translations, ref)
    trail: list[Crumb] = [{"title": furniture.home_title(), "path": f"/{lang}/"}]
    trail += [{"title": name, "path": to} for name, to in crumbs]
    alternates = [{"language": lang, "url": absolute(path)}] + [
        {"language": each["language"], "url": absolute(each["path"])} for each in others if each["translated"]
    ]
    return page_shell(
        language=lang,
        title=title,
        path=iri_to_uri(path),
        description=description[:300],
        image=absolute(image) if image else "",
        kind=kind,
        menu=[{"title": t, "path": to, "current": path.startswith(to)} for t, to in furniture.menu()],
        footer=furniture.footer(),
        crumbs=trail if crumbs else [],
        switch=others,
        alternates=alternates if len(alternates) > 1 and not robots else [],
        feeds=list(feeds),
        structured=list(structured),
        robots=robots,
        page=page,
        ref=ref,
    )


def answer(request: HttpRequest, template: str, data: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a public page. No context processor reads session or user: the page may be kept by anyone."""
    response = render(None, template, data, status=status)  # type: ignore[arg-type]
    response.headers["Content-Language"] = data["lang"]
    return response


def feeds_of(section: str, title: str) -> list[dict[str, str]]:
    """Links to the feeds of a section."""
    lang = language()
    return [
        {"title": title, "path": f"/{lang}/feeds/{section}.xml", "type": "application/atom+xml"},
        {"title": title, "path": f"/{lang}/feeds/{section}.json", "type": "application/feed+json"},
    ]
