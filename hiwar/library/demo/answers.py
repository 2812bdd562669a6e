"""The answers of the demonstration: claims, fatwas, historical evidence, terms and testimonies."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import Page

from hiwar.library.demo import reading
from hiwar.library.models import (
    ClaimPage,
    Companion,
    EvidencePage,
    FatwaPage,
    IssuingBody,
    MatterPage,
    TermPage,
    TestimonyPage,
)
from hiwar.states.models import State
from hiwar.ui.bylanguage import Texts

if TYPE_CHECKING:
    from hiwar.library.demo.seed import Seed

Extra = Callable[[dict[str, Any], str], dict[str, Any]]
# What stands in the records of consent of people who do not exist.
CONSENT = {"ar": "نموذج: لا يوجد شخص وراء هذه الشهادة", "en": "Sample: no person stands behind this testimony"}


def write(seed: Seed) -> None:
    """Write what is not there yet, in an order in which nothing refers to what comes later."""
    bodies = {data["key"]: _body(data) for data in reading.one("bodies")["body"]}
    for key, data in reading.folder("glossary").items():
        seed.item(TermPage, "glossary", key, data, extra=_term)
    for data in reading.one("matters")["matter"]:
        seed.item(MatterPage, "islamiyat/fatwas", data["key"], data, extra=_matter)
    matters = {data["key"]: seed.key("islamiyat/fatwas", data["key"]) for data in reading.one("matters")["matter"]}
    for key, data in reading.folder("fatwas").items():
        seed.item(FatwaPage, "islamiyat/fatwas", key, data, extra=_fatwa(bodies, matters))
    for key, data in reading.folder("evidence").items():
        seed.item(EvidencePage, "islamiyat/evidence", key, data, extra=_evidence)
    claims = reading.folder("claims")
    for key, data in claims.items():
        seed.item(ClaimPage, "claims", key, data, extra=_claim)
    for key, data in claims.items():
        _accompany(seed, key, data.get("companions", []))
    for key, data in reading.folder("testimonies").items():
        seed.item(TestimonyPage, "testimonies", key, data, extra=_testimony)


def _body(data: dict[str, Any]) -> IssuingBody:
    languages = [code for code, value in data.items() if isinstance(value, dict)]
    country = data.get("country")
    body, _made = IssuingBody.objects.get_or_create(
        slug=data["key"],
        defaults={
            "name": Texts({code: data[code]["name"] for code in languages}),
            "authority": Texts({code: data[code]["authority"] for code in languages}),
            "country": State.objects.get(iso2=country.upper()) if country else None,
            "sample": True,
        },
    )
    return body


def _lines(values: list[str]) -> str:
    return "\n".join(values)


def _term(data: dict[str, Any], code: str) -> dict[str, Any]:
    text = data[code]
    return {"gloss": text.get("gloss", ""), "forms": _lines(text["forms"]), "distortion": text["distortion"]}


def _matter(data: dict[str, Any], code: str) -> dict[str, Any]:
    return {"agreed": data[code]["agreed"], "differ": data[code]["differ"], "sample": True}


def _fatwa(bodies: dict[str, IssuingBody], matters: dict[str, uuid.UUID]) -> Extra:
    def fields(data: dict[str, Any], code: str) -> dict[str, Any]:
        text, matter = data[code], matters.get(data.get("matter", ""))
        found = Page.objects.filter(translation_key=matter, locale__language_code=code).first() if matter else None
        return {
            **{name: text.get(name, "") for name in ("question", "ruling", "scope", "mufti")},
            "conditions": _lines(text.get("conditions", [])),
            "issuing_body": bodies[data["issuing"]],
            "number": data["number"],
            "issued": data["issued"],
            "matter": found,
            "sample": True,
        }

    return fields


def _evidence(data: dict[str, Any], code: str) -> dict[str, Any]:
    names = ("precision", "year", "month", "day", "hijri_year", "hijri_month", "hijri_day")
    text = data[code]
    return {name: data[name] for name in names if name in data} | {
        "place": text.get("place", ""),
        "persons": _lines(text.get("persons", [])),
    }


def _claim(data: dict[str, Any], code: str) -> dict[str, Any]:
    text = data[code]
    return {
        "verdict": data["verdict"],
        **{name: text.get(name, "") for name in ("used_by", "heard_in", "short_answer")},
        "wordings": _lines(text["wordings"]),
        "link_terms": data.get("link_terms", False),
    }


def _testimony(data: dict[str, Any], code: str) -> dict[str, Any]:
    day = data["date"] if not isinstance(data["date"], datetime.datetime) else data["date"].date()
    return {
        "who": data["who"],
        "pen_name": data[code]["pen_name"],
        "consent_on": day,
        "consent_reference": CONSENT.get(code, CONSENT["en"]),
        "safety_checked_on": day,
        "safety_note": CONSENT.get(code, CONSENT["en"]),
        "sample": True,
    }


@transaction.atomic
def _accompany(seed: Seed, key: str, others: list[str]) -> None:
    """Tell of each claim with which it usually comes, once all of them are there."""
    for code in seed.codes:
        rows = ClaimPage.objects.filter(locale__language_code=code)
        page = rows.filter(translation_key=seed.key("claims", key)).first()
        if page is None or not others or page.companions.exists():
            continue
        found = [rows.filter(translation_key=seed.key("claims", other)).first() for other in others]
        page.companions = [Companion(claim=other, sort_order=n) for n, other in enumerate(filter(None, found))]
        seed.publish(page)
