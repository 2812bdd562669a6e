"""The 57 Member States of the Organisation, and fictional ones that samples use."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hiwar.ui.bylanguage import ByLanguageField


class StateQuerySet(models.QuerySet["State"]):
    def members(self) -> StateQuerySet:
        """The Member States; fictional States of samples are left out of every list and count."""
        return self.filter(sample=False)


class State(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    iso2 = models.CharField(_("two-letter code"), max_length=2, unique=True)
    iso3 = models.CharField(_("three-letter code"), max_length=3, unique=True)
    name = ByLanguageField(_("name"), max_length=120)
    # Sort keys by language, stored: code points order a list the same way on every database.
    sort_keys = models.JSONField(default=dict, editable=False)
    joined = models.PositiveSmallIntegerField(_("year of joining"), null=True, blank=True)
    joined_note = models.CharField(_("note on the year"), max_length=255, blank=True)
    sample = models.BooleanField(_("fictional, for samples"), default=False, editable=False)

    objects = StateQuerySet.as_manager()

    class Meta:
        ordering = ["iso2"]
        verbose_name = _("State")
        verbose_name_plural = _("States")

    def __str__(self) -> str:
        return self.name_here

    @property
    def name_here(self) -> str:
        return str(self.name)

    @property
    def path(self) -> str:
        return reverse("state", args=[self.iso2.lower()])
