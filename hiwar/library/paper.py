"""What a page hands to its printed form."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from hiwar.arabic.dates import both_calendars, duration_label
from hiwar.arabic.direction import direction
from hiwar.items.models import ItemRef
from hiwar.library import chart, companions
from hiwar.library.models import AdvisorsPage, BasePage, Correction, CorrectionsPage, ItemPage, Person, StructurePage
from hiwar.library.origin import absolute
from hiwar.scripture.blocks import CitationBlock
from hiwar.ui.page import names

log = logging.getLogger(__name__)
WIDE = "width-1200|format-jpeg|jpegquality-82"
LONGEST_LIST = 200  # corrections printed, newest first


def context(*, page: BasePage, ref: ItemRef) -> dict[str, Any]:
    """Context of `pdf/item.html`. `page` is live and specific; the page's language is the active one."""
    origin = urlsplit(settings.SITE_URL)
    return {
        "page": page,
        "ref": ref,
        "lang": ref.language,
        "dir": direction(ref.language),
        **names(ref.language),
        "short": f"{origin.netloc}{ref.short_path}",
        "short_url": absolute(ref.short_path),
        "demo": settings.DEMO,
        "published": both_calendars(page.last_published_at, ref.language) if page.last_published_at else "",
        "blocks": [_block(block) for block in page.body],
        **(_item(page, ref) if isinstance(page, ItemPage) else _text(page)),
    }


def _block(block: Any) -> dict[str, Any]:
    made = {"kind": block.block_type, "block": block, "value": block.value}
    if block.block_type == "image":
        made["picture"] = picture(block.value["image"])
    elif isinstance(block.block, CitationBlock):
        made["shown"] = block.block.show(block.value)
    return made


def picture(image: Any) -> dict[str, Any] | None:
    """Address, size and words of `image` for paper (JPEG, 1,200 pixels wide); None when its file is gone."""
    if image is None:
        return None
    try:
        made = image.get_rendition(WIDE)
    except (OSError, ValueError) as error:
        log.warning("PDF: picture %s left out: %s", image.pk, error)
        return None
    return {
        "src": f"{settings.MEDIA_URL}{made.file.name}",
        "width": made.width,
        "height": made.height,
        "alt": image.alt_here,
        "credit": image.credit,
    }


def _item(page: Any, ref: ItemRef) -> dict[str, Any]:
    credits_ = list(page.authorships.select_related("person").all())
    people = {part: [c.person for c in credits_ if c.part == part] for part in ("author", "reviewer", "translator")}
    data: dict[str, Any] = {
        "date": page.shown_date(),
        "authors": people["author"],
        "reviewers": people["reviewer"],
        "translators": people["translator"],
        "picture": picture(page.image),
        "sources": [block.value for block in page.sources],
        "corrections": [{"on": row.on, "kind": row.kind, "text": str(row.text)} for row in page.corrections.all()],
        "topics": list(page.topics.all()),
    }
    if ref.kind == "video":
        data["seconds"] = ref.seconds
        data["transcript"] = [
            {"label": duration_label(block.value["at"], ref.language), "text": block.value["text"]}
            for block in page.transcript
        ]
    elif ref.kind == "event":
        data["programme"] = [part.value for part in page.programme]
        data["documents"] = [block.value for block in page.documents]
        data["recommendations"] = [block.value for block in page.recommendations]
    elif ref.kind == "claim":
        data |= _claim(page, data)
    return data


def _claim(page: Any, data: dict[str, Any]) -> dict[str, Any]:
    """What the page of a claim shows besides: parts with their kinds of evidence, companions, history."""
    blocks: list[dict[str, Any]] = []
    for part in page.parts:
        if part.number:
            blocks.append({"kind": "part", "part": part})
        blocks.extend(_block(block) for block in part.blocks)
    return {
        "blocks": blocks,
        "companions": companions.of(page),
        "versions": [*data["corrections"], {"on": page.first_shown, "kind": "first", "text": ""}],
        "corrections": [],
    }


def _text(page: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if isinstance(page, StructurePage):
        nodes = [(block.value["key"], block.value["parent"], block.value["title"]) for block in page.nodes]
        data["chart"] = chart.tree(nodes)
    elif isinstance(page, AdvisorsPage):
        data["people"] = Person.objects.filter(is_advisor=True).sorted_here()
    elif isinstance(page, CorrectionsPage):
        data["all_corrections"] = _all_corrections(page)
    return data


def _all_corrections(page: CorrectionsPage) -> list[dict[str, Any]]:
    rows = list(
        Correction.objects.filter(page__live=True, page__locale=page.locale)
        .select_related("page")
        .order_by("-on", "-pk")[:LONGEST_LIST]
    )
    return [{"on": row.on, "kind": row.kind, "text": str(row.text), "title": row.page.title} for row in rows]
