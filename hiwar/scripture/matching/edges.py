"""Where a quotation begins and ends, when its first or last words are the ones that differ."""

from __future__ import annotations

from hiwar.scripture.matching.align import EDIT_COST, Pair, likeness
from hiwar.scripture.matching.candidates import Candidate
from hiwar.scripture.matching.claims import Claims, begins_sentence, ends_sentence
from hiwar.scripture.matching.spelling import BLESSING_WORDS, COLON, Token

# How alike, from 0 to 1, a word at the edge must look to be the edition's word misspelt.
MISSPELT = 0.8
# Words between a quotation and the brackets round it that may still be words of the quotation, changed.
EDGE = 3


def to_boundaries(one: Candidate, claims: Claims) -> None:
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
        if count and words[at].key in BLESSING_WORDS:
            return None
        if words[at].gap >= COLON:
            return count if claims.announced(words[at].start) else None
    return None


def _one_word_short(one: Candidate, edge: int, place: int, step: int) -> bool:
    """Whether one word more ends the sentence and would make the verse whole, or is an obvious misspelling of it."""
    found, corpus, words = one.alignment, one.alignment.corpus, one.words
    outer, beyond = edge + step, place + step
    if not one.is_quran or found.matched < 4 or not 0 <= outer < len(words) or words[max(outer, edge)].gap >= COLON:
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
