"""The meaning of verses in the reader's language, from a named edition; nothing where no edition is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import Q

from hiwar.arabic.direction import direction
from hiwar.scripture.models import RenderedVerse, Rendering
from hiwar.scripture.reference import Reference

KEY = "scripture.meanings.{}"
SECONDS = 60  # that a page may go on without an edition just shown, in a process that did not show it

Verses = dict[tuple[int, int], str]


def edition(language: str) -> dict[str, Any] | None:
    """The edition that pages in `language` print: {pk, name, language, direction}; None while none is shown.

    Kept for SECONDS, so that a page asks the database nothing about editions there are not.
    """
    kept = cache.get(KEY.format(language))
    if kept is None:
        first = Rendering.objects.shown().in_language(language).first()
        kept = (
            {"pk": first.pk, "name": first.name.here(language), "language": language, "direction": direction(language)}
            if first
            else {}
        )
        cache.set(KEY.format(language), kept, SECONDS)
    return kept or None


def forget(language: str) -> None:
    """Look again: an edition in `language` was shown or hidden."""
    cache.delete(KEY.format(language))


def verses(pk: int, references: Iterable[Reference]) -> Verses:
    """{(sura, verse): meaning} in the edition with this key, of all the references. One query, or none."""
    wanted = Q()
    for each in references:
        wanted |= Q(sura=each.sura, verse__range=(each.first, each.last))
    if not wanted:
        return {}
    rows = RenderedVerse.objects.filter(wanted, rendering=pk).order_by("sura", "verse")
    return {(sura, verse): text for sura, verse, text in rows.values_list("sura", "verse", "text")}


def of(reference: Reference, language: str, found: Verses) -> dict[str, Any] | None:
    """What `blocks/rendering.html` prints of a reference; None unless the edition has every verse of it."""
    held = edition(language)
    places = [(reference.sura, number) for number in range(reference.first or 0, (reference.last or 0) + 1)]
    if held is None or not all(place in found for place in places):
        return None
    return {**held, "text": " ".join(found[place] for place in places if place in found)}
