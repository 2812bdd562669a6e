"""Which way a language runs, and the invisible marks people paste in with it."""

import re
from typing import Final, Literal

Direction = Literal["rtl", "ltr"]

RTL_LANGUAGES: Final = frozenset(
    {"ar", "arc", "azb", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd"}
    | {"skr", "syr", "ug", "ur", "yi"}
)
"""Languages whose usual script runs from right to left (ISO 639 codes; Unicode CLDR ``characterOrder``)."""

_RTL_SCRIPTS: Final = frozenset({"adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"})

# LRM, RLM, ALM, the embeddings and overrides, the isolates. ZWNJ and ZWJ are spelling, not direction: they stay.
_BIDI_MARKS: Final = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def base_language(language: str) -> str:
    """Primary subtag of a language tag, lower case: ``ar`` for ``ar``, ``ar-SA`` and ``ar_EG`` (BCP 47)."""
    return language.replace("_", "-").split("-", 1)[0].strip().lower()


def direction(language: str) -> Direction:
    """Value of the HTML ``dir`` attribute for a language tag.

    A script subtag, where there is one, decides before the language: ``pa-Arab`` is ``rtl``, ``ur-Latn`` is ``ltr``.
    An unknown language is ``ltr``.
    """
    for subtag in language.replace("_", "-").lower().split("-")[1:]:
        if len(subtag) == 4 and subtag.isalpha():
            return "rtl" if subtag in _RTL_SCRIPTS else "ltr"
    return "rtl" if base_language(language) in RTL_LANGUAGES else "ltr"


def strip_bidi(text: str) -> str:
    """Text without the invisible direction marks of UAX #9 (U+061C, U+200E/F, U+202A-E, U+2066-9).

    They come in with pasted text, break equality and search, and can make a reader see another order than is stored.
    The zero-width non-joiner (U+200C) is part of Persian spelling and is kept.
    """
    return text.translate(_BIDI_MARKS)


# A Latin word, name or symbol, or figures joined by a slash or hyphen; a bracket right behind it belongs to it. It ends
# in a letter, figure or bracket, so that the sentence's own punctuation stays outside.
_SYMBOL: Final = r"(?:[A-Za-z0-9]+(?:[/.\-:+&’'][A-Za-z0-9]+)*)(?:\([A-Za-z0-9]+\))?"
_RUN: Final = re.compile(rf"{_SYMBOL}(?: \([A-Za-z0-9]+\)| {_SYMBOL})*")
_TAG: Final = re.compile(r"(<[^>]*>|&[#\w]+;)")


def isolate_runs(markup: str) -> str:
    """HTML of right-to-left text with each Latin run or document symbol set apart in ``<bdi>`` (HTML, 4.5.24).

    Without it the parts of ``43/7-P(IS)`` change places between Arabic words. Plain Western figures are left alone.
    """

    def wrap(match: re.Match[str]) -> str:
        run = match.group()
        if not re.search(r"[A-Za-z]|\d[/\-]\d", run):
            return run
        return f"<bdi>{run}</bdi>"

    pieces = _TAG.split(markup)
    # Inside a <bdi> that an editor or a template has set already, nothing is set apart again.
    depth = 0
    for number, piece in enumerate(pieces):
        if piece.startswith("<bdi"):
            depth += 1
        elif piece == "</bdi>":
            depth -= 1
        elif depth == 0 and not _TAG.fullmatch(piece):
            pieces[number] = _RUN.sub(wrap, piece)
    return "".join(pieces)
