"""The Quran for readers: all suras, one sura, and a verse or a few verses with everything the site holds on them."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hiwar.arabic.digits import to_arabic_indic
from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.scripture import citations, editions, layout, shown, structured
from hiwar.scripture.canon import modern, quran
from hiwar.scripture.collections import collections
from hiwar.scripture.models import Hadith
from hiwar.scripture.reference import BadReference, Reference
from hiwar.scripture.views.elsewhere import not_here, path_of_text
from hiwar.ui import frame
from hiwar.ui.paging import Part

AUDIENCE = "public"

AROUND = 2
NAMED = 10  # verses of a range that are linked one by one; a longer one is better read in its sura
TYPED = 200  # characters of what was typed that are looked at and shown again
SHORTEST = 280  # characters of a verse that a description holds whole; a verse is never cut


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The suras and the collections of hadith; `?reference=` leads to what it names, or says why there is none."""
    typed = request.GET.get("reference", "").strip()[:TYPED]
    trouble = ""
    if typed:
        try:
            to = path_of_text(typed)
        except BadReference as error:
            trouble = error.message()
        else:
            if not to.startswith("hadith/") or Hadith.objects.shown().at(Reference.parse(typed)).exists():
                return redirect(reverse("scripture") + to)
            trouble = _(
                "This hadith has no page yet: an editor enters each one from a named edition, and a Scholar signs it."
            )
    title = _("Scripture")
    summary = _("The Quran by sura and verse, with every place on this site that cites a verse, and signed hadith.")
    data = frame.context(
        path=request.path,
        title=title,
        description=summary,
        crumbs=[(title, "")],
        robots="noindex" if typed else "",
    )
    data["structured"] = structured.of_list(title=title, path=request.path, crumbs=data["crumbs"], description=summary)
    signed = Hadith.objects.shown().order_by().values_list("collection").annotate(number=Count("pk"))
    counted = dict(signed)
    language = frame.language()
    data |= {
        "summary": summary,
        "suras": [
            {
                "sura": each,
                "path": layout.sura_path(each),
                "name": each.name(language),
                "summary": layout.sura_summary(each),
            }
            for each in quran().suras()
        ],
        "collections": [
            {
                "name": each.name(language),
                "author": each.author(language),
                "count": counted.get(each.slug, 0),
                "path": reverse("scripture_collection", args=[each.slug]),
            }
            for each in collections().values()
        ],
        "typed": typed,
        "trouble": trouble,
    }
    return frame.answer(request, "scripture/index.html", data)


@require_safe
def sura(request: HttpRequest, sura: str) -> HttpResponse:
    """One sura, verse by verse, as it lies on the pages of the Madinah print."""
    try:
        held = quran().sura(Reference.verse(int(sura), 1).sura or 1)
    except BadReference as error:
        return not_here(request, error)
    title = layout.sura_title(held)
    summary = layout.sura_summary(held)
    data = frame.context(
        path=request.path,
        title=title,
        description=summary,
        crumbs=[(_("Scripture"), reverse("scripture")), (title, "")],
    )
    data["structured"] = structured.of_sura(held, path=request.path, crumbs=data["crumbs"])
    data |= {
        "sura": held,
        "summary": summary,
        "basmala": quran().basmala if held.has_basmala and held.number != 1 else "",
        "sheets": layout.sheets(held),
        "cited": citations.cited_verses(held.number),
        "seal": shown.quran_seal(),
        "neighbours": layout.neighbours(held),
    }
    return frame.answer(request, "scripture/sura.html", data)


@require_safe
def verse(request: HttpRequest, sura: str, verses: str) -> HttpResponse:
    """A verse or a range: its words, what stands around it, its editions, and who cites it. `?kind=` lists one kind."""
    try:
        reference = Reference.parse(f"{sura}:{verses}")
    except BadReference as error:
        return not_here(request, error)
    language = frame.language()
    path = reverse("scripture") + reference.path
    if path != request.path:  # 255-255
        return redirect(path, permanent=True)
    if request.GET.get("kind"):
        return cited_by(request, reference, path)
    held = quran().sura(reference.sura or 1)
    passage = quran().passage(reference)
    before, after = quran().context(reference, before=AROUND, after=AROUND)
    label = reference.label(language)
    ref = ItemRef.objects.shown().filter(path=path).first()
    text = quran().text(reference)
    data = frame.context(
        path=path,
        title=label,
        description=text if language == "ar" and len(text) <= SHORTEST else _summary(label),
        crumbs=[(_("Scripture"), reverse("scripture")), (layout.sura_title(held), layout.sura_path(held)), (label, "")],
        # A range that nobody cites is one of half a million.
        robots="noindex" if len(passage) > 1 and ref is None else "",
    )
    data["structured"] = structured.of_passage(reference, path=path, crumbs=data["crumbs"])
    meanings = layout.meanings(reference)
    uses = citations.uses(reference, language=language)
    data |= {
        "label": label,
        "sura": held,
        "sura_name": layout.sura_title(held),
        "first": reference.first,
        "uthmani": shown.uthmani(passage, braces=False),
        "revealed": layout.revealed(held),
        # The page is the verse's own: its reference leads nowhere from here.
        "shown": {**shown.passage(reference, around=0), "path": ""},
        "before": layout.linked(before),
        "after": layout.linked(after),
        "verses": layout.linked(passage) if 1 < len(passage) <= NAMED else [],
        "places": layout.places(passage),
        "editions": {"quran": editions.quran(), "modern": editions.modern()},
        "modern": [(to_arabic_indic(str(each.number)), modern()[each.sura, each.number]) for each in passage],
        "meanings": [each for each in meanings if each["language"] == language],
        "other_meanings": [each for each in meanings if each["language"] != language],
        "uses": uses,
        "elsewhere": layout.elsewhere(uses.elsewhere, path),
        "misuses": [layout.misuse(each, reference) for each in uses.misused],
        "ref": ref,
        "short_path": ref.short_path if ref else "",
        "neighbours": layout.verse_neighbours(reference),
        "here": path,
    }
    return frame.answer(request, "scripture/verse.html", data)


def _summary(label: str) -> str:
    return _("%(reference)s: its words from a named edition, what stands before and after, and who cites it here.") % {
        "reference": label
    }


def cited_by(request: HttpRequest, reference: Reference, path: str) -> HttpResponse:
    """All items of one kind that cite a passage or a hadith, in pages. Raises Http404 for a kind that has none."""
    language = frame.language()
    kind = next((kind for kind in registry.kinds() if kind.slug == request.GET["kind"]), None)
    part = Part(citations.items(reference).in_language(language).of_kind(kind.slug if kind else ""), request)
    if kind is None or not part.count:
        raise Http404
    label = reference.label(language)
    data = frame.context(
        path=path,
        title=f"{label} – {kind.plural}",
        crumbs=[(_("Scripture"), reverse("scripture")), (label, path), (str(kind.plural), "")],
        robots="noindex",
    )
    data |= {
        "label": label,
        "kind": kind,
        "cards": part.rows,
        "count": part.count,
        "first": part.first,
        "last": part.last,
        "order_label": _("newest first"),
        "pages": part.pages(path, kind=kind.slug),
        "back": path,
    }
    return frame.answer(request, "scripture/cited_by.html", data)
