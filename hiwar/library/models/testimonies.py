"""Testimonies of people who left violent groups, and of the families of victims."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from hiwar.library.models.base import ItemPage


class TestimonyPage(ItemPage):
    """A testimony under a pen-name. Who the person is, is not kept here; consent and safety are recorded before
    anything is shown."""

    class Who(models.TextChoices):
        FORMER_MEMBER = "former_member", _("Former member of a violent group")
        VICTIM_FAMILY = "victim_family", _("Family of a victim")
        SURVIVOR = "survivor", _("Survivor")

    __test__ = False  # its name begins as those of test classes do
    kind = "testimony"
    template = "library/testimony_page.html"
    parent_page_types = ["library.SectionPage"]

    who = models.CharField(_("who speaks"), max_length=16, choices=Who)
    pen_name = models.CharField(_("pen-name"), max_length=80, help_text=_("Never the person's own name"))
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_reference = models.CharField(
        _("record of the consent"), max_length=120, blank=True, help_text=_("Where the signed consent is kept")
    )
    safety_checked_on = models.DateField(_("safety checked on"), null=True, blank=True)
    safety_note = models.TextField(
        _("safety check"),
        blank=True,
        help_text=_("What was looked at, and what was left out so that nobody is recognised. Office only."),
    )
    sample = models.BooleanField(_("invented, for samples"), default=False)

    override_translatable_fields = [
        SynchronizedField("consent_reference", overridable=False),
        SynchronizedField("safety_note", overridable=False),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("who"), FieldPanel("pen_name")]),
        FieldPanel("date"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("consent_on"), FieldPanel("consent_reference")]),
                FieldPanel("safety_checked_on"),
                FieldPanel("safety_note"),
                FieldPanel("sample"),
            ],
            heading=_("Consent and safety"),
        ),
        FieldPanel("body"),
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("testimony")
        verbose_name_plural = _("testimonies")

    def own_refusals(self) -> list[Any]:
        """Nothing is shown before consent and a safety check are recorded. Samples are no exception: theirs say so."""
        today = timezone.localdate()
        reasons: list[Any] = []
        if not self.consent_on or not self.consent_reference.strip():
            reasons.append(_("A testimony needs the date of the consent and where its record is kept."))
        elif self.consent_on > today:
            reasons.append(_("The date of the consent lies in the future."))
        if not self.safety_checked_on:
            reasons.append(_("A testimony needs a safety check before it is shown."))
        elif self.safety_checked_on > today:
            reasons.append(_("The date of the safety check lies in the future."))
        return reasons
