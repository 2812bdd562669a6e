"""Feeds of each section and of everything: Atom (RFC 4287) and JSON Feed 1.1, from registry rows alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.templatetags.static import static
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, override

from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.library.origin import absolute
from hiwar.ui.page import names

LONGEST = 30  # items
ALL = "all"
TYPES = {"xml": "application/atom+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8"}


@dataclass(frozen=True)
class Feed:
    """What both formats print. `changed` is when the list last changed, items taken down included; None when empty."""

    language: str
    section: str
    title: str
    items: Sequence[ItemRef]
    changed: datetime | None

    @property
    def home(self) -> str:
        """Absolute address of the list that the feed follows."""
        return absolute(
            f"/{self.language}/" if self.section == ALL else f"/{self.language}/{sections()[self.section][0].place}/"
        )

    def address(self, format: str) -> str:
        """Absolute address of the feed itself; `format` is 'xml' or 'json'."""
        return absolute(f"/{self.language}/feeds/{self.section}.{format}")


def sections() -> dict[str, list[registry.Kind]]:
    """Kinds by the name of their feed; 'all' holds every kind that has one."""
    kinds = [kind for kind in registry.kinds() if kind.feed]
    return {ALL: kinds, **{kind.section: [kind] for kind in kinds}}


def feed(*, language: str, section: str) -> Feed:
    """The newest items of a section in a language. Two queries. Raises KeyError for a section that has no feed."""
    kinds = sections()[section]
    rows = ItemRef.objects.filter(language=language, kind__in=[kind.slug for kind in kinds])
    items = list(rows.shown()[:LONGEST])
    # An item that was taken down changes the list too, and shows in no row of it.
    hidden = rows.filter(live=False).aggregate(last=Max("changed"))["last"]
    moments = [item.changed for item in items if item.changed] + ([hidden] if hidden else [])
    with override(language):
        what = gettext("Everything published") if section == ALL else str(kinds[0].plural)
    return Feed(
        language=language,
        section=section,
        title=f"{what} · {names(language)['site_name']}",
        items=items,
        changed=max(moments, default=None),
    )


class Atom(Atom1Feed):
    """Django's Atom 1.0, whose empty feed keeps one date instead of the present moment."""

    def __init__(self, *args: Any, changed: datetime | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed = changed

    def latest_post_date(self) -> datetime:
        return self.changed or datetime(1970, 1, 1, tzinfo=timezone.get_current_timezone())


def atom(shown: Feed) -> bytes:
    """The feed as an Atom document, UTF-8. Item ids are `urn:uuid:` and outlive any change of address."""
    book = Atom(
        title=shown.title,
        link=shown.home,
        description="",
        language=shown.language,
        feed_url=shown.address("xml"),
        feed_guid=shown.address("xml"),
        author_name=names(shown.language)["site_name_full"],
        author_link=absolute(f"/{shown.language}/"),
        changed=shown.changed,
    )
    with override(shown.language):
        for item in shown.items:
            book.add_item(
                title=item.title,
                link=absolute(item.path),
                description=item.summary,
                unique_id=f"urn:uuid:{item.uuid}",
                pubdate=_local(item.date),
                updateddate=_local(item.changed or item.date),
                categories=[item.kind_label],
            )
    return book.writeString("utf-8").encode()


def json_feed(shown: Feed) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org), UTF-8. An item's text is its summary."""
    called = names(shown.language)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": shown.title,
        "home_page_url": shown.home,
        "feed_url": shown.address("json"),
        "language": shown.language,
        "favicon": absolute(static("hiwar/favicon.svg")),
        "authors": [{"name": called["site_name_full"], "url": absolute(f"/{shown.language}/")}],
        "items": [_json_item(item) for item in shown.items],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _json_item(item: ItemRef) -> dict[str, Any]:
    row = {
        "id": f"urn:uuid:{item.uuid}",
        "url": absolute(item.path),
        "title": item.title,
        "content_text": item.summary or item.title,
        "summary": item.summary,
        "image": absolute(item.image_url),
        "date_published": _iso(item.date),
        "date_modified": _iso(item.changed),
        "language": item.language,
    }
    return {key: value for key, value in row.items() if value}


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def _iso(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
