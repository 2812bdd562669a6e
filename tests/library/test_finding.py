"""The matcher by itself: stems, likeness, which words matched, and how often the right claim comes first."""

from __future__ import annotations

from collections import Counter

import pytest

from bench._claims import blind, demonstration, entries, neutral, reworded
from hiwar.arabic.folding import fold
from hiwar.library.finding.index import COMPARED_OF_MANY, NEAR, STRETCH, SURE, Entry, Index
from hiwar.library.finding.likeness import Vocabulary
from hiwar.library.finding.stemming import skeletons, stem
from hiwar.library.finding.words import clean, words

BESIDE = 300  # neutral claims beside the 40: enough to be mistaken for them


@pytest.fixture(scope="module")
def index() -> Index:
    return Index([*entries(), *neutral(BESIDE)])


def first(index: Index, text: str, language: str = "ar"):
    found = index.find(text, language=language)
    assert found, text
    return found[0]


# --- The set of rewordings ---------------------------------------------------------------------------------


def test_the_set_is_as_large_as_it_says_and_copies_nothing():
    cases, stored = reworded(), {clean(entry.text).casefold() for entry in entries()}
    assert len(cases) == len({case.text for case in cases}) == 200
    assert len({entry.claim for entry in entries()}) == 40
    assert [case.half for case in cases].count("dev") == 100
    assert {case.claim for case in cases} == {entry.claim for entry in entries()}
    plain = {" ".join(word.key for word in words(entry.text)) for entry in entries()}
    for case in cases:
        assert clean(case.text).casefold() not in stored, case
        # Only where spelling is what differs may folding (hamza, ta marbuta and the like) make the two equal.
        assert case.kind == "spelling" or " ".join(word.key for word in words(case.text)) not in plain, case


