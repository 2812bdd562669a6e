"""Videos: our own files with captions, or outside ones behind a click."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtailmedia.edit_handlers import MediaChooserPanel

from hiwar.library.blocks import ChapterBlock, MomentBlock, known_video_address
from hiwar.library.models.base import ItemPage


class VideoPage(ItemPage):
    kind = "video"
    template = "library/video_page.html"
    parent_page_types = ["library.SectionPage"]

    video = models.ForeignKey(
        "media.Video",
        verbose_name=_("video file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outside = models.URLField(
        _("or the address of an outside video"),
        blank=True,
        validators=[known_video_address],
        help_text=_("Nothing is asked of the other site before the visitor's click"),
    )
    series = models.CharField(_("series"), max_length=120, blank=True)
    chapters = StreamField([("chapter", ChapterBlock())], verbose_name=_("chapters"), blank=True)
    transcript = StreamField([("moment", MomentBlock())], verbose_name=_("transcript"), blank=True)

    content_panels = [
        *ItemPage.content_panels,
        MultiFieldPanel([MediaChooserPanel("video", media_type="video"), FieldPanel("outside")], heading=_("Video")),
        FieldPanel("series"),
        FieldPanel("chapters"),
        FieldPanel("transcript"),
        *ItemPage.text_panels,
        *ItemPage.people_panels,
    ]

    class Meta:
        verbose_name = _("video page")
        verbose_name_plural = _("videos")

    def clean(self) -> None:
        super().clean()
        if bool(self.video_id) == bool(self.outside):
            raise ValidationError(
                {"video": _("Choose a video file, or give the address of an outside video: one of the two.")}
            )

    def card_seconds(self) -> int:
        return round(self.video.duration) if self.video else 0

    def plain_text(self) -> str:
        said = "\n".join(block.value["text"] for block in self.transcript)
        return f"{super().plain_text()}\n{said}".strip()

    def tracks(self) -> list[Any]:
        return list(self.video.tracks.all()) if self.video else []
