"""The blocks an editor builds a text from: few, and each with one template."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from hiwar.arabic.slugs import slugify
from hiwar.scripture.blocks import HadithBlock, MisusedVerseBlock, VerseBlock
from hiwar.scripture.blocks_misused import MisusedHadithBlock

TEXT_FEATURES = ["bold", "link", "ol", "ul", "h3", "document-link"]
SMALL_FEATURES = ["bold", "italic", "link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=160)

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        value_class = type(
            "HeadingValue",
            (blocks.StructValue,),
            {"id": property(lambda self: anchor(str(self.get("text", ""))))},
        )


@lru_cache(maxsize=4096)
def anchor(text: str) -> str:
    """A stable fragment for a heading; 'part' when nothing of it can stand in an address."""
    try:
        return slugify(text, "ar")
    except ValueError:
        return "part"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/image.html"


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), help_text=_("Not for Quran or hadith, which have blocks of their own"))
    who = blocks.CharBlock(label=_("Who, and where"), max_length=250)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quotation.html"


class CalloutBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Sentence"))

    class Meta:
        icon = "pick"
        label = _("Call-out")
        template = "blocks/callout.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    label = blocks.CharBlock(label=_("What the link says"), required=False, max_length=160)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "blocks/document.html"


PROVIDERS = {
    "youtube": ("YouTube", re.compile(r"^[\w-]{11}$"), "https://www.youtube-nocookie.com/embed/{}?autoplay=1"),
    "vimeo": ("Vimeo", re.compile(r"^\d{6,12}$"), "https://player.vimeo.com/video/{}?autoplay=1&dnt=1"),
}


def outside_video(address: str) -> dict[str, str] | None:
    """Provider, name, embed and plain address of an outside video, or None for an address of no known provider.

    Nothing is asked of the provider: the identifier is read from the address itself.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host == "youtu.be":
        provider, number = "youtube", parts.path.strip("/")
    elif host in ("youtube.com", "youtube-nocookie.com"):
        number = parse_qs(parts.query).get("v", [parts.path.rstrip("/").rpartition("/")[2]])[0]
        provider = "youtube"
    elif host in ("vimeo.com", "player.vimeo.com"):
        provider, number = "vimeo", parts.path.rstrip("/").rpartition("/")[2]
    else:
        return None
    name, shape, embed = PROVIDERS[provider]
    if not shape.match(number):
        return None
    return {"provider": provider, "name": name, "embed": embed.format(number), "address": address}


def known_video_address(address: str) -> None:
    """Validator: raises ValidationError unless `address` is of a provider we can show behind a click."""
    if outside_video(address) is None:
        raise ValidationError(
            _("This address is not of a video on YouTube or Vimeo. Copy the address of the video's own page.")
        )


class OutsideVideoBlock(blocks.StructBlock):
    address = blocks.URLBlock(label=_("Address of the video"), validators=[known_video_address])
    title = blocks.CharBlock(label=_("Title"), max_length=160)

    class Meta:
        icon = "media"
        label = _("Outside video")
        template = "blocks/video.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["outside"] = {**(outside_video(value["address"]) or {}), "title": value["title"]}
        return context


class BodyBlock(blocks.StreamBlock):
    """The text of every item."""

    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES, template="blocks/text.html")
    heading = HeadingBlock()
    image = ImageBlock()
    verse = VerseBlock()
    hadith = HadithBlock()
    misused_verse = MisusedVerseBlock()
    misused_hadith = MisusedHadithBlock()
    quotation = QuotationBlock()
    callout = CalloutBlock()
    document = DocumentBlock()
    video = OutsideVideoBlock()


class SourceBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("Source"), features=SMALL_FEATURES)
    page = blocks.CharBlock(label=_("Page"), required=False, max_length=40)
    url = blocks.URLBlock(label=_("Address"), required=False)
    to_be_checked = blocks.BooleanBlock(
        label=_("To be checked"), required=False, help_text=_("Nobody has yet held this source against the book itself")
    )

    class Meta:
        icon = "list-ol"
        label = _("Source")


class MomentBlock(blocks.StructBlock):
    """A piece of a transcript."""

    at = blocks.IntegerBlock(label=_("Second"), min_value=0)
    text = blocks.TextBlock(label=_("Words"))

    class Meta:
        icon = "openquote"
        label = _("Words at a moment")


class ChapterBlock(blocks.StructBlock):
    at = blocks.IntegerBlock(label=_("Second"), min_value=0)
    title = blocks.CharBlock(label=_("Title"), max_length=120)

    class Meta:
        icon = "list-ul"
        label = _("Chapter")


class ProgrammeBlock(blocks.StructBlock):
    time = blocks.TimeBlock(label=_("Time"))
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = blocks.TextBlock(label=_("Who and what"), required=False)

    class Meta:
        icon = "date"
        label = _("Part of the programme")


class NodeBlock(blocks.StructBlock):
    """A box of the organisation chart; `parent` is the key of the box above it."""

    key = blocks.CharBlock(label=_("Key"), max_length=40)
    parent = blocks.CharBlock(label=_("Key of the box above"), max_length=40, required=False)
    title = blocks.CharBlock(label=_("Title"), max_length=120)

    class Meta:
        icon = "group"
        label = _("Box")
