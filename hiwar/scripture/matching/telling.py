"""A chosen alignment as a `Quotation`: its reference, status, canonical words and differences."""

from __future__ import annotations

import json
from functools import lru_cache

from hiwar.scripture.canon import quran
from hiwar.scripture.found import Difference, Quotation, Step
from hiwar.scripture.matching import build
from hiwar.scripture.matching.align import Alignment, Pair
from hiwar.scripture.matching.candidates import Candidate
from hiwar.scripture.matching.corpus import Corpus
from hiwar.scripture.matching.spelling import key, spellings

# Other places named beside a quotation.
ALSO_SHOWN = 100
# Words of a quotation whose places are kept for the next text that has it.
KEPT = 32


def quotation(text: str, one: Candidate) -> Quotation:
    """What `one` comes to, in the terms of the contract."""
    found = one.alignment
    corpus = found.corpus
    source, reference = _name(found)
    steps = tuple(_moved(_steps(text, one)))
    altered = any(step.kind != "same" for step in steps)
    whole = corpus.begins(found.begin) and corpus.begins(found.end + 1)
    opening = found.pairs[0]
    if len(opening.text) == len(opening.places) == 1 and not corpus.accepts(found.begin, one.words[found.first].key):
        # The word that ties the verse to the one before, or calls, was cut off: what is left is a piece.
        whole = False
    status = "altered" if altered else "exact" if whole else "partial"
    places = [(source, reference), *map(_name, one.also)] if altered else _elsewhere(one)
    source, reference = places[0]
    names = [number if other == source else f"{other}:{number}" for other, number in dict.fromkeys(places)][1:]
    return Quotation(
        start=one.start,
        end=one.end,
        source=source,
        reference=reference,
        status=status,
        canonical=_canonical(found) if source == "quran" else "",
        differences=tuple(Difference(step.kind, step.found, step.canonical) for step in steps if step.kind != "same"),
        steps=steps,
        also=tuple(names[:ALSO_SHOWN]),
        others=len(names),
    )


def _name(found: Alignment) -> tuple[str, str]:
    """Source and reference of an alignment."""
    corpus = found.corpus
    first, last = corpus.record(found.begin), corpus.record(found.end)
    if corpus.name == "quran":
        name = corpus.names[first]
        return "quran", name if first == last else f"{name}-{corpus.names[last].partition(':')[2]}"
    source, _, number = corpus.names[first].partition(":")
    return source, number


def _elsewhere(one: Candidate) -> list[tuple[str, str]]:
    """Source and reference of every place where the words of an unaltered quotation stand, in the edition's order."""
    found, corpus = one.alignment, one.alignment.corpus
    words = tuple(corpus.words[place] for pair in found.pairs for place in pair.places)
    keys = tuple(one.words[pair.text[0]].key for pair in found.pairs if len(pair.text) == len(pair.places) == 1)
    # Only short runs are asked for again and again; long ones would fill the cache with whole suras.
    find = _places if len(words) <= KEPT else _places.__wrapped__
    return list(find(_Held(corpus), words, keys if len(keys) == len(words) else (), found.begin))


class _Held:
    """A corpus as a key of the cache: there is one of each name in a process."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def __hash__(self) -> int:
        return hash(self.corpus.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.corpus is self.corpus


@lru_cache(maxsize=1024)
def _places(held: _Held, words: tuple[int, ...], keys: tuple[str, ...], own: int) -> tuple[tuple[str, str], ...]:
    """Names of the places where `words` stand, spelt `keys` where these are given; `own` is one of them in any case."""
    corpus, length = held.corpus, len(words)
    low, high = corpus.pair(words[0], words[1])
    for ahead in range(2, min(length, build.DEPTH)):
        low, high = corpus.narrow(low, high, ahead, words[ahead])
    # An edge that only lost its conjunction is not spelt like the edition's word, but is the same everywhere.
    places = {
        begin
        for begin in corpus.order[low:high]
        if all(corpus.words[begin + ahead] == words[ahead] for ahead in range(build.DEPTH, length))
        and (not keys or all(corpus.accepts(begin + k, keys[k]) for k in range(1, length)))
    }
    last = length - 1
    return tuple(
        _name(Alignment(corpus, [Pair((0,), (begin,), True), Pair((0,), (begin + last,), True)]))
        for begin in sorted(places | {own})
        if corpus.same_section(begin, begin + last)
    )


def _canonical(found: Alignment) -> str:
    """The edition's own words of what is quoted, from its first to its last word."""
    verses = quran().verses()
    corpus = found.corpus
    words: list[str] = []
    for record in range(corpus.record(found.begin), corpus.record(found.end) + 1):
        start = corpus.starts[record]
        verse = verses[record].words
        words.extend(verse[max(0, found.begin - start) : found.end - start + 1])
    return " ".join(words)


@lru_cache(maxsize=512)
def _report_words(line: int) -> tuple[str, ...]:
    """The words of one report as its package spells them."""
    with build.hadith_file().open("rb") as file:
        file.seek(line)
        text = json.loads(file.readline())["text"]
    return tuple(text[token.start : token.end] for token in build.hadith_words(text))


def _word(found: Alignment, place: int) -> str:
    corpus = found.corpus
    record = corpus.record(place)
    at = place - corpus.starts[record]
    if corpus.name == "quran":
        return quran().verses()[record].words[at]
    return _report_words(corpus.lines[record])[at]


def _steps(text: str, one: Candidate) -> list[Step]:
    found, steps = one.alignment, []
    for pair in found.pairs:
        start = one.words[pair.text[0]].start if pair.text else None
        end = one.words[pair.text[-1]].end if pair.text else None
        kind = "same" if pair.same else "missing" if not pair.text else "added" if not pair.places else "substituted"
        # The words of a report are shown only where they differ: its whole text is not ours to show.
        canonical = " ".join(_word(found, place) for place in pair.places) if kind != "same" or one.is_quran else ""
        steps.append(Step(kind, start, end, text[start:end] if start is not None else "", canonical))
    return steps


def _moved(steps: list[Step]) -> list[Step]:
    """Words that stand in another place: added here and missing there, or two that changed places."""

    def keyed(word: str) -> str:
        return key(word) if word else ""

    result = list(steps)
    added = {n: keyed(s.found) for n, s in enumerate(steps) if s.kind in ("added", "substituted")}
    absent = {n: s.canonical for n, s in enumerate(steps) if s.kind in ("missing", "substituted")}
    for here, own in added.items():
        for there, canonical in list(absent.items()):
            if here != there and own and _alike(own, canonical):
                result[here] = Step("moved", steps[here].start, steps[here].end, steps[here].found, canonical)
                if steps[there].kind == "missing":
                    result[there] = Step("gone", None, None, "", "")
                del absent[there]
                break
    return [step for step in result if step.kind != "gone"]


def _alike(own: str, canonical: str) -> bool:
    return own in spellings(canonical)
