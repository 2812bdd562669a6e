"""Where the links of a text lead: an answer never leads to the original of what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from hiwar.library.texts import words_of

# Attributes that lead somewhere; `url` is that of Wagtail's own embeds, which become frames of other sites.
LEADING = frozenset("href src url data poster action formaction xlink:href".split())
NOT_READ = dict.fromkeys([*range(0x21), 0x7F])  # what browsers take out of an address, or skip at its ends


def leads_away(href: str) -> bool:
    """Whether a link to `href` leaves this site, as a browser reads it (WHATWG URL: a backslash is a slash, control
    characters and spaces at the ends are nothing). An address of any scheme but the site's own leads away."""
    address = href.translate(NOT_READ).replace("\\", "/")
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    if not parts.scheme and not parts.netloc:
        return address.startswith("//")
    own = urlsplit(settings.SITE_URL)
    scheme = parts.scheme.lower() or own.scheme
    return scheme not in ("http", "https") or parts.netloc.lower() != own.netloc.lower()


def outside_links(stream: Any) -> list[str]:
    """The addresses outside this site to which rich text in a StreamField leads, in order."""
    found: list[str] = []
    for text in _texts(stream.get_prep_value() if stream else []):
        if "<" in text:
            reader = _Links()
            reader.feed(text)
            reader.close()
            found.extend(href for href in reader.found if leads_away(href))
    return found


def words_in(stream: Any) -> Iterator[str]:
    """The words of every text in a StreamField as a reader sees them, without what its links lead to."""
    for text in _texts(stream.get_prep_value() if stream else []):
        yield words_of(text) if "<" in text else text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


class _Links(HTMLParser):
    """Collects what links and frames lead to; Wagtail's own (by number of a page or document) have no href."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in LEADING and value]
