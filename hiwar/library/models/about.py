"""The pages about the Centre, and its written policies."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from hiwar.library.blocks import BodyBlock, NodeBlock
from hiwar.library.models.base import BasePage


class TextPage(BasePage):
    """Abstract: a title, an introduction and a text."""

    intro = models.TextField(_("introduction"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    kind = "page"
    template = "library/plain_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    @property
    def summary(self) -> str:
        """The introduction, under the name that items use."""
        return self.intro

    def shown_summary(self) -> str:
        return self.intro

    def shown_date(self) -> object:
        return self.last_published_at

    def plain_text(self) -> str:
        from hiwar.library.texts import plain

        return plain(self.body)


class IslamiyatPage(TextPage):
    """The hub of fatwas, historical evidence and scripture."""

    template = "library/islamiyat_page.html"
    is_creatable = False  # one a language, made with the house (house.prepare)
    parent_page_types = ["library.HomePage"]
    subpage_types = ["library.SectionPage"]

    class Meta:
        verbose_name = _("Islamiyat")
        verbose_name_plural = _("Islamiyat")


class PlainPage(TextPage):
    parent_page_types = ["library.HomePage", "library.AboutIndexPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")


class AboutIndexPage(TextPage):
    template = "library/about_index_page.html"
    parent_page_types = ["library.HomePage"]
    subpage_types = ["library.PlainPage", "library.StructurePage", "library.AdvisorsPage"]

    class Meta:
        verbose_name = _("About the Centre")
        verbose_name_plural = _("About the Centre")


class StructurePage(TextPage):
    """The organisation chart: drawn as SVG, with a list behind it."""

    nodes = StreamField([("node", NodeBlock())], verbose_name=_("boxes"), blank=True)

    template = "library/structure_page.html"
    parent_page_types = ["library.AboutIndexPage"]
    content_panels = [*TextPage.content_panels, FieldPanel("nodes")]

    class Meta:
        verbose_name = _("organisation chart")
        verbose_name_plural = _("organisation charts")

    def clean(self) -> None:
        super().clean()
        known: set[str] = set()
        for block in self.nodes:
            key, parent = block.value["key"], block.value["parent"]
            if key in known:
                raise ValidationError({"nodes": _("Two boxes have the key “%(key)s”.") % {"key": key}})
            if parent and parent not in known:
                raise ValidationError(
                    {
                        "nodes": _("The box “%(key)s” stands below “%(parent)s”, which does not come before it.")
                        % {"key": key, "parent": parent}
                    }
                )
            known.add(key)


class AdvisorsPage(TextPage):
    template = "library/advisors_page.html"
    parent_page_types = ["library.AboutIndexPage"]

    class Meta:
        verbose_name = _("advisors")
        verbose_name_plural = _("advisors")


class CorrectionsPage(TextPage):
    """Every correction and update of published items, newest first."""

    template = "library/corrections.html"
    parent_page_types = ["library.HomePage"]

    class Meta:
        verbose_name = _("corrections")
        verbose_name_plural = _("corrections")
