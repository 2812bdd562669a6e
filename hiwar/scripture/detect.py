"""Quotations of the Quran, of Bukhari and of Muslim in free Arabic text. Pure Python over the pinned editions.

Method, in five steps:

1. The text is cut into words with their offsets; each word gets a key that is the same for all its spellings, Uthmani
   or modern, vowelled or not (`spelling`). Numbers of verses, signs of the printed page and brackets round them are
   skipped. For hadith, formulas of blessing are skipped too, in the text and in the edition.
2. All runs of two words or more that an edition has in the same order are found through a suffix array (`corpus`,
   `runs`). A run of a hundred words costs hardly more than one of three.
3. From runs that tell enough an alignment grows in both directions (`align`): words substituted, left out, added or
   moved are stepped over when what follows agrees again. It may end on a differing word only where a bracket or
   quotation mark, a word that announces a quotation, or the end of the verse says that the quotation ends there.
4. Alignments compete: the one that tells most wins its words, the rest is cut back. Neighbouring verses become one
   range.
5. What is left must be a quotation and not common speech: four words that together tell enough, fewer where the text
   itself claims to quote (ornate brackets, «قال تعالى»). The basmala and other formulas that everybody uses are no
   quotation unless they are announced as one.

Limits. Letters are compared, not vowels: a quotation with a wrong vowel passes. Fewer than four words are found only
where the text announces them. A change at the very edge of a quotation without marks or announcement cannot be told
from the sentence around it. A report known from other collections, or quoted by its meaning, is not found. Numbers of
Muslim are those of the text package, not the usual ones. A word in two editions' spellings that happens to be another
word of the language is accepted as its spelling; the evaluation in `bench` counts what that costs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from hiwar.scripture.found import Difference, Quotation, Step
from hiwar.scripture.matching import build, judge
from hiwar.scripture.matching.align import Aligner
from hiwar.scripture.matching.candidates import Candidate
from hiwar.scripture.matching.corpus import Corpus
from hiwar.scripture.matching.runs import Run, runs
from hiwar.scripture.matching.spelling import Token, tokens, without_blessings

__all__ = ["SOURCES", "Difference", "Quotation", "Step", "detect", "load"]

SOURCES = ("quran", "bukhari", "muslim")
# Places of one run that are tried: a run that stands in more places tells too little to begin an alignment alone.
TRIED_PAIR, TRIED_LONG = 24, 60
# Bits a pair must tell to begin an alignment with nothing else round it, and what else must tell otherwise.
RARE, NEAR = 13.0, 9.0
# A text of so few words may be nothing but a quotation: less is asked, and more costs nothing.
SHORT, NEAR_SHORT = 12, 3.0
# Words before and after a run by which its places are told apart.
BEFORE, AFTER = 4, 5
# A text that says the same words more often than this has one place of the edition tried for them, so that a text
# made to be slow is not. Runs are told apart by their first words.
REPEATED, SEEN_BY = 30, 6


def load(*, sources: Collection[str] = SOURCES) -> None:
    """Bring the indexes into memory, so that the first call of `detect` is as fast as the next."""
    for name in _corpora(sources):
        _corpus(name)


def detect(text: str, *, sources: Collection[str] = SOURCES) -> list[Quotation]:
    """The quotations in `text`, in its order and not overlapping.

    `sources` narrows the search to some of `SOURCES`; raises ValueError for an unknown one. Offsets are code points
    into `text`, end exclusive.
    """
    words = tokens(text)
    candidates: list[Candidate] = []
    for name in _corpora(sources):
        corpus = _corpus(name)
        own = words if name == "quran" else without_blessings(words)
        candidates.extend(_candidates(corpus, own, sources))
    return judge.quotations(text, words, candidates)


def _corpora(sources: Collection[str]) -> list[str]:
    unknown = set(sources) - set(SOURCES)
    if unknown:
        raise ValueError(f"unknown sources: {', '.join(sorted(unknown))}")
    return [
        name for name, members in (("quran", {"quran"}), ("hadith", {"bukhari", "muslim"})) if members & set(sources)
    ]


@cache
def _corpus(name: str) -> Corpus:
    return build.load(name)


def _candidates(corpus: Corpus, words: list[Token], sources: Collection[str]) -> Iterable[Candidate]:
    aligner = Aligner(corpus, words)
    found = runs(corpus, words, aligner.classes)
    done: set[tuple[int, int]] = set()
    seen: dict[tuple[int, ...], int] = {}
    tried: dict[tuple[int, ...], list[int]] = {}
    for run in found:
        words_of_run = tuple(aligner.classes[run.at : run.at + min(run.length, SEEN_BY)])
        seen[words_of_run] = seen.get(words_of_run, 0) + 1
        places = _places(aligner, run, tried)
        for place in places if seen[words_of_run] <= REPEATED else places[:1]:
            if (run.at, place) in done or not _wanted(corpus, place, sources):
                continue
            alignment = aligner.grow(run.at, place, run.length)
            if not alignment.pairs:
                continue
            done.update((pair.text[0], pair.places[0]) for pair in alignment.pairs if pair.same)
            aligner.measure(alignment)
            yield Candidate(alignment, aligner)


def _wanted(corpus: Corpus, place: int, sources: Collection[str]) -> bool:
    if corpus.name == "quran":
        return True
    return corpus.names[corpus.record(place)].partition(":")[0] in sources


def _places(aligner: Aligner, run: Run, tried: dict[tuple[int, ...], list[int]]) -> list[int]:
    """The places of a run worth an alignment. `tried` keeps those of short runs by what stands round them."""
    if run.length >= 4:
        return list(run.places[: TRIED_LONG * 4])
    if run.length == 3 and len(run.places) <= TRIED_LONG:
        return list(run.places)
    if run.length == 2 and len(run.places) > TRIED_PAIR * 40:
        return []
    before = min(run.at, BEFORE)
    round_it = (run.length, before, *aligner.classes[run.at - before : run.at + run.length + AFTER])
    if round_it not in tried:
        tried[round_it] = _near(aligner, run)
    return tried[round_it]


def _near(aligner: Aligner, run: Run) -> list[int]:
    """Places round which the edition has more words of what stands round the run in the text."""
    classes, words, weights = aligner.classes, aligner.corpus.words, aligner.corpus.weights
    if len(run.places) <= 8 and sum(weights[own] for own in classes[run.at : run.at + run.length]) >= RARE:
        return list(run.places)
    left = {own for own in classes[max(0, run.at - BEFORE) : run.at] if own}
    right = {own for own in classes[run.at + run.length : run.at + run.length + AFTER] if own}
    if not left and not right:
        return []
    kept = []
    for place in run.places:
        before = left.intersection(words[max(0, place - BEFORE) : place])
        after = right.intersection(words[place + run.length : place + run.length + AFTER])
        if before or after:
            told = sum(weights[own] for own in before) + sum(weights[own] for own in after)
            if told >= (NEAR if len(aligner.words) > SHORT else NEAR_SHORT):
                kept.append((told, place))
    kept.sort(key=lambda item: (-item[0], item[1]))
    return [place for _told, place in kept[:TRIED_PAIR]]