@pytest.mark.parametrize("half", ["dev", "test"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_right_claim_comes_first(index, half, language):
    cases = [case for case in reworded() if (case.half, case.lang) == (half, language)]
    ranks = [[match.claim for match in index.find(case.text, language=language, limit=3)] for case in cases]
    firsts = sum(found[:1] == [case.claim] for case, found in zip(cases, ranks, strict=True))
    threes = sum(case.claim in found for case, found in zip(cases, ranks, strict=True))
    assert firsts / len(cases) >= 0.9
    assert threes / len(cases) >= 0.97


def test_a_claim_that_is_not_there_is_seldom_answered_with_another(index):
    wrong = 0
    for case in reworded():
        others = [match for match in index.find(case.text, language=case.lang, limit=3) if match.claim != case.claim]
        wrong += bool(others) and others[0].score >= SURE
    assert wrong / len(reworded()) <= 0.05


# --- The set of another hand -------------------------------------------------------------------------------


def test_the_blind_set_is_as_large_as_it_says_and_copies_nothing():
    cases, stored = blind(), {clean(entry.text).casefold() for entry in demonstration()}
    assert len({case.text for case in cases}) == 140
    assert Counter((case.lang, bool(case.claim)) for case in cases) == {
        ("ar", True): 80,
        ("en", True): 40,
        ("ar", False): 10,
        ("en", False): 10,
    }
    counted = Counter(case.claim for case in cases if case.claim)
    assert set(counted) == {entry.claim for entry in demonstration()}
    assert set(counted.values()) <= set(range(5, 9))
    assert not stored & {clean(case.text).casefold() for case in cases}


def test_the_finder_does_not_grow_worse_on_the_blind_set():
    """Floors below what was measured (decision 0023); a figure that rises is no reason to touch a constant."""
    index = Index([*demonstration(), *neutral(BESIDE)])
    ranks = [(case, index.find(case.text, language=case.lang, limit=3)) for case in blind()]
    asked = [(case.claim, [match.claim for match in found]) for case, found in ranks if case.claim]
    assert sum(found[:1] == [claim] for claim, found in asked) / len(asked) >= 0.75
    assert sum(claim in found for claim, found in asked) / len(asked) >= 0.83
    wrong = [case for case, found in ranks if found and found[0].score >= SURE and found[0].claim != case.claim]
    assert len(wrong) <= 4


# --- What is tolerated -------------------------------------------------------------------------------------

KEPT = "هدم الآثار القديمة واجب لأنها أصنام"


@pytest.mark.parametrize(
    "text",
    [
        "هَدْمُ الآثَارِ القَدِيمَةِ وَاجِبٌ",
        "هــدم الآثـــار القديمة",
        "هدم الاثار القديمه واجب",
        "هدم الأثار القديمة واجب لانها اصنام",
        "ھدم الآثار القدیمة واجب",
        "\u202bهدم \u200fالآثار\u200e القديمة واجب\u202c",
        "هدم\u0000 الآثار\u0007 القديمة واجب",
        "واجب لأنها أصنام هدم القديمة الآثار",
        "طب يعني مش هدم الآثار القديمة واجب برضو؟",
        "هدمالآثار القديمه واجب",
        "هدم الاثارر القدبمة واجب",
        "بهدم آثار قديمة واجبنا لأنها أصنامهم",
    ],
)
def test_spelling_order_fillers_and_slips_do_no_harm(index, text):
    match = first(index, clean(text))
    assert match.claim == "statues-heritage"
    assert match.score >= SURE


def test_digits_of_every_script_are_the_same():
    entry = Entry("a", "ar", "نسخت الآية ٥ من سورة التوبة ١٢٤ آية")
    index = Index([entry, Entry("b", "ar", "نسخت الآية ٥ من سورة التوبة ١١٣ آية")])
    for typed in ("الآية 5 نسخت 124 آية", "الآية ٥ نسخت ١٢٤ آية", "الآية ۵ نسخت ۱۲۴ آية"):
        assert first(index, typed).claim == "a"


def test_a_claim_within_a_paragraph_is_found(index):
    around = "وصلتني الرسالة مساء أمس في مجموعة العائلة، وكان الجو ممطرًا فتأخرت الحافلة عن موعدها. "
    text = f"{around * 3}{KEPT}. {around * 3}"
    assert len(text) < 1000
    match = first(index, text)
    assert (match.claim, match.score >= SURE) == ("statues-heritage", True)


def test_the_readers_language_decides_between_equals():
    index = Index([Entry("a", "en", "Taqwa 2030"), Entry("b", "ar", "Taqwa 2030")])
    assert first(index, "taqwa 2030", "ar").claim == "b"
    assert first(index, "taqwa 2030", "en").claim == "a"


def test_both_languages_are_searched(index):
    match = first(index, "destroying ancient monuments is a duty", "ar")
    assert (match.claim, match.entry.language) == ("statues-heritage", "en")


# --- Why ---------------------------------------------------------------------------------------------------


def test_the_words_that_matched_are_the_claims_own(index):
    match = first(index, "هدم الاثار القديمه")
    assert match.entry.text == KEPT
    assert [KEPT[start:end] for start, end in match.spans] == ["هدم", "الآثار", "القديمة"]


def test_marks_do_not_cut_words_with_vowel_signs():
    text = "هَدْمُ الآثَارِ القَدِيمَةِ وَاجِبٌ"
    index = Index([Entry("a", "ar", text)])
    assert [text[start:end] for start, end in first(index, "هدم الاثار").spans] == ["هَدْمُ", "الآثَارِ"]


def test_scores_fall_and_lie_between_nought_and_one(index):
    for case in reworded()[:40]:
        scores = [match.score for match in index.find(case.text)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    "text",
    ["أريد رقم هاتف السفارة", "The weather is nice today in Jeddah", "ما هي أوقات الدوام في المركز؟", "qwrtz plmnb"],
)
def test_what_is_no_claim_is_not_close(index, text):
    assert all(match.score < SURE for match in index.find(text))


@pytest.mark.parametrize("text", ["", "   ", "يعني", "😀", "؟!", "ـــ", "\u202e"])
def test_what_says_nothing_finds_nothing(index, text):
    assert index.find(clean(text)) == []


def test_an_empty_index_answers_nothing():
    assert Index([]).find("هدم الآثار") == []
    assert Index([Entry("a", "ar", "؟")]).find("هدم الآثار") == []


@pytest.mark.parametrize(
    "text",
    ["ا" * 1000, "x" * 1000, "ا" + "\u064b" * 999, "ﷺ" * 1000, "مسلم " * 200, "بتث جحخ " * 125, "\u0640" * 1000],
)
def test_a_text_made_to_be_slow_is_answered(index, text):
    assert all(match.score < SURE for match in index.find(clean(text)))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_longest_text_is_compared_with_few_wordings(index, monkeypatch, language):
    """What a text of full length costs is bounded, whatever stands in it: nothing but words of claims here."""
    compared, compare = [], Index._compare
    monkeypatch.setattr(Index, "_compare", lambda *given: compared.append(1) or compare(*given))
    text = " ".join(entry.text for entry in entries() if entry.language == language)[:1000]
    assert index.find(text, language=language)
    stretches = len(words(text)) // (STRETCH // 2)
    assert len(compared) <= 2 * COMPARED_OF_MANY * stretches


# --- Parts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "one, other",
    [
        ("المسلمون", "للمسلمين"),
        ("والكنائس", "كنائس"),
        ("بيحكموا", "يحكم"),
        ("تلزمكش", "تلزمك"),
        ("destroying", "destroyed"),
        ("countries", "country"),
        ("rulers", "ruler"),
    ],
)
def test_forms_of_a_word_have_one_stem_or_nearly(one, other):
    vocabulary = Vocabulary()
    number = vocabulary.add(stem(fold(other)))
    assert vocabulary.like(stem(fold(one))).get(number, 0) >= 0.8


@pytest.mark.parametrize("forms", ["كافر كفار تكفير يكفرون", "قتل قتال يقاتلون مقاتل", "بيعة مبايعة يبايع"])
def test_words_of_one_root_share_a_skeleton(forms):
    shared = [set(skeletons(stem(fold(form)))) for form in forms.split()]
    assert set.intersection(*shared)


def test_a_word_that_claims_have_is_no_slip_of_another():
    vocabulary = Vocabulary({})
    first, second = vocabulary.add("citizen"), vocabulary.add("citizem")
    assert vocabulary.like("citizen") == {first: 1.0}
    assert set(vocabulary.like("citizex")) == {first, second}


def test_slips_are_looked_for_among_words_of_that_length():
    """Longer words with the same beginning do not keep the right one from being compared."""
    vocabulary = Vocabulary({})
    for number in range(60):
        vocabulary.add(f"coverage{'x' * 8}{number}")
    right = vocabulary.add("overage")
    assert right in vocabulary.like("coverag")


def test_a_number_has_no_slip():
    vocabulary = Vocabulary()
    vocabulary.add("1443")
    assert vocabulary.like("1444") == {}


def test_clean_keeps_letters_and_takes_what_is_not_seen():
    assert clean("  أ\u202eب\t\u0000ج\u200f \u2066د\u2069 ") == "أب ج د"
    assert clean("نَصٌّ") == "نَصٌّ"


def test_near_lies_below_sure():
    assert 0 < NEAR < SURE < 1
