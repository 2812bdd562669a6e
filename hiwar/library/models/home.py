"""The home page of a language, and the page that lists one kind of item."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from hiwar.library.models.base import BasePage


class HomePage(BasePage):
    hero_title = models.CharField(_("headline"), max_length=160, blank=True)
    hero_lead = models.TextField(_("introduction"), blank=True)

    template = "library/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = None
    is_creatable = False  # one a language, made with the house (house.prepare)
    content_panels = [*Page.content_panels, FieldPanel("hero_title"), FieldPanel("hero_lead")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def shown_summary(self) -> str:
        return self.hero_lead


class SectionPage(BasePage):
    """Lists the items of one kind that stand below it."""

    lists = models.CharField(_("lists"), max_length=24, editable=False)
    intro = models.TextField(_("introduction"), blank=True)

    template = "library/section_page.html"
    is_creatable = False  # what it lists is not for the office to choose: made with the house (house.prepare)
    parent_page_types = ["library.HomePage", "library.IslamiyatPage"]
    subpage_types = [
        "library.ArticlePage",
        "library.VideoPage",
        "library.PressReleasePage",
        "library.NewsPage",
        "library.EventPage",
        "library.ClaimPage",
        "library.FatwaPage",
        "library.MatterPage",
        "library.EvidencePage",
        "library.TermPage",
        "library.TestimonyPage",
    ]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def shown_summary(self) -> str:
        return self.intro
