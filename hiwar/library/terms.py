"""Terms of the glossary in running texts: the first occurrence of each is linked, with its definition beside it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from hiwar.arabic.folding import fold
from hiwar.library import shelf
from hiwar.library.models import TermPage

LONGEST = 2000  # terms that are looked for
KEPT_SECONDS = 30
TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?\s*([a-z0-9]+)", re.I)
# Nothing is linked inside these: a link in a link, a heading that becomes a door, scripture.
CLOSED = frozenset({"a", "h2", "h3", "blockquote", "cite", "q", "button", "bdi"})
MARKS = "[\u064b-\u0652\u0670\u0640]*"  # vowel marks and tatweel may stand after any letter
ARABIC = re.compile(r"[\u0621-\u064a]")
BEFORE, AFTER = r"(?<![\w\u064b-\u0652])", r"(?![\w\u064b-\u0652])"
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
    """All terms of a language, and one pattern that finds any of their forms."""

    terms: tuple[Term, ...]

    @cached_property
    def by_form(self) -> dict[str, Term]:
        """Terms by the folded form; where two claim one form, the first in the order of the list has it."""
        found: dict[str, Term] = {}
        for term in self.terms:
            for form in term.forms:
                found.setdefault(_key(form), term)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Longer forms first, so that «دار الحرب» is not read as another term's «الحرب»."""
        forms = sorted({form for term in self.terms for form in term.forms if form}, key=len, reverse=True)
        if not forms:
            return None
        return re.compile(f"{BEFORE}(?:{'|'.join(_shape(form) for form in forms)}){AFTER}", re.I)


def _key(form: str) -> str:
    return fold(form).casefold()


def _shape(form: str) -> str:
    """A pattern for `form`: any white space for a space; in Arabic with or without vowel marks."""
    if not ARABIC.search(form):
        return r"\s+".join(re.escape(word) for word in form.split())
    words = ("".join(f"{re.escape(letter)}{MARKS}" for letter in word) for word in form.split())
    return r"\s+".join(words)


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
        if self.glossary.pattern is None:
            return mark_safe(markup)
        pieces, depth = TAG.split(markup), 0
        for place, piece in enumerate(pieces):
            if piece.startswith("<"):
                name = NAME.match(piece)
                if name and name[1].lower() in CLOSED:
                    depth += -1 if piece.startswith("</") else 1
            elif depth == 0 and piece:
                pieces[place] = self.glossary.pattern.sub(self._linked, piece)
        return mark_safe("".join(pieces))

    def _linked(self, match: re.Match[str]) -> str:
        term = self.glossary.by_form.get(_key(match[0]))
        if term is None or term.number in self.done:
            return match[0]
        self.done.add(term.number)
        return format_html(
            '<span class="term"><a href="{}" aria-describedby="term-{}">{}</a>'
            '<span class="term-note" role="tooltip" id="term-{}">{}</span></span>',
            term.path,
            term.number,
            mark_safe(match[0]),  # a piece of the page's own markup, in which signs are escaped already
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
