"""The editions page: which texts the site holds, how they differ, who stands for them, which errors were reported."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hiwar.arabic.digits import to_arabic_indic
from hiwar.scripture import editions as texts
from hiwar.scripture import orthography, shown, structured
from hiwar.scripture.canon import VERSES
from hiwar.scripture.models import Rendering, TextReport
from hiwar.ui import frame
from hiwar.ui.paging import Part

AUDIENCE = "public"

REPORTS = 20
# Figures of a sentence are the reader's; those of a version (3.0, 0.1.0) stay as the publisher writes them.
FIGURE = re.compile(r"(?<![A-Za-z\d.-])\d[\d,]*(?![A-Za-z\d-]|\.\d)")


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition with its hash, the two spellings explained, the signature, and the public log of reports."""
    title = _("Editions of the texts")
    summary = _(
        "Which editions scripture is shown from and compared with, how they differ and why, and every error "
        "that was reported in them with its answer."
    )
    reports = Part(TextReport.objects.shown(), request, size=REPORTS)
    data = frame.context(
        path=request.path,
        title=title,
        description=summary,
        crumbs=[(_("Scripture"), reverse("scripture")), (title, "")],
        robots="noindex" if reports.number > 1 else "",
    )
    data["structured"] = structured.of_list(title=title, path=request.path, crumbs=data["crumbs"], description=summary)
    data |= {
        "summary": summary,
        "toc": [
            {"id": "quran", "title": _("The Quran")},
            {"id": "spelling", "title": _("Why one verse has two spellings")},
            {"id": "signature", "title": _("Signature of a scholar")},
            {"id": "hadith", "title": _("Hadith: texts for checking only")},
            {"id": "meanings", "title": _("Translations of the meaning")},
            {"id": "log", "title": _("Reported errors and answers")},
        ],
        "texts": [told(texts.quran()), told(texts.modern())],
        "hadith_texts": [told(each) for each in texts.hadith()],
        "differences": _linked(orthography.examples()),
        "differing": orthography.verses_that_differ(),
        "verses": VERSES,
        "renderings": list(Rendering.objects.shown()),
        "reports": [_report(each) for each in reports.rows],
        "count": reports.count,
        "pages": reports.pages(request.path),
        "mail": settings.DEFAULT_FROM_EMAIL,
    }
    return frame.answer(request, "scripture/editions.html", data)


def told(edition: texts.Edition) -> dict[str, Any]:
    """An edition with its sentences in the reader's language and digits."""
    return {
        "edition": edition,
        "name": str(edition.name),
        "origin": figures(str(edition.origin)),
        "what_for": figures(str(edition.what_for)),
        "remarks": [figures(str(each)) for each in edition.remarks],
    }


def figures(sentence: str) -> str:
    """A sentence of the editions' data with its figures, versions apart, in the digits of the reader's language."""
    if frame.language() != "ar":
        return sentence
    return FIGURE.sub(lambda found: to_arabic_indic(found[0].replace(",", "٬")), sentence)


def _linked(examples: list[dict[str, Any]]) -> list[dict[str, Any]]:
    language = frame.language()
    for each in examples:
        for row in each["rows"]:
            reference = row["reference"]
            row |= {"label": reference.label(language), "path": shown.path_of(reference, language)}
    return examples


def _report(report: TextReport) -> dict[str, Any]:
    """A reported error for readers: where, what was said, what was answered, after how many days."""
    place = report.place
    return {
        "report": report,
        "place": report.place_here,
        # A hadith has a page only while a Scholar's signature holds.
        "path": shown.path_of(place, frame.language()) if place and place.is_quran else "",
        "problem": str(report.problem),
        "answer": str(report.answer),
        "state": report.get_state_display(),
        "days": (report.answered - report.received).days if report.answered else None,
    }
