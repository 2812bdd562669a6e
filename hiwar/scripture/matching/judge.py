"""Which alignments are quotations: they compete for the words of the text, and common speech is left alone."""

from __future__ import annotations

from bisect import bisect_right
from heapq import heapify, heappop, heappush

from hiwar.scripture.found import Quotation
from hiwar.scripture.matching import build
from hiwar.scripture.matching.align import EDIT_COST, Alignment, Pair
from hiwar.scripture.matching.candidates import Candidate
from hiwar.scripture.matching.claims import Claims, closes, opens
from hiwar.scripture.matching.edges import to_boundaries
from hiwar.scripture.matching.spelling import WORD, Token
from hiwar.scripture.matching.telling import quotation

# Bits that a quotation must tell: exact or altered where the text does not claim to quote, and where it does.
EXACT_BITS, ALTERED_BITS, CLAIMED_BITS = 16.0, 24.0, 12.0
# Words that a quotation of the Quran may be shorter than a report that quotes it, and still be taken for the Quran.
QURAN_FIRST = 2.5
ORNATE_FIRST = 1000.0
# What every word beyond four adds to the bits: long agreement tells by itself, whatever the words.
WORD_BITS = 4.0
# A report's words are everyday prose more often than a verse's.
REPORT_MORE = 8.0


def quotations(text: str, words: list[Token], candidates: list[Candidate]) -> list[Quotation]:
    """The quotations among `candidates`, in the order of the text and not overlapping."""
    claims = Claims(text, words)
    hopeful = [one for one in candidates if one.alignment.matched >= 2]
    for one in hopeful:
        to_boundaries(one, claims)
    chosen = _compete(_grouped(hopeful), claims)
    joined = _neighbours(chosen, text)
    return [quotation(text, one) for one in joined]


