"""A claim and its answer as schema.org's ClaimReview, and the feed of all of them (DataFeed).

The verdict is told by its word alone (`alternateName`): the scale has no order, so there is no number to give. Where
the claim was heard is not told to machines: that would be an address of the original.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, override

from hiwar.library.origin import absolute
from hiwar.library.structured_parts import changed, moment, organisation
from hiwar.ui.page import names
from hiwar.ui.structured import Node, without_empty

CONTEXT = "https://schema.org"


def review(*, page: Any, ref: Any) -> Node:
    """The ClaimReview of a live claim: `page` is its ClaimPage, `ref` its ItemRef. Without `@context`."""
    language = ref.language
    with override(language):
        verdict = str(page.get_verdict_display()) if page.verdict else ""
    centre = organisation(language)
    return without_empty(
        {
            "@type": "ClaimReview",
            "@id": f"{absolute(ref.path)}#review",
            "url": absolute(ref.path),
            "inLanguage": language,
            "claimReviewed": ref.title,
            "itemReviewed": {"@type": "Claim", "name": ref.title, "inLanguage": language},
            "reviewRating": _rating(verdict, ref.summary),
            "reviewBody": page.short_answer,
            "description": ref.summary,
            "author": centre,
            "datePublished": moment(ref.date),
            "dateModified": changed(page),
        }
    )


def _rating(verdict: str, why: str) -> Node | str:
    """The verdict as a Rating in words; nothing for a claim that has none yet."""
    return without_empty({"@type": "Rating", "alternateName": verdict, "ratingExplanation": why}) if verdict else ""


def document(*, page: Any, ref: Any) -> Node:
    """The ClaimReview as a document of its own."""
    return {"@context": CONTEXT, **review(page=page, ref=ref)}


def feed(*, language: str, path: str, claims: Iterable[tuple[Any, Any]]) -> Node:
    """All claims of a language as a schema.org DataFeed; `claims` are (ClaimPage, ItemRef), newest first, `path` is
    the feed's own."""
    called = names(language)
    rows = list(claims)
    with override(language):
        title = f"{gettext('Claims answered')} · {called['site_name']}"
    return without_empty(
        {
            "@context": CONTEXT,
            "@type": "DataFeed",
            "name": title,
            "url": absolute(path),
            "inLanguage": language,
            "publisher": organisation(language),
            "dateModified": moment(max((ref.changed for _page, ref in rows if ref.changed), default=None)),
            "dataFeedElement": [
                without_empty(
                    {
                        "@type": "DataFeedItem",
                        "@id": f"urn:uuid:{ref.uuid}",
                        "dateModified": moment(ref.changed or ref.date),
                        "item": review(page=page, ref=ref),
                    }
                )
                for page, ref in rows
            ],
        }
    )
