"""The list of one kind: filters by topic and year, counted, in stable pages."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from hiwar.items import registry
from hiwar.items.models import ItemRef, Topic
from hiwar.library.models import SectionPage
from hiwar.ui import frame as shell
from hiwar.ui.paging import Part, whole_number, with_query

FACETS_KEPT = 60  # seconds; the count beside a filter may lag a minute behind


def facets(language: str, kind: str) -> dict[str, list[tuple[Any, int]]]:
    """Counts by topic and by year of a kind's items in a language; two queries, kept for a minute."""

    def count() -> dict[str, list[tuple[Any, int]]]:
        rows = ItemRef.objects.filter(language=language, kind=kind, live=True).order_by()
        years = rows.values_list("year").annotate(n=Count("pk")).order_by("-year")
        topics = (
            ItemRef.topics.through.objects.filter(itemref__in=rows)
            .values_list("topic_id")
            .annotate(n=Count("pk"))
            .order_by()
        )
        return {"years": [row for row in years if row[0]], "topics": list(topics)}

    return cache.get_or_set(f"facets.{language}.{kind}", count, FACETS_KEPT) or {}


def of_section(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a section's list."""
    kind = registry.kind(page.lists)
    path = page.shown_path
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    topic = topics.get(request.GET.get("topic", ""))
    asked = request.GET.get("year", "")
    number = whole_number(asked, digits=4)
    if (request.GET.get("topic") and topic is None) or (asked and number < 1000):
        raise Http404
    year = str(number) if asked else ""
    found = facets(page.language, kind.slug)
    rows = ItemRef.objects.shown().in_language(page.language).of_kind(kind.slug)
    count: int | None = None
    if topic is not None:
        rows = rows.filter(topics=topic)
    if year:
        rows = rows.filter(year=int(year))
        if topic is None:
            count = dict(found["years"]).get(int(year), 0)
    elif topic is None:
        count = sum(n for _year, n in found["years"])
    part = Part(rows, request, count=count)
    chosen = topic.slug if topic else ""
    data = shell.context(
        path=with_query(path, topic=chosen, year=year, page=str(part.number) if part.number > 1 else ""),
        title=page.title,
        description=page.intro,
        crumbs=[(page.title, "")],
        page=page,
        feeds=shell.feeds_of(kind.section, page.title),
    )
    for each in data["switch"]:  # the other languages' own filters may differ: their list from its beginning
        each["path"] = f"/{each['language']}/{kind.place}/"
    if chosen or year or part.number > 1:
        data["alternates"] = []
    by_topic = dict(found["topics"])
    data.update(
        cards=part.rows,
        count=part.count,
        first=part.first,
        last=part.last,
        order_label=_("newest first"),
        filters={
            "topics": [
                {
                    "slug": each.slug,
                    "name": each.name_here,
                    "count": by_topic[each.pk],
                    "on": each is topic,
                    "path": with_query(path, topic="" if each is topic else each.slug, year=year),
                }
                for each in topics.values()
                if by_topic.get(each.pk)
            ],
            "years": [
                {
                    "year": number,
                    "count": n,
                    "on": str(number) == year,
                    "path": with_query(path, topic=chosen, year="" if str(number) == year else str(number)),
                }
                for number, n in found["years"]
            ],
        },
        chips=[
            *([{"label": topic.name_here, "path": with_query(path, year=year)}] if topic else []),
            *([{"label": year, "path": with_query(path, topic=chosen)}] if year else []),
        ],
        pages=part.pages(path, topic=chosen, year=year),
        clear_path=path,
    )
    return data