def _grouped(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate for each stretch of text and outcome; the places of the others go along."""
    groups: dict[tuple[object, ...], Candidate] = {}
    for one in sorted(candidates, key=lambda c: (not c.is_quran, c.alignment.begin)):
        found = one.alignment
        shape = (one.start, one.end, found.corpus.name, found.edits, found.matched)
        first = groups.setdefault(shape, one)
        if first is not one:
            first.also.append(found)
    return list(groups.values())


def _compete(candidates: list[Candidate], claims: Claims) -> list[Candidate]:
    starts: list[int] = []
    ends: list[int] = []
    chosen: list[Candidate] = []
    queue = [(*_rank(one, claims), number, one) for number, one in enumerate(candidates)]
    heapify(queue)
    while queue:
        *_key, number, one = heappop(queue)
        if not one.alignment.pairs or one.alignment.matched < 2:
            continue
        begin, end = one.start, one.end
        at = bisect_right(ends, begin)
        overlaps = []
        while at < len(starts) and starts[at] < end:
            overlaps.append((starts[at], ends[at]))
            at += 1
        if overlaps:
            if _cut_back(one, overlaps):
                heappush(queue, (*_rank(one, claims), number, one))
            continue
        _trim_range(one)
        if _is_quotation(one, claims):
            chosen.append(one)
            at = bisect_right(starts, one.start)
            starts.insert(at, one.start)
            ends.insert(at, one.end)
    chosen.sort(key=lambda one: one.start)
    return chosen


def _rank(one: Candidate, claims: Claims) -> tuple[float, int, int]:
    """More words first, less what differs; of equals the Quran, then what tells more, then the first place.

    In ornate brackets the Quran comes before everything: a report that has the same verse, with the words that
    announce it, is not what the text says that it quotes.
    """
    found = one.alignment
    most = 0.0 if not one.is_quran else QURAN_FIRST if not found.edits else QURAN_FIRST / 2
    first = min(most, found.matched / 3)
    told = found.matched - 0.9 * found.edits + 0.02 * one.score + first
    if one.is_quran and claims.ornate(one.start, one.end):
        told += ORNATE_FIRST
    return (-told, 0 if one.is_quran else 1, found.begin)


def _cut_back(one: Candidate, overlaps: list[tuple[int, int]]) -> bool:
    """Keep of a candidate what lies outside `overlaps`, if that is one piece; False when nothing is left."""
    found, words = one.alignment, one.words
    if any(left <= one.start and one.end <= right for left, right in overlaps):
        return False
    kept: list[Pair] = []
    for pair in found.pairs:
        spans = [(words[at].start, words[at].end) for at in pair.text]
        if any(left < end and start < right for start, end in spans for left, right in overlaps):
            if kept and any(p.same for p in kept):
                break
            kept = []
            continue
        kept.append(pair)
    while kept and not kept[0].same:
        kept.pop(0)
    while kept and not kept[-1].same:
        kept.pop()
    if sum(pair.same for pair in kept) < 2:
        return False
    one.alignment = Alignment(found.corpus, kept)
    one.alignment.score = one.alignment.weight - EDIT_COST * one.alignment.edits
    one.also = []
    return True


def _trim_range(one: Candidate) -> None:
    """Take off a word or two that reach by chance into the neighbouring verse."""
    found, corpus = one.alignment, one.alignment.corpus
    if corpus.name != "quran":
        return
    for step in (-1, 1):
        while True:
            inner = [pair for pair in found.pairs if pair.places]
            ordered = inner if step < 0 else inner[::-1]
            edge = corpus.record(ordered[0].places[0 if step < 0 else -1])
            beyond = [pair for pair in ordered if corpus.record(pair.places[0]) == edge]
            if len(beyond) == len(ordered) or len(beyond) > 2:
                break
            start, stop = corpus.starts[edge], corpus.end(edge)
            whole = stop - start <= len(beyond)
            bounded = opens(one.words, found.first) if step < 0 else closes(one.words, found.last)
            told = sum(corpus.weights[corpus.words[pair.places[0]]] for pair in beyond if pair.same)
            if whole or bounded or told >= 16.0:
                break
            cut = set(map(id, beyond))
            at = [number for number, pair in enumerate(found.pairs) if id(pair) in cut]
            found.pairs = found.pairs[max(at) + 1 :] if step < 0 else found.pairs[: min(at)]
            while found.pairs and not found.pairs[0].same and step < 0:
                found.pairs.pop(0)
            while found.pairs and not found.pairs[-1].same and step > 0:
                found.pairs.pop()
            one.also = []


def _is_quotation(one: Candidate, claims: Claims) -> bool:
    found = one.alignment
    ornate = claims.ornate(one.start, one.end)
    announced = claims.announced(one.start)
    quoted = claims.quoted(one.start, one.end)
    alone = not quoted and claims.alone(one.start, one.end)
    weights, words = found.corpus.weights, found.corpus.words
    told, plain, strong = 0.0, 0, 0
    for pair in found.pairs:
        if pair.same:
            bits = sum(weights[words[place]] for place in pair.places)
            strong += bits > build.GRAMMAR_BITS
            if claims.formula(one.words[pair.text[0]].start):
                told += bits * 0.3
            else:
                told += bits
                plain += 1
    matched, edits = found.matched, _slips(one)
    told += WORD_BITS * max(0, min(plain, matched) - 4)
    if ornate and one.is_quran:
        return matched >= 2 and matched >= edits
    if not plain and not announced:
        return False
    if not strong and not one.is_quran:
        # A chain of names is a name.
        return False
    more = 0.0 if one.is_quran else REPORT_MORE
    if not edits:
        if announced or quoted:
            enough = CLAIMED_BITS if matched < 4 else CLAIMED_BITS / 2
            return matched >= 3 and (one.is_quran or told >= enough)
        # «يا أيها» is one word of the edition and two of the text.
        if matched < 4 and len(WORD.findall(claims.text, one.start, one.end)) < 4:
            return False
        return matched >= 3 and told >= (CLAIMED_BITS / 2 if alone and one.is_quran else EXACT_BITS + more / 2)
    if matched < 2 * edits:
        return False
    if announced or quoted:
        return matched >= (3 if one.is_quran else 4) and told >= CLAIMED_BITS + more / 4
    if alone:
        return matched >= 4 and told >= EXACT_BITS + more / 2
    return matched >= (4 if one.is_quran else 5) and told >= ALTERED_BITS + more


def _slips(one: Candidate) -> int:
    """How many slips of the pen the differences come to: a word that only moved is one."""
    found = one.alignment
    corpus = found.corpus
    added = [corpus.of(one.words[at].key) for pair in found.pairs if not pair.same for at in pair.text]
    absent = [corpus.words[place] for pair in found.pairs if not pair.same for place in pair.places]
    return found.edits - sum(own in added for own in set(absent))


def _neighbours(chosen: list[Candidate], text: str) -> list[Candidate]:
    """Join quotations of the Quran that follow each other in the text and in the edition."""
    joined: list[Candidate] = []
    for one in chosen:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.is_quran
            and one.is_quran
            and one.alignment.first == before.alignment.last + 1
            and one.alignment.begin == before.alignment.end + 1
            and "…" not in text[before.end : one.start]
            and ".." not in text[before.end : one.start]
        ):
            before.alignment.pairs.extend(one.alignment.pairs)
            before.also = []
            continue
        joined.append(one)
    return joined
