"""Lists of fatwas and of historical evidence, each with filters of its own, and the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hiwar.arabic import history
from hiwar.items import registry
from hiwar.items.models import ItemRef, Topic
from hiwar.library import shelf, structured, timeline
from hiwar.library.models import EvidencePage, FatwaPage, IssuingBody, SectionPage
from hiwar.library.views.listing import FACETS_KEPT
from hiwar.ui import frame as shell
from hiwar.ui.paging import Part, whole_number, with_query
from hiwar.ui.templatetags.ui import digits

AUDIENCE = "public"

OFFERED = 6  # comparisons at the top of the fatwas
Counted = dict[Any, int]


def group(
    title: str, rows: Iterable[tuple[str, str, int]], chosen: str, to: Callable[[str], str]
) -> list[dict[str, Any]]:
    """One group of filters, as a list that is empty when there is nothing to choose: `rows` are (value, name, count),
    `to` gives the address for a value ("" takes the filter away)."""
    found = [
        {"name": name, "count": count, "on": value == chosen, "path": to("" if value == chosen else value)}
        for value, name, count in rows
        if count
    ]
    return [{"title": title, "rows": found}] if found else []


def counted_topics(language: str, kind: str) -> Counted:
    """Items of a kind by topic. One query."""
    rows = ItemRef.objects.filter(language=language, kind=kind, live=True).order_by()
    through = ItemRef.topics.through.objects.filter(itemref__in=rows)
    return dict(through.values_list("topic_id").annotate(n=Count("pk")).order_by())


def topic_asked(request: HttpRequest) -> tuple[Topic | None, list[Topic]]:
    """The topic that the address names, and all of them. One query. Raises Http404 for one that there is not."""
    topics = list(Topic.objects.all())
    asked = request.GET.get("topic", "")
    found = next((each for each in topics if each.slug == asked), None)
    if asked and found is None:
        raise Http404
    return found, topics


def number_asked(request: HttpRequest, name: str, *, least: int, most: int) -> int:
    """A whole number of the query, 0 when it is not there. Raises Http404 for any other text."""
    asked = request.GET.get(name, "")
    number = whole_number(asked, digits=4)
    if asked and not least <= number <= most:
        raise Http404
    return number


def frame_of(page: SectionPage, chosen: dict[str, str], part: Part) -> dict[str, Any]:
    """The shell of a section's list with its crumbs below the hub."""
    kind = registry.kind(page.lists)
    known = shelf.sections(page.language)
    above = [(known[kind.under].title, known[kind.under].path)] if kind.under in known else []
    data = shell.context(
        path=with_query(page.shown_path, **chosen, page=str(part.number) if part.number > 1 else ""),
        title=page.title,
        description=page.intro,
        crumbs=[*above, (page.title, "")],
        page=page,
        feeds=shell.feeds_of(kind.section, page.title),
    )
    for each in data["switch"]:  # the other languages' own filters may differ: their list from its beginning
        each["path"] = f"/{each['language']}/{kind.place}/"
    if any(chosen.values()) or part.number > 1:
        data["alternates"] = []
    return data


def chips(path: str, chosen: dict[str, str], names: dict[str, str]) -> list[dict[str, str]]:
    """What is filtered by, each with the address without it."""
    return [
        {"label": names[name], "path": with_query(path, **{**chosen, name: ""})} for name in names if chosen.get(name)
    ]


def shown_part(part: Part, path: str, chosen: dict[str, str]) -> dict[str, Any]:
    """Numbers and links of a part of a list, for `ui/results.html` and `ui/pagination.html`."""
    return {"count": part.count, "first": part.first, "last": part.last, "pages": part.pages(path, **chosen)}


# --- Fatwas --------------------------------------------------------------------------------------------------


def fatwa_facets(language: str) -> dict[str, Counted]:
    """Live fatwas of a language by topic, body and year of issue; three queries, kept for a minute."""

    def count() -> dict[str, Counted]:
        rows = FatwaPage.objects.filter(live=True, locale__language_code=language).order_by()
        bodies = rows.values_list("issuing_body").annotate(n=Count("pk"))
        years = rows.filter(issued__isnull=False).annotate(y=ExtractYear("issued")).values_list("y")
        return {
            "topics": counted_topics(language, "fatwa"),
            "bodies": dict(bodies),
            "years": dict(years.annotate(n=Count("pk")).order_by("-y")),
        }

    return cache.get_or_set(f"facets.fatwas.{language}", count, FACETS_KEPT) or {}


