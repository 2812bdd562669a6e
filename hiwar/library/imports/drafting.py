"""From a checked line to the values of a page."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from hiwar.library.imports import answers
from hiwar.library.imports.checking import Draft
from hiwar.library.imports.cleaning import Cleaned, cleaned, video_address
from hiwar.library.imports.reading import LineRefused

LONGEST_SUMMARY = 400
ENOUGH = 240  # characters after which a made summary takes no further sentence
SENTENCE_END = re.compile(r"(?<=[.!?؟…])\s+|\n+")


def values_of(draft: Draft) -> dict[str, Any]:
    """Field values of the page that `draft` describes, tree, slug and topics apart. Raises LineRefused when the
    kind needs something that the line does not hold."""
    text = cleaned(
        draft.body_html,
        title=draft.title,
        address=draft.source_url,
        videos=draft.kind not in answers.KINDS,  # an answer has no block for a player of another site
        links=draft.kind != "claim",
    )
    summary = draft.summary or summary_of(text.words)
    if not summary:
        raise LineRefused(_("There is no text: body_html holds no words and there is no summary."))
    values = {"title": draft.title, "draft_title": draft.title, "summary": summary, "date": draft.date}
    make = OF_KIND.get(draft.kind, _nothing_more)
    values |= answers.KINDS[draft.kind](draft, summary) if draft.kind in answers.KINDS else make(draft, text)
    return values | {"body": json.dumps(text.blocks, ensure_ascii=False)}


def summary_of(words: str) -> str:
    """The first sentences of a text, at most 400 characters; a longer first sentence is cut between words."""
    summary = ""
    for sentence in SENTENCE_END.split(words.strip()):
        sentence = " ".join(sentence.split())
        if not sentence:
            continue
        longer = f"{summary} {sentence}".strip()
        if len(longer) > LONGEST_SUMMARY:
            return summary or f"{longer[: LONGEST_SUMMARY - 1].rpartition(' ')[0] or longer[: LONGEST_SUMMARY - 1]}…"
        summary = longer
        if len(summary) >= ENOUGH:
            break
    return summary


def _nothing_more(draft: Draft, text: Cleaned) -> dict[str, Any]:
    return {}


def _video(draft: Draft, text: Cleaned) -> dict[str, Any]:
    """No line brings a file, so a video is an outside one. It is shown once: as the page's own, not in the text too."""
    given = draft.more.get("video_url", "")
    outside = video_address(given) if given else next(iter(text.videos), "")
    if not outside:
        raise LineRefused(_("A video needs the address of its page on YouTube or Vimeo, in video_url or in body_html."))
    text.blocks = [b for b in text.blocks if b["type"] != "video" or b["value"]["address"] != outside]
    return {"outside": outside}


def _press_release(draft: Draft, text: Cleaned) -> dict[str, Any]:
    contact = draft.more.get("contact", "")
    try:
        if contact:
            validate_email(contact)
    except ValidationError as error:
        raise LineRefused(_("contact is not an e-mail address.")) from error
    return {"number": draft.more.get("number", ""), "place": draft.more.get("place", ""), "contact": contact}


def _news(draft: Draft, text: Cleaned) -> dict[str, Any]:
    """News names its source; without a name it is the host of the address, as a reader would say it."""
    host = (urlsplit(draft.source_url).hostname or "").removeprefix("www.")
    name = draft.more.get("source_name") or host
    if not name:
        raise LineRefused(_("News needs a source: source_name or source_url."))
    return {"source_name": name[:160], "source_url": draft.source_url}


OF_KIND = {"video": _video, "press_release": _press_release, "news": _news}
