"""Which alignments are quotations: they compete for the words of the text, and common speech is left alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache

from hiwar.scripture import build
from hiwar.scripture.align import EDIT_COST, Aligner, Alignment, Pair, likeness
from hiwar.scripture.canon import quran
from hiwar.scripture.claims import Claims, begins_sentence, closes, ends_sentence, opens
from hiwar.scripture.found import Difference, Quotation, Step
from hiwar.scripture.spelling import BLESSING_WORDS, COLON, Token, key, spellings

# Bits that a quotation must tell when the text does not claim to quote.
EXACT_BITS, ALTERED_BITS, CLAIMED_BITS = 16.0, 24.0, 12.0
# A report's words are everyday prose more often than a verse's.
REPORT_MORE = 8.0
ALSO_SHOWN = 100
# How alike, from 0 to 1, a word at the edge must look to be the edition's word misspelt.
MISSPELT = 0.8
# Words between a quotation and the brackets round it that may still be words of the quotation, changed.
EDGE = 3


@dataclass
class Candidate:
    """An alignment with the words it was made of, and the other places where the same words stand."""

    alignment: Alignment
    aligner: Aligner
    also: list[Alignment] = field(default_factory=list)

    @property
    def words(self) -> list[Token]:
        return self.aligner.words

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
        _to_boundaries(one, claims)
    chosen = _compete(_grouped(hopeful), claims)
    joined = _neighbours(chosen, text)
    return [_quotation(text, one) for one in joined]


def _to_boundaries(one: Candidate, claims: Claims) -> None:
    """Let a quotation end on words that differ, where the text says that the quotation ends there.

    Brackets or quotation marks round the quotation say it, at most EDGE words out; a colon after an announcement says
    it of the beginning; the end of the verse together with the end of the sentence say it of one word.
    """
    words = one.words
    span = claims.enclosing(one.start, one.end)
    within = [_up_to_boundary(one, span, step) for step in (-1, 1)] if span else [None, None]
    if None in within:
        within = [None, None]
    for step in (-1, 1):
        found = one.alignment
        edge, place = (found.first, found.begin) if step < 0 else (found.last, found.end)
        outside = within[0 if step < 0 else 1]
        if outside is None and step < 0:
            outside = _up_to_announcement(words, edge, claims)
        if outside is None and _one_word_short(one, edge, place, step):
            outside = 1
        if outside and found.matched >= max(2, outside):
            pairs = one.aligner.forced(edge + step, place + step, step, outside)
            _add(one, pairs, step)


def _up_to_boundary(one: Candidate, span: tuple[int, int], step: int) -> int | None:
    """How many words lie between the quotation and the brackets round it; None when there are too many."""
    words, found = one.words, one.alignment
    edge = found.first if step < 0 else found.last
    for count in range(EDGE + 1):
        at = edge + step * (count + 1)
        if not 0 <= at < len(words) or not (span[0] <= words[at].start and words[at].end <= span[1]):
            return count
        if words[max(at, at - step)].gap >= COLON or (not one.is_quran and words[at].key in BLESSING_WORDS):
            return 0
    return None


def _up_to_announcement(words: list[Token], edge: int, claims: Claims) -> int | None:
    for count in range(EDGE + 1):
        at = edge - count
        if at < 0:
            return None
        if words[at].gap >= COLON:
            return count if claims.announced(words[at].start) else None
        if count and words[at].key in BLESSING_WORDS:
            return None
    return None


def _one_word_short(one: Candidate, edge: int, place: int, step: int) -> bool:
    """Whether one word more ends the sentence and would make the verse whole, or is an obvious misspelling of it."""
    found, corpus, words = one.alignment, one.alignment.corpus, one.words
    outer, beyond = edge + step, place + step
    if found.matched < 4 or not 0 <= outer < len(words) or words[max(outer, edge)].gap >= COLON:
        return False
    finished = corpus.begins(place) if step < 0 else corpus.begins(beyond)
    if finished or not corpus.inside(beyond) or words[outer].key in BLESSING_WORDS:
        return False
    one_key, other_key = words[outer].key, corpus.spelt(beyond)
    if one_key.endswith(other_key) or other_key.endswith(one_key):
        # A sentence ties the quotation to itself, or loosens it, by a «و» or «ف»: that alters nothing.
        return False
    if min(len(one_key), len(other_key)) >= 4 and likeness(one_key, other_key) >= MISSPELT:
        return True
    if step < 0:
        alone = outer == 0 and found.last >= len(words) - 2
        whole = corpus.begins(beyond) and corpus.begins(found.end + 1) and begins_sentence(words, outer)
    else:
        alone = outer == len(words) - 1 and found.first <= 1
        whole = corpus.begins(beyond + 1) and corpus.begins(found.begin) and ends_sentence(words, outer)
    return alone or whole


def _add(one: Candidate, pairs: list[Pair], step: int) -> None:
    """Put `pairs`, counted from the quotation outwards, at its edge."""
    found, corpus = one.alignment, one.alignment.corpus
    ready: list[Pair] = []
    for pair in pairs:
        key = one.words[pair.text[0]].key if pair.text else ""
        dropped = step < 0 and pair.text and pair.places and _conjunction(key, corpus.spelt(pair.places[0]))
        ready.append(Pair(pair.text, pair.places, True) if dropped else pair)
    found.pairs = [*reversed(ready), *found.pairs] if step < 0 else [*found.pairs, *ready]
    found.score -= EDIT_COST * 0.5 * sum(not pair.same for pair in ready)


def _conjunction(key: str, canonical: str) -> bool:
    """Whether `key` is the canonical word without the «و», «ف» or «يا» that tied it to what went before."""
    return canonical.endswith(key) and canonical[: -len(key)] in ("و", "ف", "يا", "ويا", "فيا")


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
    """More words first, less what differs; of equals the Quran, then what tells more, then the first place."""
    found = one.alignment
    told = found.matched - 0.9 * found.edits + 0.02 * one.score + (1.0 if one.is_quran else 0.0)
    return (-told, 0 if one.is_quran else 1, found.begin)


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
    matched, edits = found.matched, _slips(one)
    if ornate and one.is_quran:
        return matched >= 2 and matched >= edits
    if not plain and not announced:
        return False
    more = 0.0 if one.is_quran else REPORT_MORE
    if not edits:
        if announced or quoted:
            return matched >= 3 and (one.is_quran or told >= CLAIMED_BITS)
        return matched >= 4 and told >= EXACT_BITS + more
    if matched < 2 * edits:
        return False
    if announced or quoted:
        return matched >= 3 and told >= CLAIMED_BITS + more
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
