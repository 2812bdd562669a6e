"""Contested terms, one a page: what a term means, and how it is distorted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from hiwar.library.evidence_blocks import AnswerBlock
from hiwar.library.models.base import ItemPage
from hiwar.library.models.lines import LinesField, lines_of


class TermPage(ItemPage):
    """A term. The summary is its definition, which a reader also sees where the term is linked in a text."""

    kind = "term"
    template = "library/term_page.html"
    parent_page_types = ["library.SectionPage"]

    gloss = models.CharField(
        _("equivalent"), max_length=120, blank=True, help_text=_("A short equivalent, or the sense of the root")
    )
    forms = LinesField(
        _("forms"), blank=True, help_text=_("How the term stands in running texts, one form a line; these are linked")
    )
    distortion = models.TextField(_("how it is distorted"), blank=True)
    body = StreamField(AnswerBlock(), verbose_name=_("meaning"), blank=True)

    content_panels = [
        FieldPanel("title", heading=pgettext_lazy("glossary", "Term")),
        FieldPanel("gloss"),
        FieldPanel("summary", heading=_("Definition"), help_text=_("One or two sentences")),
        FieldPanel("forms"),
        *ItemPage.text_panels,
        FieldPanel("distortion"),
        FieldPanel("date"),
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    @property
    def all_forms(self) -> list[str]:
        """The term itself, then its other forms."""
        return list(dict.fromkeys([self.title, *lines_of(self.forms)]))

    def plain_text(self) -> str:
        return "\n".join(part for part in (super().plain_text(), self.distortion) if part)
