"""What must hold of every quotation and every text, not only of the examples."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hiwar.arabic.folding import fold, strip_tashkeel
from hiwar.scripture.canon import modern, quran
from hiwar.scripture.detect import detect
from hiwar.scripture.matching.spelling import WORD, key, tokens

LONG = [(v.sura, v.number) for v in quran().verses() if len(tokens(modern()[v.sura, v.number])) >= 5]
ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإؤئىة", min_size=2, max_size=9)
FEW = settings(max_examples=150, deadline=None)


@cache
def words_of(place: tuple[int, int]) -> tuple[str, ...]:
    text = modern()[place]
    return tuple(text[token.start : token.end] for token in tokens(text))


@st.composite
def passages(draw):
    """Five words or more of one verse, whole or a piece."""
    words = words_of(draw(st.sampled_from(LONG)))
    if draw(st.booleans()):
        return words
    begin = draw(st.integers(0, len(words) - 5))
    return words[begin : draw(st.integers(begin + 5, len(words)))]


def told(text: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(one.source, one.reference, one.status, one.also) for one in detect(text, sources=["quran"])]


@FEW
@given(passages(), st.sampled_from(["قال تعالى: {}", "﴿{}﴾", "{}", "نقل المؤلف «{}» ثم شرح."]))
def test_folding_never_changes_an_answer(words, frame):
    text = " ".join(words)
    expected = told(frame.format(text))
    for other in (strip_tashkeel(text), fold(text), text.replace("ال", "اـل"), re.sub(" ", "  ", text)):
        assert told(frame.format(other)) == expected


@FEW
@given(st.lists(st.one_of(passages().map(" ".join), ARABIC, st.text(max_size=12)), min_size=1, max_size=6))
def test_offsets_always_slice_to_the_quoted_words(parts):
    text = " ".join(parts)
    before = 0
    for one in detect(text):
        assert before <= one.start < one.end <= len(text)
        before = one.end
        quoted = text[one.start : one.end]
        ends = [found.span() for found in WORD.finditer(quoted)]
        assert ends[0][0] == 0
        assert ends[-1][1] == len(quoted)
        for step in one.steps:
            if step.start is not None:
                assert text[step.start : step.end] == step.found
                assert one.start <= step.start < step.end <= one.end
        assert (one.status == "altered") == bool(one.differences)


@settings(max_examples=400, deadline=None)
@given(passages(), st.data())
def test_a_changed_word_is_never_inside_an_exact_quotation(words, data):
    at = data.draw(st.integers(0, len(words) - 1))
    kind = data.draw(st.sampled_from(["substituted", "missing", "added"]))
    changed = list(words)
    if kind == "missing":
        del changed[at]
    else:
        word = data.draw(ARABIC)
        assume(key(word) and key(word) != key(words[at]))
        changed[at : at + (kind == "substituted")] = [word]
    text = " ".join(changed)
    start = len(" ".join(changed[:at])) + bool(at)
    stop = start + (0 if kind == "missing" else len(changed[at]))
    for one in detect(text, sources=["quran"]):
        whole = (one.start, one.end) == (0, len(text))
        inside = one.start <= start and stop <= one.end and kind != "missing"
        if one.status == "exact" and (whole or inside):
            # Unless the change gave another verse, or another spelling of the word: then the canon itself says so.
            assert fold(text[one.start : one.end]) in _verses(one), (text, one)


def _verses(one) -> set[str]:
    sura, _, numbers = one.reference.partition(":")
    first, _, last = numbers.partition("-")
    places = [(int(sura), number) for number in range(int(first), int(last or first) + 1)]
    rasm = re.compile("[\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u08f0-\u08f2\u0640]")
    uthmani = " ".join(" ".join(quran().verse(*place).words) for place in places)
    return {
        fold(" ".join(modern()[place] for place in places)),
        fold(uthmani),
        fold(rasm.sub("", uthmani.replace("\u0670", "ا"))),
    }


@FEW
@given(st.text(max_size=300))
def test_no_text_breaks_the_detector(text):
    detect(text)
