"""Terms of the glossary in running texts: the first occurrence of each is linked, with its definition beside it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from hiwar.library import shelf
from hiwar.library.models import TermPage

LONGEST = 2000  # terms that are looked for
LONGEST_FORM = 40  # words, spaces and signs of a form; nobody meets a longer one in a text
KEPT_SECONDS = 30
# Nothing is found in a tag or an escaped sign, but for the apostrophe, which belongs to its word.
TAG = re.compile(r"(<[^>]*>|&(?!#(?:x27|39);)#?\w+;)")
NAME = re.compile(r"</?\s*([a-z0-9]+)", re.I)
# Nothing is linked inside these: a link in a link, a heading that becomes a door, scripture.
CLOSED = frozenset({"a", "h2", "h3", "blockquote", "cite", "q", "button", "bdi"})
# What a text is compared by: words with their vowel marks, white space, an apostrophe however it is typed or escaped.
UNIT = re.compile(r"[\w\u064b-\u0652\u0670]+|\s+|&#(?:x27|39);|.", re.DOTALL)
APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u02bb`") | {"&#x27;", "&#39;"}
NOT_COMPARED = dict.fromkeys([*range(0x64B, 0x653), 0x670, 0x640])  # vowel marks and tatweel
_kept: dict[str, tuple[int, float, Glossary]] = {}


@dataclass(frozen=True)
class Term:
    """A live term of one language. `forms` are how it stands in texts, itself among them."""

    number: int
    title: str
    path: str
    summary: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Glossary:
    """All terms of a language, and which of their forms begins where in a text. What a text costs grows with its words,
    not with the number of forms."""

    terms: tuple[Term, ...]

    @cached_property
    def by_form(self) -> dict[tuple[str, ...], Term]:
        """Terms by the units of a form; where two claim one form, the first in the order of the list has it."""
        found: dict[tuple[str, ...], Term] = {}
        for term in self.terms:
            for form in term.forms:
                units = tuple(_unit(unit) for unit in UNIT.findall(form.strip()))
                if 0 < len(units) <= LONGEST_FORM:
                    found.setdefault(units, term)
        return found

    @cached_property
    def lengths(self) -> dict[str, list[int]]:
        """How many units the forms have that begin with this one, longer ones first: «دار الحرب» is not read as another
        term's «الحرب»."""
        found: dict[str, set[int]] = {}
        for units in self.by_form:
            found.setdefault(units[0], set()).add(len(units))
        return {unit: sorted(numbers, reverse=True) for unit, numbers in found.items()}

    def first_at(self, units: list[str], at: int) -> tuple[int, Term] | None:
        """The longest form that begins at a unit of a text, as its number of units and its term."""
        if at and _is_word(units[at - 1]) and not _is_word(units[at]):
            return None
        for length in self.lengths.get(units[at], ()):
            end = at + length
            cut_short = end < len(units) and _is_word(units[end]) and not _is_word(units[end - 1])
            if end <= len(units) and not cut_short and (term := self.by_form.get(tuple(units[at:end]))):
                return length, term
        return None


def _unit(written: str) -> str:
    """A unit as it is compared: without vowel marks and capitals, one space for any white space."""
    if written.isspace():
        return " "
    return "'" if written in APOSTROPHES else written.translate(NOT_COMPARED).casefold()


def _is_word(unit: str) -> bool:
    return unit[:1].isalnum() or unit[:1] == "_"


def glossary(language: str) -> Glossary:
    """The live terms of `language`. One query, kept by the process until something is published or half a minute
    has passed."""
    number = shelf.version()
    kept = _kept.get(language)
    if kept and kept[0] == number and time.monotonic() - kept[1] < KEPT_SECONDS:
        return kept[2]
    made = Glossary(tuple(_terms(language)))
    _kept[language] = (number, time.monotonic(), made)
    return made


def _terms(language: str) -> list[Term]:
    rows = TermPage.objects.live().filter(locale__language_code=language).order_by("pk")[:LONGEST]
    return [
        Term(number=page.pk, title=page.title, path=page.url_path, summary=page.summary, forms=tuple(page.all_forms))
        for page in rows
    ]


def forget() -> None:
    """Drop this process's copy (tests)."""
    _kept.clear()


class Linker:
    """Links the first occurrence of each term in the pieces of one text, in the order in which they are given.

    `but` is the number of a term that is not linked: the page it would lead to.
    """

    def __init__(self, found: Glossary, *, but: int = 0) -> None:
        self.glossary = found
        self.done: set[int] = {but}

    def __bool__(self) -> bool:
        return bool(self.glossary.terms)

    @property
    def linked(self) -> bool:
        """Whether anything was linked: then the page needs the script that opens definitions on touch."""
        return len(self.done) > 1

    def link(self, markup: str) -> SafeString:
        """`markup` (HTML) with terms linked in its texts; what is a link, a heading or a quotation stays as it is."""
        if not self.glossary.terms:
            return mark_safe(markup)
        pieces, depth = TAG.split(markup), 0
        for place, piece in enumerate(pieces):
            if piece.startswith("<"):
                name = NAME.match(piece)
                if name and name[1].lower() in CLOSED:
                    depth += -1 if piece.startswith("</") else 1
            elif depth == 0 and not place % 2:
                pieces[place] = self._linked(piece)
        return mark_safe("".join(pieces))

    def _linked(self, piece: str) -> str:
        """A text between two tags with its terms linked."""
        written = UNIT.findall(piece)
        units = [_unit(each) for each in written]
        made, at = [], 0
        while at < len(units):
            length, term = self.glossary.first_at(units, at) or (1, None)
            words = "".join(written[at : at + length])
            made.append(words if term is None or term.number in self.done else self._link(words, term))
            at += length
        return "".join(made)

    def _link(self, words: str, term: Term) -> str:
        self.done.add(term.number)
        return format_html(
            '<span class="term"><a href="{}" aria-describedby="term-{}">{}</a>'
            '<span class="term-note" role="tooltip" id="term-{}">{}</span></span>',
            term.path,
            term.number,
            mark_safe(words),  # a piece of the page's own markup, in which signs are escaped already
            term.number,
            term.summary,
        )


def linker_of(page: Any) -> Linker | None:
    """What links the terms of `page`, or None where its editor wants none linked."""
    if not getattr(page, "link_terms", False):
        return None
    return Linker(glossary(page.language), but=page.pk)


def plain_linked(text: str, linker: Linker | None) -> SafeString:
    """A plain text as HTML, its terms linked."""
    markup = escape(text)
    return linker.link(markup) if linker else markup
