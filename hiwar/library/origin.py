"""Absolute addresses: what feeds, sitemap, structured data and paper need, where a page links by its path alone."""

from __future__ import annotations

from django.utils.encoding import iri_to_uri

from hiwar.ui import frame


def absolute(path: str) -> str:
    """The URI of a root-relative `path` on this site, percent-encoded (RFC 3987, 3.1); an absolute address keeps its
    host, and '' stays ''."""
    if not path or "://" in path:
        return iri_to_uri(path)
    return frame.absolute(path)
