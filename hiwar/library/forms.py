"""The editor's forms: refuse early, where what was typed is still on the screen."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from hiwar.arabic.direction import direction, strip_bidi
from hiwar.arabic.slugs import slugify
from hiwar.audit.refusal import Refused
from hiwar.items import registry
from hiwar.library import contents, corrections, publishing, scripture_check, signers, signing
from hiwar.ui.bylanguage import Texts

TATWEEL = "\u0640"
COMMENTS = "comments"  # the edit form's set of comments between editors
NOTE = ("change_kind", "change_note")
NOTE_KINDS = [
    ("correction", _("Correction: something was wrong")),
    ("update", _("Update: something is new or clearer")),
]
# Buttons by which a draft leaves its author's hands.
HANDED_ON = ("action-publish", "action-submit", "action-restart-workflow")


class PageForm(WagtailAdminPageForm):
    """Tidies title and address; says before the save when pressing “Publish” would be refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # For a default that is a function Django compares with a hidden copy, which the office does not print:
            # the date would count as changed each time, and each approval would make a version nobody approved.
            field.show_hidden_initial = False

    @cached_property
    def changed_data(self) -> list[str]:
        """Names of the fields that were changed. A time shown to the minute and left alone was not: otherwise every
        approval would store a version nobody has approved, and review would begin again without end."""
        return [name for name in super().changed_data if not self.same_minute(name)]

    def same_minute(self, name: str) -> bool:
        """Whether `name` is a time that differs from the stored one in what the form does not show."""
        before = self[name].initial if name in self.fields else None
        if not isinstance(before, datetime):
            return False
        try:
            after = self.fields[name].to_python(self[name].data)
        except ValidationError:
            return False
        return isinstance(after, datetime) and _minute(after) == _minute(before)

    def clean_title(self) -> str:
        return strip_bidi(self.cleaned_data["title"]).replace(TATWEEL, "").strip()

    def clean_slug(self) -> str:
        try:
            return slugify(self.cleaned_data["slug"], self.instance.locale.language_code)
        except ValueError as error:
            raise ValidationError(_("Nothing of this can stand in an address. Use letters and digits.")) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in cleaned.items():
            if isinstance(value, str):  # what was pasted brings signs that show another order than is stored
                cleaned[name] = strip_bidi(value)
        self.keep_seconds(cleaned)
        if "action-publish" in self.data and not self.errors:
            for reason in self.refusals():
                self.add_error(None, ValidationError(reason, code="refused"))
        if self.approves and not self.errors:
            for reason in self.objections_to_approval():
                self.add_error(None, ValidationError(reason, code="refused"))
        return cleaned

    @property
    def approves(self) -> bool:
        """Whether the form was sent by the button that approves a task of the workflow."""
        return "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "approve"

    def objections_to_approval(self) -> list[Any]:
        """Why this person may not approve what the form holds now: a Scholar's approval is a signature."""
        page = self.instance
        if not self.is_signed_kind or page.current_workflow_task is None:
            return []
        if not signing.is_scholars_task(page.current_workflow_task.specific):
            return [publishing.SCHOLAR] if self.text_changed() else []
        if self.text_changed():
            return [_("You have changed the text: another Scholar signs it. Save the draft without approving it.")]
        version = signing.version_of(page=page, revision=page.get_latest_revision())
        try:
            signing.require_may_sign(version=version, by=self.for_user)
        except Refused as refused:
            return [refused.reason]
        return []

    @property
    def is_signed_kind(self) -> bool:
        """Whether versions of this kind of page need a Scholar's signature."""
        return bool(self.instance.kind) and registry.kind(self.instance.kind).scholar

    def keep_seconds(self, cleaned: dict[str, Any]) -> None:
        """The form shows times to the minute: one that was left alone stays what it was, to the second."""
        for name, value in cleaned.items():
            before = getattr(self.instance, name, None)
            if isinstance(value, datetime) and isinstance(before, datetime) and _minute(value) == _minute(before):
                cleaned[name] = before

    def refusals(self) -> list[Any]:
        """Why this person may not publish what the form holds now."""
        page, by = self.instance, self.for_user
        reasons: list[Any] = [publishing.EMBARGO] if self.embargo_holds() else []
        reasons += self.as_typed().own_refusals()
        if not page.kind or not registry.kind(page.kind).two_persons:
            return reasons
        latest = page.latest_revision if page.pk else None
        if self.is_signed_kind and (latest is None or self.text_changed() or not signers.of(page=latest.as_object())):
            reasons.append(publishing.SCHOLAR)
        if latest is None or self.text_changed():
            reasons.append(
                _(
                    "Two persons are needed: whoever changes a text does not publish it. "
                    "Save the draft and send it to review."
                )
            )
        elif not publishing.second_person(page=page, revision=latest, by=by):
            reasons.append(
                _("Two persons are needed: whoever wrote this version does not publish it. Send it to review.")
            )
        return reasons

    def as_typed(self) -> Any:
        """The page with the fields as the form has them; the page itself gets them only when the form is valid."""
        return construct_instance(self, copy.copy(self.instance), self._meta.fields, self._meta.exclude)

    def embargo_holds(self) -> bool:
        """Whether the times in the form (the page itself still has the old ones) break the embargo."""
        embargo = self.cleaned_data.get("embargo", getattr(self.instance, "embargo", None))
        return publishing.embargo_holds(embargo=embargo, shown_from=self.cleaned_data.get("go_live_at"))

    def text_changed(self) -> bool:
        """Whether the form changes what a reader sees: not a time, an address or a comment between editors."""
        if set(NOTE) & set(self.changed_data):
            return True
        for name in set(self.changed_data) - contents.UNSEEN - {"comment_notifications"}:
            field = self.instance._meta.get_field(name)
            if not contents.same_value(field, self.cleaned_data.get(name), getattr(self.instance, name)):
                return True
        return any(self.rows_changed(name) for name in self.formsets if name != COMMENTS)

    def has_changed(self) -> bool:
        """As the framework's, but a row of the draft that came back as it was is no change: otherwise each approval
        of a draft with a note would make a version nobody has approved."""
        return bool(self.changed_data) or any(map(self.rows_changed, self.formsets))

    def rows_changed(self, name: str) -> bool:
        """Whether the form brings other rows of the relation `name` than the draft has."""
        formset = self.formsets[name]
        if not formset.has_changed() or name == COMMENTS:
            return bool(formset.has_changed())
        return _typed_rows(formset) != _stored_rows(formset, getattr(self.instance, name).all())


