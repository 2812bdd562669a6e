"""Press releases of the Centre, and news from others in our own words."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from hiwar.library.models.base import ItemPage


class PressReleasePage(ItemPage):
    kind = "press_release"
    template = "library/press_page.html"
    parent_page_types = ["library.SectionPage"]

    number = models.CharField(_("number"), max_length=20, help_text=_("Such as 2026/07; the same in every language"))
    place = models.CharField(_("place"), max_length=120)
    contact = models.EmailField(_("press contact"), blank=True)
    embargo = models.DateTimeField(_("embargoed until"), null=True, blank=True)

    content_panels = [
        *ItemPage.content_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("number"), FieldPanel("place")]), FieldPanel("contact"), FieldPanel("embargo")],
            heading=_("Press release"),
        ),
        *ItemPage.text_panels,
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

    @property
    def embargoed(self) -> bool:
        return bool(self.embargo and self.embargo > timezone.now())

    def clean(self) -> None:
        super().clean()
        if self.embargo and self.go_live_at and self.go_live_at < self.embargo:
            raise ValidationError({"embargo": _("The page is scheduled to appear before its embargo ends.")})


class NewsPage(ItemPage):
    kind = "news"
    template = "library/news_page.html"
    parent_page_types = ["library.SectionPage"]

    source_name = models.CharField(_("source"), max_length=160)
    source_url = models.URLField(_("address at the source"), max_length=500, blank=True)

    content_panels = [
        *ItemPage.content_panels,
        MultiFieldPanel([FieldPanel("source_name"), FieldPanel("source_url")], heading=_("Source")),
        *ItemPage.text_panels,
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
