"""What every page shares. `save()` is the gate that everything published passes; see publishing.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import CommentPanel, FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from hiwar.arabic.direction import direction
from hiwar.audit import acting
from hiwar.items import registry
from hiwar.items.models import Topic
from hiwar.library import publishing
from hiwar.library.blocks import BodyBlock, SourceBlock
from hiwar.library.change_panel import ChangePanel
from hiwar.library.forms import ItemPageForm, PageForm
from hiwar.library.models.people import Person
from hiwar.states.models import State
from hiwar.ui.bylanguage import ByLanguageField


class BasePage(Page):
    """Abstract base of all pages (decision 0002).

    Wagtail publishes by form, bulk action, workflow, schedule, translation, import and shell; in 7.4 the
    edit form builds its own publish action and never calls `publish()`. All of them save, so the rules
    are held in `save()`, and `publish()` only names the actor.
    """

    base_form_class = PageForm
    preview_modes = [("", _("Page"))]
    show_in_menus_default = False
    # Public pages are public: readers have no accounts, so the office offers no choice that would promise otherwise.
    private_page_options: list[str] = []
    # The two-person rule and the registry apply to items; a listing has neither.
    kind: str = ""
    # Both are set when the room is ready: the view (for the preview) and the action stand above the model.
    show: Callable[..., HttpResponse]
    follow: Callable[..., None]
    previewed = False

    # Set by `import_pages --as-is` alone; the next publication that passes the check takes it away.
    scripture_unchecked = models.BooleanField(_("scripture not checked"), default=False, editable=False)

    exclude_fields_in_copy = ["scripture_unchecked"]

    class Meta:
        abstract = True

    def get_admin_display_title(self) -> str:
        """The title in the office's lists, with a word where scripture in the page was not checked."""
        title = str(super().get_admin_display_title())
        if not self.scripture_unchecked:
            return title
        return gettext("%(title)s (scripture not checked)") % {"title": title}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as it would look, in its own language."""
        with override(self.language):
            return type(self).show(request, self, preview=True)

    def publish(self, revision: Any, user: Any = None, **options: Any) -> None:
        """Publish `revision` in the name of `user` (or of whoever acts). Raises PublishRefused."""
        by = user or acting.current()
        with acting.acting(by=by), transaction.atomic():
            publishing.require_allowed(page=revision.as_object(), revision=revision, by=by)
            if by is not None and by.is_system:
                options["skip_permission_checks"] = True  # machinery has no roles; the gate has let it pass
            super().publish(revision, user=by, **options)

    def save(self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any) -> Any:
        """Save the page. What goes live must pass the gate; the registry row is written in the same transaction.

        Raises PublishRefused when the page would show something that did not pass.
        """
        with transaction.atomic():
            change = publishing.change_of(page=self, update_fields=kwargs.get("update_fields"))
            if change.shows_new_content:
                revision = publishing.shown_revision(page=self, change=change)
                publishing.require_allowed(page=self, revision=revision, by=acting.current())
                if self.scripture_unchecked and not publishing.goes_unchecked(page=self, by=acting.current()):
                    self.scripture_unchecked = False
                    if kwargs.get("update_fields") is not None:
                        kwargs["update_fields"] = [*kwargs["update_fields"], "scripture_unchecked"]
            result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
            type(self).follow(page=self, change=change, by=acting.current() or user)
        return result

    @property
    def language(self) -> str:
        return self.locale.language_code

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def shown_path(self) -> str:
        """Root-relative address: the tree's own path, whose first part is the language (decision 0004)."""
        return self.url_path

    def plain_text(self) -> str:
        """The page's own words without markup, for reading time, description and search."""
        return ""

    @property
    def cites_scripture(self) -> bool:
        """Whether a verse or hadith stands in the text: its page then brings what copies it."""
        from hiwar.library.texts import citations

        return bool(citations(getattr(self, "body", None)))

    def shown_summary(self) -> str:
        return self.search_description

    def card_image(self) -> Any:
        """The picture of the page's card, or None."""
        return None

    def own_refusals(self) -> list[Any]:
        """Why the page may not be shown, as sentences, scripture and persons apart: what its own kind demands."""
        return []

    def card_seconds(self) -> int:
        return 0

    def shown_date(self) -> Any:
        return self.first_published_at


class Authorship(Orderable):
    """Who wrote, reviewed or translated an item: credit, and the record of it."""

    class Part(models.TextChoices):
        AUTHOR = "author", _("Author")
        REVIEWER = "reviewer", _("Reviewer")
        TRANSLATOR = "translator", _("Translator")

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="authorships")
    part = models.CharField(_("part"), max_length=12, choices=Part, default=Part.AUTHOR)

    panels = [FieldPanel("person"), FieldPanel("part")]

    class Meta(Orderable.Meta):
        verbose_name = _("credit")
        verbose_name_plural = _("credits")


class Correction(Orderable):
    """What was wrong (or new) in a published item, said in public."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        UPDATE = "update", _("Update")

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="corrections")
    on = models.DateField(_("date"), default=timezone.localdate)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CORRECTION)
    text = ByLanguageField(_("what was mended"), rows=2)

    panels = [FieldPanel("on"), FieldPanel("kind"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        ordering = ["-on", "-pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")


class ItemPage(BasePage):
    """Abstract base of what is listed, dated, credited and sourced."""

    base_form_class = ItemPageForm
    summary = models.TextField(_("summary"), max_length=400, help_text=_("One or two sentences, shown in lists"))
    date = models.DateTimeField(_("date"), default=timezone.now, help_text=_("Shown in both calendars"))
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    link_terms = models.BooleanField(
        _("link terms of the glossary"),
        default=False,
        help_text=_("The first occurrence of each term is linked to its entry, with its definition"),
    )
    states = ParentalManyToManyField(State, verbose_name=_("States it concerns"), blank=True, related_name="+")

    subpage_types: list[str] = []
    lead_panels: list[Any] = []
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("date"), FieldPanel("image")]
    text_panels = [FieldPanel("body"), FieldPanel("sources")]
    people_panels = [
        InlinePanel("authorships", heading=_("Credits"), label=_("Credit")),
        ChangePanel(),
        InlinePanel("corrections", heading=_("Corrections and updates"), label=_("Correction or update")),
    ]
    promote_panels = [
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("states"), FieldPanel("link_terms")], heading=_("Subjects")),
        *Page.promote_panels,
    ]
    settings_panels = [PublishingPanel(), CommentPanel()]

    class Meta:
        abstract = True

    @classmethod
    def kind_row(cls) -> registry.Kind:
        """The registry's entry for this class."""
        return registry.kind(cls.kind)

    def shown_date(self) -> Any:
        return self.date

    @property
    def first_shown(self) -> Any:
        return self.date

    def shown_summary(self) -> str:
        return self.summary

    def card_image(self) -> Any:
        return self.image

    @cached_property
    def toc(self) -> list[dict[str, str]]:
        """Headings of the text, as fragments and titles."""
        return [
            {"id": block.value.id, "title": block.value["text"]} for block in self.body if block.block_type == "heading"
        ]

    def plain_text(self) -> str:
        from hiwar.library.texts import plain

        return plain(self.body)

    def clean(self) -> None:
        super().clean()
        if self.kind and len(self.summary) > 400:
            raise ValidationError({"summary": _("The summary is longer than 400 characters.")})
