"""Entering, signing and taking back a hadith. Two persons stand behind each: who entered it and who signed it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiwar.arabic.digits import to_latin
from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused
from hiwar.items import actions as items
from hiwar.items.actions import Card
from hiwar.items.models import ItemRef
from hiwar.scripture import kinds, permissions
from hiwar.scripture.grades import grades
from hiwar.scripture.models import Citation, Grading, Hadith
from hiwar.scripture.reference import BadReference, Reference

# What readers see of a hadith, and a Scholar therefore signs.
SIGNED = (
    "collection",
    "number",
    "scheme",
    "other_numbers",
    "narrator",
    "text",
    "edition_note",
    "rendering",
    "translator",
)
GRADED = ("grader", "grade", "wording", "source", "page")
FIELDS = (*SIGNED, "note")
UNFIT = re.compile("[\0\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
BY_LANGUAGE = ("narrator", "edition_note", "rendering", "grader", "wording", "source")
# Which field a reference that names nothing is mended in.
FIELD_OF = {"no_such_scheme": "scheme", "unknown_name": "collection"}


def content_of(hadith: Hadith) -> dict[str, Any]:
    """Everything a Scholar signs: fields, and gradings in their order. One query for a stored row."""
    gradings = Grading.objects.filter(hadith_id=hadith.pk).order_by("order", "pk") if hadith.pk else []
    return {
        **{name: getattr(hadith, name) for name in SIGNED},
        "gradings": [{name: getattr(row, name) for name in GRADED} for row in gradings],
    }


def seal_of(hadith: Hadith) -> str:
    """SHA-256 over `content_of`: what the form for signing carries, so that a Scholar signs what was on the screen."""
    content = json.dumps(content_of(hadith), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()


@transaction.atomic
def save_hadith(
    *,
    values: Mapping[str, Any],
    by: Any,
    hadith: Hadith | None = None,
    gradings: Sequence[Mapping[str, Any]] | None = None,
) -> Hadith:
    """Enter a hadith, or change one. `values` holds fields of FIELDS, `gradings` all in order (None: as before).

    The text is stored exactly as given. Any change of what readers see drops the signature and takes the hadith from
    them; a changed note does not. The same again changes nothing. Raises Refused for who may not, ValidationError
    (by field; `gradings` for theirs).
    """
    if not permissions.may_edit_hadith(by):
        raise Refused(_("Your role does not enter or change hadith."))
    if wrong := set(values) - set(FIELDS):
        raise TypeError(f"not for save_hadith: {sorted(wrong)}")
    stored = hadith is not None and hadith.pk is not None
    row = Hadith.objects.select_for_update().get(pk=hadith.pk) if stored and hadith else Hadith()
    before, note = (content_of(row) if stored else {}), row.note
    was = row.reference if stored else None
    for name, value in values.items():
        setattr(row, name, _filled(value) if name in BY_LANGUAGE else value)
    _require_sound(row)
    rows = _sound_gradings(gradings) if gradings is not None else before.get("gradings", [])
    after = {**{name: getattr(row, name) for name in SIGNED}, "gradings": rows}
    if stored and before == after and note == row.note:
        return row
    if before == after:
        row.save(update_fields=["note", "digest"])
        return row
    row.edited_by, row.edited_at = by, timezone.now()
    if row.signed_at is not None:
        _drop_signature(row, by, reason="changed", was=was)
    row.save()
    if before.get("gradings") != rows:
        Grading.objects.filter(hadith=row).delete()
        Grading.objects.bulk_create(Grading(hadith_id=row.pk, order=place, **one) for place, one in enumerate(rows))
    changed = [name for name in after if before.get(name) != after[name]]
    _record(Event.HADITH_SAVED, row, by, changed=changed)
    return row


@transaction.atomic
def sign_hadith(*, hadith: Hadith, seal: str, by: Any) -> Hadith:
    """Put a Scholar's signature under a hadith as `seal` (see seal_of) has it, and show it in every language.

    Raises Refused: for anybody but a Scholar, for whoever last edited it, when it changed since the Scholar looked, or
    when it has no grading.
    """
    if not permissions.is_scholar(by):
        raise Refused(_("Only a Scholar signs a hadith."))
    row = Hadith.objects.select_for_update().get(pk=hadith.pk)
    if not permissions.may_sign_hadith(by, row):
        raise Refused(_("Two persons are needed: whoever last edited a hadith does not sign it."))
    if seal != seal_of(row):
        raise Refused(_("The hadith was changed while you were reading it. Read it again, then sign it."))
    _require_sound(row)
    if not Grading.objects.filter(hadith=row).exists():
        raise Refused(_("The hadith has no grading yet. Add who graded it and where, then sign it."))
    row.signed_by, row.signed_at, row.signed_digest = by, timezone.now(), row.digest
    row.save()
    for code, _name in settings.LANGUAGES:
        items.put(_card(row, code))
    _touch_citing(row.reference)
    _record(Event.HADITH_SIGNED, row, by, seal=seal)
    return row


@transaction.atomic
def unsign_hadith(*, hadith: Hadith, by: Any, reason: str = "") -> Hadith:
    """Take a hadith away from readers. Raises Refused for who may not; does nothing when nobody had signed it."""
    if not permissions.may_unsign_hadith(by):
        raise Refused(_("Your role does not take a signed hadith away from readers."))
    row = Hadith.objects.select_for_update().get(pk=hadith.pk)
    if row.signed_at is not None:
        _drop_signature(row, by, reason=reason or "withdrawn")
        row.save()
    return row


@transaction.atomic
def delete_hadith(*, hadith: Hadith, by: Any) -> None:
    """Delete a hadith that nobody signed and no item cites. Its short codes stay reserved. Raises Refused."""
    if not permissions.may_delete_hadith(by):
        raise Refused(_("Your role does not delete hadith."))
    row = Hadith.objects.select_for_update().get(pk=hadith.pk)
    if row.signed_at is not None:
        raise Refused(_("The hadith is signed and readers see it. Take the signature back first."))
    if Citation.objects.of(row.reference).exists():
        raise Refused(_("An item cites this hadith, so it is not deleted."))
    items.hide(kind=kinds.HADITH, subject_id=row.pk)
    _record(Event.HADITH_DELETED, row, by)
    row.delete()


def _drop_signature(row: Hadith, by: Any, *, reason: str, was: Reference | None = None) -> None:
    """`was` is the place it had until now, where that is another: by it the items cite it that show it."""
    signer = row.signed_by.uuid if row.signed_by else None
    row.signed_by, row.signed_at, row.signed_digest = None, None, ""
    items.hide(kind=kinds.HADITH, subject_id=row.pk)
    _touch_citing(was or row.reference)
    _record(Event.HADITH_UNSIGNED, row, by, reason=reason, signer=str(signer or ""))


def _touch_citing(reference: Reference) -> None:
    """Items that cite the hadith show its text only while it is signed: what was kept of them no longer holds."""
    items.touch(ItemRef.objects.filter(citations__in=Citation.objects.of(reference)))


def _record(event: Event, row: Hadith, by: Any, **detail: Any) -> None:
    record(
        event=event,
        by=by,
        subject_kind=kinds.HADITH,
        subject=row.uuid,
        collection=row.collection,
        number=row.number,
        scheme=row.scheme,
        digest=row.digest,
        **detail,
    )


def _card(row: Hadith, language: str) -> Card:
    """The narrator stands in for a summary: a text of the Sunna is not cut to the length of a card."""
    return Card(
        kind=kinds.HADITH,
        subject_id=row.pk,
        language=language,
        translation_key=row.uuid,
        live=True,
        title=row.reference.label(language),
        path=kinds.path_of(row.reference, language),
        summary=row.narrator.here(language),
        date=row.signed_at,
    )


def _require_sound(row: Hadith) -> None:
    """Write number and scheme in their one form; raise ValidationError, by field, for what cannot stand."""
    faults: dict[str, list[str]] = {}
    try:
        reference = _reference(row.collection, row.number, row.scheme)
        row.number, row.scheme = str(reference.number), str(reference.scheme)
        row.other_numbers = _other_numbers(reference, row.other_numbers or {})
    except _WrongOther as wrong:
        faults["other_numbers"] = [str(wrong)]
    except BadReference as error:
        faults[FIELD_OF.get(error.code, "number")] = [error.message()]
    if found := unfit_signs(row.text):
        faults["text"] = [_("The text holds a sign that cannot be seen (%(signs)s). Take it out.") % {"signs": found}]
    if row.rendering and not row.translator.strip():
        faults["translator"] = [_("Name whoever rendered the meaning.")]
    try:
        if not faults.get("text"):  # a text that cannot be encoded has no digest either
            row.full_clean(exclude=["digest", *faults])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            faults.setdefault(name, []).extend(messages)
    if faults:
        raise ValidationError(faults)


def _filled(texts: Mapping[str, str] | None) -> dict[str, str]:
    """Texts by language without the empty ones."""
    return {code: text.strip() for code, text in (texts or {}).items() if text and text.strip()}


class _WrongOther(ValueError):
    """A number in another system that names nothing."""


def _reference(collection: str, number: str, scheme: str) -> Reference:
    """The reference with Latin figures, as a number is stored. Raises BadReference."""
    if not str(number).strip():
        raise BadReference("no_such_number", number="")
    return Reference.hadith(collection, to_latin(str(number)).strip(), scheme or None)


def _other_numbers(reference: Reference, others: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for scheme, number in others.items():
        if not str(number).strip():
            continue
        try:
            other = _reference(reference.source, str(number), scheme)
        except BadReference as error:
            raise _WrongOther(error.message()) from error
        if other.scheme != reference.scheme:
            found[str(other.scheme)] = str(other.number)
    return dict(sorted(found.items()))


def unfit_signs(text: str) -> str:
    """Names (U+XXXX) of the signs in `text` that no text of scripture may hold, '' when there is none.

    NUL and lone surrogates, which no database stores, and the embeddings, overrides and isolates of UAX #9, which make
    a reader see another order than stands there. Every other sign is kept, the marks U+200E and U+200F too, which
    come with text copied from elsewhere and reorder no letters.
    """
    return " ".join(sorted({f"U+{ord(sign):04X}" for sign in UNFIT.findall(text)}))


def _sound_gradings(gradings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for number, given in enumerate(gradings, 1):
        row = {name: given.get(name) or "" for name in ("grade", "page")}
        row |= {name: _filled(given.get(name)) for name in GRADED if name in BY_LANGUAGE}
        if row["grade"] not in grades():
            raise ValidationError({"gradings": _("Grading %(n)d: this grade is not on the scale.") % {"n": number}})
        try:
            Grading(**row).full_clean(exclude=["hadith", "order"])
        except ValidationError as error:
            first = next(iter(error.message_dict.items()))
            label = getattr(Grading._meta.get_field(first[0]), "verbose_name", first[0])
            raise ValidationError(
                {
                    "gradings": _("Grading %(n)d, %(field)s: %(fault)s")
                    % {"n": number, "field": label, "fault": first[1][0]}
                }
            ) from error
        rows.append(row)
    return rows
