"""The subject index of Islamiyat: fatwas, historical evidence and scripture by topic."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import Case, CharField, Count, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hiwar.arabic import history
from hiwar.items.models import ItemRef, Topic
from hiwar.library import shelf, structured
from hiwar.library.models import EvidencePage
from hiwar.library.views.islamiyat_lists import with_answers
from hiwar.library.views.listing import FACETS_KEPT
from hiwar.scripture import shown
from hiwar.scripture.models import Citation
from hiwar.scripture.names import QURAN
from hiwar.scripture.reference import Reference
from hiwar.ui import frame as shell
from hiwar.ui.paging import Part, with_query

AUDIENCE = "public"

TITLE = gettext_lazy("Subject index")
A_KIND = 6
PASSAGES = 60
PLACE = ("source", "sura", "first", "last", "number", "scheme")


def crumbs(language: str, *last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page below the hub."""
    hub = shelf.sections(language).get("islamiyat")
    return [*([(hub.title, hub.path)] if hub else []), *last]


def counts(language: str) -> dict[int, dict[str, int]]:
    """{topic: {fatwa, matter, evidence, scripture}} of live items; two queries, kept for a minute."""

    def count() -> dict[int, dict[str, int]]:
        found: dict[int, dict[str, int]] = {}
        rows = ItemRef.objects.filter(live=True, language=language, kind__in=("fatwa", "matter", "evidence")).order_by()
        for topic, kind, number in rows.values_list("topics", "kind").annotate(n=Count("pk")):
            found.setdefault(topic, {})[kind] = number
        # A passage is several columns, which no database counts together: they are counted as one word.
        word = Concat("source", *(part for name in PLACE[1:] for part in (Value(":"), _text(name))))
        passages = Citation.objects.shown().filter(item__language=language).order_by().annotate(word=word)
        for topic, number in passages.values_list("item__topics").annotate(n=Count("word", distinct=True)):
            found.setdefault(topic, {})["scripture"] = number
        return {topic: numbers for topic, numbers in found.items() if topic is not None}

    return cache.get_or_set(f"facets.islamiyat.{language}", count, FACETS_KEPT) or {}


def _text(name: str) -> Coalesce:
    return Coalesce(Cast(name, CharField()), Value(""))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every topic on which there is something, with how much of each."""
    language, title = shell.language(), str(TITLE)
    found = counts(language)
    summary = _("Fatwas, historical evidence, and the verses and hadith that are cited, by topic.")
    data = shell.context(path=request.path, title=title, description=summary, crumbs=crumbs(language, (title, "")))
    data["structured"] = structured.for_listing(
        title=title, path=request.path, language=language, crumbs=data["crumbs"], description=summary
    )
    data |= {
        "summary": summary,
        "rows": [
            {
                "name": topic.name_here,
                "summary": topic.summary_here,
                "path": reverse("islamiyat_subject", args=[topic.slug]),
                "fatwas": numbers.get("fatwa", 0) + numbers.get("matter", 0),
                "evidence": numbers.get("evidence", 0),
                "scripture": numbers.get("scripture", 0),
            }
            for topic in Topic.objects.all()
            if (numbers := found.get(topic.pk))
        ],
    }
    return shell.answer(request, "library/subject_index.html", data)


@require_safe
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: its newest fatwas, comparisons and evidence, and all scripture that its items cite, in pages."""
    topic = get_object_or_404(Topic, slug=slug)
    language = shell.language()
    rows = ItemRef.objects.shown().in_language(language).filter(topics=topic)
    known = shelf.sections(language)
    part = Part(passages(language, topic), request, size=PASSAGES)
    groups = [
        _group(_("Comparisons of fatwas"), with_answers(list(rows.of_kind("matter")[:A_KIND]), language)),
        _group(_("Fatwas"), list(rows.of_kind("fatwa")[: A_KIND + 1]), known.get("islamiyat/fatwas"), slug),
        _group(
            _("Historical evidence"),
            list(rows.of_kind("evidence")[: A_KIND + 1]),
            known.get("islamiyat/evidence"),
            slug,
        ),
    ]
    _tell_when(groups[2]["cards"], language)
    path = request.path
    data = shell.context(
        path=with_query(path, page=str(part.number) if part.number > 1 else ""),
        title=topic.name_here,
        description=topic.summary_here,
        crumbs=crumbs(language, (str(TITLE), reverse("islamiyat_subjects")), (topic.name_here, "")),
    )
    data["structured"] = structured.for_listing(
        title=topic.name_here, path=path, language=language, crumbs=data["crumbs"], description=topic.summary_here
    )
    data |= {
        "topic": topic,
        "groups": [each for each in groups if each["cards"]] if part.number == 1 else [],
        "passages": [_passage(row, language) for row in part.rows],
        "count": part.count,
        "first": part.first,
        "last": part.last,
        "pages": part.pages(path),
        "index_path": reverse("islamiyat_subjects"),
    }
    return shell.answer(request, "library/subject.html", data)


def passages(language: str, topic: Topic) -> QuerySet[Any]:
    """Verses and hadith that live items of the topic cite, each once with `n` items: the Quran first, in its order."""
    rows = Citation.objects.shown().filter(item__language=language, item__topics=topic).order_by()
    quran_first = Case(When(source=QURAN, then=0), default=1)
    found = rows.values(*PLACE).annotate(n=Count("item", distinct=True))
    return found.order_by(quran_first, "sura", "first", "last", "source", "number", "scheme")


def reference_of(row: dict[str, Any]) -> Reference:
    """The reference of a row of PLACE."""
    if row["source"] == QURAN:
        return Reference.verse(row["sura"], row["first"], row["last"])
    return Reference.hadith(row["source"], row["number"], row["scheme"] or None)


def _passage(row: dict[str, Any], language: str) -> dict[str, Any]:
    reference = reference_of(row)
    return {"label": reference.label(language), "path": shown.path_of(reference, language), "count": row["n"]}


def _group(title: str, cards: list[ItemRef], section: shelf.Section | None = None, slug: str = "") -> dict[str, Any]:
    more = with_query(section.path, topic=slug) if section and len(cards) > A_KIND else ""
    return {"title": title, "cards": cards[:A_KIND], "more": more}


def _tell_when(cards: list[ItemRef], language: str) -> None:
    """Add `when` and `place` of their events to cards of evidence. One query, none without cards."""
    pages = EvidencePage.objects.filter(pk__in=[card.subject_id for card in cards]).defer("body", "sources")
    known = {page.pk: page for page in pages} if cards else {}
    for card in cards:
        if (page := known.get(card.subject_id)) is not None:
            card.when, card.place = history.label(page.when, language), page.place  # type: ignore[attr-defined]
