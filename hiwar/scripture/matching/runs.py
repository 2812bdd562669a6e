"""Runs of words that a text shares with a corpus: where an alignment may begin. Pure Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hiwar.scripture.matching.build import DEPTH
from hiwar.scripture.matching.corpus import Corpus
from hiwar.scripture.matching.spelling import CUT, Token


class Run(NamedTuple):
    """Words `at:at + length` of the text, which stand in this order at each of `places` of the corpus."""

    at: int
    length: int
    places: Sequence[int]


def runs(corpus: Corpus, words: list[Token], classes: list[int]) -> list[Run]:
    """The longest runs of two words or more, in order. None lies inside another; neighbours may overlap."""
    found: list[Run] = []
    count = len(words)
    at = 0
    while at < count - 1:
        one, two = classes[at], classes[at + 1]
        if not one or not two or words[at + 1].gap == CUT:
            at += 1
            continue
        low, high = corpus.pair(one, two)
        if low == high:
            at += 1
            continue
        run = _longest(corpus, words, classes, at, low, high)
        found.append(run)
        at = _next(corpus, words, classes, run)
    return found


def _longest(corpus: Corpus, words: list[Token], classes: list[int], at: int, low: int, high: int) -> Run:
    length, count = 2, len(words)
    while at + length < count and length < DEPTH:
        wanted = classes[at + length]
        if not wanted or words[at + length].gap == CUT:
            return Run(at, length, corpus.order[low:high])
        left, right = corpus.narrow(low, high, length, wanted)
        if left == right:
            return Run(at, length, corpus.order[low:high])
        low, high = left, right
        length += 1
    places: Sequence[int] = corpus.order[low:high]
    # Beyond DEPTH words the order is not sorted any more; few places are left by then.
    while at + length < count and classes[at + length] and words[at + length].gap != CUT:
        further = [place for place in places if corpus.words[place + length] == classes[at + length]]
        if not further:
            break
        places = further
        length += 1
    return Run(at, length, places)


def _next(corpus: Corpus, words: list[Token], classes: list[int], run: Run) -> int:
    """Where the next run begins: the first word from which a run reaches beyond `run`."""
    end = run.at + run.length
    if end >= len(words) or not classes[end] or words[end].gap == CUT:
        return end
    begin = end
    for candidate in range(end - 1, run.at, -1):
        low, high = corpus.pair(classes[candidate], classes[candidate + 1])
        length = 2
        while low < high and candidate + length <= end and length < DEPTH:
            low, high = corpus.narrow(low, high, length, classes[candidate + length])
            length += 1
        if low == high:
            break
        begin = candidate
    return begin
