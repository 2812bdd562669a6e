"""Reported errors and their answers, and findings about quotations that a Scholar lets pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused
from hiwar.scripture import permissions, verify
from hiwar.scripture.canon import digest
from hiwar.scripture.collections import collections
from hiwar.scripture.models import Overruling, TextReport
from hiwar.scripture.reference import BadReference, Reference

REPORTED = ("received", "source", "reference", "problem")


@transaction.atomic
def record_report(*, by: Any, report: TextReport | None = None, **values: Any) -> TextReport:
    """Write down an error that somebody reported (`values`: received, source, reference, problem), or mend the entry.

    Raises ValidationError, and Refused for who may not or for an entry that readers see already.
    """
    if not permissions.may_edit_report(by):
        raise Refused(_("Your role does not record reported errors."))
    if wrong := set(values) - set(REPORTED):
        raise TypeError(f"not for record_report: {sorted(wrong)}")
    row = TextReport.objects.select_for_update().get(pk=report.pk) if report and report.pk else TextReport()
    if row.shown:
        raise Refused(_("This entry stands in the public log. Take it out of the log before you change it."))
    before = {name: getattr(row, name) for name in REPORTED}
    for name, value in values.items():
        setattr(row, name, value)
    row.reference = _key(row.source, row.reference)
    row.full_clean()
    if row.pk is None or before != {name: getattr(row, name) for name in REPORTED}:
        row.save()
        _record(Event.REPORT_RECORDED, row, by)
    return row


@transaction.atomic
def answer_report(*, report: TextReport, answer: Mapping[str, str], state: str, by: Any) -> TextReport:
    """Answer a reported error: `state` is `answered` (the text stays) or `corrected`. Dates the answer today.

    May be done again: the log keeps the last answer, the audit log each. Raises ValidationError and Refused.
    """
    if not permissions.may_answer_report(by):
        raise Refused(_("Your role does not answer reported errors."))
    if state not in (TextReport.State.ANSWERED, TextReport.State.CORRECTED):
        raise ValidationError({"state": _("Choose whether the text was corrected.")})
    given = {code: text.strip() for code, text in answer.items() if text and text.strip()}
    if not given:
        raise ValidationError({"answer": _("Write this in at least one language.")})
    row = TextReport.objects.select_for_update().get(pk=report.pk)
    if (row.answer, row.state) != (given, state):
        if row.shown:
            _require_true_words(given, by)
        row.answer, row.state, row.answered = given, state, timezone.localdate()
        row.full_clean()
        row.save()
        _record(Event.REPORT_ANSWERED, row, by, state=state)
    return row


@transaction.atomic
def show_report(*, report: TextReport, shown: bool, by: Any) -> TextReport:
    """Put an entry into the public log, or take it out. Raises Refused for who may not, and, for anybody but a
    Scholar, when it quotes scripture otherwise than the edition: what was reported is said in words, or by a Scholar.
    """
    if not permissions.may_answer_report(by):
        raise Refused(_("Your role does not answer reported errors."))
    row = TextReport.objects.select_for_update().get(pk=report.pk)
    if row.shown != shown:
        if shown:
            _require_true_words(row.problem, by)
            _require_true_words(row.answer, by)
        row.shown = shown
        row.save(update_fields=["shown"])
        _record(Event.REPORT_SHOWN if shown else Event.REPORT_HIDDEN, row, by)
    return row


@transaction.atomic
def overrule(*, subject: UUID, found: str, reference: str, reason: str, by: Any) -> Overruling:
    """Let the words `found` pass in the item whose languages share `subject`, though they differ from `reference`.

    `reference` is a Reference's key. Raises Refused for anybody but a Scholar, ValidationError without a reason. The
    same again changes nothing; another reason replaces the first.
    """
    if not permissions.may_overrule(by):
        raise Refused(_("Only a Scholar overrules a finding about a quotation."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write why the words stand as they are.")})
    key = {"subject_uuid": subject, "digest": digest(found), "reference": reference}
    row = Overruling.objects.select_for_update().filter(**key).first()
    if row is not None and row.reason == reason.strip():
        return row
    row = row or Overruling(**key)
    row.found, row.reason, row.by, row.at = found, reason.strip(), by, timezone.now()
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    record(
        event=Event.QUOTATION_OVERRULED,
        by=by,
        subject_kind="item",
        subject=subject,
        reference=reference,
        digest=row.digest,
        reason=row.reason,
    )
    return row


def _require_true_words(texts: Mapping[str, str], by: Any) -> None:
    """Raise Refused when `texts` (by language) misquote; a Scholar may quote what is wrong in order to say so."""
    if permissions.is_scholar(by):
        return
    for found in verify.findings(verify.Passage(code, text) for code, text in texts.items()):
        if found.altered:
            label = found.reference.label(get_language() or "ar")
            raise Refused(
                _(
                    "A quotation differs from the edition: %(reference)s. Only a Scholar puts such an entry into the "
                    "public log."
                )
                % {"reference": label}
            )


def _key(source: str, typed: str) -> str:
    """The key of a reference as somebody typed it; '' for none. Raises ValidationError for one that names nothing."""
    if not typed.strip():
        return ""
    number = source in collections() and not typed.startswith(f"{source}:")
    try:
        found = Reference.parse(f"{source}:{typed}" if number else typed)
    except BadReference as error:
        raise ValidationError({"reference": error.message()}) from error
    if found.is_quran == (source in collections()):
        raise ValidationError({"reference": _("This reference is not one of the text named above.")})
    return found.key


def _record(event: Event, report: TextReport, by: Any, **detail: Any) -> None:
    record(
        event=event,
        by=by,
        subject_kind="text_report",
        subject=report.uuid,
        source=report.source,
        reference=report.reference,
        **detail,
    )
