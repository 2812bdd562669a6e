"""Misused verses and hadith: all of them in one list, each cut shown in the text it was taken from, with its claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hiwar.items.models import ItemRef
from hiwar.library import shelf, structured
from hiwar.library.models import ClaimPage
from hiwar.library.verdicts import SIGNS, Verdict
from hiwar.library.views.islamiyat_subjects import PLACE, crumbs, reference_of
from hiwar.scripture import layout, shown
from hiwar.scripture.models import Citation, Hadith
from hiwar.scripture.names import QURAN
from hiwar.scripture.reference import Reference
from hiwar.ui import frame as shell
from hiwar.ui.paging import Part, with_query

AUDIENCE = "public"

PER_PAGE = 20
CUTS = 400  # citations that one page of the list looks at


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every verse and hadith that a live item shows as misused, in any language, in the order of the texts."""
    language, title = shell.language(), _("Misused verses and hadith")
    summary = _("The words that are usually cut out, marked in the text they belong to, and the claims that cut them.")
    part = Part(_places(), request, size=PER_PAGE)
    known = shelf.sections(language)
    path = reverse("misused")
    data = shell.context(
        path=with_query(path, page=str(part.number) if part.number > 1 else ""),
        title=title,
        description=summary,
        crumbs=crumbs(language, (_("Scripture"), reverse("scripture")), (title, "")),
    )
    data["structured"] = structured.for_listing(
        title=title, path=path, language=language, crumbs=data["crumbs"], description=summary
    )
    data |= {
        "summary": summary,
        "entries": entries([reference_of(row) for row in part.rows], language),
        "count": part.count,
        "first": part.first,
        "last": part.last,
        "pages": part.pages(path),
        "claims_path": known["claims"].path if "claims" in known else "",
    }
    return shell.answer(request, "library/misused.html", data)


def _places() -> QuerySet[Any]:
    """Each misused passage and hadith once: the Quran first, in its order. A hadith only while its page stands."""
    rows = Citation.objects.shown().filter(role=Citation.Role.MISUSED)
    rows = rows.filter(Q(source=QURAN) | Q(number__in=Hadith.objects.shown().values("number")))
    first = Case(When(source=QURAN, then=0), default=1)
    return rows.order_by(first, "sura", "first", "last", "source", "number", "scheme").values(*PLACE).distinct()


def entries(references: list[Reference], language: str) -> list[dict[str, Any]]:
    """{label, path, cuts} of each reference; a cut is what `layout.misuse` gives, with `claims`. Three queries, two
    where there is no hadith, none without references."""
    if not references:
        return []
    wanted = Q()
    for each in references:
        wanted |= (
            Q(source=QURAN, sura=each.sura, first=each.first, last=each.last)
            if each.is_quran
            else Q(source=each.source, number=str(each.number), scheme=each.scheme or "")
        )
    rows = Citation.objects.shown().filter(wanted, role=Citation.Role.MISUSED).select_related("item")
    found: dict[str, list[Citation]] = {}
    for row in rows.order_by("-item__date", "-item__pk", "order")[:CUTS]:
        found.setdefault(row.reference.key, []).append(row)
    told = verdicts(row.item for held in found.values() for row in held)
    texts = _texts([each for each in references if not each.is_quran])
    return [
        {
            "label": each.label(language),
            "path": shown.path_of(each, language),
            "quran": each.is_quran,
            "cuts": _cuts(found.get(each.key, []), each, texts.get(each.key, ""), language, told),
        }
        for each in references
        if each.is_quran or each.key in texts
    ]


def _texts(references: list[Reference]) -> dict[str, str]:
    """Texts of signed hadith by reference. One query, none without references."""
    if not references:
        return {}
    wanted = Q()
    for each in references:
        wanted |= Q(collection=each.source, number=str(each.number))
    return {row.reference.key: row.text for row in Hadith.objects.shown().filter(wanted)}


def _cuts(
    rows: list[Citation], reference: Reference, text: str, language: str, told: Mapping[int, dict[str, str]]
) -> list[dict[str, Any]]:
    """The different cuts of one text, each with the items that show it: one an item, in the reader's language when it
    has one."""
    by_words: dict[str, dict[Any, Citation]] = {}
    for row in rows:
        held = by_words.setdefault(row.cut_text, {})
        same = row.item.translation_key
        if same not in held or (row.item.language == language and held[same].item.language != language):
            held[same] = row
    found = []
    for items in by_words.values():
        cards = list(items.values())
        cut = layout.misuse(cards[0], reference) if reference.is_quran else layout.misuse_of_hadith(cards[0], text)
        claims = [
            {
                "item": row.item,
                "note": str(row.note),
                "elsewhere": row.item.language if row.item.language != language else "",
                "verdict": told.get(row.item.pk),
            }
            for row in cards
        ]
        found.append({**cut, "claims": claims})
    return found


def verdicts(items: Iterable[ItemRef]) -> dict[int, dict[str, str]]:
    """{ItemRef: {label, sign}} of those of the items that are claims. One query, none without a claim."""
    claims = {item.subject_id: item.pk for item in items if item.kind == "claim"}
    if not claims:
        return {}
    rows = ClaimPage.objects.filter(pk__in=claims, live=True).values_list("pk", "verdict")
    return {
        claims[number]: {"label": str(Verdict(verdict).label), "sign": SIGNS[verdict]}
        for number, verdict in rows
        if verdict in Verdict.values
    }


def door(context: Mapping[str, Any]) -> SafeString | str:
    """The way to the list, on the page of all suras and collections (place "scripture.index")."""
    return render_to_string("library/misused_door.html")


def panel(context: Mapping[str, Any]) -> SafeString | str:
    """The verdict on the claim beside a misuse, on the page of a verse or a hadith (place "scripture.misuse").

    The page's misuses are asked for together when the first of them is shown. One query a page.
    """
    misuses = context.get("misuses") or []
    if not misuses or "each" not in context:
        return ""
    if "verdict" not in misuses[0]:
        told = verdicts(each["item"] for each in misuses)
        for each in misuses:
            each["verdict"] = told.get(each["item"].pk)
    verdict = context["each"].get("verdict")
    return render_to_string("library/verdict_mark.html", verdict) if verdict else ""
