"""The sitemap (sitemaps.org 0.9, with alternates as in Google's xhtml:link extension), written row by row.

Of each language, file 1 holds what is no item (home, sections, subjects, people, States, suras) and files 2 onward the
items, 5,000 a file in the order of their numbers, so that an old item never moves to another file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from math import ceil
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from hiwar.items.models import ItemRef, Topic
from hiwar.library.models import HomePage, Person, SectionPage
from hiwar.library.origin import absolute
from hiwar.scripture.canon import quran
from hiwar.states.models import State

PER_FILE = 5000
CHUNK = 500  # rows in memory at a time
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
ISLAMIYAT = ("evidence_timeline", "islamiyat_subjects", "misused")
LISTS = ("topics", "people", "states", "scripture", "check", "editions", *ISLAMIYAT)


def files() -> dict[str, int]:
    """How many files each language has. One query."""
    rows = ItemRef.objects.filter(live=True).order_by().values("language").annotate(number=Count("pk"))
    counted = {row["language"]: row["number"] for row in rows}
    return {code: 1 + ceil(counted.get(code, 0) / PER_FILE) for code in settings.LANGUAGE_CODES}


def index() -> str:
    """The sitemap index, which names every file. One query."""
    rows = (
        f"<sitemap><loc>{escape(absolute(reverse('sitemap_file', args=[code, number])))}</loc></sitemap>\n"
        for code, count in files().items()
        for number in range(1, count + 1)
    )
    return f'{DECLARATION}<sitemapindex xmlns="{SITEMAPS}">\n{"".join(rows)}</sitemapindex>\n'


def written(language: str, number: int) -> Iterator[str]:
    """File `number` (from 1) of `language`, in pieces; one query for items, four for file 1.

    The caller has made sure that the file exists (see `files`).
    """
    yield f'{DECLARATION}<urlset xmlns="{SITEMAPS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    yield from _pieces(_fixed(language) if number == 1 else _items(language, number - 2))
    yield "</urlset>\n"


def _pieces(entries: Iterable[str]) -> Iterator[str]:
    """Entries joined by the hundred: a write a line would cost more than the line."""
    held: list[str] = []
    for entry in entries:
        held.append(entry)
        if len(held) == 100:
            yield "".join(held)
            held.clear()
    yield "".join(held)


def _entry(path: str, versions: Mapping[str, str], changed: datetime | None = None) -> str:
    """One address; `versions` are the paths of the same thing by language, itself among them."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(absolute(other))}/>'
        for code, other in versions.items()
    )
    when = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%S+00:00}</lastmod>" if changed else ""  # the database hands out UTC
    return f"<url><loc>{escape(absolute(path))}</loc>{when}{links if len(versions) > 1 else ''}</url>\n"


def _items(language: str, part: int) -> Iterator[str]:
    others = [code for code in settings.LANGUAGE_CODES if code != language]
    twins = {
        f"path_{n}": Subquery(
            ItemRef.objects.filter(
                translation_key=OuterRef("translation_key"), kind=OuterRef("kind"), language=code, live=True
            ).values("path")[:1]
        )
        for n, code in enumerate(others)
    }
    rows = (
        ItemRef.objects.filter(live=True, language=language)
        .order_by("pk")
        .annotate(**twins)
        .values_list("path", "changed", *twins)[part * PER_FILE : (part + 1) * PER_FILE]
    )
    for path, changed, *found in rows.iterator(chunk_size=CHUNK):
        known = {language: path, **dict(zip(others, found, strict=True))}
        yield _entry(path, {c: known[c] for c in settings.LANGUAGE_CODES if known[c]}, changed)


def _fixed(language: str) -> Iterator[str]:
    yield from _tree(language)
    for name in LISTS:
        yield _everywhere(language, name)
    used: dict[str, set[str]] = {}
    topics = Topic.objects.filter(items__live=True).order_by().values_list("slug", "items__language").distinct()
    for slug, code in topics:
        used.setdefault(slug, set()).add(code)
    for slug in sorted(used):
        if language in used[slug]:
            yield _everywhere(language, "topic", slug, only=used[slug])
    for slug in Person.objects.order_by("slug").values_list("slug", flat=True).iterator(chunk_size=CHUNK):
        yield _everywhere(language, "person", slug)
    for iso2 in State.objects.members().order_by("iso2").values_list("iso2", flat=True):
        yield _everywhere(language, "state", iso2.lower())
    # Verses that something cites, and signed hadith, are items; the other verses are found from their suras.
    for sura in quran().suras():
        yield _everywhere(language, "scripture_sura", str(sura.number))


def _tree(language: str) -> Iterator[str]:
    """Home and sections, which have no registry row."""
    together: dict[Any, dict[str, str]] = {}
    pages = Page.objects.live().type(HomePage, SectionPage).order_by("path")
    for key, code, path in pages.values_list("translation_key", "locale__language_code", "url_path"):
        together.setdefault(key, {})[code] = path
    for versions in together.values():
        if language in versions:
            yield _entry(versions[language], versions)


def _everywhere(language: str, name: str, *args: str, only: set[str] | None = None) -> str:
    """An address that every language has (or those of `only`)."""
    versions = {}
    for code in settings.LANGUAGE_CODES:
        if only is None or code in only:
            with override(code):
                versions[code] = reverse(name, args=args)
    return _entry(versions[language], versions)
