"""What templates get of a passage: its words as markup, its seal, what stands around it, its meaning in a language.

Every word comes from the canon by reference at the moment of showing; nothing here reads stored text of the Quran.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, override, pgettext

from hiwar.arabic.digits import localise_number
from hiwar.arabic.direction import base_language
from hiwar.scripture import editions
from hiwar.scripture.canon import Verse, digest, quran
from hiwar.scripture.reference import Reference
from hiwar.ui.templatetags.ui import dates, isolate

OPENING, CLOSING = "\ufd3f", "\ufd3e"
SHORT = 12  # hexadecimal digits of a hash that a reader is shown
NO_BREAK = "\u00a0"


def printed_words(verse: Verse) -> tuple[str, ...]:
    """The words of a verse as the edition prints them, signs attached; one for each of `verse.words`.

    A sign that stands before a word by itself (the start of a division) is kept with that word.
    """
    words: list[str] = []
    waiting = ""
    for piece in verse.text.split(" "):
        if not any(sign.isalpha() for sign in piece):
            waiting += f"{piece} "
            continue
        words.append(waiting + piece)
        waiting = ""
    return tuple(words)


def count_words(verses: Iterable[Verse]) -> int:
    """How many words a passage has, over the ends of its verses."""
    return sum(len(verse.words) for verse in verses)


def cut_words(verses: Sequence[Verse], *, first: int, last: int) -> str:
    """The words `first` to `last` of a passage, counted from 1 over the ends of its verses, without signs."""
    words = [word for verse in verses for word in verse.words]
    return " ".join(words[first - 1 : last])


def uthmani(
    verses: Sequence[Verse], *, braces: bool = True, ends: str = "between", cut: tuple[int, int] | None = None
) -> SafeString:
    """Verses as markup. `ends` is where their marks stand: `between` the verses, or after `all` of them.

    `cut` (first and last word, from 1 over the whole passage) is set apart by `<mark class="cut">`.
    """
    parts: list[str] = []
    count = 0
    for place, verse in enumerate(verses):
        for word in printed_words(verse):
            count += 1
            opened = mark_safe('<mark class="cut">') if cut and count == cut[0] else ""
            closed = mark_safe("</mark>") if cut and count == cut[1] else ""
            parts.append(format_html("{}{}{}", opened, word, closed))
        if ends == "all" or place < len(verses) - 1:
            parts[-1] = format_html('{}{}<span class="end">{}</span>', parts[-1], NO_BREAK, verse.mark)
    text = mark_safe(" ".join(parts))
    if not braces:
        return text
    return format_html('<span class="brace">{}</span>{}<span class="brace">{}</span>', OPENING, text, CLOSING)


def passage(
    reference: Reference,
    *,
    sealed: bool = True,
    cut: tuple[int, int] | None = None,
    around: int = 0,
    meaning: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What the templates of verses show of a Quran reference, in the active language.

    `text`, `before` and `after` are markup ("" for nothing; `around` is how many verses these two hold), `path` the
    verse's own page ("" while there is none), `copied` the reference as it is put behind copied words, `seal` the
    context of `ui/seal.html` or None.
    Raises NoSuchVerse.
    """
    verses = quran().passage(reference)
    before, after = quran().context(reference, before=around, after=around)
    return {
        "text": uthmani(verses, cut=cut),
        "label": label(reference),
        "path": path_of(reference, get_language() or "ar"),
        "copied": bracketed(reference),
        "has_context": any(quran().context(reference, before=1, after=1)),
        "before": uthmani(before, braces=False, ends="all") if before else "",
        "after": uthmani(after, braces=False, ends="all") if after else "",
        "seal": quran_seal() if sealed else None,
        "rendering": meaning,
    }


def edition_key() -> str:
    """The edition as a citation keeps it: «quran@3.0»."""
    return f"{editions.quran().slug}@{editions.quran().version}"


def label(reference: Reference) -> str:
    """The reference in the active language."""
    return reference.label(get_language() or "ar")


def bracketed(reference: Reference) -> str:
    """The reference as it stands behind quoted words: «[البقرة: ٢٥٥]», "(Al-Baqarah 2:255)"."""
    return f"[{label(reference)}]" if base_language(get_language() or "ar") == "ar" else f"({label(reference)})"


def figures(number: int) -> str:
    """A number in the digits of the active language."""
    return localise_number(number, get_language() or "ar")


def how_it_is_cut(reference: Reference, cut: tuple[int, int]) -> str:
    """How many words of the passage are quoted alone, as a sentence."""
    total, count = count_words(quran().passage(reference)), cut[1] - cut[0] + 1
    sentence = ngettext(
        "%(count)s word of %(total)s is quoted alone; it is marked in the text.",
        "%(count)s words of %(total)s are quoted alone; they are marked in the text.",
        count,
    )
    return sentence % {"count": figures(count), "total": figures(total)}


def quran_seal() -> dict[str, Any]:
    """Context of `ui/seal.html` for a verse that is what its edition prints."""
    edition = editions.quran()
    return {
        "label": gettext("As the mushaf prints it"),
        "facts": [
            {"label": pgettext("of a text", "Edition"), "value": edition.name.here(get_language())},
            {"label": pgettext("of a text", "Version"), "value": isolate(edition.version)},
            {"label": pgettext("of a text", "Hash"), "value": isolate(edition.sha256[:SHORT])},
            {"label": gettext("Date checked"), "value": dates(edition.checked)},
        ],
        "note": gettext(
            "The text stands in the Uthmani script of the mushaf, which writes some words otherwise than modern "
            "spelling does; the words are the same."
        ),
        "path": _editions_path(get_language() or "ar"),
        "more": gettext("The editions and how they differ"),
        # For paper, where nothing opens.
        "line": f"{edition.name} · {edition.version}",
    }


@lru_cache(maxsize=16)
def _editions_path(language: str) -> str:
    with override(language):
        try:
            return reverse("editions")
        except NoReverseMatch:
            return ""


@lru_cache(maxsize=4096)
def path_of(reference: Reference, language: str) -> str:
    """Root-relative address of the passage's or hadith's page in a language; "" where there is no such page."""
    with override(language):
        try:
            if reference.source == "quran":
                sura, verses = reference.path.rstrip("/").split("/")[1:]
                return reverse("scripture_verse", kwargs={"sura": sura, "verses": verses})
            number = reference.path.rstrip("/").rpartition("/")[2]  # names a numbering that is not the usual one
            return reverse("scripture_hadith", kwargs={"collection": reference.source, "number": number})
        except NoReverseMatch:
            return ""


@cache
def digest_of(reference: Reference) -> str:
    """SHA-256 of the canonical text of a Quran reference. Raises NoSuchVerse."""
    return digest(quran().text(reference))
