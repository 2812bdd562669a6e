"""How the text lies before a reader: on pages, between neighbours, named in sentences of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiwar.arabic.digits import localise_number
from hiwar.arabic.direction import direction
from hiwar.scripture import shown
from hiwar.scripture.canon import SURAS, Sura, Verse, quran
from hiwar.scripture.models import Citation, RenderedVerse
from hiwar.scripture.reference import Reference
from hiwar.ui import frame


def sura_path(sura: Sura) -> str:
    """Root-relative address of a sura's page."""
    return reverse("scripture_sura", args=[sura.number])


def sura_title(sura: Sura) -> str:
    """«سورة البقرة», “Sura Al-Baqarah”."""
    return _("Sura %(name)s") % {"name": sura.name(frame.language())}


def sura_summary(sura: Sura) -> str:
    """How many verses it has and where it was revealed, as one line."""
    number = localise_number(sura.verses, frame.language())
    verses = ngettext("%(number)s verse", "%(number)s verses", sura.verses) % {"number": number}
    return f"{verses} · {revealed(sura)}"


def revealed(sura: Sura) -> str:
    """«مكية» or «مدنية»."""
    return _("Revealed in Makkah") if sura.revelation == "makki" else _("Revealed in Madinah")


def sheets(sura: Sura) -> list[dict[str, Any]]:
    """The verses of a sura by the page of the Madinah print on which each begins: {page, juz, verses}."""
    verses = quran().span(sura.number, 1, sura.verses)
    found = []
    for page, group in groupby(verses, key=lambda each: each.page):
        held = list(group)
        found.append({"page": page, "juz": held[0].juz, "verses": held})
    return found


def neighbours(sura: Sura) -> dict[str, Any]:
    """The suras before and after: {before, after}, each {path, name} or None."""

    def at(number: int) -> dict[str, str] | None:
        if not 1 <= number <= SURAS:
            return None
        found = quran().sura(number)
        return {"path": sura_path(found), "name": sura_title(found)}

    return {"before": at(sura.number - 1), "after": at(sura.number + 1)}


def verse_neighbours(reference: Reference) -> dict[str, Any]:
    """The verses before and after a passage, over the ends of suras: {before, after}, each {path, name} or None."""
    sura, first, last = reference.sura or 1, reference.first or 1, reference.last or 1

    def at(sura: int, number: int) -> dict[str, str] | None:
        if number < 1:
            if sura == 1:
                return None
            sura, number = sura - 1, quran().sura(sura - 1).verses
        elif number > quran().sura(sura).verses:
            if sura == SURAS:
                return None
            sura, number = sura + 1, 1
        found = Reference.verse(sura, number)
        return {"path": shown.path_of(found, frame.language()), "name": found.label(frame.language())}

    return {"before": at(sura, first - 1), "after": at(sura, last + 1)}


def linked(verses: Iterable[Verse]) -> list[dict[str, Any]]:
    """Verses with the addresses of their pages: {verse, path, label}."""
    language = frame.language()
    references = [(each, Reference.verse(each.sura, each.number)) for each in verses]
    return [
        {"verse": each, "path": shown.path_of(found, language), "label": found.label(language)}
        for each, found in references
    ]


def places(verses: Sequence[Verse]) -> dict[str, Any]:
    """Juz and pages of the Madinah print on which the verses begin: first and last of each."""
    return {
        "juz": (verses[0].juz, verses[-1].juz),
        "page": (verses[0].page, verses[-1].page),
    }


def meanings(reference: Reference) -> list[dict[str, Any]]:
    """The meaning of a passage in every edition that readers may see and that has all its verses. One query."""
    rows = RenderedVerse.objects.filter(
        rendering__shown=True, sura=reference.sura or 0, verse__range=(reference.first, reference.last)
    ).select_related("rendering")
    found = []
    for edition, group in groupby(
        rows.order_by("rendering__language", "rendering__slug", "verse"), key=lambda row: row.rendering
    ):
        texts = [row.text for row in group]
        if len(texts) == (reference.last or 0) - (reference.first or 0) + 1:
            found.append(
                {
                    "edition": edition,
                    "text": " ".join(texts),
                    "language": edition.language,
                    "direction": direction(edition.language),
                }
            )
    return found


def elsewhere(counted: Iterable[tuple[str, int]], path: str) -> list[dict[str, Any]]:
    """The same page in each language of `counted` (language, number of items): {language, name, count, path}."""
    rest = path.strip("/").partition("/")[2]
    return [
        {
            "language": code,
            "name": frame.LANGUAGE_NAMES.get(code, code),
            "count": count,
            "path": f"/{code}/{rest}/#uses",
        }
        for code, count in counted
    ]


def place_of(verses: Sequence[Verse], words: str) -> tuple[int, int] | None:
    """First and last, from 1, of the words of a passage that read `words`; None when they are not in it so."""
    wanted = words.split()
    held = [word for verse in verses for word in verse.words]
    for start in range(len(held) - len(wanted) + 1 if wanted else 0):
        if held[start : start + len(wanted)] == wanted:
            return start + 1, start + len(wanted)
    return None


def misuse(citation: Citation, page: Reference) -> dict[str, Any]:
    """One way in which words are cut out of a passage, as an item shows it: {item, shown, cut, same, note, elsewhere}.

    `cut` holds the first and last of the words, None when they are not in the passage; `same` says that `page` is about
    this very passage; `elsewhere` is the language of an item that has none in the reader's.
    """
    reference = citation.reference
    verses = quran().passage(reference)
    cut = place_of(verses, citation.cut_text)
    return {
        "item": citation.item,
        "shown": shown.passage(reference, sealed=False, cut=cut, around=1),
        "cut": cut,
        "same": reference == page,
        "note": str(citation.note),
        "elsewhere": citation.item.language if citation.item.language != frame.language() else "",
    }


def misuse_of_hadith(citation: Citation, text: str) -> dict[str, Any]:
    """As `misuse`, of a hadith with this text: {item, before, cut, after, note, elsewhere}."""
    before, cut, after = text.partition(citation.cut_text) if citation.cut_text else (text, "", "")
    return {
        "item": citation.item,
        "before": before,
        "cut": cut,
        "after": after,
        "note": str(citation.note),
        "elsewhere": citation.item.language if citation.item.language != frame.language() else "",
    }
