"""What a text says about its own words: that it quotes here, or that these are formulas everybody uses. Pure Python."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, cached_property
from typing import Final

from hiwar.scripture.matching.spelling import COLON, SPEECH, STOP, WALL, Token, tokens

# No span holds the sign that opens it: a text of opening signs alone would be read anew from each of them.
# A span in ornate brackets claims to be Quran; one in quotation marks claims to be somebody's words.
_ORNATE: Final = re.compile(r"[\ufd3e\ufd3f][^\ufd3e\ufd3f]{0,4000}[\ufd3e\ufd3f]|\{[^{}]{0,4000}\}|﴾[^﴾﴿]{0,4000}﴿")
_QUOTED: Final = re.compile(
    r"«[^«»]{0,4000}»|“[^“”]{0,4000}”|\"[^\"]{0,2000}\"|\([^()]{0,4000}\)|\[[^\[\]]{0,4000}\]|„[^„“”]{0,2000}[“”]"
)
# Words that announce a verse or a report, among the three before it.
_ANNOUNCE: Final = frozenset(SPEECH["announcing"].split())
_ANNOUNCE_PAIRS: Final = frozenset(tuple(pair.split()) for pair in SPEECH["announcing_pairs"])


class Claims:
    """What `text` says about its words; all questions are by offset in the text."""

    def __init__(self, text: str, words: list[Token]) -> None:
        self.text = text
        self.words = words
        self._starts = [word.start for word in words]

    @cached_property
    def _ornate(self) -> list[tuple[int, int]]:
        return [match.span() for match in _ORNATE.finditer(self.text)]

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTED.finditer(self.text)]

    def ornate(self, start: int, end: int) -> bool:
        """Whether the span lies in the brackets of the Quran."""
        return _inside(self._ornate, start, end)

    def quoted(self, start: int, end: int) -> bool:
        """Whether the span lies in quotation marks or brackets and fills a good part of them."""
        at = bisect_left(self._quoted, (start + 1,)) - 1
        while at >= 0 and start - self._quoted[at][0] <= 4000:
            left, right = self._quoted[at]
            if left <= start and end <= right:
                return (end - start) * 2 >= right - left
            at -= 1
        return False

    def alone(self, start: int, end: int, margin: int = 0) -> bool:
        """Whether the text has no words but those of the span, and at most `margin` more on one side of it."""
        before = bisect_left(self._starts, start)
        after = len(self._starts) - bisect_left(self._starts, end)
        return min(before, after) == 0 and max(before, after) <= margin

    def enclosing(self, start: int, end: int) -> tuple[int, int] | None:
        """The narrowest brackets or quotation marks round a span, as a span; None when there are none."""
        found = [
            spans[at]
            for spans in (self._ornate, self._quoted)
            for at in range(bisect_left(spans, (start + 1,)) - 1, max(-1, bisect_left(spans, (start + 1,)) - 4), -1)
            if spans[at][0] <= start and end <= spans[at][1]
        ]
        return min(found, key=lambda span: span[1] - span[0], default=None)

    def announced(self, start: int) -> bool:
        """Whether one of the three words before `start` announces a quotation."""
        at = bisect_left(self._starts, start)
        before = self.words[max(0, at - 4) : at]
        keys = [word.key for word in before]
        if "\ufdfa" in self.text[max(0, start - 12) : start]:
            return True
        return any(own in _ANNOUNCE for own in keys[-3:]) or any(
            pair in _ANNOUNCE_PAIRS for pair in zip(keys, keys[1:], strict=False)
        )

    def announces(self, at: int) -> bool:
        """Whether word `at`, with the one before or after it, announces a quotation."""
        keys = [word.key for word in self.words[max(0, at - 1) : at + 2]]
        return self.words[at].key in _ANNOUNCE or any(
            pair in _ANNOUNCE_PAIRS for pair in zip(keys, keys[1:], strict=False)
        )

    @cached_property
    def _formula_words(self) -> set[int]:
        known = _formulas_by_start()
        covered: set[int] = set()
        keys = [word.key for word in self.words]
        for at, own in enumerate(keys):
            for formula in known.get(own, ()):
                if tuple(keys[at : at + len(formula)]) == formula:
                    covered.update(self.words[at + k].start for k in range(len(formula)))
        return covered

    def formula(self, start: int) -> bool:
        """Whether the word that begins at `start` is part of a formula."""
        return start in self._formula_words


def _inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(spans, (start + 1,)) - 1
    return at >= 0 and spans[at][0] <= start and end <= spans[at][1]


@cache
def _formulas_by_start() -> dict[str, list[tuple[str, ...]]]:
    """The formulas as keys of their words, by the first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for text in SPEECH["formulas"]:
        formula = tuple(token.key for token in tokens(text))
        for first in (formula[0], "و" + formula[0], "ف" + formula[0]):
            found.setdefault(first, []).append((first, *formula[1:]))
    return found


def opens(words: list[Token], at: int) -> bool:
    """Whether a colon, bracket or quotation mark stands before word `at`."""
    return words[at].gap >= COLON


def closes(words: list[Token], at: int) -> bool:
    """Whether a bracket or quotation mark closes after word `at`."""
    return at + 1 < len(words) and words[at + 1].gap >= WALL


def ends_sentence(words: list[Token], at: int) -> bool:
    return at + 1 >= len(words) or words[at + 1].gap >= STOP


def begins_sentence(words: list[Token], at: int) -> bool:
    return at == 0 or words[at].gap >= STOP
