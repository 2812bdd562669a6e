"""Which alignments are quotations: they compete for the words of the text, and common speech is left alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache

from hiwar.scripture import build
from hiwar.scripture.align import EDIT_COST, Alignment, Pair
from hiwar.scripture.canon import quran
from hiwar.scripture.claims import Claims, begins_sentence, closes, ends_sentence, opens
from hiwar.scripture.found import Difference, Quotation, Step
from hiwar.scripture.runs import Run
from hiwar.scripture.spelling import WALL, Token

# Bits that a quotation must tell when the text does not claim to quote.
EXACT_BITS, ALTERED_BITS = 18.0, 30.0
ALSO_SHOWN = 100


@dataclass
class Candidate:
    """An alignment with the words it was made of, and the other places where the same words stand."""

    alignment: Alignment
    words: list[Token]
    run: Run
    also: list[Alignment] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.words[self.alignment.first].start

    @property
    def end(self) -> int:
        return self.words[self.alignment.last].end

    @property
    def score(self) -> float:
        return self.alignment.score

    @property
    def is_quran(self) -> bool:
        return self.alignment.corpus.name == "quran"


def quotations(text: str, words: list[Token], candidates: list[Candidate]) -> list[Quotation]:
    """The quotations among `candidates`, in the order of the text and not overlapping."""
    claims = Claims(text, words)
    hopeful = [one for one in candidates if one.alignment.matched >= 2]
    for one in hopeful:
        _to_boundaries(one)
    chosen = _compete(_grouped(hopeful), claims)
    joined = _neighbours(chosen, text)
    return [_quotation(text, one) for one in joined]


def _to_boundaries(one: Candidate) -> None:
    """Let a quotation end on a word that differs, where the text says that the quotation ends there."""
    for step in (-1, 1):
        _to_boundary(one, step)


def _to_boundary(one: Candidate, step: int) -> None:
    found, words, corpus = one.alignment, one.words, one.alignment.corpus
    edge, place = (found.first, found.begin) if step < 0 else (found.last, found.end)
    bounded = opens if step < 0 else closes
    if bounded(words, edge) or found.matched < 3:
        return
    for count in (1, 2):
        outer = edge + step * count
        if not 0 <= outer < len(words):
            return
        if words[outer + 1 if step < 0 else outer].gap >= WALL:
            return
        if not bounded(words, outer) and not (count == 1 and _verse_is_complete(one, outer, place, step)):
            continue
        if found.matched < 3 * count:
            return
        _add_edge(one, [edge + step * k for k in range(1, count + 1)], place, step)
        return
    near, beyond = edge + step, place + step
    if 0 <= near < len(words) and words[max(near, edge)].gap < WALL and _in(corpus, beyond) and found.matched >= 4:
        if _conjunction(words[near].key, corpus.spelt(beyond)):
            return
        from hiwar.scripture.align import Aligner

        if Aligner(corpus, words).likeness(near, beyond) >= 0.8:
            _add_edge(one, [near], place, step)


def _verse_is_complete(one: Candidate, outer: int, place: int, step: int) -> bool:
    """Whether the verse is whole with the word `outer`, and the sentence of the text ends with it."""
    corpus = one.alignment.corpus
    beyond = place + step
    if one.alignment.matched < 4 or not _in(corpus, beyond):
        return False
    if step < 0:
        return corpus.begins(beyond) and begins_sentence(one.words, outer)
    return corpus.begins(beyond + 1) and ends_sentence(one.words, outer)


def _in(corpus: object, place: int) -> bool:
    words = corpus.words  # type: ignore[attr-defined]
    return 0 <= place < len(words) and words[place] != 0


def _add_edge(one: Candidate, outside: list[int], place: int, step: int) -> None:
    found, corpus = one.alignment, one.alignment.corpus
    for number, at in enumerate(outside, 1):
        beyond = place + step * number
        # Beyond the end of its verse a quotation that ends here has nothing to compare: the word was added.
        here = place + step * (number - 1)
        finished = corpus.begins(here) if step < 0 else corpus.begins(here + 1)
        pair = Pair((at,), (), False)
        if not finished and _in(corpus, beyond):
            key = one.words[at].key
            same = corpus.accepts(beyond, key) or (step < 0 and _conjunction(key, corpus.spelt(beyond)))
            pair = Pair((at,), (beyond,), same)
        if step < 0:
            found.pairs.insert(0, pair)
        else:
            found.pairs.append(pair)
    found.score -= EDIT_COST * 0.5 * len(outside)


def _conjunction(key: str, canonical: str) -> bool:
    """Whether `key` is the canonical word without the «و» or «ف» that tied it to what went before."""
    return canonical[:1] in ("و", "ف") and canonical[1:] == key


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
    taken: list[tuple[int, int]] = []
    chosen: list[Candidate] = []
    queue = sorted(candidates, key=_rank)
    while queue:
        one = queue.pop(0)
        if not one.alignment.pairs or one.alignment.matched < 2:
            continue
        overlaps = [(left, right) for left, right in taken if left < one.end and one.start < right]
        if overlaps:
            if not _cut_back(one, overlaps):
                continue
            queue.append(one)
            queue.sort(key=_rank)
            continue
        _trim_range(one)
        if _is_quotation(one, claims):
            chosen.append(one)
            taken.append((one.start, one.end))
    chosen.sort(key=lambda one: one.start)
    return chosen


def _rank(one: Candidate) -> tuple[float, int, int]:
    """Higher scores first; of equals the Quran, then the first place."""
    return (-one.score * (1.25 if one.is_quran else 1.0), 0 if one.is_quran else 1, one.alignment.begin)


def _cut_back(one: Candidate, overlaps: list[tuple[int, int]]) -> bool:
    """Keep of a candidate what lies outside `overlaps`, if that is one piece at its edge; False when nothing is left."""
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
    weights, words = found.corpus.weights, found.corpus.words
    told, plain = 0.0, 0
    for pair in found.pairs:
        if pair.same:
            bits = sum(weights[words[place]] for place in pair.places)
            if claims.formula(one.words[pair.text[0]].start):
                told += bits * 0.3
            else:
                told += bits
                plain += 1
    matched, edits = found.matched, found.edits
    if ornate and one.is_quran:
        return matched >= 2 and matched >= edits
    if not plain and not announced:
        return False
    if not edits:
        if announced or quoted:
            return matched >= 3
        return matched >= 4 and told >= EXACT_BITS
    if matched < 2 * edits:
        return False
    if announced or quoted:
        return matched >= 3 and told >= EXACT_BITS
    return matched >= 4 and told >= ALTERED_BITS


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


def _quotation(text: str, one: Candidate) -> Quotation:
    found = one.alignment
    corpus = found.corpus
    source, reference = _name(found)
    steps = tuple(_moved(_steps(text, one)))
    altered = any(step.kind != "same" for step in steps)
    whole = corpus.begins(found.begin) and corpus.begins(found.end + 1)
    status = "altered" if altered else "exact" if whole else "partial"
    also = [_other(found, other) for other in one.also]
    names = [name for name in dict.fromkeys(also) if name != reference]
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


def _other(found: Alignment, other: Alignment) -> str:
    """How another place is named beside `found`: with its collection only where that differs."""
    source, reference = _name(other)
    return reference if source == _name(found)[0] else f"{source}:{reference}"


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
    from hiwar.scripture.spelling import key

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
    from hiwar.scripture.spelling import spellings

    return own in spellings(canonical)
