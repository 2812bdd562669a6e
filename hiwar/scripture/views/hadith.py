"""Hadith for readers: those that an editor entered and a Scholar signed. Any other answers 404, whatever the reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hiwar.items.models import ItemRef
from hiwar.scripture import citations, layout, shown_hadith, structured
from hiwar.scripture.collections import Collection, collections
from hiwar.scripture.models import Hadith
from hiwar.scripture.reference import BadReference, Reference
from hiwar.scripture.views.elsewhere import not_here
from hiwar.scripture.views.reading import cited_by
from hiwar.ui import frame
from hiwar.ui.paging import Part

AUDIENCE = "public"


@require_safe
def collection(request: HttpRequest, collection: str) -> HttpResponse:
    """The signed hadith of one collection, by number."""
    held = collections().get(collection)
    if held is None:
        return not_here(request, BadReference("unknown_name", text=collection))
    language = frame.language()
    title = held.name(language)
    part = Part(in_order(collection), request, size=50)
    rows = Hadith.objects.in_bulk(part.rows)
    data = frame.context(
        path=request.path,
        title=title,
        description=_summary(held),
        crumbs=[(_("Scripture"), reverse("scripture")), (title, "")],
        robots="noindex" if part.number > 1 or not part.count else "",
    )
    data["structured"] = structured.of_list(title=title, path=request.path, crumbs=data["crumbs"])
    data |= {
        "collection": held,
        "author": held.author(language),
        "schemes": [{"name": each.name(language), "description": each.description(language)} for each in held.schemes],
        "hadith": [
            {
                "label": each.reference.label(language),
                "path": reverse("scripture") + each.reference.path,
                "narrator": each.narrator.here(language),
                "text": each.text,
            }
            for each in (rows[key] for key in part.rows if key in rows)
        ],
        "count": part.count,
        "first": part.first,
        "last": part.last,
        "pages": part.pages(request.path),
    }
    return frame.answer(request, "scripture/collection.html", data)


def in_order(collection: str) -> list[int]:
    """Keys of a collection's signed hadith by number, 8 before 8a before 10, which no database sorts so. One query."""
    rows = Hadith.objects.shown().filter(collection=collection).values_list("scheme", "number", "pk")
    return [
        pk for _place, pk in sorted((Reference.hadith(collection, number, scheme), pk) for scheme, number, pk in rows)
    ]


def _summary(held: Collection) -> str:
    return _("Hadith of %(collection)s that an editor entered from a named edition and a Scholar signed.") % {
        "collection": held.name(frame.language())
    }


@require_safe
def hadith(request: HttpRequest, collection: str, number: str) -> HttpResponse:
    """One signed hadith with every grading, and who cites it. `?kind=` lists the items of one kind."""
    plain, _at, scheme = number.partition("@")
    try:
        reference = Reference.hadith(collection, plain, scheme or None)
    except BadReference as error:
        return not_here(request, error)
    path = reverse("scripture") + reference.path
    if path != request.path:  # its first numbering is not named
        return redirect(path, permanent=True)
    entry = Hadith.objects.shown().at(reference).select_related("signed_by").prefetch_related("gradings").first()
    if entry is None:
        return not_here(request)
    if request.GET.get("kind"):
        return cited_by(request, reference, path)
    language = frame.language()
    held = collections()[collection]
    label = reference.label(language)
    ref = ItemRef.objects.shown().filter(path=path).first()
    data = frame.context(
        path=path,
        title=label,
        description=_summary_of(label),
        crumbs=[
            (_("Scripture"), reverse("scripture")),
            (held.name(language), reverse("scripture_collection", args=[collection])),
            (label, ""),
        ],
    )
    data["structured"] = structured.of_hadith(reference, text=entry.text, path=path, crumbs=data["crumbs"])
    uses = citations.uses(reference, language=language)
    data |= {
        "label": label,
        "entry": entry,
        "shown": {**shown_hadith.hadith(entry), "path": ""},
        "collection_name": held.name(language),
        "author": held.author(language),
        "numbers": numbers(entry, held, language),
        "signer": entry.signed_by.get_full_name() if entry.signed_by else "",
        "edition_note": entry.edition_note.here(language),
        "uses": uses,
        "elsewhere": layout.elsewhere(uses.elsewhere, path),
        "misuses": [layout.misuse_of_hadith(each, entry.text) for each in uses.misused],
        "ref": ref,
        "short_path": ref.short_path if ref else "",
        "here": path,
    }
    return frame.answer(request, "scripture/hadith.html", data)


def _summary_of(label: str) -> str:
    return _("%(reference)s: text, narrator, every grading, the printed source, and who cites it here.") % {
        "reference": label
    }


def numbers(entry: Hadith, held: Collection, language: str) -> list[dict[str, str]]:
    """Its number by each numbering that the editor gave: {scheme, number, description}, the page's own first."""
    given = {entry.scheme: entry.number, **entry.other_numbers}
    known = {each.slug: each for each in held.schemes}
    return [
        {
            "scheme": known[slug].name(language) if slug in known else slug,
            "description": known[slug].description(language) if slug in known else "",
            "number": str(number),
        }
        for slug, number in given.items()
        if number
    ]
