"""Claims that are answered: a claim, their list, the verdict scale, and the feed of all reviews."""

from __future__ import annotations

import json
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hiwar.edge import answers
from hiwar.items import registry
from hiwar.items.models import ItemRef, Topic
from hiwar.library import companions, shelf, structured_claims
from hiwar.library.models import ClaimPage, SectionPage
from hiwar.library.verdicts import SCALE, SIGNS, Verdict
from hiwar.library.views import contexts, listing
from hiwar.ui import frame as shell
from hiwar.ui.paging import Part, whole_number, with_query

AUDIENCE = "public"
REVIEWS = "application/ld+json"


def claim(page: ClaimPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a ClaimPage: what every item has, its parts, what comes with it, its history. Three queries more
    than an article's when it has companions."""
    data = contexts.item(page, request)
    data.update(
        parts=page.parts,
        toc=[{"id": part.id, "title": part.title} for part in page.parts if part.number],
        companions=companions.of(page),
        versions=[*data["corrections"], {"on": page.first_shown, "kind": "first", "text": ""}],
        scale_path=f"/{page.language}/verdicts/",
    )
    return data


def verdict_counts(language: str) -> dict[str, int]:
    """How many live claims have each verdict. One query, kept for a minute."""

    def count() -> dict[str, int]:
        rows = ClaimPage.objects.filter(live=True, locale__language_code=language).order_by()
        return dict(rows.values_list("verdict").annotate(n=Count("pk")))

    return cache.get_or_set(f"facets.{language}.claim.verdicts", count, listing.FACETS_KEPT) or {}


def section(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """The list of claims: filters by verdict, topic and year, each row with its verdict."""
    kind = registry.kind(page.lists)
    path = page.shown_path
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    asked = {name: request.GET.get(name, "") for name in ("verdict", "topic", "year")}
    year = whole_number(asked["year"], digits=4)
    known = asked["verdict"] in ("", *Verdict.values) and (not asked["topic"] or asked["topic"] in topics)
    if not known or (asked["year"] and year < 1000):
        raise Http404
    chosen = {**asked, "year": str(year) if year else ""}
    rows = ItemRef.objects.shown().in_language(page.language).of_kind(kind.slug)
    if chosen["verdict"]:
        rows = rows.filter(subject_id__in=ClaimPage.objects.filter(verdict=chosen["verdict"]).values("pk"))
    if chosen["topic"]:
        rows = rows.filter(topics=topics[chosen["topic"]])
    if year:
        rows = rows.filter(year=year)
    found = listing.facets(page.language, kind.slug)
    count = None if any(chosen.values()) else sum(n for _year, n in found["years"])
    part = Part(rows, request, count=count)
    data = shell.context(
        path=with_query(path, **chosen, page=str(part.number) if part.number > 1 else ""),
        title=page.title,
        description=page.intro,
        crumbs=[(page.title, "")],
        page=page,
        feeds=[*shell.feeds_of(kind.section, page.title), review_feed_of(page.language)],
    )
    for each in data["switch"]:  # the other languages' own filters may differ: their list from its beginning
        each["path"] = f"/{each['language']}/{kind.place}/"
    if any(chosen.values()) or part.number > 1:
        data["alternates"] = []

    def choice(name: str, value: str, label: Any, number: int, **more: Any) -> dict[str, Any]:
        on = chosen[name] == value
        to = with_query(path, **{**chosen, name: "" if on else value})
        return {"label": label, "count": number, "on": on, "path": to, **more}

    by_topic, by_verdict = dict(found["topics"]), verdict_counts(page.language)
    data.update(
        template="library/claims_section.html",
        rows=companions.with_verdicts(part.rows),
        cards=part.rows,
        count=part.count,
        first=part.first,
        last=part.last,
        order_label=_("newest first"),
        verdicts=[
            choice("verdict", each.value, each.label, by_verdict[each.value], sign=SIGNS[each])
            for each in Verdict
            if by_verdict.get(each.value)
        ],
        topics=[
            choice("topic", each.slug, each.name_here, by_topic[each.pk])
            for each in topics.values()
            if by_topic.get(each.pk)
        ],
        years=[choice("year", str(number), number, n) for number, n in found["years"]],
        chips=[
            {"label": label, "path": with_query(path, **{**chosen, name: ""})}
            for name, label in (
                ("verdict", companions.told(chosen["verdict"])["label"]),
                ("topic", topics[chosen["topic"]].name_here if chosen["topic"] else ""),
                ("year", chosen["year"]),
            )
            if label
        ],
        pages=part.pages(path, **chosen),
        clear_path=path,
        scale_path=f"/{page.language}/verdicts/",
    )
    return data


@require_safe
def verdicts(request: HttpRequest) -> HttpResponse:
    """The verdict scale, explained. One query when the counts are not kept."""
    language = shell.language()
    title = _("Verdict scale")
    claims = shelf.sections(language).get(registry.kind("claim").place)
    counts = verdict_counts(language)
    data = shell.context(
        path=request.path,
        title=title,
        description=_("What each verdict on a claim means, how the Centre decides, and an example of each."),
        crumbs=[*([(claims.title, claims.path)] if claims else []), (title, "")],
    )
    data["scale"] = [
        {
            "shown": each,
            "count": counts.get(each.verdict.value, 0),
            "path": with_query(claims.path, verdict=each.verdict.value) if claims else "",
        }
        for each in SCALE
    ]
    return shell.answer(request, "library/verdicts.html", data)


def review_feed_of(language: str) -> dict[str, str]:
    """The link to the feed of all reviews of a language."""
    with_reviews = _("ClaimReview of all claims answered")
    return {"title": with_reviews, "path": f"/{language}/feeds/claimreview.json", "type": REVIEWS}


@require_safe
def review_feed(request: HttpRequest) -> HttpResponse:
    """Every claim of the language with its ClaimReview, as a schema.org DataFeed; 304 when the reader has it already.
    Two queries."""
    language = shell.language()
    refs = list(ItemRef.objects.shown().in_language(language).of_kind("claim"))
    pages = {page.pk: page for page in ClaimPage.objects.filter(live=True, locale__language_code=language)}
    found = structured_claims.feed(
        language=language,
        path=request.path,
        claims=[(pages[ref.subject_id], ref) for ref in refs if ref.subject_id in pages],
    )
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return answers.tagged(request, HttpResponse(body, content_type=REVIEWS))
