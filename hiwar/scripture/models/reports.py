"""Errors reported in the texts, with their answers (the public log), and findings that a Scholar overruled."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hiwar.scripture.collections import collection, collections
from hiwar.scripture.names import QURAN
from hiwar.scripture.reference import BadReference, Reference
from hiwar.ui.bylanguage import ByLanguageField


class TextReportQuerySet(models.QuerySet["TextReport"]):
    def shown(self) -> TextReportQuerySet:
        """Entries of the public log, newest first. The one visibility rule."""
        return self.filter(shown=True).order_by("-received", "-pk")


class TextReport(models.Model):
    """One reported error in a text of scripture. Holds nothing about whoever reported it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a reported error", "Open")
        ANSWERED = "answered", pgettext_lazy("state of a reported error", "Answered, text unchanged")
        CORRECTED = "corrected", pgettext_lazy("state of a reported error", "Corrected")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    received = models.DateField(pgettext_lazy("report", "received"), default=timezone.localdate)
    # `quran`, the slug of a collection, or that of an edition of the meanings.
    source = models.CharField(_("text"), max_length=60, help_text=_("The Quran, a collection of hadith or an edition"))
    # A Reference's key; empty for a report on the whole text.
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    problem = ByLanguageField(_("what was reported"), rows=3)
    answer = ByLanguageField(pgettext_lazy("to a report", "answer"), rows=3, blank=True)
    state = models.CharField(
        pgettext_lazy("progress", "state"), max_length=10, choices=State, default=State.OPEN, editable=False
    )
    answered = models.DateField(pgettext_lazy("report", "answered"), null=True, blank=True, editable=False)
    shown = models.BooleanField(_("shown in the public log"), default=False, editable=False)

    objects = TextReportQuerySet.as_manager()

    class Meta:
        ordering = ["-received", "-pk"]
        verbose_name = _("reported error")
        verbose_name_plural = _("reported errors")

    def __str__(self) -> str:
        return self.place_here

    @property
    def place(self) -> Reference | None:
        """The passage or hadith it is about; None for a report on the whole text."""
        try:
            return Reference.parse(self.reference) if self.reference else None
        except BadReference:
            return None

    @property
    def place_here(self) -> str:
        """What it is about, in the reader's language: «البقرة: ٢٥٥», “Sahih al-Bukhari”; the slug of an edition."""
        language = get_language() or "en"
        if place := self.place:
            return place.label(language)
        if self.source == QURAN:
            return gettext("The Quran")
        return collection(self.source).name(language) if self.source in collections() else self.source


class OverrulingQuerySet(models.QuerySet["Overruling"]):
    def of(self, subject: uuid.UUID) -> OverrulingQuerySet:
        """Overrulings of the item whose languages share `subject` (its translation key)."""
        return self.filter(subject_uuid=subject)

    def covered(self, *, subject: uuid.UUID, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of `pairs` (digest of the found words, reference) that a Scholar let pass in this item. One query."""
        wanted = set(pairs)
        rows = self.of(subject).filter(digest__in={digest for digest, _reference in wanted})
        return wanted & set(rows.values_list("digest", "reference"))


class Overruling(models.Model):
    """That a Scholar let words pass in one item which the detector takes for an altered quotation, and why.

    It holds for these words alone: `digest` is that of `found`, the words as they stand in the item.
    """

    subject_uuid = models.UUIDField(db_index=True)
    digest = models.CharField(max_length=64)
    reference = models.CharField(max_length=80)
    found = models.TextField()
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    objects = OverrulingQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["subject_uuid", "digest", "reference"], name="overruling_once"),
        ]
        verbose_name = _("overruled finding")
        verbose_name_plural = _("overruled findings")

    def __str__(self) -> str:
        return f"{self.reference}: {self.reason}"
