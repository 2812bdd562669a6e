"""The empty house of a new installation: languages, home pages, sections. Idempotent; a language added to the
settings gets its own tree when this runs again."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from hiwar.audit import acting
from hiwar.items import registry
from hiwar.library import shelf
from hiwar.library.models import (
    AboutIndexPage,
    AdvisorsPage,
    BasePage,
    CorrectionsPage,
    HomePage,
    IslamiyatPage,
    PlainPage,
    SectionPage,
    StructurePage,
)

# Page of each fixed address: slug (the same in every language), class, title as a message.
ABOUT = (
    ("definition", PlainPage),
    ("tasks", PlainPage),
    ("partnerships", PlainPage),
    ("legal-references", PlainPage),
    ("structure", StructurePage),
    ("advisors", AdvisorsPage),
)
STANDALONE = (("corrections", CorrectionsPage), ("policy", PlainPage), ("privacy", PlainPage))
# Pages of one address in two languages are translations of one another: their key is derived from the address.
KEYS = uuid.UUID("6f1c2b1e-0d5a-4d0b-9a55-7a1f4f3b1c10")


def title_of(slug: str, language: str) -> str:
    """Title of a fixed page in `language`."""
    from django.utils.translation import gettext, pgettext

    with override(language):
        return {
            "home": lambda: gettext("Home"),
            "about": lambda: gettext("About the Centre"),
            "definition": lambda: gettext("Definition"),
            "tasks": lambda: gettext("Tasks and responsibilities"),
            "partnerships": lambda: gettext("Partnerships"),
            "legal-references": lambda: gettext("Legal references"),
            "structure": lambda: gettext("Structure"),
            "advisors": lambda: gettext("Advisors"),
            "islamiyat": lambda: gettext("Islamiyat"),
            "claims": lambda: gettext("Claims answered"),
            "fatwas": lambda: gettext("Fatwas"),
            "evidence": lambda: gettext("Historical evidence"),
            "glossary": lambda: gettext("Glossary"),
            "testimonies": lambda: gettext("Testimonies"),
            "articles": lambda: pgettext("opinion", "Articles"),
            "videos": lambda: gettext("Videos"),
            "press": lambda: gettext("Press releases"),
            "news": lambda: gettext("News"),
            "events": lambda: gettext("Events"),
            "corrections": lambda: gettext("Corrections"),
            "policy": lambda: gettext("Editorial policy"),
            "privacy": lambda: gettext("Privacy"),
        }[slug]()


@transaction.atomic
def prepare(*, by: Any) -> list[Locale]:
    """Make what is missing of every configured language, in the name of `by`; returns the languages."""
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    for welcome in root.get_children().filter(slug="home", content_type__model="page"):
        welcome.delete()  # Wagtail's own welcome page
    root.refresh_from_db()
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES]
    with acting.acting(by=by):
        homes = [_language_tree(root, locale) for locale in locales]
    host, port = _site_address()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page, site.site_name = host, port, homes[0], settings.WAGTAIL_SITE_NAME
    site.save()
    Locale.objects.exclude(pk__in=[locale.pk for locale in locales]).exclude(
        pk__in=Page.objects.values("locale")
    ).delete()
    shelf.changed()
    return locales


def _site_address() -> tuple[str, int]:
    from urllib.parse import urlsplit

    parts = urlsplit(settings.SITE_URL)
    return parts.hostname or "localhost", parts.port or (443 if parts.scheme == "https" else 80)


def _language_tree(root: Page, locale: Locale) -> HomePage:
    code = locale.language_code
    home = _page(HomePage, root, locale, code, "home", key="home")
    about = _page(AboutIndexPage, home, locale, "about", "about")
    for slug, model in ABOUT:
        _page(model, about, locale, slug, slug)
    above = {"": home, "islamiyat": _page(IslamiyatPage, home, locale, "islamiyat", "islamiyat")}
    for kind in registry.kinds():
        if kind.section:
            _page(SectionPage, above[kind.under], locale, kind.section, kind.section, lists=kind.slug)
    for slug, model in STANDALONE:
        _page(model, home, locale, slug, slug)
    return home


def _page(model: type[BasePage], parent: Page, locale: Locale, slug: str, name: str, key: str = "", **more: Any) -> Any:
    found = parent.get_children().filter(slug=slug).first()
    if found is not None:
        return found.specific
    page = model(
        title=title_of(name, locale.language_code),
        slug=slug,
        locale=locale,
        translation_key=uuid.uuid5(KEYS, key or name),
        live=True,
        **more,
    )
    return parent.add_child(instance=page)
