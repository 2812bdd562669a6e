"""Claims that are answered, one a page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField

from hiwar.audit import acting
from hiwar.library import publishing
from hiwar.library.evidence_blocks import AnswerBlock, Part, parts_of
from hiwar.library.inner_links import outside_links, words_in
from hiwar.library.models.base import ItemPage
from hiwar.library.models.lines import LinesField, leads_somewhere, lines_of, no_address
from hiwar.library.verdicts import SIGNS, Verdict

# Fields in which no address may stand; links and frames in the full answer are looked at one by one.
LEADING_NOWHERE = ("title", "summary", "short_answer", "used_by", "heard_in", "wordings")
_ADDRESS = _(
    "An address stands in the claim, its short answer or where it comes from: the site never leads to the original. "
    "Name sources under “Sources”."
)
_LINK = _("The full answer links to another site. Link to pages of this site alone, and name sources under “Sources”.")


def _leads_away(body: Any) -> bool:
    """Whether the full answer links to another site, or has an address in its words for the reader to copy."""
    return bool(outside_links(body)) or any(map(leads_somewhere, words_in(body)))


def _imported() -> bool:
    """Whether the import acts: what it brings was published elsewhere before, and gets its verdict in the office."""
    by: Any = acting.current()
    return bool(by is not None and by.is_system and by.email == publishing.IMPORT)


class ClaimPage(ItemPage):
    """A claim and its answer. The title is the claim as made, in neutral words; the summary says why the verdict is
    what it is; the body is the full answer."""

    kind = "claim"
    template = "library/claim_page.html"
    parent_page_types = ["library.SectionPage"]

    verdict = models.CharField(_("verdict"), max_length=32, choices=Verdict)
    used_by = models.CharField(_("kind of source that uses it"), max_length=200, blank=True, validators=[no_address])
    heard_in = models.CharField(_("where it is heard"), max_length=200, blank=True, validators=[no_address])
    archive_reference = models.CharField(
        _("archive reference"),
        max_length=80,
        blank=True,
        help_text=_("Where the Centre keeps the original. Never shown outside the office."),
    )
    short_answer = models.TextField(
        _("short answer"), max_length=1400, help_text=_("What can be read in a minute, complete in itself")
    )
    wordings = LinesField(
        _("other wordings"),
        blank=True,
        validators=[no_address],
        help_text=_("How else people say it, one wording a line. Visitors find the claim by them."),
    )
    body = StreamField(AnswerBlock(), verbose_name=_("full answer"), blank=True)

    override_translatable_fields = [SynchronizedField("archive_reference", overridable=False)]
    content_panels = [
        FieldPanel("title", heading=_("Claim as made"), help_text=_("In neutral words, as a full sentence")),
        FieldPanel("verdict"),
        FieldPanel("summary", heading=_("Why this verdict"), help_text=_("One or two sentences")),
        FieldPanel("short_answer"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("used_by"), FieldPanel("heard_in")]), FieldPanel("archive_reference")],
            heading=_("Where it comes from"),
        ),
        FieldPanel("wordings"),
        *ItemPage.text_panels,
        InlinePanel("companions", heading=_("Usually comes with"), label=_("Claim")),
        FieldPanel("date"),
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def clean(self) -> None:
        super().clean()
        wrong = {name: _ADDRESS for name in LEADING_NOWHERE if leads_somewhere(getattr(self, name))}
        if _leads_away(self.body):
            wrong["body"] = _LINK
        if wrong:
            raise ValidationError(wrong)

    def own_refusals(self) -> list[Any]:
        """A claim is shown with a verdict, and leads nowhere outside the site but to its sources."""
        refusals: list[Any] = []
        if not self.verdict and not _imported():
            refusals.append(_("A claim is published with a verdict. Choose one."))
        if any(leads_somewhere(getattr(self, name)) for name in LEADING_NOWHERE):
            refusals.append(_ADDRESS)
        if _leads_away(self.body):
            refusals.append(_LINK)
        return refusals

    @property
    def sign(self) -> str:
        """Name of the verdict's icon."""
        return SIGNS.get(self.verdict, "empty")

    @property
    def verdict_label(self) -> str:
        """The verdict's word; '' for an imported claim that has none yet."""
        return str(self.get_verdict_display()) if self.verdict else ""

    @property
    def parts(self) -> list[Part]:
        """The full answer in parts, each with the kinds of evidence in it."""
        return parts_of(self.body)

    @property
    def all_wordings(self) -> list[str]:
        """The claim as made, then the other wordings."""
        return [self.title, *lines_of(self.wordings)]

    def plain_text(self) -> str:
        return f"{self.short_answer}\n{super().plain_text()}"


class Companion(Orderable):
    """A claim that usually comes with this one. Stored in one language, shown in every one (by translation key)."""

    page = ParentalKey(ClaimPage, on_delete=models.CASCADE, related_name="companions")
    claim = models.ForeignKey(Page, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("claim", page_type="library.ClaimPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("related claim")
        verbose_name_plural = _("related claims")
