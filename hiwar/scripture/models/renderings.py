"""Named editions of the meanings of the Quran. None comes with the house: they are imported with their licence."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiwar.ui.bylanguage import ByLanguageField


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def shown(self) -> RenderingQuerySet:
        """Editions anyone may see. The one visibility rule; only a complete one can become shown."""
        return self.filter(shown=True)

    def in_language(self, language: str) -> RenderingQuerySet:
        return self.filter(language=language)


class Rendering(models.Model):
    """One edition of the meanings in one language, as a file brought it. `sha256` is the file's."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), unique=True)
    language = models.CharField(_("language"), max_length=12)
    name = ByLanguageField(_("name"), max_length=200)
    translator = models.CharField(_("translator"), max_length=200)
    licence = models.CharField(_("licence"), max_length=300)
    origin = models.CharField(_("where it comes from"), max_length=500)
    version = models.CharField(_("version"), max_length=60)
    sha256 = models.CharField(_("hash of the file"), max_length=64)
    imported_at = models.DateTimeField(_("imported"))
    shown = models.BooleanField(_("shown to readers"), default=False)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        ordering = ["language", "slug"]
        verbose_name = pgettext_lazy("scripture", "edition of the meanings")
        verbose_name_plural = pgettext_lazy("scripture", "editions of the meanings")

    def __str__(self) -> str:
        return str(self.name)


class RenderedVerse(models.Model):
    """The meaning of one verse in one edition, as its file has it."""

    rendering = models.ForeignKey(Rendering, on_delete=models.CASCADE, related_name="verses")
    sura = models.PositiveSmallIntegerField()
    verse = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["rendering", "sura", "verse"]
        constraints = [
            models.UniqueConstraint(fields=["rendering", "sura", "verse"], name="renderedverse_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sura}:{self.verse}"
