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

from hiwar.scripture.matching.corpus import Corpus
from hiwar.scripture.matching.spelling import BLESSING_WORDS, COLON, COMMA, CUT, WALL, Token

# How far ahead, in words, two texts that part are looked at for agreeing again.
AHEAD = 7
# What an edit costs, in bits, and how much less for two words that look alike.
EDIT_COST, ALIKE = 5.0, 1.5
# Bits that must be won for going on past a difference, and fewer where the sentence ends just there.
WIN, WIN_AT_END = 6.0, 2.0
# Words beyond a wall that must agree for the quotation to reach across it, and the bits they must tell.
ACROSS, ACROSS_BITS = 3, 15.0
# What a word of a blessing costs that was altered so that the blessing is not known as one.
BLESSING_COST = 1.0


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
        return next(pair.text[0] for pair in self.pairs if pair.text)

    @property
    def last(self) -> int:
        return next(pair.text[-1] for pair in reversed(self.pairs) if pair.text)

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

    def same(self, at: int, place: int) -> bool:
        return bool(self.classes[at] and self.classes[at] == self.corpus.words[place]) and self.corpus.accepts(
            place, self.words[at].key
        )

    def grow(self, at: int, place: int, length: int) -> Alignment:
        """The alignment that holds words `at:at + length` of the text over `place` and grows from there.

        It may come out empty, when nothing of the seed stands on one side of a wall.
        """
        begin, end = self._one_side(at, at + length)
        middle = [Pair((k,), (place + k - at,), self.same(k, place + k - at)) for k in range(begin, end)]
        left = self._side(begin - 1, place + begin - at - 1, -1)
        right = self._side(end, place + end - at, 1)
        found = Alignment(self.corpus, [*reversed(left), *middle, *right])
        while found.pairs and not found.pairs[0].same:
            found.pairs.pop(0)
        while found.pairs and not found.pairs[-1].same:
            found.pairs.pop()
        return found

    def _one_side(self, begin: int, end: int) -> tuple[int, int]:
        """Take off a seed's words that a wall separates from the rest, when they are too few to reach across it."""
        walls = [at for at in range(begin + 1, end) if self.words[at].gap >= COLON]
        for wall in walls:
            if not self._enough(begin, wall):
                begin = wall
        for wall in reversed(walls):
            if begin < wall and not self._enough(wall, end):
                end = wall
        return begin, end

    def _enough(self, begin: int, end: int) -> bool:
        told = sum(self.corpus.weights[own] for own in self.classes[begin:end])
        return end - begin >= ACROSS and told >= ACROSS_BITS

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
            barrier = self._barrier(at, step)
            if barrier == CUT or (barrier >= COLON and not self._goes_on(at, place, step)):
                break
            if self.same(at, place):
                pairs.append(Pair((at,), (place,), True))
                at, place = at + step, place + step
                continue
            further = self._joined(at, place, step)
            path = [further] if further is not None else self._path(at, place, step)
            if not path:
                break
            pairs.extend(path)
            at += step * sum(len(pair.text) for pair in path)
            place += step * sum(len(pair.places) for pair in path)
        return pairs

    def _goes_on(self, at: int, place: int, step: int) -> bool:
        """Whether the words beyond a wall go on with the same place, by more than chance or an announcement."""
        count, told = 0, 0.0
        while (count < ACROSS or told < ACROSS_BITS) and self._inside(at, place) and self.same(at, place):
            count += 1
            told += self.corpus.weights[self.corpus.words[place]]
            at, place = at + step, place + step
        return count >= ACROSS and told >= ACROSS_BITS

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
                for form in self.corpus.spellings(places[0])
            ):
                return Pair((at,), places, True)
        return None

    def forced(self, at: int, place: int, step: int, count: int) -> list[Pair]:
        """The best way to lay exactly `count` words of the text over the edition from `place` on, whatever differs."""
        return self._path(at, place, step, whole=count)

    def _path(self, at: int, place: int, step: int, whole: int = 0) -> list[Pair]:
        """The way past a difference that wins most, up to a word that agrees; empty when none wins enough.

        A small edit distance over the next words of both sides (Needleman and Wunsch), in which words that agree win
        the bits they tell and every word substituted, missing or added costs EDIT_COST.
        """
        text, edition = self._ahead(at, step), self._ahead_in_edition(place, step)
        if whole:
            text, edition = [at + step * k for k in range(whole)], self._in_verse(edition, step)[: whole + 2]
        weights, words, classes = self.corpus.weights, self.corpus.words, self.classes
        if not whole and not any(classes[t] and words[p] == classes[t] for t in text for p in edition):
            return []
        rows = len(text) + 1
        columns = len(edition) + 1
        score = [[-EDIT_COST * (i + j) for j in range(columns)] for i in range(rows)]
        move = [["missing" if j else "added" for j in range(columns)] for _i in range(rows)]
        best, end = WIN_AT_END - 0.001, (0, 0)
        for i in range(1, rows):
            t = text[i - 1]
            adding = self._adding(t)
            score[i][0] = score[i - 1][0] - adding
            for j in range(1, columns):
                p = edition[j - 1]
                agrees = self.same(t, p)
                cost = weights[words[p]] if agrees else -EDIT_COST + (ALIKE if self._look_alike(t, p) else 0.0)
                across = score[i - 1][j - 1] + cost
                value, kind = max(
                    (across, "same" if agrees else "substituted"),
                    (score[i - 1][j] - adding, "added"),
                    (score[i][j - 1] - EDIT_COST, "missing"),
                    key=lambda choice: choice[0],
                )
                score[i][j], move[i][j] = value, kind
                if not whole and kind == "same" and value > best and (value >= WIN or self._stops_after(t, step)):
                    best, end = value, (i, j)
        if whole:
            end = whole, max(range(columns), key=lambda j: (score[whole][j], -abs(j - whole)))
        pairs: list[Pair] = []
        i, j = end
        while i or j:
            kind = move[i][j]
            taken_text = (text[i - 1],) if kind != "missing" else ()
            taken_places = (edition[j - 1],) if kind != "added" else ()
            pairs.append(Pair(taken_text, taken_places, kind == "same"))
            i, j = i - len(taken_text), j - len(taken_places)
        return pairs[::-1]

    def _ahead(self, at: int, step: int) -> list[int]:
        found: list[int] = []
        while len(found) < AHEAD and 0 <= at < len(self.words) and (not found or self._barrier(at, step) < COLON):
            found.append(at)
            at += step
        return found

    def _ahead_in_edition(self, place: int, step: int) -> list[int]:
        found: list[int] = []
        words = self.corpus.words
        while len(found) < AHEAD and 0 <= place < len(words) and words[place]:
            found.append(place)
            place += step
        return found

    def _in_verse(self, places: list[int], step: int) -> list[int]:
        """Of `places`, those before the verse ends: what is beyond it, a quotation that ends here need not have."""
        for number, place in enumerate(places):
            if self.corpus.begins(place + 1 if step < 0 else place):
                return places[:number]
        return places

    def _stops_after(self, at: int, step: int) -> bool:
        """Whether the sentence ends with this word, seen in the direction of growth."""
        beyond = at + step
        return not 0 <= beyond < len(self.words) or self._barrier(beyond, step) >= COMMA

    def _adding(self, at: int) -> float:
        """What it costs to have a word of the text that the edition has not."""
        blessing = self.corpus.name != "quran" and (
            self.words[at].key in BLESSING_WORDS or self.words[at].key == "الله"
        )
        return BLESSING_COST if blessing else EDIT_COST

    def _look_alike(self, at: int, place: int) -> bool:
        """Whether two words share most of their letters at one end: a slip of the pen, not another word."""
        one, other = self.words[at].key, self.corpus.spelt(place)
        return len(one) > 2 and len(other) > 2 and (one[:3] == other[:3] or one[-3:] == other[-3:])


def likeness(one: str, other: str) -> float:
    """How alike two words look, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
