"""From typed texts to findings, and the words that mend an altered one."""

from __future__ import annotations

import pytest

from hiwar.scripture.canon import digest, modern, quran
from hiwar.scripture.reference import Reference
from hiwar.scripture.verify import Finding, Passage, findings, in_modern_spelling, mended
from tests.library.quoting import ANNOUNCED, STRANGE, misquoted, misquoted_hadith, quoted, uthmani, words


def one(text: str) -> Finding:
    [finding] = findings([Passage("here", text)])
    return finding


def test_a_finding_holds_place_words_and_reference():
    text = f"{ANNOUNCED} {misquoted()}."
    finding = one(text)
    assert (finding.place, finding.found, finding.altered) == ("here", misquoted(), True)
    assert finding.reference == Reference.verse(2, 256)
    assert finding.pair == (digest(misquoted()), "2:256")


def test_texts_are_searched_each_by_itself():
    half = words(2, 256)
    found = findings(
        [Passage("a", " ".join(half[:6])), Passage("b", "Latin words"), Passage("c", " ".join(half[6:12]))]
    )
    assert [(each.place, each.quotation.status) for each in found] == [("a", "partial"), ("c", "partial")]


def test_the_numbers_of_hadith_are_those_of_the_text_they_were_found_in():
    assert one(misquoted_hadith()).reference.key == "bukhari:1"
    assert Reference.hadith("muslim", "177", "running").key == "muslim:177@running"


class TestMended:
    def test_modern_words_for_modern_words(self):
        assert mended(one(misquoted())) == quoted(last=12)

    def test_the_editions_own_where_vowels_were_typed(self):
        wrong = uthmani(last=12).split(" ")
        wrong[6] = STRANGE
        assert mended(one(" ".join(wrong))) == uthmani(last=12)

    def test_hadith_has_nothing_to_put_there(self):
        assert mended(one(misquoted_hadith())) == ""

    @pytest.mark.parametrize("mark", ["({})", "﴿{}﴾", "[{}]", "۝{}"])
    @pytest.mark.parametrize("digits", ["1234567890", "١٢٣٤٥٦٧٨٩٠"])
    def test_numbers_of_verses_stay_where_they_were_typed(self, mark, digits):
        number = mark.format("".join(digits["1234567890".index(sign)] for sign in "1"))
        first = words(112, 1)
        first[1] = STRANGE
        text = f"{ANNOUNCED} {' '.join(first)} {number} {quoted(112, 2)} {quoted(112, 3)}"
        assert mended(one(text)) == f"{quoted(112, 1)} {number} {quoted(112, 2)} {quoted(112, 3)}"

    def test_the_whole_run_keeps_its_extent(self):
        for last in (10, 12, 14):
            assert len(mended(one(misquoted(last=last))).split()) == last


class TestModernSpelling:
    def test_of_every_whole_verse_it_is_the_modern_edition(self):
        for verse in quran().verses():
            reference = Reference.verse(verse.sura, verse.number)
            expected = [word for word in modern()[verse.sura, verse.number].split() if any(map(str.isalpha, word))]
            assert in_modern_spelling(reference, " ".join(verse.words)).split() == expected, verse.key

    def test_words_that_the_editions_divide_otherwise_are_taken_with_their_verse_or_not_at_all(self):
        verse = quran().verse(20, 94)
        reference = Reference.verse(20, 94)
        assert in_modern_spelling(reference, " ".join(verse.words))
        assert in_modern_spelling(reference, " ".join(verse.words[:6])) == ""

    def test_what_is_no_run_of_the_passage_has_none(self):
        assert in_modern_spelling(Reference.verse(2, 255), uthmani(2, 256)) == ""
        assert in_modern_spelling(Reference.verse(2, 255), "") == ""
