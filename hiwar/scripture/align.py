"""Lay a text over one place of a corpus: which words are the same, and where words differ. Pure Python.

An alignment grows from a run of equal words in both directions. Where the texts part, the smallest step over words of
the text and words of the edition is taken after which they agree again, if what agrees there tells enough; where
nothing agrees, the alignment ends. It never steps over a wall in the text (a bracket, a quotation mark, an ellipsis,
words in another script), because what stands beyond a wall is somebody else's sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from hiwar.scripture.corpus import Corpus
from hiwar.scripture.spelling import CUT, STOP, WALL, Token

# Steps over (words of the text, words of the edition), the likeliest slip first.
STEPS = (
    (1, 1),
    (0, 1),
    (1, 0),
    (2, 2),
    (0, 2),
    (1, 2),
    (2, 1),
    (2, 0),
    (3, 3),
    (0, 3),
    (2, 3),
    (1, 3),
    (3, 2),
    (3, 1),
    (3, 0),
) + ((0, 4), (0, 5), (4, 4))
# Bits that the words after a step must tell before the step is believed, and more for each further word skipped.
NEEDED, NEEDED_MORE = 9.0, 4.0
# What an edit costs in the score of an alignment, in bits.
EDIT_COST = 5.0
# How alike, from 0 to 1, two words must look to be one word miswritten.
LOOKS_ALIKE = 0.6


class Pair(NamedTuple):
    """One step of an alignment: words `text` of the text beside words `places` of the corpus, either may be empty."""

    text: tuple[int, ...]
    places: tuple[int, ...]
    same: bool


@dataclass
class Alignment:
    """Pairs in the order of the text, with no edit at either end unless a boundary of the text vouches for it."""

    corpus: Corpus
    pairs: list[Pair]
    score: float = 0.0

    @property
    def first(self) -> int:
        return self.pairs[0].text[0]

    @property
    def last(self) -> int:
        return self.pairs[-1].text[-1]

    @property
    def begin(self) -> int:
        return next(pair.places[0] for pair in self.pairs if pair.places)

    @property
    def end(self) -> int:
        return next(pair.places[-1] for pair in reversed(self.pairs) if pair.places)

    @property
    def matched(self) -> int:
        return sum(pair.same for pair in self.pairs)

    @property
    def edits(self) -> int:
        return sum(not pair.same for pair in self.pairs)

    @property
    def weight(self) -> float:
        """Bits told by the words that agree."""
        weights, words = self.corpus.weights, self.corpus.words
        return sum(weights[words[place]] for pair in self.pairs if pair.same for place in pair.places)


class Aligner:
    """Lays the words of one text over places of one corpus."""

    def __init__(self, corpus: Corpus, words: list[Token]) -> None:
        self.corpus = corpus
        self.words = words
        self.classes = [corpus.of(word.key) for word in words]
        self._joins: dict[int, tuple[str, ...]] = {}

    def same(self, at: int, place: int) -> bool:
        return bool(self.classes[at] and self.classes[at] == self.corpus.words[place]) and self.corpus.accepts(
            place, self.words[at].key
        )

    def grow(self, at: int, place: int, length: int) -> Alignment:
        """The alignment that holds words `at:at + length` of the text over `place` and grows from there."""
        middle = [Pair((at + k,), (place + k,), self.same(at + k, place + k)) for k in range(length)]
        left = self._side(at - 1, place - 1, -1)
        right = self._side(at + length, place + length, 1)
        found = Alignment(self.corpus, [*reversed(left), *middle, *right])
        self._trim(found)
        return found

    def _trim(self, found: Alignment) -> None:
        """Take words off the ends that differ: growing only ever ends on words that agree, the seed may not."""
        while found.pairs and not found.pairs[0].same:
            found.pairs.pop(0)
        while found.pairs and not found.pairs[-1].same:
            found.pairs.pop()

    def measure(self, found: Alignment) -> Alignment:
        """Set the score: bits of what agrees, less the cost of every edit."""
        found.score = found.weight - EDIT_COST * sum(
            max(len(pair.text), len(pair.places)) for pair in found.pairs if not pair.same
        )
        return found

    def _inside(self, at: int, place: int) -> bool:
        words = self.corpus.words
        return 0 <= at < len(self.words) and 0 <= place < len(words) and words[place] != 0

    def _barrier(self, at: int, step: int) -> int:
        """What separates word `at` of the text from the one it is reached from."""
        return self.words[at].gap if step > 0 else self.words[at + 1].gap

    def _side(self, at: int, place: int, step: int) -> list[Pair]:
        pairs: list[Pair] = []
        while self._inside(at, place):
            if self._barrier(at, step) == CUT:
                break
            if self.same(at, place):
                pairs.append(Pair((at,), (place,), True))
                at, place = at + step, place + step
                continue
            joined = self._joined(at, place, step)
            if joined is not None:
                pairs.append(joined)
                at, place = at + step * len(joined.text), place + step * len(joined.places)
                continue
            skipped = self._step(at, place, step)
            if skipped is None:
                break
            over, past = skipped
            pairs.extend(self._between(at, place, over, past, step))
            at, place = at + step * over, place + step * past
        return pairs

    def _joined(self, at: int, place: int, step: int) -> Pair | None:
        """Two words of the text that the edition writes as one, or one that it writes as two."""
        other, beyond = at + step, place + step
        key = self.words[at].key
        if 0 <= other < len(self.words) and self._barrier(other, step) < WALL:
            text = (at, other) if step > 0 else (other, at)
            if self.corpus.accepts(place, self.words[text[0]].key + self.words[text[1]].key):
                return Pair(text, (place,), True)
        if len(key) > 3 and self._inside(at, beyond):
            places = (place, beyond) if step > 0 else (beyond, place)
            if any(
                key.startswith(form) and self.corpus.accepts(places[1], key[len(form) :])
                for form in self._forms(places[0])
            ):
                return Pair((at,), places, True)
        return None

    def _forms(self, place: int) -> tuple[str, ...]:
        """Spellings of the word at `place`, found only for the few words a joined one may begin with."""
        if not self._joins:
            for form, (_own, kinds) in self.corpus.forms.items():
                if len(form) <= 4:
                    for kind in kinds:
                        self._joins[kind] = (*self._joins.get(kind, ()), form)
        return self._joins.get(self.corpus.types[place], ())

    def _step(self, at: int, place: int, step: int) -> tuple[int, int] | None:
        """How many words of the text and of the edition to step over until they agree again, or None."""
        for over, past in STEPS:
            here, there = at + step * over, place + step * past
            if not self._inside(here, there) or not self.same(here, there):
                continue
            if any(self._barrier(at + step * k, step) >= WALL for k in range(over + 1)):
                continue
            if any(self.corpus.words[place + step * k] == 0 for k in range(past)):
                continue
            told, count = self._told(here, there, step)
            needed = NEEDED + NEEDED_MORE * (max(over, past) - 1)
            if told >= needed and (count > 1 or self._stops_after(here, step)):
                return over, past
        return None

    def _told(self, at: int, place: int, step: int) -> tuple[float, int]:
        """Bits and number of the words that agree from here on, at most six."""
        told, count = 0.0, 0
        weights, words = self.corpus.weights, self.corpus.words
        while count < 6 and self._inside(at, place) and self.same(at, place):
            if count and self._barrier(at, step) >= WALL:
                break
            told += weights[words[place]]
            count += 1
            at, place = at + step, place + step
        return told, count

    def _stops_after(self, at: int, step: int) -> bool:
        """Whether the sentence ends with this word, seen in the direction of growth."""
        beyond = at + step
        return not 0 <= beyond < len(self.words) or self._barrier(beyond, step) >= STOP

    def _between(self, at: int, place: int, over: int, past: int, step: int) -> list[Pair]:
        """Pairs for `over` words of the text beside `past` words of the edition, none of which agree in order."""
        text = [at + step * k for k in range(over)]
        places = [place + step * k for k in range(past)]
        both = min(over, past)
        pairs: list[Pair] = []
        # The word that looks least like any of the other side is the one added or left out.
        while len(text) > both:
            added = min(text, key=lambda t: max((self.likeness(t, p) for p in places), default=0.0))
            pairs.append(Pair((added,), (), False))
            text.remove(added)
        while len(places) > both:
            left_out = min(places, key=lambda p: max((self.likeness(t, p) for t in text), default=0.0))
            pairs.append(Pair((), (left_out,), False))
            places.remove(left_out)
        pairs.extend(Pair((one,), (other,), False) for one, other in zip(text, places, strict=True))
        side = 0 if over >= past else 1
        return sorted(pairs, key=lambda pair: pair[side], reverse=step < 0)

    def likeness(self, at: int, place: int) -> float:
        """How alike a word of the text and one of the edition look, from 0 to 1."""
        key = self.words[at].key
        if self.classes[at] and self.classes[at] == self.corpus.words[place]:
            return 0.95
        other = self.corpus.spelt(place)
        return SequenceMatcher(None, key, other, autojunk=False).ratio()
