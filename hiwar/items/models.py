"""ItemRef, one row per published item per language, and the topics that join items.

Lists, feeds, the sitemap, cards, short addresses and (later) comments, shares and the search index read
these rows and never a page class, so that a mixed list of any kinds costs one query.
"""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from hiwar.arabic.sorting import sort_key
from hiwar.items import registry
from hiwar.ui.bylanguage import ByLanguageField

# No vowels and no look-alikes: a code is read aloud and typed from paper, and never spells a word.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"


def new_code() -> str:
    """A random short code of 8 signs (28^8, about 4 * 10^11)."""
    return "".join(secrets.choice(ALPHABET) for _i in range(8))


class Topic(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), unique=True, help_text=_("Latin letters; the same in every language"))
    name = ByLanguageField(_("name"), max_length=120)
    summary = ByLanguageField(_("summary"), rows=3, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name_here

    @property
    def name_here(self) -> str:
        return str(self.name)

    @property
    def summary_here(self) -> str:
        return str(self.summary)

    @property
    def path(self) -> str:
        return reverse("topic", args=[self.slug])


class ItemRefQuerySet(models.QuerySet["ItemRef"]):
    def shown(self) -> ItemRefQuerySet:
        """Items anyone may see, newest first. The one visibility rule of public lists."""
        return self.filter(live=True).order_by("-date", "-pk")

    def in_language(self, language: str) -> ItemRefQuerySet:
        return self.filter(language=language)

    def of_kind(self, kind: str) -> ItemRefQuerySet:
        return self.filter(kind=kind)


class ItemRef(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=24)
    # The subject by number, without a key: kinds live in rooms above this one.
    subject_id = models.BigIntegerField()
    language = models.CharField(max_length=12)
    translation_key = models.UUIDField(db_index=True)
    live = models.BooleanField(default=False)
    title = models.CharField(max_length=255)
    title_key = models.CharField(max_length=255, blank=True)
    summary = models.TextField(blank=True)
    path = models.CharField(max_length=700)
    date = models.DateTimeField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    changed = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    image_url = models.CharField(max_length=255, blank=True)
    image_alt = models.CharField(max_length=255, blank=True)
    sample = models.BooleanField(default=False)
    topics = models.ManyToManyField(Topic, blank=True, related_name="items")

    objects = ItemRefQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "language"], name="itemref_subject"),
        ]
        # Partial: Django asks for a bare truth value ("WHERE live"), which no database matches to a column of an index.
        indexes = [
            models.Index(
                fields=["language", "kind", "-date", "-id"], condition=models.Q(live=True), name="itemref_listing"
            ),
            models.Index(fields=["language", "-date", "-id"], condition=models.Q(live=True), name="itemref_mixed"),
            models.Index(fields=["language", "kind", "year"], condition=models.Q(live=True), name="itemref_years"),
            models.Index(fields=["path"], name="itemref_path"),
        ]
        verbose_name = _("item")
        verbose_name_plural = _("items")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_key = sort_key(self.title)[:255]
        super().save(*args, **kwargs)

    @cached_property
    def kind_label(self) -> str:
        """The kind's name in the reader's language."""
        return str(registry.kind(self.kind).label)

    @property
    def short_path(self) -> str:
        return reverse("short", args=[self.code])


class ItemState(models.Model):
    """That an item concerns a Member State, by ISO code: States live in a room above this one."""

    item = models.ForeignKey(ItemRef, on_delete=models.CASCADE, related_name="states")
    iso2 = models.CharField(max_length=2, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "iso2"], name="itemstate_once")]

    def __str__(self) -> str:
        return self.iso2
