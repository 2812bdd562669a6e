"""Which function makes the context of which class of page, and of which kind's list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from hiwar.library import structured
from hiwar.library.models import (
    AboutIndexPage,
    AdvisorsPage,
    BasePage,
    ClaimPage,
    CorrectionsPage,
    EventPage,
    EvidencePage,
    FatwaPage,
    HomePage,
    IslamiyatPage,
    ItemPage,
    MatterPage,
    PressReleasePage,
    SectionPage,
    StructurePage,
    TermPage,
    TestimonyPage,
    VideoPage,
)
from hiwar.library.views import claims, contexts, glossary, islamiyat, listing, testimonies

Maker = Callable[[Any, HttpRequest], dict[str, Any]]


def of(page: BasePage, request: HttpRequest, *, stored: bool = True) -> dict[str, Any]:
    """The whole context of `page`. Not `stored`: a preview, whose credits and topics stand in its revision alone."""
    page.previewed = not stored
    make = next((make for model, make in MAKERS if isinstance(page, model)), contexts.plain)
    data = make(page, request)
    data["structured"] = structured_of(page, data)
    return data


def structured_of(page: BasePage, data: dict[str, Any]) -> list[dict[str, Any]]:
    """The page's JSON-LD, from what its template gets."""
    if isinstance(page, HomePage):
        return structured.for_home(language=page.language)
    if isinstance(page, SectionPage | CorrectionsPage):
        return structured.for_listing(
            title=page.title,
            path=page.shown_path,
            language=page.language,
            crumbs=data["crumbs"],
            cards=data.get("cards", []),
            description=data["meta"]["description"],
            first=data.get("first", 1),
        )
    return structured.for_page(
        page=page,
        ref=data["ref"],
        language=page.language,
        crumbs=data["crumbs"],
        authors=data.get("authors", []),
        translators=data.get("translators", []),
        image_url=data["meta"]["image"],
        video=data.get("video"),
        outside=data.get("outside"),
        tracks=data.get("tracks", []),
        transcript=data.get("transcript", []),
    )


def section(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """The list of one kind: its own where the kind has one, else cards, newest first."""
    return SECTIONS.get(page.lists, listing.of_section)(page, request)


SECTIONS: dict[str, Maker] = {
    "claim": claims.section,
    "fatwa": islamiyat.fatwas,
    "evidence": islamiyat.evidences,
    "term": glossary.section,
}
MAKERS: list[tuple[type[BasePage], Maker]] = [
    (VideoPage, contexts.video),
    (PressReleasePage, contexts.press),
    (EventPage, contexts.event),
    (ClaimPage, claims.claim),
    (FatwaPage, islamiyat.fatwa),
    (MatterPage, islamiyat.matter),
    (EvidencePage, islamiyat.evidence),
    (TermPage, glossary.term),
    (TestimonyPage, testimonies.testimony),
    (ItemPage, contexts.item),
    (HomePage, contexts.home),
    (SectionPage, section),
    (AboutIndexPage, contexts.about),
    (IslamiyatPage, islamiyat.hub),
    (StructurePage, contexts.structure),
    (AdvisorsPage, contexts.advisors),
    (CorrectionsPage, contexts.corrections),
]
