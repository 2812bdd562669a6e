"""The index that answers: which claims a text is a wording of, how surely, and by which words.

Wordings are found by the stems they share with the text, weighed by rarity (inverse document frequency: Spärck Jones,
1972), the best of them compared word by word, and each claim takes the place of its best wording. Two parts decide: how
much of the wording stands in the text, and how much of the text, where it stands thickest, is in the wording.
So a piece of a wording is found, and so is a wording within a longer text.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hiwar.library.finding.lexicon import GROUPS
from hiwar.library.finding.likeness import LONGEST, SPLIT, Likes, Vocabulary
from hiwar.library.finding.words import STOP_WEIGHT, Known, Word, said, words

STRETCH = 24  # words of a text judged together
MANY = 4  # stretches from which a text is long
POSTINGS, POSTINGS_OF_MANY = 6_000, 2_500  # entries of lists read for one stretch; of a long text
COMPARED, COMPARED_OF_MANY = 30, 10  # wordings compared word by word, by each of two orders; of a long text
SAME_LANGUAGE = 1e-6
MARKED = 0.5  # likeness from which a word counts as found
OF_TEXT, OF_WORDING, OF_CLAIM, ORDER = 0.40, 0.36, 0.16, 0.08
UNKNOWN = 0.3  # weight of a word that no claim has; the rarest that one has weighs 1
MASS = 0.35  # weight of the words found at which a likeness counts by half
WINDOW = 2.2  # part of a long text judged at once, in lengths of the wording
KNOWN = 0.7  # likeness from which a word of the text counts as known
SURE = 0.5  # from here an answer is close enough
NEAR = 0.3  # below this nothing is worth a look


@dataclass(frozen=True, slots=True)
class Entry:
    """A wording of a claim."""

    claim: Hashable
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A claim found: score from 0 to 1, its nearest wording, and which words of that were met, as [start, end)."""

    claim: Hashable
    score: float
    entry: Entry
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the text: the stems it may stand for, and what it weighs."""

    likes: Likes
    weight: float


class Index:
    """An index of wordings, made once and never changed. `groups`: which stems people put for each other."""

    def __init__(self, entries: Iterable[Entry], *, groups: Mapping[str, tuple[int, ...]] = GROUPS) -> None:
        self.entries = list(entries)
        self._vocabulary = Vocabulary(groups)
        self._stems: list[array[int]] = []  # stems of each wording, in order
        self._of_claim: dict[Hashable, set[int]] = defaultdict(set)
        shares: dict[int, float] = {}
        known: Known = {}
        for entry in self.entries:
            row = array("I")
            for word in words(entry.text, known):
                if word.share:
                    number = self._vocabulary.add(word.stem)
                    shares[number] = min(word.share, shares.get(number, 1.0))
                    row.append(number)
            self._stems.append(row)
            self._of_claim[entry.claim].update(row)
        self._weigh(shares)
        self._lists: list[array[int]] = [array("I") for _stem in self._vocabulary.stems]
        for position, row in enumerate(self._stems):
            for number in set(row):
                self._lists[number].append(position)
        self._mass = array("d", (sum(self._weights[number] for number in row) for row in self._stems))

    def _weigh(self, shares: dict[int, float]) -> None:
        """Weight of each stem: how rare it is among the claims, by the share of it that counts."""
        total = len(self._of_claim)
        holding = [0] * len(self._vocabulary.stems)
        for numbers in self._of_claim.values():
            for number in numbers:
                holding[number] += 1
        most = math.log(1.5 + total)
        self._weights = array(
            "d", (shares[number] * math.log(1.5 + total / held) / most for number, held in enumerate(holding))
        )

    def __len__(self) -> int:
        return len(self._of_claim)

    def find(self, text: str, *, language: str = "", limit: int = 10) -> list[Match]:
        """The claims nearest to `text`, best first. Of two alike, the wording in `language` comes first."""
        found: dict[Hashable, tuple[float, int, frozenset[int]]] = {}
        stretches = list(_stretches(self._asked(text)))
        few = len(stretches) < MANY
        count, postings = (COMPARED, POSTINGS) if few else (COMPARED_OF_MANY, POSTINGS_OF_MANY)
        for asked in stretches:
            self._answer(asked, self._candidates(asked, count, postings), language, found)
        best = sorted(found.items(), key=lambda each: (-each[1][0], each[1][1]))[:limit]
        return [
            Match(claim, min(1.0, round(score, 4)), self.entries[position], self._spans(position, met))
            for claim, (score, position, met) in best
        ]

    def _answer(
        self,
        asked: Sequence[_Asked],
        candidates: Iterable[int],
        language: str,
        found: dict[Hashable, tuple[float, int, frozenset[int]]],
    ) -> None:
        """Note in `found`, for each claim near to this stretch, the score, the wording and its words met, if better."""
        covered: dict[Hashable, float] = {}
        for position in candidates:
            entry = self.entries[position]
            score, met = self._compare(asked, position)
            if not met:
                continue
            best = found.get(entry.claim, (0.0, 0, met))[0]
            if score + OF_CLAIM + SAME_LANGUAGE <= best:  # whatever the claim's other wordings hold
                continue
            if entry.claim not in covered:
                covered[entry.claim] = self._of_text(asked, self._of_claim[entry.claim])
            score += OF_CLAIM * covered[entry.claim] + SAME_LANGUAGE * (entry.language == language)
            if score > best:
                found[entry.claim] = (score, position, met)

    def _asked(self, text: str) -> list[_Asked]:
        """The words of the text as stems of the index. A word written together that is two is taken apart."""
        asked: list[_Asked] = []
        met: dict[str, list[_Asked]] = {}
        for word in words(text):
            if not word.share:
                continue
            if word.key not in met:
                met[word.key] = [self._weighed(likes, word.share) for likes in self._meant(word)]
            asked += met[word.key]
        return asked

    def _weighed(self, likes: Likes, share: float) -> _Asked:
        weight = max((self._weights[n] * like for n, like in likes.items()), default=UNKNOWN * share)
        return _Asked(likes, weight if share == 1.0 else min(weight, share * UNKNOWN * 2))

    def _meant(self, word: Word) -> list[Likes]:
        likes = self._vocabulary.like(word.stem, exact=word.share < 1.0)
        if word.share < 1.0 or len(word.key) > LONGEST or max(likes.values(), default=0.0) >= KNOWN:
            return [likes]
        for at in range(2, len(word.key) - 1):
            parts = [said(word.key[:at]), said(word.key[at:])]
            numbers = [self._vocabulary.numbers.get(stem) for _key, stem, _share in parts]
            if None not in numbers and any(share == 1.0 for _key, _stem, share in parts):
                return [{number: SPLIT} for number in numbers if number is not None]
        return [likes]

    def _candidates(self, asked: Sequence[_Asked], count: int, postings: int) -> list[int]:
        """`count` wordings that share the most weight with the text, and as many of which most is shared."""
        best: Likes = {}
        for each in asked:
            for number, like in each.likes.items():
                if best.get(number, 0.0) < like:
                    best[number] = like
        sums: dict[int, float] = defaultdict(float)
        left = postings
        for number in sorted(best, key=lambda number: -self._weights[number] * best[number]):
            held = self._lists[number]
            left -= len(held)
            if left < 0 and sums:
                break
            weight = self._weights[number] * best[number]
            for position in held:
                sums[position] += weight
        kept = 10 * count
        least = sorted(sums.values())[-kept] if len(sums) > kept else 0.0  # numbers alone sort much faster than pairs
        by_sum = sorted((-met, position) for position, met in sums.items() if met >= least)[:kept]
        mass = self._mass
        by_part = sorted((met / (mass[position] + MASS), position) for met, position in by_sum)
        return list(dict.fromkeys(position for _met, position in [*by_part[:count], *by_sum[:count]]))

    def _compare(self, asked: Sequence[_Asked], position: int) -> tuple[float, frozenset[int]]:
        """Score of one wording, and which of its words were met."""
        row = self._stems[position]
        places: dict[int, list[int]] = defaultdict(list)
        for place, number in enumerate(row):
            places[number].append(place)
        pairs = sorted(
            (
                (-like * (self._weights[number] + 0.001), abs(at - place), at, place, like)
                for at, each in enumerate(asked)
                for number, like in each.likes.items()
                if number in places
                for place in places[number]
            ),
        )
        by_word: dict[int, tuple[int, float]] = {}
        taken: set[int] = set()
        for _value, _gap, at, place, like in pairs:
            if at not in by_word and place not in taken:
                by_word[at] = (place, like)
                taken.add(place)
        if not by_word:
            return 0.0, frozenset()
        met = sum(self._weights[row[place]] * like for place, like in by_word.values())
        of_wording = met / (self._mass[position] or 1.0)
        of_text = self._thickest(asked, by_word, len(row))
        order = _in_order([by_word[at][0] for at in sorted(by_word)])
        score = OF_TEXT * of_text + OF_WORDING * of_wording + ORDER * order
        shown = frozenset(place for place, like in by_word.values() if like >= MARKED)
        return score * met / (met + MASS) * (1 + MASS / 2), shown

    def _thickest(self, asked: Sequence[_Asked], by_word: dict[int, tuple[int, float]], length: int) -> float:
        """Part of the text that is in the wording, in the stretch where that is most."""
        width = max(10, math.ceil(WINDOW * length))
        total, held = [0.0], [0.0]
        for at, each in enumerate(asked):
            total.append(total[-1] + each.weight)
            held.append(held[-1] + each.weight * (by_word[at][1] if at in by_word else 0.0))
        if len(asked) <= width:
            return held[-1] / (total[-1] or 1.0)
        best, start = max((held[at + width] - held[at], -at) for at in range(len(asked) - width + 1))
        return best / ((total[-start + width] - total[-start]) or 1.0)

    def _of_text(self, asked: Sequence[_Asked], numbers: set[int]) -> float:
        """Part of the text that stands in any wording of a claim."""
        total = sum(each.weight for each in asked)
        held = sum(
            each.weight * max((like for number, like in each.likes.items() if number in numbers), default=0.0)
            for each in asked
        )
        return held / (total or 1.0)

    def _spans(self, position: int, met: frozenset[int]) -> tuple[tuple[int, int], ...]:
        """Where the words at the places `met` stand in the wording, function words left out unless alone."""
        counted = [word for word in words(self.entries[position].text) if word.share]
        chosen = [counted[place] for place in sorted(met)]
        telling = [word for word in chosen if word.share > STOP_WEIGHT]
        return tuple((word.start, word.end) for word in telling or chosen)


def _stretches(asked: Sequence[_Asked]) -> Iterator[Sequence[_Asked]]:
    """A long text in stretches that overlap by half, so that what is said in one place is judged by itself."""
    if not any(each.weight for each in asked):
        return
    for start in range(0, max(1, len(asked) - STRETCH // 2), STRETCH // 2):
        yield asked[start : start + STRETCH]


def _in_order(places: Sequence[int]) -> float:
    """Part of the places that stands in rising order (longest increasing subsequence)."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails) / len(places)
