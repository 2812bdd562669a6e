"""Fatwas, comparisons of fatwas, historical evidence, and their hub."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from hiwar.arabic import history
from hiwar.arabic.sorting import sort_key
from hiwar.items.models import ItemRef
from hiwar.library import authority, proofs, shelf
from hiwar.library.models import EvidencePage, FatwaPage, IslamiyatPage, IssuingBody, MatterPage
from hiwar.library.views import contexts
from hiwar.library.views.islamiyat_lists import evidences, fatwas

__all__ = ["evidence", "evidences", "fatwa", "fatwas", "hub", "matter"]

COLUMNS = 6
NEWEST = 3
KINDS = ("fatwa", "matter", "evidence", "term", "claim")


def body_of(body: IssuingBody) -> dict[str, Any]:
    """What templates get of an issuing body: {name, country, authority, not_binding}, in the active language."""
    known, free = authority.parted(body.authority_here)
    country = body.country if body.country and not body.country.sample else None
    return {"name": body.name_here, "country": country, "authority": known, "not_binding": free, "sample": body.sample}


def fatwa(page: FatwaPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a FatwaPage."""
    data = contexts.item(page, request)
    body = IssuingBody.objects.select_related("country").get(pk=page.issuing_body_id)
    found = proofs.of(page.body)
    data.update(
        body=body_of(body),
        proofs=found,
        comparison=_comparison_of(page),
        asked_again=page.question.strip() != page.title.strip(),
    )
    return data


def _comparison_of(page: FatwaPage) -> ItemRef | None:
    """The page where this fatwa stands beside others, in its own language. One query, none without a matter."""
    if not page.matter_id:
        return None
    key = Page.objects.filter(pk=page.matter_id).values("translation_key")[:1]
    rows = ItemRef.objects.shown().in_language(page.language).of_kind("matter")
    return rows.filter(translation_key=key).first()


def matter(page: MatterPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a MatterPage."""
    data = contexts.item(page, request)
    known = shelf.sections(page.language)
    above = [known[slug] for slug in ("islamiyat", "islamiyat/fatwas") if slug in known]
    data["crumbs"][1:1] = [{"title": each.title, "path": each.path} for each in above]
    columns = compared(page)
    data.update(
        columns=columns[:COLUMNS],
        more=columns[COLUMNS:],
        untranslated=_elsewhere(page, [column["key"] for column in columns]),
        wide=len(columns) > 3,
    )
    return data


def compared(page: MatterPage) -> list[dict[str, Any]]:
    """The live fatwas in the page's language that answer its question, by the name of their body: an order in which
    nobody is ranked. Three queries, however many they are, one without any hadith."""
    rows = (
        FatwaPage.objects.filter(live=True, locale=page.locale_id, matter__translation_key=page.translation_key)
        .select_related("issuing_body__country")
        .order_by("-issued", "-pk")
    )
    found = sorted(rows[: COLUMNS * 4], key=lambda row: sort_key(row.issuing_body.name_here))
    proofs.fetch_together(found[:COLUMNS])
    return [
        {
            "fatwa": row,
            "key": row.translation_key,
            "path": row.url_path,
            "body": body_of(row.issuing_body),
            "proofs": proofs.of(row.body) if place < COLUMNS else [],
        }
        for place, row in enumerate(found)
    ]


def _elsewhere(page: MatterPage, here: list[Any]) -> list[dict[str, Any]]:
    """Fatwas on the question that have no live version in the page's language, each in one that it has. One query."""
    rows = (
        FatwaPage.objects.filter(live=True, matter__translation_key=page.translation_key)
        .exclude(locale=page.locale_id)
        .exclude(translation_key__in=here)
        .select_related("issuing_body", "locale")
        .defer("body", "sources")
        .order_by("locale__language_code", "pk")
    )
    found = {row.translation_key: row for row in reversed(rows[: COLUMNS * 4])}
    return [
        {"name": row.issuing_body.name_here, "title": row.title, "path": row.url_path, "language": row.language}
        for row in found.values()
    ]


def evidence(page: EvidencePage, request: HttpRequest) -> dict[str, Any]:
    """The context of an EvidencePage."""
    data = contexts.item(page, request)
    data.update(
        when=history.label(page.when, page.language, form="text"),
        machine=history.machine_date(page.when),
        persons=page.all_persons,
    )
    return data


def hub(page: IslamiyatPage, request: HttpRequest) -> dict[str, Any]:
    """The context of the hub. Two queries besides the page's own."""
    data = contexts.plain(page, request)
    rows = ItemRef.objects.filter(live=True, language=page.language, kind__in=KINDS)
    counted = dict(rows.order_by().values_list("kind").annotate(number=Count("pk")))
    place = Window(RowNumber(), partition_by=F("kind"), order_by=[F("date").desc(nulls_last=True), F("pk").desc()])
    newest: dict[str, list[ItemRef]] = {}
    for row in rows.annotate(place=place).filter(place__lte=NEWEST).order_by("kind", "place"):
        newest.setdefault(row.kind, []).append(row)
    known = shelf.sections(page.language)
    data.update(
        doors=_doors(known, counted),
        newest=[
            {"title": title, "path": known[slug].path, "cards": newest[kind]}
            for kind, slug, title in (
                ("fatwa", "islamiyat/fatwas", _("Newest fatwas")),
                ("evidence", "islamiyat/evidence", _("Newest historical evidence")),
                ("term", "glossary", _("Newest in the glossary")),
            )
            if kind in newest and slug in known
        ],
        comparisons=newest.get("matter", []),
    )
    return data


def _doors(known: dict[str, shelf.Section], counted: dict[str, int]) -> list[dict[str, Any]]:
    """Groups of doors: {title, doors: [{title, path, text, count}]}. A section that is not there has no door."""

    def section(slug: str, kind: str, text: str) -> list[dict[str, Any]]:
        if slug not in known:
            return []
        return [{"title": known[slug].title, "path": known[slug].path, "text": text, "count": counted.get(kind, 0)}]

    def fixed(name: str, title: str, text: str) -> dict[str, Any]:
        return {"title": title, "path": reverse(name), "text": text}

    groups = [
        (
            _("Fatwas and history"),
            [
                *section("islamiyat/fatwas", "fatwa", _("Who answered what and why, and bodies side by side.")),
                *section("islamiyat/evidence", "evidence", _("What happened, when and where, and what it shows.")),
                fixed("evidence_timeline", _("Timeline"), _("All events on one line, in both calendars.")),
                fixed("islamiyat_subjects", _("Subject index"), _("Fatwas, evidence and scripture by topic.")),
            ],
        ),
        (
            _("Scripture"),
            [
                fixed("scripture", _("Quran and hadith"), _("The Quran by sura and verse, and signed hadith.")),
                fixed("check", _("Check a quotation"), _("Whether words that are passed on stand so in the texts.")),
                fixed("misused", _("Misused verses and hadith"), _("The words that are cut out, where they belong.")),
                fixed("editions", _("Editions of the texts"), _("From which printed texts everything here is taken.")),
            ],
        ),
        (
            _("Answers and words"),
            [
                *section("claims", "claim", _("What is claimed, and what the sources say.")),
                *section("glossary", "term", _("What contested terms mean, and how they are distorted.")),
            ],
        ),
    ]
    return [{"title": title, "doors": doors} for title, doors in groups if doors]
