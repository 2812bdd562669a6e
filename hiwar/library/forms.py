"""The editor's forms: refuse early, where what was typed is still on the screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from hiwar.arabic.direction import strip_bidi
from hiwar.arabic.slugs import slugify
from hiwar.items import registry
from hiwar.library import publishing, scripture_check
from hiwar.ui.bylanguage import Texts

TATWEEL = "\u0640"
COMMENTS = "comments"  # the edit form's set of comments between editors


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
        self.keep_seconds(cleaned)
        if "action-publish" in self.data and not self.errors:
            for reason in self.refusals():
                self.add_error(None, ValidationError(reason, code="refused"))
        return cleaned

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
        if not page.kind or not registry.kind(page.kind).two_persons:
            return reasons
        latest = page.latest_revision if page.pk else None
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

    def embargo_holds(self) -> bool:
        """Whether the times in the form (the page itself still has the old ones) break the embargo."""
        embargo = self.cleaned_data.get("embargo", getattr(self.instance, "embargo", None))
        return publishing.embargo_holds(embargo=embargo, shown_from=self.cleaned_data.get("go_live_at"))

    def text_changed(self) -> bool:
        """Whether the form changes what a reader sees: not a time, an address or a comment between editors."""
        for name in set(self.changed_data) - publishing.UNSEEN - {"comment_notifications"}:
            field = self.instance._meta.get_field(name)
            if not publishing.same_value(field, self.cleaned_data.get(name), getattr(self.instance, name)):
                return True
        return any(formset.has_changed() for name, formset in self.formsets.items() if name != COMMENTS)


class CheckedForm(WagtailAdminModelForm):
    """For people and topics: they have no draft, so what is saved is public, and a misquotation is refused at once."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            texts = value.values() if isinstance(value, Texts) else [value] if isinstance(value, str) else []
            for sentence in scripture_check.objections_to(texts):
                self.add_error(name, ValidationError(sentence, code="refused"))
        return cleaned


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


class ItemPageForm(PageForm):
    """As PageForm; an item's summary is tidied as well."""

    def clean_summary(self) -> str:
        return " ".join(strip_bidi(self.cleaned_data["summary"]).split())
