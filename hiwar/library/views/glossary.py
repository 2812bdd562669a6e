"""The glossary: a term, and all of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from hiwar.library.models import SectionPage, TermPage
from hiwar.library.views import contexts, listing


def term(page: TermPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a TermPage."""
    return contexts.item(page, request)


def section(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the list."""
    return listing.of_section(page, request)
