"""What every public page needs around its own content: the shell that `base.html` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from hiwar.arabic.direction import direction

# Open Graph wants a territory; where a language has no single one, the Centre's seat decides.
OG_LOCALES = {"ar": "ar_SA", "en": "en_GB", "fr": "fr_FR"}

Rows = Sequence[Mapping[str, Any]]


def names(language: str) -> dict[str, str]:
    """The names the shell prints, in `language`: short, full, and the Organisation's."""
    with override(language):
        return {
            "site_name": gettext("Sawt Al-Hikma Centre"),
            "site_name_full": gettext("Sawt Al-Hikma Centre for Dialogue, Peace and Understanding"),
            "organisation_name": gettext("Organisation of Islamic Cooperation"),
        }


def shell(
    *,
    language: str,
    title: str,
    path: str,
    description: str = "",
    image: str = "",
    kind: str = "website",
    menu: Rows = (),
    footer: Rows = (),
    crumbs: Rows = (),
    switch: Rows = (),
    alternates: Rows = (),
    feeds: Rows = (),
    structured: Rows = (),
    page: Any = None,
    ref: Any = None,
    robots: str = "",
) -> dict[str, Any]:
    """Context of `base.html` for one page.

    `path` is root-relative; the canonical address is SITE_URL + `path`. `image` is absolute or "". Rows are mappings:
    menu {title, path, current}; footer {title, links: [{title, path}]}; crumbs {title, path}, the page itself last;
    switch {language, name, path, translated}; alternates {language, url}; feeds {title, path, type}.
    `robots` is the content of the robots element ("noindex"), "" for none.
    """
    return {
        "lang": language,
        "dir": direction(language),
        **names(language),
        "menu": menu,
        "footer": footer,
        "crumbs": crumbs,
        "switch": switch,
        "alternates": alternates,
        "canonical": "" if robots else f"{settings.SITE_URL}{path}",
        "feeds": feeds,
        "meta": {
            "title": title,
            "description": description,
            "image": image,
            "kind": kind,
            "locale": OG_LOCALES.get(language, language),
        },
        "structured": structured,
        "demo": settings.DEMO,
        "robots": robots,
        "page": page,
        "ref": ref,
    }