class CheckedForm(WagtailAdminModelForm):
    """For people and topics: they have no draft, so what is saved is public, and a misquotation is refused at once."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            texts = value.values() if isinstance(value, Texts) else [value] if isinstance(value, str) else []
            for sentence in scripture_check.objections_to(texts):
                self.add_error(name, ValidationError(sentence, code="refused"))
        return cleaned


def _typed_rows(formset: Any) -> list[list[str]] | None:
    """What a set of forms holds, row by row; None when it is not valid. A row that is not public yet has no number
    and always counts as changed for the framework: its values decide."""
    if not formset.is_valid():
        return None
    ordered = formset.ordered_forms if formset.can_order else formset.forms
    kept = [form for form in ordered if form.cleaned_data and form not in formset.deleted_forms]
    return _by_order(formset, [_row(formset, form.cleaned_data.get) for form in kept])


def _stored_rows(formset: Any, rows: Any) -> list[list[str]]:
    return _by_order(formset, [_row(formset, lambda name, row=row: getattr(row, name)) for row in rows])


def _row(formset: Any, value: Any) -> list[str]:
    names = [name for name in formset.empty_form.fields if name not in ("id", "ORDER", "DELETE", formset.fk.name)]
    return [contents.plain(formset.model._meta.get_field(name), value(name)) for name in names]


def _by_order(formset: Any, rows: list[list[str]]) -> list[list[str]]:
    """Notes are shown by their dates, whatever order they stand in."""
    return sorted(rows) if formset.rel_name == contents.CORRECTIONS else rows


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


class ItemPageForm(PageForm):
    """As PageForm; an item's summary is tidied, and whoever changes a published answer is asked what was changed."""

    change_kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=NOTE_KINDS,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "change-kind"}),
    )
    change_note = forms.CharField(
        label=_("Note for the reader"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = corrections.is_asked(self.instance)
        if not self.asks:
            for name in NOTE:
                self.fields.pop(name, None)
            return
        language = self.instance.language
        self.fields["change_note"].widget.attrs.update(lang=language, dir=direction(language))
        drafted = self.drafted()
        if drafted is not None:
            self.initial.update(change_kind=drafted.kind, change_note=_one_line(drafted.text.get(language, "")))

    @cached_property
    def last_shown(self) -> Any:
        """What readers see of the item, or saw last; None when that is not known."""
        return corrections.last_shown(self.instance)

    def drafted(self) -> Any:
        """The note of the draft that is not published yet: the newest, or None."""
        return next(iter(corrections.new(page=self.instance, shown=self.last_shown)), None)

    def clean_summary(self) -> str:
        return _one_line(strip_bidi(self.cleaned_data["summary"]))

    def clean_change_note(self) -> str:
        return _one_line(strip_bidi(self.cleaned_data["change_note"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.asks:
            self.ask_what_changed(cleaned)
        return cleaned

    def ask_what_changed(self, cleaned: dict[str, Any]) -> None:
        """Demand kind and note together; both, when a changed text of a published item is handed on without any."""
        kind, note = cleaned.get("change_kind"), cleaned.get("change_note")
        if note and not kind:
            self.add_error("change_kind", ValidationError(_("Is it a correction or an update?"), code="required"))
        handed_on = self.approves or any(name in self.data for name in HANDED_ON)
        if note or self.notes_typed() or not handed_on:
            return
        if self.text_changed() or self.draft_differs():
            self.add_error("change_note", ValidationError(corrections.UNEXPLAINED, code="required"))

    def draft_differs(self) -> bool:
        """Whether the stored draft says something else than what readers see."""
        shown, page = self.last_shown, self.instance
        return shown is None or corrections.objection(page=page) == corrections.UNEXPLAINED

    def notes_typed(self) -> bool:
        """Whether the list of corrections in the form holds one that is not published yet."""
        formset = self.formsets.get("corrections")
        if formset is None or not formset.is_valid():
            return False
        page = copy.copy(self.instance)
        page.__dict__["_cluster_related_objects"] = {}
        left = [
            self.instance.corrections.model(**{name: form.cleaned_data[name] for name in ("on", "kind", "text")})
            for form in formset.forms
            if form.cleaned_data and form not in formset.deleted_forms and form.cleaned_data.get("text")
        ]
        page.corrections = left
        return bool(corrections.told(page=page, shown=self.last_shown))

    def save(self, commit: bool = True) -> Any:
        page = super().save(commit=commit)
        if self.asks and self.put_note(page) and commit:
            page.corrections.commit()
        return page

    def put_note(self, page: Any) -> bool:
        """Bring the note of the draft to what was typed, and say whether that changed it.

        The office saves the draft over and over while one types: one note stays one note.
        """
        kind, text = self.cleaned_data.get("change_kind"), self.cleaned_data.get("change_note")
        language = page.language
        notes = corrections.new(page=page, shown=self.last_shown)
        if any(note.kind == kind and note.text.get(language) == text for note in notes):
            return False
        was = self.initial.get("change_kind"), self.initial.get("change_note")
        old = next((note for note in notes if was[1] and (note.kind, note.text.get(language)) == was), None)
        changed = bool(set(NOTE) & set(self.changed_data))
        if not text or not kind:
            if changed and old is not None and not text:
                page.corrections.remove(old)
                return True
            return False
        if notes and not changed:
            return False  # it was put otherwise in the list of corrections, which holds
        if old is None:
            old = page.corrections.model(on=timezone.localdate(), text=Texts(), sort_order=len(page.corrections.all()))
        old.kind, old.text = kind, Texts({**old.text, language: text})
        page.corrections.add(old)
        return True


def _one_line(text: str) -> str:
    return " ".join(text.split())
