"""Fatwas, comparisons of fatwas, historical evidence, and their hub."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from hiwar.library.models import EvidencePage, FatwaPage, IslamiyatPage, MatterPage, SectionPage
from hiwar.library.views import contexts, listing


def fatwa(page: FatwaPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a FatwaPage."""
    return contexts.item(page, request)


def matter(page: MatterPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a MatterPage."""
    return contexts.item(page, request)


def evidence(page: EvidencePage, request: HttpRequest) -> dict[str, Any]:
    """The context of a EvidencePage."""
    return contexts.item(page, request)


def fatwas(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the list."""
    return listing.of_section(page, request)


def evidences(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the list."""
    return listing.of_section(page, request)


def hub(page: IslamiyatPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the hub."""
    return contexts.plain(page, request)
