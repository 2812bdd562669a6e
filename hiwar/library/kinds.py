"""The kinds of item this room publishes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.items.registry import Kind
from hiwar.library.models import (
    ArticlePage,
    ClaimPage,
    EventPage,
    EvidencePage,
    FatwaPage,
    MatterPage,
    NewsPage,
    PlainPage,
    PressReleasePage,
    TermPage,
    TestimonyPage,
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
        Kind(
            "claim",
            _("Claim"),
            _("Claims answered"),
            ClaimPage,
            section="claims",
            feed=True,
            schema="ClaimReview",
            scholar=True,
        ),
        Kind("fatwa", _("Fatwa"), _("Fatwas"), FatwaPage, section="fatwas", under="islamiyat", feed=True, scholar=True),
        Kind("matter", _("Comparison of fatwas"), _("Comparisons of fatwas"), MatterPage, scholar=True),
        Kind(
            "evidence",
            _("Historical evidence"),
            _("Historical evidence"),
            EvidencePage,
            section="evidence",
            under="islamiyat",
            feed=True,
            schema="Article",
            scholar=True,
        ),
        Kind("term", pgettext_lazy("glossary", "Term"), _("Glossary"), TermPage, section="glossary", scholar=True),
        Kind(
            "testimony",
            _("Testimony"),
            _("Testimonies"),
            TestimonyPage,
            section="testimonies",
            feed=True,
            schema="Article",
        ),
        Kind("page", _("Page"), _("Pages"), PlainPage),
    ):
        registry.register(kind)


def of_pages() -> list[str]:
    """Kinds whose subject is a page of the tree. Numbers of subjects are compared within these alone: a verse or a
    hadith may have the number of a page."""
    return [kind.slug for kind in registry.kinds() if issubclass(kind.model, Page)]


def is_page(ref: ItemRef) -> bool:
    """Whether the subject of `ref` is a page of the tree."""
    return issubclass(registry.kind(ref.kind).model, Page)
