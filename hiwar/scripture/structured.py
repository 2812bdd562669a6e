"""Structured data of scripture's pages (schema.org in JSON-LD): only what the page itself says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hiwar.scripture.canon import Sura, quran
from hiwar.scripture.collections import collection
from hiwar.scripture.reference import Reference
from hiwar.ui import frame
from hiwar.ui.structured import Node, breadcrumbs, graph

Rows = Sequence[Mapping[str, Any]]
BOOK: Node = {"@type": "Book", "name": "القرآن الكريم", "inLanguage": "ar"}


def of_list(*, title: str, path: str, crumbs: Rows, description: str = "") -> list[Node]:
    """The graph of a page that lists suras, hadith or editions (CollectionPage)."""
    thing: Node = {
        "@type": "CollectionPage",
        "name": title,
        "description": description,
        "url": frame.absolute(path),
        "inLanguage": frame.language(),
    }
    return graph(breadcrumbs(crumbs), thing)


def of_sura(sura: Sura, *, path: str, crumbs: Rows) -> list[Node]:
    """The graph of a sura's page (Chapter of the Book)."""
    return graph(breadcrumbs(crumbs), {**_chapter(sura), "url": frame.absolute(path), "inLanguage": "ar"})


def of_passage(reference: Reference, *, path: str, crumbs: Rows) -> list[Node]:
    """The graph of a verse's page (Quotation): its words in Arabic, whatever the language of the page."""
    thing: Node = {
        "@type": "Quotation",
        "name": reference.label(frame.language()),
        "text": quran().text(reference),
        "inLanguage": "ar",
        "url": frame.absolute(path),
        "isPartOf": _chapter(quran().sura(reference.sura or 1)),
    }
    return graph(breadcrumbs(crumbs), thing)


def of_hadith(reference: Reference, *, text: str, path: str, crumbs: Rows) -> list[Node]:
    """The graph of a hadith's page (Quotation of the collection)."""
    held = collection(reference.source)
    thing: Node = {
        "@type": "Quotation",
        "name": reference.label(frame.language()),
        "text": text,
        "inLanguage": "ar",
        "url": frame.absolute(path),
        "isPartOf": {"@type": "Book", "name": held.name("ar"), "author": _person(held.author("ar"))},
    }
    return graph(breadcrumbs(crumbs), thing)


def _chapter(sura: Sura) -> Node:
    return {"@type": "Chapter", "name": sura.name(frame.language()), "position": sura.number, "isPartOf": BOOK}


def _person(name: str) -> Node:
    return {"@type": "Person", "name": name}
