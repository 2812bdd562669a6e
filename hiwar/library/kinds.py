"""The kinds of item this room publishes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hiwar.items import registry
from hiwar.items.registry import Kind
from hiwar.library.models import (
    ArticlePage,
    EventPage,
    NewsPage,
    PlainPage,
    PressReleasePage,
    VideoPage,
)


def register() -> None:
    """Tell the registry what this room publishes."""
    for kind in (
        Kind("article", _("Article"), _("Articles"), ArticlePage, section="articles", feed=True, schema="Article"),
        Kind("video", _("Video"), _("Videos"), VideoPage, section="videos", feed=True, schema="VideoObject"),
        Kind(
            "press_release",
            _("Press release"),
            _("Press releases"),
            PressReleasePage,
            section="press",
            feed=True,
            schema="NewsArticle",
        ),
        Kind("news", _("News item"), _("News"), NewsPage, section="news", feed=True, schema="NewsArticle"),
        Kind("event", _("Event"), _("Events"), EventPage, section="events", feed=True, schema="Event"),
        Kind("page", _("Page"), _("Pages"), PlainPage),
    ):
        registry.register(kind)
