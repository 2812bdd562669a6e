"""The answer of a check: the contract's object, word for word, for any text, with no framework loaded."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiwar.scripture import editions
from hiwar.scripture.answer import LIMIT, NUL, SURROGATE, answer, fault
from hiwar.scripture.canon import FILE_SHA256, quran
from hiwar.scripture.reference import Reference
from tests.scripture.quoting import OTHER, exact, partial, quoted, shortened, substituted, swapped, words

MEMBERS = {"start", "end", "source", "reference", "status", "canonical", "differences", "also", "others"}


def only(text: str) -> dict:
    found = answer(text)["quotations"]
    assert len(found) == 1, found
    return found[0]


def test_the_members_are_the_contracts_and_others() -> None:
    found = answer(quoted(exact(), substituted()))
    assert set(found) == {"edition", "quotations"}
    assert set(found["edition"]) == {"quran", "hadith"}
    assert {"name", "version", "sha256"} == set(found["edition"]["quran"])
    assert all({"name", "version"} <= set(each) for each in found["edition"]["hadith"])
    assert [set(each) for each in found["quotations"]] == [MEMBERS, MEMBERS]
    assert set(found["quotations"][1]["differences"][0]) == {"kind", "found", "canonical"}
    assert json.loads(json.dumps(found)) == found


def test_the_edition_is_the_one_that_was_compared_with() -> None:
    found = answer("")["edition"]
    assert found["quran"]["sha256"] == FILE_SHA256
    assert found["quran"]["version"] == editions.quran().version
    assert len(found["hadith"]) == 2


@pytest.mark.parametrize(
    ("text", "reference", "status"),
    [
        (exact(), "103:3", "exact"),
        (partial(), "2:255", "partial"),
        (substituted(), "16:125", "altered"),
        (shortened(), "16:125", "altered"),
        (swapped(), "16:125", "altered"),
        (f"{exact(112, 1)} {exact(112, 2)} {exact(112, 3)} {exact(112, 4)}", "112:1-4", "exact"),
    ],
)
def test_what_is_found_where(text: str, reference: str, status: str) -> None:
    whole = quoted(text)
    found = only(whole)
    assert (found["source"], found["reference"], found["status"]) == ("quran", reference, status)
    assert whole[found["start"] : found["end"]] == text
    assert bool(found["differences"]) == (status == "altered")


def test_differences_name_the_words() -> None:
    right = words(16, 125)[5]
    [changed] = only(quoted(substituted(at=6)))["differences"]
    assert (changed["kind"], changed["found"]) == ("substituted", OTHER)
    [left_out] = only(quoted(shortened(at=6)))["differences"]
    assert (left_out["kind"], left_out["found"], left_out["canonical"]) == ("missing", "", changed["canonical"])
    assert changed["canonical"] == quran().verse(16, 125).words[5]
    assert right != changed["canonical"], "the edition's own spelling, not the modern one"


def test_the_canonical_words_are_the_editions() -> None:
    found = only(quoted(exact()))
    held = quran().verse(103, 3)
    assert found["canonical"] in (held.text, " ".join(held.words))


def test_a_verse_that_stands_in_many_places_names_the_first_and_counts_the_others() -> None:
    found = only(quoted(exact(55, 13)))
    same = [each.key for each in quran().span(55, 1, 78) if each.words == quran().verse(55, 13).words]
    assert found["reference"] == same[0]
    assert found["others"] == len(same) - 1 == 30
    assert set(found["also"]) == set(same[1:])


def test_of_hadith_no_text_is_handed_out() -> None:
    found = answer("قال رسول الله صلى الله عليه وسلم: إنما الأعمال بالنيات وإنما لكل امرئ ما نوى")["quotations"]
    assert [(each["source"], each["reference"]) for each in found] == [("bukhari", "1")]
    assert found[0]["canonical"] == ""


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "نص عادي لا يقتبس شيئا من كتاب.", "An English sentence.", "١٢٣", "😀"]
)
def test_a_text_without_a_quotation_gives_an_empty_list(text: str) -> None:
    assert answer(text)["quotations"] == []


def test_offsets_count_code_points_whatever_stands_before() -> None:
    before = "😀👩‍👩‍👧 e\u0301 \u202e\u2066\u200f "
    found = only(before + quoted(exact()))
    assert (before + quoted(exact()))[found["start"] : found["end"]] == exact()


@pytest.mark.parametrize("sign", ["\u200e", "\u200f", "\u061c", "\u202e", "\u2066", "\u2069", "\ufeff"])
def test_marks_of_direction_change_nothing_but_the_offsets(sign: str) -> None:
    plain = exact()
    marked = sign + plain.replace(" ", f"{sign} ") + sign
    found = only(quoted(marked))
    assert (found["reference"], found["status"]) == ("103:3", "exact")
    piece = quoted(marked)[found["start"] : found["end"]]
    assert piece.replace(sign, "") == plain


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_an_answer_whose_offsets_lie_in_it(text: str) -> None:
    for each in answer(text)["quotations"]:
        assert 0 <= each["start"] < each["end"] <= len(text)


def test_every_reference_that_is_given_can_be_read() -> None:
    for each in answer(quoted(exact(), partial(), substituted(), exact(55, 13)))["quotations"]:
        assert Reference.parse(each["reference"]).number_key == each["reference"]


def test_the_longest_text_that_is_taken_is_checked() -> None:
    filler = "كلام عادي يملأ الصفحة ولا يقتبس. "
    text = quoted(exact()) + " " + filler * 10_000
    text = text[: LIMIT - 1] + "."
    found = only(text)
    assert text[found["start"] : found["end"]] == exact()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("نص", ""), ("", ""), ("a\x00b", NUL), ("\ud800", SURROGATE), ("a\udfff", SURROGATE), ("\U0001f600", "")],
)
def test_what_is_no_text(text: str, expected: str) -> None:
    assert fault(text) == expected


def test_no_framework_is_needed() -> None:
    program = "import sys; from hiwar.scripture.answer import answer; answer('نص'); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
