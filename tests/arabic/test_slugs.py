"""Slugs that can be read aloud, in Arabic and Latin."""

import unicodedata

import pytest

from hiwar.arabic.slugs import MAX_LENGTH, slugify


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("مقالٌ عن التَّسامُح", "ar", "مقال-عن-التسامح"),
        ("ما معنى «الحوار»؟ رؤية، وسؤال؛ وجواب…", "ar", "ما-معنى-الحوار-رؤية-وسؤال-وجواب"),
        ("القرار ١٦٢٤ (٢٠٠٥)", "ar", "القرار-1624-2005"),
        ("القرار ۱۶۲۴", "ar", "القرار-1624"),
        ("١٬٢٥٠ مقالًا", "ar", "1250-مقالا"),
        ("كتـــاب الســلام", "ar", "كتاب-السلام"),
        ("\u200fحوار\u200e \u202bوسلام\u202c", "ar", "حوار-وسلام"),
        ("ا\u0654سئلة", "ar", "أسئلة"),
        ("ٱلتسامح", "ar", "التسامح"),
        ("ﻻ إكراه", "ar", "لا-إكراه"),
        ("کتاب فارسی", "ar", "كتاب-فارسي"),
        ("کتاب فارسی", "fa", "کتاب-فارسی"),
        ("بروتوكول TLP – شرح", "ar", "بروتوكول-tlp-شرح"),
        ("Preventing & Countering:  Violence!", "en", "preventing-countering-violence"),
        ("S/RES/1624 (2005)", "en", "s-res-1624-2005"),
        ("The Centre’s work in Sha'ban", "en", "the-centres-work-in-shaban"),
        ("L’éducation à l'œuvre", "fr", "l-education-a-l-oeuvre"),
        ("İstanbul Straße Łódź", "tr", "istanbul-strasse-lodz"),
        ("-- already-a-slug --", "en", "already-a-slug"),
    ],
)
def test_slugs(text: str, language: str, slug: str) -> None:
    assert slugify(text, language) == slug
    assert slugify(slug, language) == slug
    assert unicodedata.is_normalized("NFC", slug)


def test_cut_at_the_end_of_a_word() -> None:
    slug = slugify("الحوار بين أتباع الأديان والثقافات " * 5, "ar")
    assert MAX_LENGTH - len("والثقافات") <= len(slug) <= MAX_LENGTH
    assert set(slug.split("-")) == {"الحوار", "بين", "أتباع", "الأديان", "والثقافات"}


def test_exactly_at_the_limit() -> None:
    words = ["أ" * 39, "ب" * 40]
    assert slugify(" ".join(words), "ar") == "-".join(words)
    assert slugify(" ".join([words[0], words[1] + "ب"]), "ar") == words[0]


def test_one_endless_word_is_cut_inside() -> None:
    assert slugify("س" * 200 + " سلام", "ar") == "س" * MAX_LENGTH


@pytest.mark.parametrize("text", ["", "   ", "؟!،؛", "«»", "ـــ", "\u200f\u202a", "ًٌٍ", "---", "'’"])
def test_nothing_left(text: str) -> None:
    with pytest.raises(ValueError, match="no letter or digit"):
        slugify(text, "ar")
