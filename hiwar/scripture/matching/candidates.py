"""An alignment that may be a quotation, with the text it was made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from hiwar.scripture.matching.align import Aligner, Alignment
from hiwar.scripture.matching.spelling import Token


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
