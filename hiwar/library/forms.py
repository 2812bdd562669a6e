"""The editor's forms: refuse early, where what was typed is still on the screen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from hiwar.arabic.direction import strip_bidi
from hiwar.arabic.slugs import slugify
from hiwar.items import registry
from hiwar.library import publishing

TATWEEL = "\u0640"
COMMENTS = "comments"  # the edit form's set of comments between editors


class PageForm(WagtailAdminPageForm):
    """Tidies title and address; says before the save when pressing “Publish” would be refused."""

    def clean_title(self) -> str:
        return strip_bidi(self.cleaned_data["title"]).replace(TATWEEL, "").strip()

    def clean_slug(self) -> str:
        try:
            return slugify(self.cleaned_data["slug"], self.instance.locale.language_code)
        except ValueError as error:
            raise ValidationError(_("Nothing of this can stand in an address. Use letters and digits.")) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "action-publish" in self.data and not self.errors:
            for reason in self.refusals():
                self.add_error(None, ValidationError(reason, code="refused"))
        return cleaned

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
        if set(self.changed_data) - publishing.UNSEEN - {"comment_notifications"}:
            return True
        return any(formset.has_changed() for name, formset in self.formsets.items() if name != COMMENTS)


class ItemPageForm(PageForm):
    """As PageForm; an item's summary is tidied as well."""

    def clean_summary(self) -> str:
        return " ".join(strip_bidi(self.cleaned_data["summary"]).split())
