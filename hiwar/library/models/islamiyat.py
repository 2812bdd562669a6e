"""Fatwas, the bodies that issue them, questions on which several bodies answered, and historical evidence."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from hiwar.arabic import history
from hiwar.arabic.history import EventDate
from hiwar.library.evidence_blocks import AnswerBlock
from hiwar.library.models.base import ItemPage
from hiwar.library.models.lines import LinesField, lines_of
from hiwar.states.models import State
from hiwar.ui.bylanguage import ByLanguageField


class IssuingBody(models.Model):
    """A body that issues fatwas, and on whose authority it speaks."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), unique=True)
    name = ByLanguageField(_("name"), max_length=200)
    authority = ByLanguageField(_("authority of the body"), rows=3)
    country = models.ForeignKey(
        State, verbose_name=_("State"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sample = models.BooleanField(_("invented, for samples"), default=False)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")

    def __str__(self) -> str:
        return self.name_here

    @property
    def name_here(self) -> str:
        return str(self.name)

    @property
    def authority_here(self) -> str:
        return str(self.authority)


class MatterPage(ItemPage):
    """A question on which several bodies answered: the fatwas that name it stand side by side."""

    kind = "matter"
    template = "library/matter_page.html"
    parent_page_types = ["library.SectionPage"]

    agreed = models.TextField(_("where they agree"), blank=True)
    differ = models.TextField(_("where they differ"), blank=True)
    sample = models.BooleanField(_("sample record"), default=False)

    content_panels = [
        FieldPanel("title", heading=_("Question")),
        FieldPanel("summary"),
        FieldPanel("agreed"),
        FieldPanel("differ"),
        FieldPanel("sample"),
        FieldPanel("date"),
        *ItemPage.text_panels,
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("comparison of fatwas")
        verbose_name_plural = _("comparisons of fatwas")


class FatwaPage(ItemPage):
    """A fatwa as its body issued it. The summary says in a sentence what it answers; the body is the full answer."""

    kind = "fatwa"
    template = "library/fatwa_page.html"
    parent_page_types = ["library.SectionPage"]

    question = models.TextField(_("question"), max_length=2000)
    ruling = models.TextField(_("ruling"), max_length=800, help_text=_("The answer in one or two sentences"))
    conditions = LinesField(_("conditions"), blank=True, help_text=_("One condition a line"))
    scope = models.TextField(_("scope"), blank=True, help_text=_("Whom and what the fatwa covers"))
    issuing_body = models.ForeignKey(
        IssuingBody, verbose_name=_("issuing body"), on_delete=models.PROTECT, related_name="fatwas"
    )
    mufti = models.CharField(_("mufti"), max_length=160, blank=True)
    number = models.CharField(_("fatwa number"), max_length=40, blank=True)
    issued = models.DateField(_("date of the fatwa"), null=True, blank=True, help_text=_("Shown in both calendars"))
    matter = models.ForeignKey(
        Page,
        verbose_name=_("question that several bodies answered"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    full_text_url = models.URLField(_("address at the body"), max_length=500, blank=True)
    sample = models.BooleanField(_("sample record"), default=False)
    body = StreamField(AnswerBlock(), verbose_name=_("full answer"), blank=True)

    override_translatable_fields = [
        SynchronizedField("matter", overridable=False),
        SynchronizedField("number", overridable=False),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("question"),
        FieldPanel("ruling"),
        FieldPanel("conditions"),
        FieldPanel("scope"),
        MultiFieldPanel(
            [
                FieldPanel("issuing_body"),
                FieldRowPanel([FieldPanel("mufti"), FieldPanel("number"), FieldPanel("issued")]),
                FieldPanel("full_text_url"),
                PageChooserPanel("matter", page_type="library.MatterPage"),
                FieldPanel("sample"),
            ],
            heading=_("Fatwa"),
        ),
        *ItemPage.text_panels,
        FieldPanel("date"),
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("fatwa")
        verbose_name_plural = _("fatwas")

    @property
    def all_conditions(self) -> list[str]:
        return lines_of(self.conditions)

    def plain_text(self) -> str:
        return "\n".join(part for part in (self.question, self.ruling, super().plain_text()) if part)


YEAR = [MinValueValidator(500), MaxValueValidator(2100)]
HIJRI_YEAR = [MinValueValidator(1), MaxValueValidator(1600)]
MONTH = [MinValueValidator(1), MaxValueValidator(12)]
DAY = [MinValueValidator(1), MaxValueValidator(31)]


class EvidencePage(ItemPage):
    """Historical evidence: an event, when and where, who, and what it shows. The summary says what it shows."""

    class Precision(models.TextChoices):
        DAY = "day", _("To the day")
        MONTH = "month", _("To the month")
        YEAR = "year", _("To the year")
        DECADE = "decade", _("To the decade")
        CENTURY = "century", _("To the century")
        ABOUT = "about", _("About this year")

    kind = "evidence"
    template = "library/evidence_page.html"
    parent_page_types = ["library.SectionPage"]

    precision = models.CharField(_("date precision"), max_length=8, choices=Precision, default=Precision.YEAR)
    year = models.PositiveSmallIntegerField(_("year (CE)"), validators=YEAR)
    month = models.PositiveSmallIntegerField(_("month (CE)"), null=True, blank=True, validators=MONTH)
    day = models.PositiveSmallIntegerField(_("day (CE)"), null=True, blank=True, validators=DAY)
    hijri_year = models.PositiveSmallIntegerField(_("year (AH)"), null=True, blank=True, validators=HIJRI_YEAR)
    hijri_month = models.PositiveSmallIntegerField(_("month (AH)"), null=True, blank=True, validators=MONTH)
    hijri_day = models.PositiveSmallIntegerField(_("day (AH)"), null=True, blank=True, validators=DAY)
    place = models.CharField(_("place"), max_length=160, blank=True)
    persons = LinesField(_("persons"), blank=True, help_text=_("Historical names, one a line"))
    body = StreamField(AnswerBlock(), verbose_name=_("text"), blank=True)

    content_panels = [
        FieldPanel("title", heading=pgettext_lazy("in history", "Event")),
        FieldPanel("summary", heading=_("What it shows")),
        MultiFieldPanel(
            [
                FieldPanel("precision"),
                FieldRowPanel([FieldPanel("year"), FieldPanel("month"), FieldPanel("day")]),
                FieldRowPanel([FieldPanel("hijri_year"), FieldPanel("hijri_month"), FieldPanel("hijri_day")]),
            ],
            heading=_("When it happened"),
        ),
        FieldPanel("place"),
        FieldPanel("persons"),
        FieldPanel("image"),
        *ItemPage.text_panels,
        FieldPanel("date"),
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("historical evidence")
        verbose_name_plural = _("historical evidence")

    @property
    def all_persons(self) -> list[str]:
        return lines_of(self.persons)

    @property
    def when(self) -> EventDate:
        """When it happened, as far as it is known."""
        return EventDate(
            self.precision, self.year, self.month, self.day, self.hijri_year, self.hijri_month, self.hijri_day
        )

    def clean(self) -> None:
        """Raises ValidationError for a date that says more than its precision, less, or what cannot be."""
        super().clean()
        # A field that is wrong by itself has been refused by its own validator; nothing more can be said of it.
        if not self.year or not all(_in_range(self, name) for name in DATE_FIELDS):
            return
        wrong = {**_beyond_precision(self), **_short_of_precision(self)} or _impossible(self)
        if wrong:
            raise ValidationError(dict(wrong))


Refusals = Mapping[str, str | Promise]
DATE_FIELDS = ("year", "month", "day", "hijri_year", "hijri_month", "hijri_day")


def _in_range(page: EvidencePage, name: str) -> bool:
    value = getattr(page, name)
    if value is None:
        return True
    try:
        page._meta.get_field(name).run_validators(value)
    except ValidationError:
        return False
    return True


def _beyond_precision(page: EvidencePage) -> Refusals:
    """A month or a day that the precision denies."""
    exact = page.precision in (page.Precision.DAY, page.Precision.MONTH)
    months = {} if exact else {name: MONTH_TOO_MUCH for name in ("month", "hijri_month") if getattr(page, name)}
    if page.precision == page.Precision.DAY:
        return months
    return months | {name: DAY_TOO_MUCH for name in ("day", "hijri_day") if getattr(page, name)}


def _short_of_precision(page: EvidencePage) -> Refusals:
    """A date without what its precision promises, in both calendars; a day without its month."""
    if page.precision == page.Precision.DAY:
        if page.day and not page.month:
            return {"month": MONTH_MISSING}
        if page.hijri_day and not page.hijri_month:
            return {"hijri_month": MONTH_MISSING}
        if not page.day and not (page.hijri_day and page.hijri_year):
            return {"day": DAY_MISSING}
    if page.precision == page.Precision.MONTH and not page.month and not (page.hijri_month and page.hijri_year):
        return {"month": MONTH_MISSING}
    return {"hijri_year": HIJRI_YEAR_MISSING} if page.hijri_month and not page.hijri_year else {}


def _impossible(page: EvidencePage) -> Refusals:
    """A day that no calendar had, or years of the two calendars that are not the same time."""
    if page.month and page.day and not history.day_exists(page.year, page.month, page.day):
        return {"day": _("This month had no such day.")}
    if page.hijri_day and page.hijri_day > 30:
        return {"hijri_day": _("A Hijri month has at most 30 days.")}
    if not page.hijri_year:
        return {}
    first, last = history.hijri_years(page.year, page.month, page.day)
    if last < 1:
        return {"hijri_year": _("This year CE is before the Hijra: it has no year AH.")}
    if first - 1 <= page.hijri_year <= last + 1:
        return {}
    found = {"year": page.year, "first": max(first, 1), "last": last, "given": page.hijri_year}
    return {
        "hijri_year": _(
            "The years are more than one apart: %(year)s CE falls in %(first)s to %(last)s AH, not in %(given)s AH."
        )
        % found
    }


MONTH_TOO_MUCH = _("With this precision no month is given: choose “To the month” or “To the day”, or leave it out.")
DAY_TOO_MUCH = _("With this precision no day is given: choose “To the day”, or leave it out.")
MONTH_MISSING = _("This precision needs a month, in one calendar at least, and a day needs its month.")
DAY_MISSING = _("This precision needs a day, in one calendar at least.")
HIJRI_YEAR_MISSING = _("A month of the Hijri calendar needs its year.")
