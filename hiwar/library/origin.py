"""Absolute addresses: what feeds, sitemap, structured data and paper need, where a page links by its path alone."""

from __future__ import annotations

from django.conf import settings
from django.utils.encoding import iri_to_uri


def absolute(path: str) -> str:
    """The URI of a root-relative `path` on this site, percent-encoded (RFC 3987, 3.1); an absolute address keeps its
    host, and '' stays ''."""
    if not path or "://" in path:
        return iri_to_uri(path)
    return f"{settings.SITE_URL}{iri_to_uri(path)}"