def fatwas(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the list of fatwas; `?list=comparisons` lists the comparisons instead."""
    if request.GET.get("list"):
        return comparisons(page, request)
    path, language = page.shown_path, page.language
    topic, topics = topic_asked(request)
    bodies = {each.slug: each for each in IssuingBody.objects.all()}
    body = bodies.get(request.GET.get("body", ""))
    year = number_asked(request, "year", least=1000, most=9999)
    if request.GET.get("body") and body is None:
        raise Http404
    found = fatwa_facets(language)
    rows = ItemRef.objects.shown().in_language(language).of_kind("fatwa")
    if topic:
        rows = rows.filter(topics=topic)
    if body or year:
        inner = FatwaPage.objects.filter(**({"issuing_body": body} if body else {}))
        rows = rows.filter(subject_id__in=(inner.filter(issued__year=year) if year else inner).values("pk"))
    part = Part(rows, request, count=None if topic or body or year else sum(found["bodies"].values()))
    chosen = {
        "topic": topic.slug if topic else "",
        "body": body.slug if body else "",
        "year": str(year) if year else "",
    }

    def to(name: str) -> Callable[[str], str]:
        return lambda value: with_query(path, **{**chosen, name: value})

    names = {each.pk: each.name_here for each in bodies.values()}
    data = frame_of(page, chosen, part)
    data.update(
        cards=with_fatwas(part.rows, names),
        **shown_part(part, path, chosen),
        order_label=_("newest first"),
        groups=[
            *group(
                _("Topics"),
                ((each.slug, each.name_here, found["topics"].get(each.pk, 0)) for each in topics),
                chosen["topic"],
                to("topic"),
            ),
            *group(
                _("Issuing body"),
                ((slug, each.name_here, found["bodies"].get(each.pk, 0)) for slug, each in bodies.items()),
                chosen["body"],
                to("body"),
            ),
            *group(
                _("Year of the fatwa"),
                ((str(number), digits(str(number)), n) for number, n in found["years"].items()),
                chosen["year"],
                to("year"),
            ),
        ],
        chips=chips(
            path,
            chosen,
            {
                "topic": topic.name_here if topic else "",
                "body": body.name_here if body else "",
                "year": digits(chosen["year"]),
            },
        ),
        clear_path=path,
        **offered(language, path, whole=not any(chosen.values()) and part.number == 1),
    )
    data["template"] = "library/fatwas_section.html"
    return data


def with_fatwas(cards: list[ItemRef], names: dict[int, str]) -> list[ItemRef]:
    """The cards of fatwas, each with its body, number and day as `fatwa`. One query, none without cards."""
    wanted = [card.subject_id for card in cards]
    fields = ("pk", "issuing_body_id", "number", "issued", "sample")
    known = {row["pk"]: row for row in FatwaPage.objects.filter(pk__in=wanted).values(*fields)} if wanted else {}
    for card in cards:
        row = known.get(card.subject_id, {})
        card.fatwa = {**row, "body": names.get(row.get("issuing_body_id", 0), "")}  # type: ignore[attr-defined]
    return cards


def offered(language: str, path: str, *, whole: bool) -> dict[str, Any]:
    """The comparisons that a list begins with, and the way to all of them. Two queries, none but on the first page."""
    if not whole:
        return {"comparisons": [], "all_comparisons": ""}
    rows = list(ItemRef.objects.shown().in_language(language).of_kind("matter")[: OFFERED + 1])
    more = with_query(path, list="comparisons") if len(rows) > OFFERED else ""
    return {"comparisons": with_answers(rows[:OFFERED], language), "all_comparisons": more}


def with_answers(cards: list[ItemRef], language: str) -> list[ItemRef]:
    """Cards of comparisons, each with how many fatwas it sets side by side as `answers`. One query, none without."""
    keys = [card.translation_key for card in cards]
    rows = FatwaPage.objects.filter(live=True, locale__language_code=language, matter__translation_key__in=keys)
    counted = rows.order_by().values_list("matter__translation_key").annotate(n=Count("pk")) if keys else []
    known = dict(counted)
    for card in cards:
        card.answers = known.get(card.translation_key, 0)  # type: ignore[attr-defined]
    return cards


def comparisons(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """All comparisons, in pages. Raises Http404 for any other list."""
    if request.GET["list"] != "comparisons":
        raise Http404
    path, chosen = page.shown_path, {"list": "comparisons"}
    part = Part(ItemRef.objects.shown().in_language(page.language).of_kind("matter"), request)
    data = frame_of(page, chosen, part)
    data.update(
        **shown_part(part, path, chosen),
        order_label=_("newest first"),
        comparisons=with_answers(part.rows, page.language),
        all_fatwas=path,
    )
    data["template"] = "library/fatwas_section.html"
    return data


# --- Historical evidence -------------------------------------------------------------------------------------


def evidence_facets(language: str) -> dict[str, Counted]:
    """Live evidence of a language by topic and by century CE; two queries, kept for a minute."""

    def count() -> dict[str, Counted]:
        years = EvidencePage.objects.filter(live=True, locale__language_code=language).order_by().values_list("year")
        centuries: Counted = {}
        for year, number in years.annotate(n=Count("pk")):
            centuries[history.century(year)] = centuries.get(history.century(year), 0) + number
        return {"topics": counted_topics(language, "evidence"), "centuries": dict(sorted(centuries.items()))}

    return cache.get_or_set(f"facets.evidence.{language}", count, FACETS_KEPT) or {}


def evidence_rows(language: str, *, topic: Topic | None = None, century: int = 0) -> QuerySet[EvidencePage]:
    """Live evidence of a language in the order of events, without texts."""
    rows = EvidencePage.objects.filter(live=True, locale__language_code=language).defer("body", "sources")
    if century:
        rows = rows.filter(year__range=((century - 1) * 100 + 1, century * 100))
    if topic:
        refs = ItemRef.objects.filter(live=True, language=language, kind="evidence", topics=topic)
        rows = rows.filter(pk__in=refs.values("subject_id"))
    return rows.order_by("year", F("month").asc(nulls_first=True), F("day").asc(nulls_first=True), "pk")


def century_filter(found: dict[str, Counted], century: int, to: Callable[[str], str]) -> list[dict[str, Any]]:
    """The filter by century, as `group` gives it."""
    language, counted = shell.language(), found["centuries"].items()
    rows = ((str(number), history.century_label(number, language), n) for number, n in counted)
    return group(_("Century of the event"), rows, str(century) if century else "", to)


def evidences(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the list of historical evidence, by the date of the event or (`?order=shown`) of showing."""
    path, language = page.shown_path, page.language
    topic, topics = topic_asked(request)
    century = number_asked(request, "century", least=1, most=21)
    order = request.GET.get("order", "")
    if order not in ("", "shown"):
        raise Http404
    found = evidence_facets(language)
    rows = evidence_rows(language, topic=topic, century=century)
    if order:
        rows = rows.order_by("-date", "-pk")
    chosen = {"topic": topic.slug if topic else "", "century": str(century) if century else "", "order": order}
    count = None if topic else found["centuries"].get(century, 0) if century else sum(found["centuries"].values())
    part = Part(rows, request, count=count)

    def to(name: str) -> Callable[[str], str]:
        return lambda value: with_query(path, **{**chosen, name: value})

    data = frame_of(page, chosen, part)
    data.update(
        cards=with_events(part.rows, language),
        **shown_part(part, path, chosen),
        order_label=_("newest first") if order else _("by the date of the event"),
        orders=[
            {"name": _("By the date of the event"), "path": to("order")(""), "on": not order},
            {"name": _("By the date of showing"), "path": to("order")("shown"), "on": bool(order)},
        ],
        groups=[
            *group(
                _("Topics"),
                ((each.slug, each.name_here, found["topics"].get(each.pk, 0)) for each in topics),
                chosen["topic"],
                to("topic"),
            ),
            *century_filter(found, century, to("century")),
        ],
        chips=chips(
            path,
            chosen,
            {
                "topic": topic.name_here if topic else "",
                "century": history.century_label(century, language) if century else "",
            },
        ),
        clear_path=path,
        timeline_path=reverse("evidence_timeline"),
    )
    data["template"] = "library/evidence_section.html"
    return data


def with_events(pages: list[EvidencePage], language: str) -> list[ItemRef]:
    """The cards of these pages in their order, each with `when` and `place` of its event. One query, none without."""
    refs = ItemRef.objects.filter(live=True, language=language, kind="evidence", subject_id__in=[p.pk for p in pages])
    known = {ref.subject_id: ref for ref in refs} if pages else {}
    found = []
    for page in pages:
        if (card := known.get(page.pk)) is not None:
            card.when, card.place = history.label(page.when, language), page.place  # type: ignore[attr-defined]
            found.append(card)
    return found


@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """The timeline: at most MOST events a page, drawn and listed. `?century=` shows one century."""
    language = shell.language()
    century = number_asked(request, "century", least=1, most=21)
    found = evidence_facets(language)
    rows = evidence_rows(language, century=century)
    count = found["centuries"].get(century, 0) if century else sum(found["centuries"].values())
    part = Part(rows, request, size=timeline.MOST, count=count)
    path, chosen = reverse("evidence_timeline"), {"century": str(century) if century else ""}
    title = _("Timeline of the historical evidence")
    known = shelf.sections(language)
    above = [(known[slug].title, known[slug].path) for slug in ("islamiyat", "islamiyat/evidence") if slug in known]
    data = shell.context(
        path=with_query(path, **chosen, page=str(part.number) if part.number > 1 else ""),
        title=title,
        description=_("When it happened, in both calendars; each mark leads to the evidence and its sources."),
        crumbs=[*above, (title, "")],
    )
    if century or part.number > 1:
        data["alternates"] = []
    for each in data["switch"]:
        each["path"] = each["path"].partition("?")[0]
    cards = with_events(part.rows, language)
    marks = [timeline.Mark(page.title, page.url_path, page.when) for page in part.rows]
    name = ngettext("%(number)s event", "%(number)s events", len(marks)) % {"number": digits(len(marks))}
    data["structured"] = structured.for_listing(
        title=title, path=path, language=language, crumbs=data["crumbs"], cards=cards, first=part.first
    )
    data.update(
        cards=cards,
        **shown_part(part, path, chosen),
        order_label=_("by the date of the event"),
        drawing=timeline.svg(marks, language=language, title=f"{title}: {name}"),
        groups=century_filter(found, century, lambda value: with_query(path, century=value)),
        chips=chips(path, chosen, {"century": history.century_label(century, language) if century else ""}),
        clear_path=path,
        list_path=known["islamiyat/evidence"].path if "islamiyat/evidence" in known else "",
    )
    return shell.answer(request, "library/timeline.html", data)
