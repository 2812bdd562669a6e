"""The public interface: claims by their words. What is asked is compared and forgotten; no log has it.

`data/openapi_find.json` describes it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hiwar.edge import answers
from hiwar.edge.problems import Problem, interface
from hiwar.library import companions
from hiwar.library.api import require_pace
from hiwar.library.finding import held
from hiwar.library.finding.index import NEAR
from hiwar.library.finding.words import clean

AUDIENCE = "outside"
SIZE, LARGEST = 5, 20


@interface("GET")
def find(request: HttpRequest) -> HttpResponse:
    """`?q=…` in, the claims nearest to it out, best first. One query when the index holds."""
    require_pace(request)
    text = _text(request.GET.get("q", ""))
    language = request.GET.get("lang", "")
    if language and language not in settings.LANGUAGE_CODES:
        known = ", ".join(settings.LANGUAGE_CODES)
        raise Problem(
            422,
            _("“%(value)s” is no value of %(name)s. Known values: %(known)s.")
            % {"value": clean(language)[:60], "name": "lang", "known": known},
        )
    found = held.find(text, language=language, limit=_limit(request.GET.get("limit", "")))
    results = [_row(each) for each in found if each.score >= NEAR]
    return answers.answer({"query": text, "results": results}, headers={"Cache-Control": "no-store"})


def _text(typed: str) -> str:
    """What is looked for, cleaned. Raises Problem."""
    if len(typed) > held.LIMIT:
        raise Problem(
            413,
            _("The text has %(length)s characters; at most %(limit)s are taken at once.")
            % {"length": len(typed), "limit": held.LIMIT},
            limit=held.LIMIT,
            length=len(typed),
        )
    text = clean(typed)
    if not text:
        raise Problem(422, _("Name the words to look for: ?q=…"))
    return text


def _limit(typed: str) -> int:
    if not typed:
        return SIZE
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    if not 1 <= number <= LARGEST:
        raise Problem(422, _("limit is a whole number from 1 to %(largest)s.") % {"largest": LARGEST})
    return number


def _row(answer: held.Answer) -> dict[str, Any]:
    card = answer.shown.card
    with override(card.language):
        label = str(companions.told(answer.shown.verdict)["label"])
    return {
        "score": answer.score,
        "close": answer.is_close,
        "matched": {
            "wording": answer.wording,
            "lang": answer.language,
            "words": [list(span) for span in answer.spans],
        },
        "claim": {
            "uuid": str(card.uuid),
            "lang": card.language,
            "title": card.title,
            "url": card.path,
            "verdict": answer.shown.verdict,
            "verdict_label": label,
            "summary": card.summary,
            "translations": {
                code: {"uuid": str(each.card.uuid), "url": each.card.path}
                for code, each in sorted(answer.versions.items())
                if code != card.language
            },
        },
    }
