"""Hadith as editors enter them and Scholars sign them, with what several graders said of each."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from hiwar.scripture.canon import digest
from hiwar.scripture.grades import Grade, grade
from hiwar.scripture.reference import BadReference, Reference
from hiwar.ui.bylanguage import ByLanguageField


class HadithQuerySet(models.QuerySet["Hadith"]):
    def shown(self) -> HadithQuerySet:
        """Hadith anyone may see: signed, and the text is still the one that was signed. The one visibility rule."""
        return self.filter(signed_at__isnull=False, signed_digest=models.F("digest"))

    def at(self, reference: Reference) -> HadithQuerySet:
        """Hadith of the collection and number of `reference`; of its scheme when it names one."""
        found = self.filter(collection=reference.source, number=reference.number)
        return found.filter(scheme=reference.scheme) if reference.scheme else found


class Hadith(ClusterableModel):
    """One hadith of one collection. Text and grades are an editor's, from the edition that `edition_note` names.

    `text` is kept exactly as it was typed: no normalisation, no trimming. It is public only while a Scholar's
    signature holds (`shown()`); actions.save_hadith drops the signature with any change of what readers see.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    collection = models.SlugField(_("collection"), max_length=40)
    number = models.CharField(_("hadith number"), max_length=16, help_text=_("Figures, and a letter where it has one"))
    scheme = models.SlugField(_("numbering system"), max_length=40)
    # Numbers in other systems, {scheme: number}: books cite one hadith by several.
    other_numbers = models.JSONField(_("numbers in other systems"), default=dict, blank=True)
    narrator = ByLanguageField(
        _("narrator"), max_length=300, help_text=_("The Companion, and whatever leads to the text")
    )
    text = models.TextField(pgettext_lazy("hadith", "text"), help_text=_("In Arabic, exactly as the edition prints it"))
    edition_note = ByLanguageField(
        _("printed source"), max_length=300, help_text=_("Book, editor, publisher, year, volume and page")
    )
    rendering = ByLanguageField(_("meaning in other languages"), rows=4, blank=True)
    translator = models.CharField(_("translator of the meaning"), max_length=200, blank=True)
    note = models.TextField(_("note for the editors"), blank=True, help_text=_("Never shown to readers"))
    digest = models.CharField(max_length=64, editable=False)

    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    edited_at = models.DateTimeField(_("last edited"), default=timezone.now, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"), null=True, editable=False)
    # The text that was signed. A text that changed past the actions hides itself.
    signed_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = HadithQuerySet.as_manager()

    class Meta:
        ordering = ["collection", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "scheme", "number"],
                name="hadith_number",
                violation_error_message=_("A hadith with this number is entered already."),
            ),
        ]
        verbose_name = _("hadith")
        verbose_name_plural = pgettext_lazy("plural", "hadith")

    def __str__(self) -> str:
        try:
            return self.reference.label(get_language() or "en")
        except BadReference:  # a row that is only being filled in
            return f"{self.collection} {self.number}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = digest(self.text)
        super().save(*args, **kwargs)

    @property
    def is_shown(self) -> bool:
        """Whether this row, as it is loaded, is among `shown()`."""
        return self.signed_at is not None and self.signed_digest == self.digest

    @property
    def reference(self) -> Reference:
        """Raises BadReference when the row names no hadith there is."""
        return Reference.hadith(self.collection, self.number, self.scheme)


class Grading(models.Model):
    """What one grader said of a hadith, in which book. Graders differ: a hadith has as many as were found."""

    sort_order_field = "order"

    hadith = ParentalKey(Hadith, on_delete=models.CASCADE, related_name="gradings")
    grader = ByLanguageField(_("graded by"), max_length=160)
    grade = models.SlugField(pgettext_lazy("hadith", "grade"), max_length=40)
    wording = ByLanguageField(_("in the grader’s own words"), max_length=300, blank=True)
    source = ByLanguageField(pgettext_lazy("book", "source"), max_length=200)
    page = models.CharField(_("volume and page"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0, null=True, editable=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = pgettext_lazy("hadith", "grading")
        verbose_name_plural = pgettext_lazy("hadith", "gradings")

    def __str__(self) -> str:
        return f"{self.grader}: {self.name_here}"

    @property
    def scale(self) -> Grade:
        """The grade's row of the fixed scale."""
        return grade(self.grade)

    @property
    def name_here(self) -> str:
        """The grade's name in the reader's language."""
        return self.scale.name()
