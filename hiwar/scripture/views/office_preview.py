"""What an editor sees below a reference while choosing it: the verse or the hadith, or why there is none."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from hiwar.edge.audience import audience
from hiwar.scripture import editions, shown, shown_hadith
from hiwar.scripture.blocks import unsigned, verse_reference
from hiwar.scripture.canon import quran
from hiwar.scripture.reference import BadReference, Reference


@audience("office")
@require_GET
def preview(request: HttpRequest) -> JsonResponse:
    """JSON: {html, key, sura, first, last} for `?reference=` (any form that can be read), {html} for `?hadith=` (uuid).

    `words=1` gives each word of the verses as a numbered button. A reference that names nothing answers {error} in the
    office's language, with status 200: half a reference is what one types first. Asks no table for a verse.
    """
    if "hadith" in request.GET:
        return _hadith(request.GET["hadith"])
    try:
        reference = verse_reference(request.GET.get("reference", ""))
    except BadReference as error:
        return _no(error.message())
    return _verse(reference, words=request.GET.get("words") == "1")


def _verse(reference: Reference, *, words: bool) -> JsonResponse:
    verses = quran().passage(reference)
    printed = [word for verse in verses for word in shown.printed_words(verse)] if words else []
    context: dict[str, Any] = {
        "shown": shown.passage(reference, sealed=False, around=0),
        "edition": editions.quran(),
        "words": list(enumerate(printed, start=1)),
    }
    return JsonResponse(
        {
            "html": render_to_string("blocks/office/preview_verse.html", context),
            "key": reference.key,
            "sura": reference.sura,
            "first": reference.first,
            "last": reference.last,
        }
    )


def _hadith(identifier: str) -> JsonResponse:
    entry = next(iter(shown_hadith.by_uuid([identifier]).values()), None)
    if entry is None or not entry.is_shown:
        return _no(unsigned(entry))
    context = {"shown": shown_hadith.hadith(entry, sealed=False)}
    return JsonResponse({"html": render_to_string("blocks/office/preview_hadith.html", context)})


def _no(reason: str) -> JsonResponse:
    return JsonResponse({"error": reason})
