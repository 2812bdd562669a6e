"""Fields of imported claims, fatwas and historical evidence. A line with the contract's fields alone is enough: what it
does not say is left unsaid, never invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from hiwar.library.imports.checking import Draft
from hiwar.library.imports.reading import LineRefused
from hiwar.library.models import EvidencePage, IssuingBody
from hiwar.library.models.lines import leads_somewhere
from hiwar.library.verdicts import Verdict
from hiwar.ui.bylanguage import Texts

NOT_STATED = "not-stated"
# The record that stands for "the source does not say". Its words are content, so they stand here in every language.
NOT_STATED_NAME = {"ar": "جهة الإصدار غير مذكورة", "en": "Issuing body not stated", "fr": "Autorité non indiquée"}
NOT_STATED_AUTHORITY = {
    "ar": "نُقل هذا السجل من الموقع السابق، ولم تُذكر فيه الجهة التي أصدرت الفتوى ولا صفتها.",
    "en": "This record came from an earlier site, which names neither the body that issued the fatwa nor its standing.",
    "fr": "Cette notice vient d'un site antérieur, qui ne nomme ni l'autorité qui a rendu la fatwa ni sa qualité.",
}
FIRST_YEAR, LAST_YEAR = 500, 2100


def _claim(draft: Draft, summary: str) -> dict[str, Any]:
    """A claim without a verdict gets none: the office chooses one. Its short answer is the summary where none is
    given."""
    verdict = draft.more.get("verdict", "")
    if verdict not in ("", *Verdict.values):
        raise LineRefused(
            _("“%(value)s” is no value of %(name)s. Known values: %(known)s.")
            % {"value": verdict, "name": "verdict", "known": ", ".join(Verdict.values)}
        )
    values = {
        "verdict": verdict,
        "short_answer": draft.more.get("short_answer") or summary,
        "used_by": draft.more.get("used_by", ""),
        "heard_in": draft.more.get("heard_in", ""),
    }
    for name, text in {"title": draft.title, "summary": summary, **values}.items():
        if leads_somewhere(text):
            raise LineRefused(
                _("An address stands in %(field)s: a claim never leads to the original.") % {"field": name}
            )
    return values


def _fatwa(draft: Draft, summary: str) -> dict[str, Any]:
    """The question is the title and the ruling the summary where the line has neither."""
    return {
        "question": draft.more.get("question") or draft.title,
        "ruling": draft.more.get("ruling") or summary,
        "number": draft.more.get("number", ""),
        "issuing_body": _body(draft.more.get("issuing_body", "")),
    }


def _body(named: str) -> IssuingBody:
    """The issuing body by its slug or its name in any language; without a name the record "not stated", made when it
    is first needed. A body that is not known is refused: on what authority it speaks is said in the office."""
    if not named:
        return IssuingBody.objects.get_or_create(
            slug=NOT_STATED, defaults={"name": Texts(NOT_STATED_NAME), "authority": Texts(NOT_STATED_AUTHORITY)}
        )[0]
    for body in IssuingBody.objects.all():
        if named == body.slug or named in body.name.values():
            return body
    raise LineRefused(_("There is no issuing body “%(name)s”. Make it in the office first.") % {"name": named})


def _evidence(draft: Draft, summary: str) -> dict[str, Any]:
    """The year is that of `date` where none is given, and the precision the year."""
    year = draft.more.get("year", "") or str(localtime(draft.date).year)
    if not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR):
        raise LineRefused(
            _("The year “%(year)s” is not a year from %(first)d to %(last)d.")
            % {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    precision = draft.more.get("precision") or EvidencePage.Precision.YEAR.value
    # No line names a month or a day of the event, so it cannot be known to the month or the day.
    known = [each.value for each in EvidencePage.Precision if each.value not in ("day", "month")]
    if precision not in known:
        raise LineRefused(
            _("“%(value)s” is no value of %(name)s. Known values: %(known)s.")
            % {"value": precision, "name": "precision", "known": ", ".join(known)}
        )
    return {"year": int(year), "precision": precision, "place": draft.more.get("place", "")}


KINDS: dict[str, Callable[[Draft, str], dict[str, Any]]] = {"claim": _claim, "fatwa": _fatwa, "evidence": _evidence}
