"""Where a quotation begins and ends, when its first or last words are the ones that differ."""

from __future__ import annotations

from collections.abc import Iterable

from hiwar.scripture.matching.align import EDIT_COST, Pair, likeness
from hiwar.scripture.matching.candidates import Candidate
from hiwar.scripture.matching.claims import Claims, begins_sentence, ends_sentence
from hiwar.scripture.matching.spelling import BLESSING_WORDS, COLON, STOP, WALL, Token

# How alike, from 0 to 1, a word at the edge must look to be the edition's word misspelt.
MISSPELT = 0.8
# What calls a name: the Uthmani spelling writes it and the name as one word, modern spelling as two.
_CALLS = ("يا", "ويا", "فيا")
# Words between a quotation and the brackets round it that may still be words of the quotation, changed.
EDGE = 3


def to_boundaries(one: Candidate, claims: Claims) -> None:
    """Let a quotation end on words that differ, where the text says that the quotation ends there.

    Brackets or quotation marks round the quotation say it, at most EDGE words out; a colon after an announcement says
    it of the beginning; the end of the verse together with the end of the sentence say it of one word.
    """
    words = one.words
    _without_call(one)
    span = claims.enclosing(one.start, one.end)
    within: list[int | None] = [None, None]
    if span:
        within = [_up_to_boundary(one, span, step, claims) for step in (-1, 1)]
    if None in within or 0 not in within:
        # Brackets that a quotation touches on neither side are not its own: it stands inside somebody's remark.
        within = [None, None]
    elif one.is_quran and words[one.alignment.first].gap == COLON and (within[1] or 0) > 1:
        # Nor is the end of brackets that hold the announcement as well.
        within[1] = 0
    for step in (-1, 1):
        found = one.alignment
        edge, place = (found.first, found.begin) if step < 0 else (found.last, found.end)
        outside = within[0 if step < 0 else 1]
        if outside is None and step < 0:
            outside = _up_to_announcement(words, edge, claims)
        if outside is None and _one_word_short(one, edge, place, step, claims):
            outside = 1
        if outside and found.matched >= 2:
            pairs = one.aligner.forced(edge + step, place + step, step, outside)
            if found.matched >= outside or sum(not pair.same for pair in pairs) == 1:
                _add(one, pairs, step)
        elif outside is None and claims.alone(one.start, one.end, EDGE):
            _up_to_the_end(one, edge, place, step)
    for step in (-1, 1):
        _exchanged(one, step)


def _without_call(one: Candidate) -> None:
    """Begin with the name a verse calls («أيها» for «يا أيها»): in modern spelling the call is a word cut off."""
    found, corpus = one.alignment, one.alignment.corpus
    outer, beyond = found.first - 1, found.begin - 1
    if one.is_quran and outer >= 0 and corpus.inside(beyond) and one.words[outer + 1].gap < COLON:
        key = one.words[outer].key
        if len(key) > 2 and _conjunction(key, corpus.spellings(beyond), _CALLS):
            found.pairs.insert(0, Pair((outer,), (beyond,), True))


def _up_to_the_end(one: Candidate, edge: int, place: int, step: int) -> None:
    """Reach to the end of a text that is nothing but the quotation, if its outermost word is the edition's again."""
    outside = edge if step < 0 else len(one.words) - 1 - edge
    if not 2 <= outside <= EDGE or one.alignment.matched < 3:
        return
    pairs = one.aligner.forced(edge + step, place + step, step, outside)
    if pairs[-1].same:
        _add(one, pairs, step)


def _exchanged(one: Candidate, step: int) -> None:
    """Take in the word at the edge that changed places with the last or first one, so that it is known as moved.

    It is either the edition's next word, which the text has too early, or the text's next word, which the edition has
    earlier.
    """
    found, corpus, words = one.alignment, one.alignment.corpus, one.words
    edge, place = (found.first, found.begin) if step < 0 else (found.last, found.end)
    outer, beyond = edge + step, place + step
    # A text or bracket that ends with the word says that it belongs here, from however far it came.
    last = any(not 0 <= at + step < len(words) or words[max(at, at + step)].gap >= WALL for at in (edge, outer))
    near = found.pairs if last else found.pairs[:EDGE] if step < 0 else found.pairs[-EDGE:]
    within = not corpus.begins(place if step < 0 else beyond) and corpus.inside(beyond)
    if within and any(
        corpus.accepts(beyond, words[pair.text[0]].key) for pair in near if pair.text and not pair.places
    ):
        pair = Pair((), (beyond,), False)
    elif (
        0 <= outer < len(words)
        and words[max(outer, edge)].gap < COLON
        and any(corpus.accepts(pair.places[0], words[outer].key) for pair in near if pair.places and not pair.text)
    ):
        pair = Pair((outer,), (), False)
    else:
        return
    found.pairs = [pair, *found.pairs] if step < 0 else [*found.pairs, pair]


def _up_to_boundary(one: Candidate, span: tuple[int, int], step: int, claims: Claims) -> int | None:
    """How many words lie between the quotation and the brackets round it; None when there are too many."""
    words, found = one.words, one.alignment
    edge = found.first if step < 0 else found.last
    for count in range(EDGE + 1):
        at = edge + step * (count + 1)
        if not 0 <= at < len(words) or not (span[0] <= words[at].start and words[at].end <= span[1]):
            return count
        after = max(at, at - step)
        if words[after].gap >= STOP:
            # Words in another script are nobody's brackets.
            between = claims.text[words[after - 1].end : words[after].start]
            return None if any("a" <= sign.lower() <= "z" for sign in between) else 0
        # A report may have words in it that announce; before a verse they do announce.
        if step < 0 and claims.announces(at) if one.is_quran else words[at].key in BLESSING_WORDS:
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


def _one_word_short(one: Candidate, edge: int, place: int, step: int, claims: Claims) -> bool:
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
        whole = whole and ends_sentence(words, found.last)
    else:
        alone = outer == len(words) - 1 and found.first <= 1
        whole = corpus.begins(beyond + 1) and corpus.begins(found.begin) and ends_sentence(words, outer)
        whole = whole and (begins_sentence(words, found.first) or claims.announced(one.start))
    return alone or whole


def _add(one: Candidate, pairs: list[Pair], step: int) -> None:
    """Put `pairs`, counted from the quotation outwards, at its edge."""
    found, corpus = one.alignment, one.alignment.corpus
    ready: list[Pair] = []
    for pair in pairs:
        key = one.words[pair.text[0]].key if pair.text else ""
        dropped = step < 0 and pair.text and pair.places and _conjunction(key, corpus.spellings(pair.places[0]))
        ready.append(Pair(pair.text, pair.places, True) if dropped else pair)
    found.pairs = [*reversed(ready), *found.pairs] if step < 0 else [*found.pairs, *ready]
    found.score -= EDIT_COST * 0.5 * sum(not pair.same for pair in ready)


def _conjunction(key: str, canonical: Iterable[str], ties: tuple[str, ...] = ("و", "ف", *_CALLS)) -> bool:
    """Whether `key` is the canonical word without the «و», «ف» or «يا» that tied it to what went before."""
    return any(form.endswith(key) and form[: -len(key)] in ties for form in canonical)
