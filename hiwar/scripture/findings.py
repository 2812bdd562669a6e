"""Findings of a check as the page shows them: marked text, comparison, names and addresses, in the active language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiwar.arabic.direction import base_language
from hiwar.scripture import marking
from hiwar.scripture.canon import quran
from hiwar.scripture.collections import collection
from hiwar.scripture.found import Quotation
from hiwar.scripture.marking import MISSING, MOVED, PLAIN, RIGHT, WRONG, Piece
from hiwar.scripture.models import Hadith
from hiwar.scripture.reference import BadReference, Reference
from hiwar.scripture.shown import path_of, uthmani
from hiwar.ui import frame
from hiwar.ui.templatetags.ui import digits

ALSO_SHOWN = 5
LONG = 900  # characters of canonical text from which on it is folded away
REPEATED = 6000  # from which on an agreeing passage is not set out again: its page has it
Pages = dict[tuple[str, str], Reference]
# Findings beyond this many are marked in the text and counted, but not each set out.
SET_OUT = 200


@dataclass(frozen=True)
class Row:
    """A line of the table of differences."""

    kind: str
    found: str
    canonical: str


@dataclass(frozen=True)
class Finding:
    """One quotation, ready for the template. `path` and `copied` are "" where there is nothing to lead to or copy."""

    number: int
    status: str
    heading: str
    label: str
    path: str
    quran: bool
    found: SafeString
    canonical: SafeString
    folded: bool
    copied: str
    rows: tuple[Row, ...]
    also: tuple[dict[str, str], ...]
    more: int


def set_out(quotations: Sequence[Quotation]) -> list[tuple[int, Quotation]]:
    """The quotations to set out with their numbers in the text: altered ones first, at most SET_OUT."""
    return sorted(enumerate(quotations, 1), key=lambda each: each[1].status != "altered")[:SET_OUT]


def findings(text: str, quotations: Sequence[Quotation]) -> list[Finding]:
    """What the page sets out. One query when there is hadith among it."""
    chosen = set_out(quotations)
    pages = _hadith_pages(each for _number, each in chosen)
    return [_finding(text, number, each, pages) for number, each in chosen]


def marked(text: str, quotations: Sequence[Quotation]) -> SafeString:
    """The whole text as markup, its lines and spaces kept, each quotation underlined by its status and numbered."""
    listed = {number for number, _each in set_out(quotations)}
    made: list[str] = []
    last = 0
    for number, each in enumerate(quotations, 1):
        label = digits(number)
        made += [
            escape(marking.shown(text[last : each.start])),
            format_html(
                '<mark class="found found--{}">{}</mark><sup><span class="visually-hidden">{} </span>{}</sup>',
                each.status,
                compared(text, each),
                status_name(each.status),
                format_html('<a href="#f{}">{}</a>', number, label) if number in listed else label,
            ),
        ]
        last = each.end
    return mark_safe("".join([*made, escape(marking.shown(text[last:]))]))


def compared(text: str, found: Quotation) -> SafeString:
    """A quotation as markup: words that the edition has not are struck, its own are supplied, in its own face.

    Of hadith no word of the edition is shown, which serves checking only: a gap stands for a missing one.
    """
    pieces = marking.pieces(text, found)
    return format_html_join("", "{}", ((_piece(each, found.source == "quran"),) for each in pieces))


def _piece(piece: Piece, quran: bool) -> SafeString:
    words = marking.shown(piece.text)
    if piece.kind == PLAIN:
        return escape(words)
    if piece.kind in (WRONG, MOVED):
        return format_html('<del class="w-{}">{}</del>', piece.kind, words)
    if quran:
        return format_html(' <ins class="w-{} uthmani">{}</ins>', piece.kind, words)
    if piece.kind == RIGHT:
        return SafeString()
    return format_html(' <span class="w-gap"><span class="visually-hidden">{}</span></span>', _("missing word"))


def _edition_line(found: Quotation, place: Reference | None) -> SafeString:
    """What the edition has: whole verses as a verse page shows them, else the words, those that differ set apart."""
    if found.status != "altered" and len(found.canonical) > REPEATED:
        return SafeString()
    if found.status == "exact" and place is not None and place.is_quran:
        return uthmani(quran().passage(place))
    made = [
        format_html('<ins class="w-{}">{}</ins>', each.kind, each.text)
        if each.kind in (RIGHT, MISSING, MOVED)
        else escape(each.text)
        for each in marking.edition_line(found)
    ]
    return mark_safe(" ".join(made))


def _finding(text: str, number: int, found: Quotation, pages: Pages) -> Finding:
    language = frame.language()
    is_quran = found.source == "quran"
    label, path = _place(found.source, found.reference, pages)
    return Finding(
        number=number,
        status=found.status,
        heading=_heading(found),
        label=label,
        path=path,
        quran=is_quran,
        found=compared(text, found),
        canonical=_edition_line(found, reference_of(found.source, found.reference)),
        folded=len(found.canonical) > LONG,
        copied=(f"[{label}]" if base_language(language) == "ar" else f"({label})") if is_quran else "",
        rows=tuple(
            Row(difference_name(each.kind), marking.shown(each.found), each.canonical if is_quran else "")
            for each in found.differences
        ),
        also=tuple(
            dict(zip(("label", "path"), _place(*_source_of(found.source, each), pages), strict=True))
            for each in found.also[:ALSO_SHOWN]
        ),
        more=max(0, found.others - ALSO_SHOWN),
    )


def _heading(found: Quotation) -> str:
    if found.status != "altered":
        return status_name(found.status)
    count = len(found.differences)
    return ngettext("Altered quotation: %(count)s difference", "Altered quotation: %(count)s differences", count) % {
        "count": digits(count)
    }


def status_name(status: str) -> str:
    """«اقتباس مطابق», “Exact quotation”."""
    return {
        "exact": _("Exact quotation"),
        "altered": _("Altered quotation"),
        "partial": _("Partial quotation"),
    }[status]


def difference_name(kind: str) -> str:
    """«كلمة ساقطة», “Missing word”."""
    return {
        "substituted": _("Substituted word"),
        "missing": _("Missing word"),
        "added": _("Added word"),
        "moved": _("Moved word"),
    }[kind]


def tally(quotations: Sequence[Quotation]) -> list[dict[str, Any]]:
    """How many quotations of each status, those that are there, the altered ones first."""
    counts = {status: sum(each.status == status for each in quotations) for status in ("altered", "exact", "partial")}
    words = {
        "altered": ngettext("%(count)s altered quotation", "%(count)s altered quotations", counts["altered"]),
        "exact": ngettext("%(count)s exact quotation", "%(count)s exact quotations", counts["exact"]),
        "partial": ngettext("%(count)s partial quotation", "%(count)s partial quotations", counts["partial"]),
    }
    return [
        {"status": status, "words": words[status] % {"count": digits(count)}}
        for status, count in counts.items()
        if count
    ]


def reference_of(source: str, number: str) -> Reference | None:
    """The place a quotation names; None where the text package has a number that no numbering reaches."""
    try:
        if source == "quran":
            return Reference.parse(number)
        return Reference.hadith(source, number, collection(source).text_scheme)
    except BadReference:
        return None


def _place(source: str, number: str, pages: Pages) -> tuple[str, str]:
    """Label and address of a place; a hadith has an address only where an editor entered it and a Scholar signed it."""
    language = frame.language()
    found = reference_of(source, number)
    if found is None:
        return f"{collection(source).name(language)} {digits(number)}", ""
    shown = found if found.is_quran else pages.get((source, number))
    return found.label(language), path_of(shown, language) if shown else ""


def _source_of(source: str, other: str) -> tuple[str, str]:
    """Source and number of another place: a hadith of another collection is named with it."""
    named, colon, number = other.partition(":")
    return (named, number) if colon and source != "quran" else (source, other)


def _hadith_pages(quotations: Iterable[Quotation]) -> Pages:
    """The hadith among the quotations and their other places that readers may see, by source and number."""
    wanted: dict[str, set[str]] = {}
    for each in quotations:
        if each.source != "quran":
            places = [each.reference, *each.also[:ALSO_SHOWN]]
            for source, number in (_source_of(each.source, place) for place in places):
                wanted.setdefault(source, set()).add(number)
    if not wanted:
        return {}
    asked = Q()
    for source, numbers in wanted.items():
        scheme = collection(source).text_scheme
        own = Q(scheme=scheme, number__in=numbers) | Q(**{f"other_numbers__{scheme}__in": sorted(numbers)})
        asked |= Q(collection=source) & own
    found: dict[tuple[str, str], Reference] = {}
    for hadith in Hadith.objects.shown().filter(asked):
        scheme = collection(hadith.collection).text_scheme
        number = hadith.number if hadith.scheme == scheme else hadith.other_numbers[scheme]
        found[hadith.collection, number] = hadith.reference
    return found
