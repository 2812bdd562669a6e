"""Claims that are answered: a claim, and their list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from hiwar.library.models import ClaimPage, SectionPage
from hiwar.library.views import contexts, listing


def claim(page: ClaimPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a ClaimPage."""
    return contexts.item(page, request)


def section(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the list."""
    return listing.of_section(page, request)
