"""Events: programme, documents, recommendations and what followed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField

from hiwar.library.blocks import DocumentBlock, ProgrammeBlock
from hiwar.library.models.base import ItemPage


class EventPage(ItemPage):
    class Format(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        BOTH = "both", _("In person and online")

    kind = "event"
    template = "library/event_page.html"
    parent_page_types = ["library.SectionPage"]

    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160)
    format = models.CharField(_("format"), max_length=12, choices=Format, default=Format.IN_PERSON)
    programme = StreamField([("part", ProgrammeBlock())], verbose_name=_("programme"), blank=True)
    documents = StreamField([("document", DocumentBlock())], verbose_name=_("documents"), blank=True)
    recommendations = StreamField(
        [("recommendation", CharBlock(max_length=400, label=_("Recommendation")))],
        verbose_name=_("recommendations"),
        blank=True,
    )
    follow_up = RichTextField(_("what followed"), blank=True, features=["bold", "link", "ul", "ol"])

    content_panels = [
        *ItemPage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]), FieldPanel("place"), FieldPanel("format")],
            heading=_("When and where"),
        ),
        *ItemPage.text_panels,
        FieldPanel("programme"),
        FieldPanel("documents"),
        FieldPanel("recommendations"),
        FieldPanel("follow_up"),
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def format_label(self) -> str:
        return self.get_format_display()

    @property
    def past(self) -> bool:
        return self.ends < timezone.now()

    def shown_date(self) -> object:
        return self.starts

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The event ends before it starts.")})
