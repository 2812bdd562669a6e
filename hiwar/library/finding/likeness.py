"""How alike two stems are: the same, of one consonant skeleton, one group of swapped words, or a few letters apart.

A vocabulary holds every stem of the index with its character trigrams, so that a word nobody wrote before meets only
the stems that share some with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from hiwar.library.finding.lexicon import GROUPS
from hiwar.library.finding.stemming import skeletons

SKELETON, SHORT_SKELETON, GROUP, ATTACHED, SPLIT = 0.8, 0.55, 0.75, 0.9, 0.9
# Letters that are written onto the next word: and, so, with, to, like, will.
_ATTACHED = "وفبلكس"
COMPARED = 40  # stems, by trigrams shared, whose letters are compared
LONGEST = 24  # letters of a word that may be spelt wrongly; a longer one is compared as it is
LIKE = 12  # stems a word may stand for
Likes = dict[int, float]


def _grams(stem: str) -> set[str]:
    """Character trigrams with the word's edges; the bigrams as well where the word is short."""
    edged = f"<{stem}>"
    grams = {edged[at : at + 3] for at in range(len(edged) - 2)}
    return grams | {edged[at : at + 2] for at in range(len(edged) - 1)} if len(stem) <= 5 else grams


class Vocabulary:
    """Stems by number, and what each word of a query may stand for among them."""

    def __init__(self, groups: Mapping[str, tuple[int, ...]] = GROUPS) -> None:
        self._group_of = groups
        self.numbers: dict[str, int] = {}
        self.stems: list[str] = []
        self._grams: dict[str, list[int]] = defaultdict(list)
        self._skeletons: dict[str, list[int]] = defaultdict(list)
        self._groups: dict[int, list[int]] = defaultdict(list)

    def add(self, stem: str) -> int:
        """The number of `stem`, new or known."""
        number = self.numbers.get(stem)
        if number is not None:
            return number
        number = self.numbers[stem] = len(self.stems)
        self.stems.append(stem)
        for gram in _grams(stem):
            self._grams[gram].append(number)
        for skeleton in skeletons(stem):
            self._skeletons[skeleton].append(number)
        for group in self._group_of.get(stem, ()):
            self._groups[group].append(number)
        return number

    def like(self, stem: str, *, exact: bool = False) -> Likes:
        """Stems (by number) that `stem` may stand for, each with its likeness from 0 to 1. `exact`: itself alone."""
        own = self.numbers.get(stem)
        if exact:
            return {} if own is None else {own: 1.0}
        return self._found(stem, own)

    def _found(self, stem: str, own: int | None) -> Likes:
        found: Likes = {}

        def take(numbers: Iterable[int], likeness: float) -> None:
            for number in numbers:
                if found.get(number, 0.0) < likeness:
                    found[number] = likeness

        if len(stem) > 3 and stem[0] in _ATTACHED and (bare := self.numbers.get(stem[1:])) is not None:
            take([bare], ATTACHED)
        for letter in _ATTACHED:
            if (longer := self.numbers.get(letter + stem)) is not None and len(stem) >= 3:
                take([longer], ATTACHED)
        for skeleton in skeletons(stem):
            take(self._skeletons.get(skeleton, ()), SKELETON if len(skeleton) > 2 else SHORT_SKELETON)
        for group in self._group_of.get(stem, ()):
            take(self._groups.get(group, ()), GROUP)
        if own is None:
            for number, likeness in self._spelt_like(stem):
                take([number], likeness)
        best = dict(sorted(found.items(), key=lambda each: -each[1])[:LIKE])
        if own is not None:
            best[own] = 1.0
        return best

    def _spelt_like(self, stem: str) -> Iterable[tuple[int, float]]:
        """Stems a slip of the hand away (optimal string alignment): one in three to five letters, two in more."""
        allowed = 0 if not 3 <= len(stem) <= LONGEST or stem.isdigit() else 1 if len(stem) <= 5 else 2
        if not allowed:
            return
        shared: dict[int, int] = defaultdict(int)
        for gram in _grams(stem):
            for number in self._grams.get(gram, ()):
                shared[number] += 1
        stems = self.stems
        shortest, longest = max(3, len(stem) - allowed), len(stem) + allowed
        nearest = [
            (-grams, len(stems[number]), number)
            for number, grams in shared.items()
            if shortest <= len(stems[number]) <= longest
        ]
        nearest.sort()
        for _grams_shared, _length, number in nearest[:COMPARED]:
            other = stems[number]
            distance = OSA.distance(stem, other, score_cutoff=allowed)
            if 0 < distance <= allowed:
                yield number, 1.0 - 1.1 * distance / max(len(stem), len(other))
