"""Pictures, documents and videos. Files are private until something published uses them."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    get_rendition_storage,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtailmedia.models import AbstractMedia

from hiwar.media.files import GuardedFileField, GuardedPictureField, OriginalPictureField
from hiwar.ui.bylanguage import ByLanguageField


class PrivateUntilPublished(models.Model):
    """A file that only the office sees until a published item uses it (media.actions opens and closes it)."""

    public = models.BooleanField(_("public"), default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def open_to_all(self) -> bool:
        """Whether visitors may have the file; decides its address (files.address)."""
        return self.public


class Picture(PrivateUntilPublished, AbstractImage):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = OriginalPictureField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    alt = ByLanguageField(
        _("alternative text"),
        blank=True,
        max_length=250,
        help_text=_("What the picture shows, for those who do not see it; empty only when it is decoration"),
    )
    decorative = models.BooleanField(_("decoration only"), default=False)
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    # Files come last: when one is too large the rest of the body is not read, and what was typed must be kept.
    admin_form_fields = (
        "title",
        "alt",
        "decorative",
        "credit",
        "collection",
        "tags",
        "file",
        *(f"focal_point_{part}" for part in ("x", "y", "width", "height")),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [models.Index(fields=["file"], name="picture_by_file")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # AbstractImage.__init__ sets `decorative` to False after the row is loaded, for Wagtail's own image
        # block; here it is a column, so that step is passed over and its other attribute set.
        super(AbstractImage, self).__init__(*args, **kwargs)
        self.contextual_alt_text = None

    @property
    def default_alt_text(self) -> str:
        return self.alt_here

    @property
    def alt_here(self) -> str:
        """Alternative text in the reader's language; '' for decoration."""
        return "" if self.decorative else str(self.alt)


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    file = GuardedPictureField(
        upload_to=get_rendition_upload_to,
        storage=get_rendition_storage,
        width_field="width",
        height_field="height",
    )

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]

    @property
    def open_to_all(self) -> bool:
        """A rendition is as public as its picture."""
        return self.image.public


class Attachment(PrivateUntilPublished, AbstractDocument):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = GuardedFileField(_("file"), upload_to="documents")
    language = models.CharField(_("language"), max_length=12, blank=True)

    admin_form_fields = ("title", "language", "collection", "tags", "file")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [models.Index(fields=["file"], name="attachment_by_file")]

    @property
    def url(self) -> str:
        """Wagtail's own document address stands under /office/, where visitors have no session."""
        return self.file.url

    def clean(self) -> None:
        if self.file:  # a refused file has its message already; Wagtail would add one about an empty name
            super().clean()


class Video(PrivateUntilPublished, AbstractMedia):
    """A video or sound file with its caption tracks. Poster, size and length are read after the upload."""

    class Reading(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        DONE = "done", _("Read")
        NO_TOOL = "no_tool", _("Not read: ffmpeg is not installed on the server")
        FAILED = "failed", _("Not read: the file could not be understood")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = GuardedFileField(_("file"), upload_to="media")
    thumbnail = GuardedFileField(_("poster"), upload_to="media_thumbnails", blank=True)
    reading = models.CharField(
        _("length and poster"), max_length=10, choices=Reading, default=Reading.WAITING, editable=False
    )
    file_size = models.PositiveBigIntegerField(null=True, editable=False)

    # Length and size are asked for only when the server could not read them (forms.VideoForm).
    admin_form_fields = ("title", "collection", "tags", "duration", "width", "height", "file", "thumbnail")
    arrived = False  # set by save() when it stores a new file: lifecycle.py has it read

    class Meta(AbstractMedia.Meta):
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        indexes = [
            models.Index(fields=["file"], name="video_by_file"),
            models.Index(fields=["thumbnail"], name="video_by_thumbnail"),
        ]

    def clean(self) -> None:
        if self.file:  # as for attachments
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.arrived = bool(self.file) and not self.file._committed
        if self.arrived:
            self.file_size = self.file.size
            self.reading = self.Reading.WAITING
        super().save(*args, **kwargs)


class CaptionTrack(models.Model):
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="tracks")
    language = models.CharField(_("language"), max_length=12)
    file = GuardedFileField(_("WebVTT file"), upload_to="captions")

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["video", "language"], name="one_track_a_language")]
        indexes = [models.Index(fields=["file"], name="caption_by_file")]
        verbose_name = _("caption track")
        verbose_name_plural = _("caption tracks")

    def __str__(self) -> str:
        return f"{self.video} ({self.language})"

    @property
    def open_to_all(self) -> bool:
        """Captions are as public as their video."""
        return self.video.public
