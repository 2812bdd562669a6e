"""Pictures, documents and videos. Files are private until something published uses them."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtailmedia.models import AbstractMedia

from hiwar.ui.bylanguage import ByLanguageField


class PrivateUntilPublished(models.Model):
    """A file that only the office sees until a published item uses it (media.actions opens and closes it)."""

    public = models.BooleanField(_("public"), default=False, editable=False)

    class Meta:
        abstract = True


class Picture(PrivateUntilPublished, AbstractImage):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    alt = ByLanguageField(
        _("alternative text"),
        blank=True,
        max_length=250,
        help_text=_("What the picture shows, for those who do not see it; empty only when it is decoration"),
    )
    decorative = models.BooleanField(_("decoration only"), default=False)
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "alt",
        "decorative",
        "credit",
        "collection",
        "tags",
        *(f"focal_point_{part}" for part in ("x", "y", "width", "height")),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        return self.alt_here

    @property
    def alt_here(self) -> str:
        """Alternative text in the reader's language; '' for decoration."""
        return "" if self.decorative else str(self.alt)


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Attachment(PrivateUntilPublished, AbstractDocument):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=12, blank=True)

    admin_form_fields = ("title", "file", "language", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class Video(PrivateUntilPublished, AbstractMedia):
    """A video or sound file with its caption tracks. Poster, size and length are read after the upload."""

    class Reading(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        DONE = "done", _("Read")
        NO_TOOL = "no_tool", _("Not read: ffmpeg is not installed on the server")
        FAILED = "failed", _("Not read: the file could not be understood")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reading = models.CharField(
        _("length and poster"), max_length=10, choices=Reading, default=Reading.WAITING, editable=False
    )
    file_size = models.PositiveBigIntegerField(null=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "thumbnail", "tags")

    class Meta(AbstractMedia.Meta):
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.file_size = self.file.size
            self.reading = self.Reading.WAITING
        super().save(*args, **kwargs)


class CaptionTrack(models.Model):
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="tracks")
    language = models.CharField(_("language"), max_length=12)
    file = models.FileField(_("WebVTT file"), upload_to="captions")

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["video", "language"], name="one_track_a_language")]
        verbose_name = _("caption track")
        verbose_name_plural = _("caption tracks")

    def __str__(self) -> str:
        return f"{self.video} ({self.language})"
