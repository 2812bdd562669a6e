"""Finding a claim by pasting its words, for everyone. What is pasted is compared and forgotten: the page is kept by
nobody, and no log has it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hiwar.items import registry
from hiwar.library import companions, shelf
from hiwar.library.finding import held
from hiwar.library.finding.index import NEAR
from hiwar.library.finding.words import clean
from hiwar.scripture import limits
from hiwar.ui import frame as shell
from hiwar.ui.templatetags.ui import digits

AUDIENCE = "public"
SCOPE = "find"
ALLOWED = 2400  # texts of one client in a minute: forty a second
SHOWN = 6
PERHAPS = 3
BESIDE = 0.6  # part of the best score that others must reach to be shown beside it


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The field, and the claims nearest to what was pasted into it. One query when the index holds."""
    typed = request.GET.get("q", "")
    text = clean(typed)
    data = _shell(text)
    if not typed:
        return shell.answer(request, "library/find.html", data)
    status, headers, trouble = 200, {}, ""
    if len(typed) > held.LIMIT:
        status, trouble = 413, _too_long(len(typed))
    elif not text:
        trouble = _("No words were sent. Paste the claim into the field.")
    elif wait := limits.seconds_to_wait(request, scope=SCOPE, allowed=ALLOWED):
        status, headers, trouble = 429, {"Retry-After": str(wait)}, _too_often(wait)
    else:
        data |= _answers(text)
    data |= {"typed": typed if trouble else text, "trouble": trouble}
    response = shell.answer(request, "library/find.html", data, status=status)
    response.headers["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _answers(text: str) -> dict[str, Any]:
    """What is close enough; when nothing is, the nearest three."""
    language = shell.language()
    found = held.find(text, language=language, limit=SHOWN)
    close = [each for each in found if each.is_close and each.score >= BESIDE * found[0].score]
    perhaps = [] if close else [each for each in found if each.score >= NEAR][:PERHAPS]
    return {
        "asked": True,
        "found": [_row(each, language) for each in close],
        "perhaps": [_row(each, language) for each in perhaps],
    }


def _row(answer: held.Answer, language: str) -> dict[str, Any]:
    card = answer.shown.card
    return {
        "card": card,
        "answer": answer,
        "away": card.language != language,
        "wording_language": answer.language,
        **companions.told(answer.shown.verdict),
    }


def _shell(text: str) -> dict[str, Any]:
    title, path, language = _("Find a claim"), reverse("claim_find"), shell.language()
    claims = shelf.sections(language).get(registry.kind("claim").place)
    data = shell.context(
        path=path,
        title=title,
        description=_("Paste the words of a claim as you heard them, and read the answer to it."),
        crumbs=[*([(claims.title, claims.path)] if claims else []), (title, "")],
        robots="noindex",
    )
    if text and len(text) <= held.LIMIT:  # the other language's page looks for the same words
        for each in data["switch"]:
            each["path"] += f"?{urlencode({'q': text})}"
    return data | {"typed": "", "limit": held.LIMIT, "claims_path": claims.path if claims else ""}


def _too_long(length: int) -> str:
    return ngettext(
        "The text has %(length)s character, and the limit is %(limit)s. Leave the sentence that makes the claim. "
        "What you typed is kept.",
        "The text has %(length)s characters, and the limit is %(limit)s. Leave the sentence that makes the claim. "
        "What you typed is kept.",
        length,
    ) % {"length": digits(length), "limit": digits(held.LIMIT)}


def _too_often(wait: int) -> str:
    return ngettext(
        "Too many texts were looked for within a minute from this connection. Send it again in %(wait)s second. "
        "What you typed is kept.",
        "Too many texts were looked for within a minute from this connection. Send it again in %(wait)s seconds. "
        "What you typed is kept.",
        wait,
    ) % {"wait": digits(wait)}
