"""What templates get of a hadith: the editor's text, who graded it how, and whose signature it bears."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext, pgettext

from hiwar.arabic.direction import base_language, direction
from hiwar.scripture import shown
from hiwar.scripture.collections import collection
from hiwar.scripture.models import Grading, Hadith
from hiwar.ui.templatetags.ui import dates, digits


def by_uuid(identifiers: Iterable[Any]) -> dict[str, Hadith]:
    """Hadith by identifier, signed or not, with signer and gradings. Two queries, none without a valid identifier."""
    wanted = {found for each in identifiers if (found := _uuid(each))}
    if not wanted:
        return {}
    rows = Hadith.objects.filter(uuid__in=wanted).select_related("signed_by").prefetch_related("gradings")
    return {str(row.uuid): row for row in rows}


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def hadith(entry: Hadith, *, sealed: bool = True) -> dict[str, Any]:
    """What `blocks/hadith.html` shows, in the active language.

    A hadith whose signature does not hold gives its reference alone: `withdrawn` is then true.
    """
    language = get_language() or "ar"
    reference = entry.reference
    if not entry.is_shown:
        return {"withdrawn": True, "label": reference.label(language), "path": ""}
    rows = list(entry.gradings.all())
    return {
        "withdrawn": False,
        "narrator": entry.narrator.here(language),
        "narrator_language": "" if entry.narrator.get(base_language(language)) else "ar",
        "text": entry.text,
        "label": reference.label(language),
        "path": shown.path_of(reference, language),
        "copied": shown.bracketed(reference),
        "rendering": _meaning(entry, language),
        "gradings": [_grading(row, language) for row in rows],
        "graders_differ": len({row.scale.band for row in rows}) > 1,
        "seal": seal(entry) if sealed else None,
    }


def _meaning(entry: Hadith, language: str) -> dict[str, Any] | None:
    text = entry.rendering.get(base_language(language))
    if not text or base_language(language) == "ar":
        return None
    return {"text": text, "name": entry.translator, "language": language, "direction": direction(language)}


def _grading(row: Grading, language: str) -> dict[str, str]:
    where = row.source.here(language)
    return {
        "grader": row.grader.here(language),
        "grade": row.scale.name(language),
        "band": row.scale.band,
        "wording": row.wording.here(language),
        "where": f"{where} {digits(row.page)}" if row.page else where,
    }


def seal(entry: Hadith) -> dict[str, Any]:
    """Context of `ui/seal.html` for a signed hadith: from which printed book, by which numbering, signed by whom."""
    language = get_language() or "ar"
    scheme = collection(entry.collection).scheme(entry.scheme)
    signer = entry.signed_by.get_full_name() if entry.signed_by else ""
    facts = [
        {"label": gettext("Printed source"), "value": entry.edition_note.here(language)},
        {"label": gettext("Numbering system"), "value": scheme.name(language)},
        {"label": pgettext("hadith", "Signed by"), "value": signer or gettext("A Scholar of the Centre")},
        {"label": pgettext("hadith", "Signed on"), "value": dates(entry.signed_at)},
    ]
    line = gettext("Signed by a Scholar")
    return {"label": line, "facts": [fact for fact in facts if fact["value"]], "line": line}
