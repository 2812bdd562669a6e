"""The public interface: checking a text, and verses and signed hadith by reference. JSON, or CSV where rows are asked.

Figures are plain ASCII, names stand in every language of the site, errors are problem documents (`edge.problems`).
`data/openapi.json` is its part of the description (`edge.openapi`); a test holds that to the addresses.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hiwar.edge import answers
from hiwar.edge.problems import Problem, interface
from hiwar.scripture import editions, limits
from hiwar.scripture.answer import LIMIT, NUL, answer, fault
from hiwar.scripture.canon import digest, quran
from hiwar.scripture.models import Hadith
from hiwar.scripture.reference import BadReference, Reference
from hiwar.scripture.shown import path_of

AUDIENCE = "outside"
# The longest body with LIMIT code points: each may be written as two escapes of six signs (RFC 8259, 7).
BODY = 12 * LIMIT + 4096
SCOPE = "check"  # shared with the page
# As the interface writes a place itself; names and other figures are for people's pages.
PLACE = re.compile(r"[0-9]+/[0-9]+(-[0-9]+)?")


@interface("POST")
def check(request: HttpRequest) -> HttpResponse:
    """`{"text": "…"}` in, the quotations in it out. Nothing of it is stored or logged."""
    limits.require_pace(request, scope=SCOPE)
    text = _text(request)
    try:
        with limits.place(len(text)):
            found = answer(text)
    except limits.Busy as error:
        raise Problem(
            503,
            _("Other long texts are being checked right now. Send the text again in a few seconds."),
            headers={"Retry-After": "5"},
        ) from error
    return answers.answer(found, headers={"Cache-Control": "no-store"})


def _text(request: HttpRequest) -> str:
    """The text to check. Raises Problem, in the order in which it is cheapest to find out."""
    if request.content_type != "application/json":
        raise Problem(415, _("Send JSON: Content-Type: application/json."), headers={"Accept": "application/json"})
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY:
        raise Problem(413, _("The text has more than %(limit)s characters.") % {"limit": LIMIT}, limit=LIMIT)
    try:
        body = json.loads(request.body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Problem(400, _("The body is not UTF-8 (RFC 8259, 8.1).")) from error
    except (ValueError, RecursionError) as error:
        raise Problem(400, _("The body is not JSON. Send an object with the member “text”.")) from error
    if not isinstance(body, dict) or "text" not in body:
        raise Problem(422, _("Send an object with the member “text”."))
    text = body["text"]
    if not isinstance(text, str):
        raise Problem(422, _("The member “text” must be a string."))
    if len(text) > LIMIT:
        raise Problem(
            413,
            _("The text has %(length)s characters; at most %(limit)s are taken at once.")
            % {"length": len(text), "limit": LIMIT},
            limit=LIMIT,
            length=len(text),
        )
    if wrong := fault(text):
        raise Problem(
            422,
            _("“text” is not text: it holds U+0000, as a binary file does.")
            if wrong == NUL
            else _("“text” is not text: it holds half of a surrogate pair (U+D800 to U+DFFF)."),
        )
    return text


@interface("GET")
def verses(request: HttpRequest, place: str) -> HttpResponse:
    """One verse (`2/256`) or some in a row (`2/255-257`), with the edition and the digest of each."""
    try:
        reference = Reference.parse(place) if PLACE.fullmatch(place) else None
    except BadReference as error:
        raise Problem(404, error.message()) from error
    if reference is None:
        raise Problem(404, _("Name a sura and a verse, or a range: 2/256, 2/255-257."))
    edition = editions.compared()["quran"]
    held = quran().passage(reference)
    rows = [
        {
            "reference": each.key,
            "sura": each.sura,
            "verse": each.number,
            "juz": each.juz,
            "page": each.page,
            "text": each.text,
            "digest": digest(each.text),
        }
        for each in held
    ]
    if answers.wants_csv(request):
        whole = [{**row, "edition": edition["name"], "version": edition["version"]} for row in rows]
        return answers.rows(request, whole, name=f"quran-{reference.sura}-{reference.first}-{reference.last}")
    text = quran().text(reference)
    return answers.kept(
        request,
        {
            "source": "quran",
            "reference": reference.number_key,
            **_names(reference),
            "text": text,
            "digest": digest(text),
            "verses": rows,
            "edition": edition,
        },
    )


@interface("GET")
def hadith(request: HttpRequest, collection: str, number: str) -> HttpResponse:
    """A hadith that an editor entered and a Scholar signed, with what each grader said. Two queries."""
    try:
        reference = Reference.hadith(collection, number) if number.isascii() else None
    except BadReference as error:
        raise Problem(404, error.message()) from error
    found = Hadith.objects.shown().at(reference).first() if reference else None
    if found is None:
        raise Problem(404, _("No hadith that a Scholar has signed stands here under this number."))
    row = {
        "source": found.collection,
        "reference": found.number,
        "numbering": found.scheme,
        "other_numbers": found.other_numbers,
        "narrator": dict(found.narrator),
        "text": found.text,
        "digest": found.digest,
        "edition": dict(found.edition_note),
        "signed": found.signed_at.date().isoformat() if found.signed_at else "",
    }
    gradings = [
        {
            "grader": dict(each.grader),
            "grade": each.grade,
            "wording": dict(each.wording),
            "source": dict(each.source),
            "page": each.page,
        }
        for each in found.gradings.all()
    ]
    if answers.wants_csv(request):
        flat = {key: answers.flat(value) for key, value in row.items()}
        rows = [{**flat, **{f"grading_{key}": answers.flat(value) for key, value in each.items()}} for each in gradings]
        return answers.rows(request, rows or [flat], name=f"{found.collection}-{found.number}")
    return answers.kept(request, {**row, **_names(found.reference), "gradings": gradings})


def _names(reference: Reference) -> dict[str, Any]:
    """Name and page of a place in every language of the site."""
    return {
        "label": {code: reference.label(code) for code in settings.LANGUAGE_CODES},
        "url": {code: path for code in settings.LANGUAGE_CODES if (path := path_of(reference, code))},
    }
