"""Menu and footer: what this room tells every page (ui.page)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiwar.items import registry
from hiwar.library import shelf
from hiwar.ui import frame

MENU = ("about", "claims", "articles", "videos", "islamiyat", "press", "news", "events")


def home_title() -> str:
    """Title of the home page in the page's language."""
    home = shelf.sections(frame.language()).get("")
    return home.title if home else _("Home")


def menu() -> list[tuple[str, str]]:
    """Title and path of each entry of the main menu."""
    known = shelf.sections(frame.language())
    entries = [(known[slug].title, known[slug].path) for slug in MENU if slug in known]
    return [
        *entries,
        (_("Topics"), reverse("topics")),
        (_("Member States"), reverse("states")),
    ]


def footer() -> list[dict[str, Any]]:
    """Groups of links at the foot of the page."""
    lang = frame.language()
    known = shelf.sections(lang)

    def links(*slugs: str) -> list[dict[str, str]]:
        return [{"title": known[slug].title, "path": known[slug].path} for slug in slugs if slug in known]

    people = {"title": pgettext("authors and scholars", "People"), "path": reverse("people")}
    scripture = [
        {"title": _("Quran and hadith"), "path": reverse("scripture")},
        {"title": _("Check a quotation"), "path": reverse("check")},
        {"title": _("Editions of the texts"), "path": reverse("editions")},
    ]
    feeds = [
        {"title": str(kind.plural), "path": f"/{lang}/feeds/{kind.section}.xml"}
        for kind in registry.kinds()
        if kind.feed
    ]
    answers = links("claims", "islamiyat", "islamiyat/fatwas", "islamiyat/evidence", "glossary", "testimonies")
    return [
        {"title": _("Answers"), "links": answers},
        {"title": _("The Centre"), "links": [*links(*(s for s in known if s.startswith("about/"))), people]},
        {"title": _("Scripture"), "links": scripture},
        {"title": _("Rules of work"), "links": links("policy", "corrections", "privacy")},
        {"title": _("Feeds"), "links": feeds},
    ]
