"""A text of scripture as one stream of words, with every run of words findable. Pure Python, on disk.

A corpus is four arrays over the stream: the class of the word at each place (0 between suras and records), all places
in the order of the words that follow them (a suffix array over words), the pairs of words that occur, and where each
pair begins in that order. A run of words is a slice of the second array, so the number of places where it stands is
known without visiting them. The arrays are made once by `build.py` and mapped into memory, not read.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

MAGIC = b"hiwar-scripture-index\n"


@dataclass
class Corpus:
    """One indexed text; `forms` maps a key to its class and to the word types that may be spelt so."""

    name: str
    forms: dict[str, tuple[int, frozenset[int]]]
    words: memoryview
    types: memoryview
    order: memoryview
    pairs: memoryview
    first: memoryview
    starts: memoryview
    weights: memoryview
    names: list[str]
    lines: memoryview
    sections: memoryview
    walls: memoryview
    _keep: Any = field(default=None, repr=False)
    _by_type: dict[int, list[str]] = field(default_factory=dict, repr=False)

    def of(self, key: str) -> int:
        """The class of a key; 0 for a word that the text never has."""
        found = self.forms.get(key)
        return found[0] if found else 0

    def accepts(self, place: int, key: str) -> bool:
        """Whether the word at `place` may be spelt `key`."""
        found = self.forms.get(key)
        return found is not None and self.types[place] in found[1]

    def pair(self, one: int, two: int) -> tuple[int, int]:
        """The slice of `order` of places where class `one` is followed by class `two`; (0, 0) when there is none."""
        wanted = one << 32 | two
        at = bisect_left(self.pairs, wanted)
        if at == len(self.pairs) or self.pairs[at] != wanted:
            return 0, 0
        return self.first[at], self.first[at + 1]

    def narrow(self, low: int, high: int, ahead: int, wanted: int) -> tuple[int, int]:
        """Of the slice `low:high`, the part whose word `ahead` places on is of class `wanted`."""
        words, order = self.words, self.order
        if words[order[low] + ahead] == wanted == words[order[high - 1] + ahead]:
            return low, high
        left, right = low, high
        while left < right:
            middle = (left + right) >> 1
            if words[order[middle] + ahead] < wanted:
                left = middle + 1
            else:
                right = middle
        begin = left
        right = high
        while left < right:
            middle = (left + right) >> 1
            if words[order[middle] + ahead] <= wanted:
                left = middle + 1
            else:
                right = middle
        return begin, left

    def record(self, place: int) -> int:
        """The number (from 0) of the verse or report that holds `place`."""
        return bisect_right(self.starts, place) - 1

    def end(self, record: int) -> int:
        """The place after the last word of `record`."""
        stop = self.starts[record + 1] if record + 1 < len(self.starts) else len(self.words)
        while stop > self.starts[record] and self.words[stop - 1] == 0:
            stop -= 1
        return stop

    def inside(self, place: int) -> bool:
        """Whether `place` holds a word: it is neither outside the text nor between two of its sections."""
        return 0 <= place < len(self.words) and self.words[place] != 0

    def begins(self, place: int) -> bool:
        """Whether a verse, a report or a saying inside a report begins with the word at `place`."""
        return bool(self.walls[place])

    def spellings(self, place: int) -> list[str]:
        """Every key of the word at `place`, the fullest first."""
        if not self._by_type:
            for form, (_own, kinds) in self.forms.items():
                for kind in kinds:
                    self._by_type.setdefault(kind, []).append(form)
            for found in self._by_type.values():
                found.sort(key=len, reverse=True)
        return self._by_type.get(self.types[place], [])

    def spelt(self, place: int) -> str:
        """The fullest key of the word at `place`; '' where there is no word."""
        found = self.spellings(place)
        return found[0] if found else ""

    def same_section(self, one: int, two: int) -> bool:
        """Whether two places stand in one sura, or in one report."""
        return bisect_right(self.sections, one) == bisect_right(self.sections, two)


ARRAYS = {
    "words": "I",
    "types": "I",
    "order": "I",
    "pairs": "Q",
    "first": "I",
    "starts": "I",
    "weights": "f",
    "lines": "Q",
    "sections": "I",
    "walls": "B",
}


def write(path: Path, *, name: str, key: str, forms: list[str], names: list[str], arrays: dict[str, Any]) -> None:
    """Write an index file in one step: readers see the old one, the new one or none, whoever else writes it too."""
    parts = {"forms": "\n".join(forms).encode(), "names": "\n".join(names).encode()}
    parts.update({part: arrays[part].tobytes() for part in ARRAYS})
    layout, at = {}, 0
    for part, content in parts.items():
        layout[part] = [at, len(content)]
        at += -(-len(content) // 8) * 8
    head = json.dumps({"name": name, "key": key, "layout": layout}).encode()
    head += b" " * (-(len(MAGIC) + len(head) + 1) % 8) + b"\n"
    with NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", suffix=".draft", delete=False) as file:
        file.write(MAGIC + head)
        for content in parts.values():
            file.write(content + b"\0" * (-len(content) % 8))
    draft = Path(file.name)
    draft.chmod(0o644)
    draft.replace(path)


def read(path: Path, *, key: str) -> Corpus | None:
    """The corpus in `path`, or None when the file is missing, unfinished, or was made from other sources than `key`."""
    try:
        with path.open("rb") as file:
            if file.readline() != MAGIC:
                return None
            head = json.loads(file.readline())
            base = file.tell()
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    if head["key"] != key:
        return None

    def part(name: str) -> memoryview:
        at, length = head["layout"][name]
        return whole[base + at : base + at + length]

    # The last part of the file: a draft that was cut short is not read.
    if base + sum(head["layout"]["walls"]) > len(whole):
        return None
    forms: dict[str, tuple[int, frozenset[int]]] = {}
    known: dict[str, frozenset[int]] = {}
    for line in bytes(part("forms")).decode().split("\n"):
        form, own, kinds = line.split("\t")
        types = known.get(kinds)
        if types is None:
            types = known[kinds] = frozenset(map(int, kinds.split(" ")))
        forms[form] = (int(own), types)
    names = bytes(part("names")).decode().split("\n")
    views: dict[str, Any] = {name: part(name).cast(code) for name, code in ARRAYS.items()}  # type: ignore[call-overload]
    return Corpus(name=head["name"], forms=forms, names=names, _keep=whole, **views)
