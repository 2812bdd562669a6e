"""What several kinds of structured data share: the Centre as publisher, moments of time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone

from hiwar.library.origin import absolute
from hiwar.ui.page import names
from hiwar.ui.structured import Node

LOGO = "hiwar/mark.svg"


def organisation_id() -> str:
    """The Centre's own identifier in every graph."""
    return f"{settings.SITE_URL}/#centre"


def organisation(language: str, *, whole: bool = False) -> Node:
    """The Centre as a publisher (schema.org Organization), named in `language`; `whole` adds its full name and parent.

    A node without `@context`: it is part of a graph.
    """
    called = names(language)
    node: Node = {
        "@type": "Organization",
        "@id": organisation_id(),
        "name": called["site_name"],
        "url": absolute(f"/{language}/"),
        "logo": absolute(static(LOGO)),
    }
    if whole:
        node["legalName"] = called["site_name_full"]
        node["parentOrganization"] = {"@type": "Organization", "name": called["organisation_name"]}
    return node


def moment(value: datetime | None) -> str:
    """ISO 8601 with the offset of Makkah, to the second."""
    return timezone.localtime(value).isoformat(timespec="seconds") if value else ""


def changed(page: Any) -> str:
    """When the text was published again; '' when it never was. The first publication of an old text is no change."""
    first, last = page.first_published_at, page.last_published_at
    return moment(last) if first and last and (last - first).total_seconds() >= 1 else ""
