"""Pages that gather what concerns one subject: a topic, a person."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from hiwar.items import registry
from hiwar.items.models import ItemRef, ItemRefQuerySet, Topic
from hiwar.library import kinds, shelf, structured
from hiwar.library.models import Person
from hiwar.ui import frame as shell
from hiwar.ui.paging import Part, with_query

AUDIENCE = "public"

A_KIND = 3


def grouped(rows: ItemRefQuerySet, more: str = "") -> list[dict[str, Any]]:
    """The newest items of each kind, three a kind, in the order of the kinds. One query."""
    placed = rows.annotate(
        place=Window(RowNumber(), partition_by=F("kind"), order_by=(F("date").desc(), F("pk").desc()))
    )
    cards: dict[str, list[ItemRef]] = {}
    for card in placed.filter(place__lte=A_KIND + 1):  # one more than is shown tells whether there are more
        cards.setdefault(card.kind, []).append(card)
    found = []
    for kind in registry.kinds():
        if kind.slug in cards:
            here = cards[kind.slug]
            known = shelf.sections(shell.language()).get(kind.place)
            to = with_query(known.path, topic=more) if known and more and len(here) > A_KIND else ""
            found.append({"kind": kind.slug, "label": kind.plural, "cards": here[:A_KIND], "more": to})
    return found


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """All topics."""
    title = _("Topics")
    data = shell.context(path=request.path, title=title, crumbs=[(title, "")])
    data["structured"] = structured.for_listing(
        title=title, path=request.path, language=shell.language(), crumbs=data["crumbs"]
    )
    return shell.answer(request, "library/topics.html", {**data, "topics": list(Topic.objects.all())})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything on one subject in the reader's language."""
    subject = get_object_or_404(Topic, slug=slug)
    data = shell.context(
        path=request.path,
        title=subject.name_here,
        description=subject.summary_here,
        crumbs=[(_("Topics"), reverse("topics")), (subject.name_here, "")],
    )
    rows = ItemRef.objects.shown().in_language(shell.language()).filter(topics=subject)
    data["structured"] = structured.for_listing(
        title=subject.name_here, path=request.path, language=shell.language(), crumbs=data["crumbs"]
    )
    return shell.answer(
        request, "library/topic.html", {**data, "topic": subject, "groups": grouped(rows, subject.slug)}
    )


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Authors, advisors and scholars."""
    title = pgettext("authors and scholars", "People")
    data = shell.context(path=request.path, title=title, crumbs=[(title, "")])
    everyone = Person.objects.select_related("country").sorted_here()
    groups = [
        {"label": _("Scholars"), "people": [p for p in everyone if p.is_scholar]},
        {"label": _("Advisors"), "people": [p for p in everyone if p.is_advisor]},
        {
            "label": _("Authors"),
            "people": [p for p in everyone if p.is_author and not p.is_advisor and not p.is_scholar],
        },
    ]
    return shell.answer(request, "library/people.html", {**data, "groups": [g for g in groups if g["people"]]})


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """A person and all they wrote or reviewed."""
    subject = get_object_or_404(Person.objects.select_related("country"), slug=slug)
    language = shell.language()
    data = shell.context(
        path=request.path,
        title=subject.name_here,
        description=subject.biography_here,
        crumbs=[(pgettext("authors and scholars", "People"), reverse("people")), (subject.name_here, "")],
        kind="profile",
    )
    pages = subject.authorships.values("page_id")
    rows = ItemRef.objects.shown().in_language(language).filter(kind__in=kinds.of_pages(), subject_id__in=pages)
    part = Part(rows, request)
    data["structured"] = structured.for_person(who=subject, language=language, crumbs=data["crumbs"])
    return shell.answer(
        request,
        "library/person.html",
        {**data, "person": subject, "cards": part.rows, "count": part.count, "pages": part.pages(request.path)},
    )
