"""Words inside stored rich text: where each stands in the markup, and how to change some without breaking it.

The editor's rich text and the import's are well-formed fragments of a few tags; nothing here parses a page.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

TOKEN: Final = re.compile(
    r"<!--.*?-->"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?P<void>/?)>"
    r"|(?P<entity>&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)"
    r"|(?P<run>[^<&]+|.)",
    re.DOTALL,
)
VOID: Final = frozenset("br hr img embed input wbr".split())
# Where a line of text ends: words on both sides are never one.
BREAKING: Final = frozenset(
    "address article aside blockquote br caption center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li ol p pre section table tbody td tfoot th thead tr ul".split()
)
EMPTY: Final = re.compile(r"<(?P<tag>[a-zA-Z][\w-]*)(?:\s[^<>]*)?>(?P<space>\s*)</(?P=tag)>")
# Spaces and line breaks at the beginning and the end of a fragment, behind and before its tags.
LEADING: Final = re.compile(r"^((?:<(?!br)[a-zA-Z][^<>]*>)*)(?:\s|<br\s*/?>)+")
TRAILING: Final = re.compile(r"(?:\s|<br\s*/?>)+((?:</[^<>]+>)*)$")
BLOCK_KEY: Final = re.compile(r"\s+data-block-key=(?:\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True)
class Piece:
    """A token of the markup: a tag (`name`, with `closing` or `void`) or, with no name, text."""

    start: int
    end: int
    name: str = ""
    closing: bool = False
    void: bool = False


@dataclass(frozen=True)
class Written:
    """A fragment of rich text and the words a reader sees in it.

    `places[i]` is the half-open range of `source` that the code point `text[i]` comes from; a line break that only
    the tags make has an empty range. Lines are parted by one newline.
    """

    source: str
    text: str
    places: tuple[tuple[int, int], ...]
    pieces: tuple[Piece, ...]


@lru_cache(maxsize=64)
def read(source: str) -> Written:
    """The words of the fragment `source` with their places."""
    text: list[str] = []
    places: list[tuple[int, int]] = []
    pieces: list[Piece] = []
    for match in TOKEN.finditer(source):
        start, end = match.span()
        if name := (match["name"] or "").lower():
            void = bool(match["void"]) or name in VOID
            pieces.append(Piece(start, end, name, closing=bool(match["close"]), void=void))
            if name in BREAKING and text and text[-1] != "\n":
                text.append("\n")
                places.append((start, start))
        elif match["run"] or match["entity"]:
            pieces.append(Piece(start, end))
            shown = html.unescape(match["entity"]) if match["entity"] else match["run"]
            text.extend(shown)
            places.extend(
                [(start, end)] * len(shown) if match["entity"] else ((at, at + 1) for at in range(start, end))
            )
    return Written(source, "".join(text), tuple(places), tuple(pieces))


def replaced(source: str, start: int, end: int, words: str) -> str:
    """`source` with the words `text[start:end]` of it replaced by `words`; every tag around them stays.

    Tags inside the passage (a word in bold, a new paragraph) that hold nothing afterwards are left out. Raises
    ValueError for a range that holds no words.
    """
    written = read(source)
    first, last = _range(written, start, end)
    tags = "".join(
        source[piece.start : piece.end]
        for piece in written.pieces
        if piece.name and not piece.void and first <= piece.start < last
    )
    head = source[:first] + html.escape(words, quote=False)
    return _tidied(head + tags + source[last:], len(head), len(head) + len(tags))


def parted(source: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after the words `text[start:end]` of `source`, each a well-formed fragment.

    Tags open at the cut are closed before it and opened again after it. '' for a side that holds no words. Raises
    ValueError for a range that holds no words.
    """
    written = read(source)
    first, last = _range(written, start, end)
    before = source[:first] + "".join(f"</{piece.name}>" for piece in reversed(_open_at(written, first)))
    again = "".join(BLOCK_KEY.sub("", source[piece.start : piece.end]) for piece in _open_at(written, last))
    return _side(before), _side(again + source[last:])


def _range(written: Written, start: int, end: int) -> tuple[int, int]:
    filled = [place for place in written.places[start:end] if place[0] < place[1]]
    if not filled:
        raise ValueError(f"there are no words from {start} to {end}")
    return filled[0][0], filled[-1][1]


def _open_at(written: Written, place: int) -> list[Piece]:
    """The opening tags that hold what stands at `place`, outermost first."""
    held: list[Piece] = []
    for piece in written.pieces:
        if piece.start >= place:
            break
        if not piece.name or piece.void:
            continue
        if not piece.closing:
            held.append(piece)
        elif held and held[-1].name == piece.name:
            held.pop()
    return held


def _side(fragment: str) -> str:
    whole = TRAILING.sub(r"\1", LEADING.sub(r"\1", _tidied(fragment, 0, len(fragment))))
    return whole if read(whole).text.strip() else ""


def _tidied(fragment: str, start: int, end: int) -> str:
    """`fragment` without the elements that begin between `start` and `end` and hold nothing but spaces."""
    while (found := EMPTY.search(fragment, start)) and found.start() <= end:
        space = "" if found["tag"] in BREAKING else found["space"]
        fragment = fragment[: found.start()] + space + fragment[found.end() :]
        end -= min(found.end(), end) - found.start() - len(space)
    return fragment
