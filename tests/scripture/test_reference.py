"""References: what people type is read, what is printed is read back, what does not exist is refused and told why."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiwar.arabic.digits import to_arabic_indic
from hiwar.scripture import names
from hiwar.scripture.canon import headings, quran
from hiwar.scripture.collections import collections
from hiwar.scripture.reference import LONGEST, MESSAGES, BadReference, Reference

VERSE = [
    "2:255",
    "2/255",
    "2 : 255",
    "2.255",
    "2 255",
    "002:0255",
    "٢:٢٥٥",
    "۲:۲۵۵",
    "Quran 2:255",
    "Qur'an 2:255",
    "Q 2:255",
    "القرآن الكريم ٢:٢٥٥",
    "البقرة: ٢٥٥",
    "البقرة:255",
    "البقره ٢٥٥",
    "بقرة 255",
    "البَقَرَة ٢٥٥",
    "البـقـرة ٢٥٥",
    "سورة البقرة ٢٥٥",
    "سورة البقرة، الآية ٢٥٥",
    "سورة 2 الآية 255",
    "[البقرة: ٢٥٥]",
    "(البقرة: ٢٥٥)",
    "﴿البقرة: ٢٥٥﴾",
    "«البقرة ٢٥٥».",
    "Al-Baqarah 255",
    "al baqara 2:255",
    "AL-BAQARAH 2:255",
    "al-Baqara 255.",
    "albaqarah 255",
    "Baqarah 255",
    "Al-Baqarah, verse 255",
    "Surah Al-Baqarah: 255",
    "Sura 2:255",
    "Chapter 2, verse 255",
    "Al‑Baqarah 255",  # a hyphen that does not break
]
RANGE = [
    "2:255-257",
    "2:255–257",
    "2:255—257",
    "2:255−257",
    "2:255 - 257",
    "2:255-2:257",
    "سورة البقرة 255-257",
    "[البقرة: ٢٥٥–٢٥٧]",
    "البقرة، الآيات ٢٥٥ – ٢٥٧",
    "البقرة 255 إلى 257",
    "Al-Baqarah 255 to 257",
    "Al-Baqarah 2:255–257",
]
HADITH = [
    ("صحيح البخاري 1", "bukhari:1"),
    ("صحيح البخاري، ١", "bukhari:1"),
    ("البخاري (١)", "bukhari:1"),
    ("صحيح البخاري، حديث رقم (١)", "bukhari:1"),
    ("أخرجه البخاري ١", "bukhari:1"),
    ("Sahih al-Bukhari 1", "bukhari:1"),
    ("sahih bukhari no 1", "bukhari:1"),
    ("bukhari:1", "bukhari:1"),
    ("Bukhari 402.2", "bukhari:402.2"),
    ("muslim 8a", "muslim:8a"),
    ("Sahih Muslim 8 A", "muslim:8a"),
    ("صحيح مسلم، ٨ أ", "muslim:8a"),
    ("مسلم ٢٤٥م", "muslim:245m"),
    ("muslim:177@running", "muslim:177@running"),
    ("صحيح مسلم، ١٧٧ (الترقيم المتسلسل)", "muslim:177@running"),
    ("صحيح مسلم (ترقيم عبد الباقي) ٤٩", "muslim:49"),
    ("سنن أبي داود ٤٩٤١", "abudawud:4941"),
    ("Abu Dawood 4941", "abudawud:4941"),
    ("جامع الترمذي ١٩٢٤", "tirmidhi:1924"),
    ("Sunan an-Nasa'i 5", "nasai:5"),
    ("Ibn Majah 224", "ibnmajah:224"),
    ("الموطأ 47.8", "malik:47.8"),
    ("مسند أحمد 27647", "ahmad:27647"),
    ("Darimi 12", "darimi:12"),
]
REFUSED = [
    ("", "empty", None),
    (" \t ", "empty", None),
    ("2" * 121, "too_long", 120),
    ("2:255\u202e", "sign", None),
    ("\u200f2:255", "sign", None),
    ("2:\u2066255\u2069", "sign", None),
    ("2:\x00255", "sign", None),
    ("2:255\nx", "sign", None),
    ("\ud800 2:3", "sign", None),
    ("115:1", "no_such_sura", 114),
    ("0:1", "no_such_sura", 114),
    ("sura 115", "no_such_sura", 114),
    ("2:287", "no_such_verse", 286),
    ("2:0", "no_such_verse", 286),
    ("البقرة ٢٨٧", "no_such_verse", 286),
    ("2:280-287", "no_such_verse", 286),
    ("2:257-255", "backwards", None),
    ("2:255-7", "backwards", None),
    ("2:255-3:1", "two_suras", None),
    ("البقرة 3:255", "other_sura", None),
    ("البقرة", "no_verse", 286),
    ("2", "no_verse", 286),
    ("البخاري", "no_number", None),
    ("bukhari 7564", "no_such_hadith", 7563),
    ("muslim 3034", "no_such_hadith", 3033),
    ("bukhari 0", "no_such_number", None),
    ("bukhari 12345678", "no_such_number", None),
    ("bukhari 1-3", "range_of_hadith", None),
    ("bukhari:1@nobody", "no_such_scheme", None),
    ("muslim 1 (nobody)", "no_such_scheme", None),
    ("bukhari 1aa", "unclear", None),
    ("Quran", "unclear", None),
    ("-", "unclear", None),
    ("2:255,257", "unclear", None),
    ("البقرة 255 257", "unclear", None),
    ("البقرة 255 (مدنية)", "unclear", None),
    ("255-257", "unclear", None),
    ("xyzzy 7", "unknown_name", None),
    ("Baqra 5", "unknown_name_nearest", None),
    ("البقرم ٥", "unknown_name_nearest", None),
    ("البخارى ي 1", "unknown_name_nearest", None),
]


@st.composite
def references(draw) -> Reference:
    """Any verse, any range, any hadith of any collection and scheme."""
    if draw(st.booleans()):
        sura = draw(st.sampled_from(quran().suras()))
        first = draw(st.integers(1, sura.verses))
        return Reference.verse(sura.number, first, draw(st.none() | st.integers(first, sura.verses)))
    collection = draw(st.sampled_from(list(collections().values())))
    scheme = draw(st.sampled_from(collection.schemes))
    part = draw(st.sampled_from(["", *"abcdefghijklmnopqrstuvwxyz", ".2", ".10"]))
    return Reference.hadith(collection.slug, f"{draw(st.integers(1, scheme.highest or 99999))}{part}", scheme.slug)


@settings(database=None, deadline=None, max_examples=500)
@given(references())
def test_every_printed_form_is_read_back_as_the_same_reference(wanted):
    printed = [
        wanted.key,
        str(wanted),
        wanted.label("ar"),
        wanted.label("en"),
        wanted.label("fr"),
        f"[{wanted.label('ar')}]",
    ]
    source, *rest = wanted.path.rstrip("/").split("/")
    printed.append(f"{rest[0]}:{rest[1]}" if source == "hadith" else ":".join(rest))
    if wanted.is_quran:
        printed += [wanted.number_key, f"quran {wanted.number_key}", to_arabic_indic(wanted.number_key)]
    for form in printed:
        assert Reference.parse(form) == wanted, form
        assert hash(Reference.parse(form)) == hash(wanted)


@settings(database=None, deadline=None, max_examples=1000)
@given(
    st.text(max_size=40) | st.text(alphabet="0123456789٠١٢ :/-–.،()[]@aabقبلةخاريمس\u064e\u0640\u200f\t", max_size=30)
)
def test_any_text_is_a_reference_or_refused_with_a_reason(text):
    found, bad = _tried(text)
    assert (found is None) != (bad is None)
    if bad is not None:
        assert bad.code in MESSAGES
        assert "%(" not in str(bad).replace(text, "")
    if found is not None:
        assert Reference.parse(found.key) == found


def _tried(text: str) -> tuple[Reference | None, BadReference | None]:
    try:
        return Reference.parse(text), None
    except BadReference as bad:
        return None, bad


@pytest.mark.parametrize("text", VERSE)
def test_one_verse_in_every_usual_form(text):
    assert Reference.parse(text) == Reference.verse(2, 255)


@pytest.mark.parametrize("text", RANGE)
def test_a_range_in_every_usual_form(text):
    assert Reference.parse(text) == Reference.verse(2, 255, 257)


@pytest.mark.parametrize(("text", "key"), HADITH)
def test_a_hadith_in_every_usual_form(text, key):
    assert Reference.parse(text).key == key


@pytest.mark.parametrize(("text", "code", "highest"), REFUSED)
def test_what_cannot_be_read_or_does_not_exist_is_refused(text, code, highest):
    with pytest.raises(BadReference) as refused:
        Reference.parse(text)
    assert refused.value.code == code
    assert refused.value.params.get("highest") == highest
    assert "%(" not in str(refused.value).replace(text, "")
    if highest:
        assert str(highest) in str(refused.value)


def test_every_reason_that_has_a_sentence_is_given_somewhere():
    assert {code for _text, code, _highest in REFUSED} == set(MESSAGES)


def test_the_reason_is_told_in_the_reader_s_language_and_digits():
    with pytest.raises(BadReference) as refused:
        Reference.parse("البقرة 287")
    assert refused.value.message("en") == "There is no verse 287 in Al-Baqarah: its last verse is 286."
    told = refused.value.message("ar")
    assert "البقرة" in told
    assert "٢٨٦" in told
    assert not re.search(r"\d", told.translate({ord(digit): None for digit in "٠١٢٣٤٥٦٧٨٩"}))
    with pytest.raises(BadReference) as nearest:
        Reference.parse("Baqra 5")
    assert "Al-Baqarah" in nearest.value.message("en")
    assert "البقرة" in nearest.value.message("ar")


def test_every_sentence_is_in_the_arabic_catalogue_or_not_yet_translated():
    """A sentence that lost its placeholder in translation would fail when it is shown."""
    from django.utils import translation

    with translation.override("ar"):
        for code, sentence in MESSAGES.items():
            placeholders = set(re.findall(r"%\(\w+\)s", sentence))
            assert set(re.findall(r"%\(\w+\)s", translation.gettext(sentence))) == placeholders, code


@pytest.mark.parametrize("sura", quran().suras(), ids=lambda sura: str(sura.number))
def test_every_sura_is_found_by_each_way_of_writing_its_name(sura):
    bare = re.sub("[‘’]", "", sura.name_en)
    stem = re.sub("^(?:A[a-z]{1,2}|Al)-", "", bare)
    ways = [
        *(
            sura.name_ar,
            sura.name_ar_vowelled,
            f"سورة {sura.name_ar}",
            sura.name_ar.replace("أ", "ا").replace("إ", "ا"),
        ),
        *(sura.name_en, bare, bare.upper(), bare.replace("-", " "), bare.replace("-", ""), f"Surah {bare}", stem),
        *(f"al-{stem}", re.sub("ah$", "a", bare), bare.replace("aw", "au").replace("ay", "ai")),
        *headings()["aliases"].get(str(sura.number), ()),
    ]
    for way in ways:
        assert Reference.parse(f"{way} 1") == Reference.verse(sura.number, 1), way
        assert Reference.parse(f"{way}: {sura.number}:{sura.verses}").last == sura.verses, way


def test_no_two_things_share_a_name():
    """The table refuses to be made when a new alias would be taken for something else."""
    assert len(names._table()) > 400
    assert {named for named in names._table().values() if named[0] == names.QURAN} == {
        (names.QURAN, sura.number) for sura in quran().suras()
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "quran"},
        {"source": "quran", "sura": 2},
        {"source": "quran", "sura": 2, "first": 1, "number": "1"},
        {"source": "quran", "sura": 115, "first": 1},
        {"source": "quran", "sura": 2, "first": 3, "last": 2},
        {"source": "bukhari"},
        {"source": "bukhari", "number": "x"},
        {"source": "bukhari", "number": "1", "sura": 2},
        {"source": "bukhari", "number": "1", "scheme": "running"},
        {"source": "nobody", "number": "1"},
    ],
)
def test_a_reference_to_nothing_cannot_be_made(fields):
    with pytest.raises(BadReference):
        Reference(**fields)


def test_what_is_printed():
    verse, several = Reference.parse("2:255"), Reference.parse("2:255-257")
    assert (verse.key, verse.number_key, verse.path) == ("2:255", "2:255", "quran/2/255/")
    assert (several.key, several.path) == ("2:255-257", "quran/2/255-257/")
    assert (several.label("ar"), several.label("en")) == ("البقرة: ٢٥٥–٢٥٧", "Al-Baqarah 2:255–257")
    hadith, other = Reference.parse("bukhari 1"), Reference.parse("muslim:177@running")
    assert (hadith.key, hadith.number_key, hadith.path) == ("bukhari:1", "1", "hadith/bukhari/1/")
    assert (hadith.label("ar"), hadith.label("en")) == ("صحيح البخاري، ١", "Sahih al-Bukhari 1")
    assert (other.number_key, other.path) == ("177", "hadith/muslim/177@running/")
    assert other.label("en") == "Sahih Muslim 177 (running numbering)"
    assert Reference.parse("muslim 8e").label("ar") == "صحيح مسلم، ٨ هـ"


def test_order_and_overlap():
    keys = [
        "2:9",
        "2:9-12",
        "2:10",
        "3:1",
        "bukhari:9",
        "bukhari:402",
        "bukhari:402.2",
        "bukhari:402.10",
        "muslim:8",
        "muslim:8a",
    ]
    assert [str(each) for each in sorted(map(Reference.parse, reversed(keys)))] == keys

    def overlap(one: str, two: str) -> bool:
        first, second = Reference.parse(one), Reference.parse(two)
        assert first.overlaps(second) == second.overlaps(first)
        return first.overlaps(second)

    assert overlap("2:255-257", "2:257-260")
    assert overlap("2:255", "2:255")
    assert overlap("muslim 8", "muslim 8a")
    assert not overlap("2:255-257", "2:258")
    assert not overlap("2:255", "3:200")
    assert not overlap("muslim 8a", "muslim 8b")
    assert not overlap("muslim 49", "muslim:49@running")
    assert not overlap("2:255", "bukhari 255")


def test_what_is_printed_is_never_too_long_to_be_read():
    printed = [
        Reference.hadith(held.slug, "99.99", scheme.slug).label(language)
        for held in collections().values()
        for scheme in held.schemes
        for language in ("ar", "en")
    ]
    assert max(map(len, printed)) * 2 <= LONGEST
