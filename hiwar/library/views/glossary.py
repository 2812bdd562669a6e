"""The glossary: a term, and all of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from hiwar.arabic.sorting import initial
from hiwar.items.models import ItemRef
from hiwar.library.models import SectionPage, TermPage
from hiwar.library.views import contexts
from hiwar.ui import frame as shell
from hiwar.ui.paging import Part

PER_PAGE = 200


def term(page: TermPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a term: as an item, with its name in the other languages."""
    data = contexts.item(page, request)
    data["elsewhere"] = [
        {"language": each.language, "title": each.title, "path": each.path}
        for each in ItemRef.objects.shown().filter(kind="term", translation_key=page.translation_key)
        if each.language != page.language
    ]
    return data


def section(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """All terms of a language in the order of its alphabet, by letter. Three queries besides the frame's."""
    rows = ItemRef.objects.shown().in_language(page.language).of_kind("term").order_by("title_key", "pk")
    part = Part(rows, request, size=PER_PAGE)
    cards = list(part.rows)
    glosses = dict(TermPage.objects.filter(pk__in=[card.subject_id for card in cards]).values_list("pk", "gloss"))
    letters: dict[str, list[dict[str, Any]]] = {}
    for card in cards:
        row = {"title": card.title, "path": card.path, "summary": card.summary, "gloss": glosses.get(card.subject_id)}
        letters.setdefault(initial(card.title, page.language), []).append(row)
    data = shell.context(
        path=page.shown_path, title=page.title, description=page.intro, crumbs=[(page.title, "")], page=page
    )
    data.update(
        template="library/glossary_section.html",
        cards=cards,
        first=part.first,
        letters=[{"letter": letter, "terms": found} for letter, found in letters.items()],
        pages=part.pages(page.shown_path),
    )
    return data
