"""The collections and the editions say what is so: every figure a reader is told is counted again here."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from hiwar.scripture import editions
from hiwar.scripture.collections import collection, collections

ROOT = Path(__file__).resolve().parents[2]
ARABIC = re.compile("[\u0621-\u064a]")


@pytest.fixture(scope="module")
def records() -> dict[str, list[dict]]:
    found = defaultdict(list)
    with editions.hadith_file().open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            found[record["collection"]].append(record)
    return found


def test_the_nine_books_stand_in_their_order():
    assert list(collections()) == [
        *("bukhari", "muslim", "abudawud", "tirmidhi", "nasai", "ibnmajah", "malik", "ahmad", "darimi")
    ]


@pytest.mark.parametrize("slug", list(collections()))
def test_every_collection_is_told_in_both_languages(slug):
    held = collection(slug)
    assert held.slug == slug
    assert held.aliases
    assert 150 < held.died < 320
    for text in (
        held.name,
        held.author,
        *(scheme.name for scheme in held.schemes),
        *(s.description for s in held.schemes),
    ):
        assert ARABIC.search(text("ar"))
        assert not ARABIC.search(text("en"))
        assert text("fr") == text("en")
    assert held.default == held.schemes[0]
    assert [held.scheme(scheme.slug) for scheme in held.schemes] == list(held.schemes)
    assert len({scheme.slug for scheme in held.schemes}) == len(held.schemes)
    with pytest.raises(KeyError):
        held.scheme("nobody")


def test_text_is_held_of_two_collections_and_its_scheme_exists():
    held = {slug: each.text_scheme for slug, each in collections().items() if each.text_scheme}
    assert held == {"bukhari": "fath-al-bari", "muslim": "running"}
    assert all(collection(slug).scheme(scheme) for slug, scheme in held.items())
    assert [edition.slug for edition in editions.hadith()] == list(held)


def test_figures_of_the_hadith_texts_are_true(records):
    for edition in editions.hadith():
        mine = records[edition.slug]
        damaged = sum("\ufffd" in record["text"] for record in mine)
        assert (len(mine), damaged) == (edition.records, edition.damaged)
        told = edition.remarks[0]
        assert f"{edition.records:,}" in told["en"]
        assert f"{edition.records:,}".replace(",", "٬") in told["ar"]
        assert f"{damaged} reports" in told["en"]
        assert f"{damaged} رواية" in told["ar"]
        # Its last number is the end of the scheme it is said to carry.
        scheme = collection(edition.slug).scheme(collection(edition.slug).text_scheme)
        assert max(int(record["hadith_number"].partition(".")[0]) for record in mine) == scheme.highest
        assert not any(record["grades"] for record in mine)
    assert sum(edition.damaged for edition in editions.hadith()) == 31


def test_editions_name_origin_licence_sum_and_day():
    assert list(editions.editions()) == ["quran", "modern", "bukhari", "muslim"]
    for edition in editions.editions().values():
        assert re.fullmatch("[0-9a-f]{64}", edition.sha256)
        assert isinstance(edition.checked, date)
        assert edition.checked <= date.today()
        assert edition.link.startswith("https://")
        assert edition.licence_url.startswith("https://")
        assert edition.remarks
        for text in (edition.name, edition.origin, edition.what_for, *edition.remarks):
            assert set(text) == {"ar", "en"}
            assert ARABIC.search(text["ar"])
    assert "was not recorded" in editions.quran().origin["en"]
    assert "scholar" in editions.quran().remarks[0]["en"]


def test_versions_named_are_the_versions_locked():
    locked = (ROOT / "requirements" / "base.txt").read_text("utf-8")
    for edition in editions.editions().values():
        if edition.package:
            assert f"{edition.package.replace(' ', '==')} \\" in locked


def test_a_name_is_shown_in_the_reader_s_language():
    shown = Template("{{ edition.name }}|{{ edition.name.ar }}")
    for language in ("ar", "en"):
        with translation.override(language):
            text = shown.render(Context({"edition": editions.modern()}))
        assert text == f"{editions.modern().name[language]}|{editions.modern().name['ar']}"
    assert editions.modern().name.here("fr") == editions.modern().name["en"]


def test_answer_of_a_check_names_its_editions():
    told = json.loads(json.dumps(editions.compared()))
    assert set(told) == {"quran", "hadith"}
    assert set(told["quran"]) == {"name", "version", "sha256"}
    assert [entry["version"] for entry in told["hadith"]] == ["0.2.0", "0.2.0"]
    assert told["quran"]["sha256"] == editions.quran().sha256
    assert ARABIC.search(editions.compared("ar")["quran"]["name"])


def test_nothing_is_verified_when_a_sum_differs(tmp_path, monkeypatch):
    assert editions.verify() == []
    monkeypatch.setattr(editions, "hadith_file", lambda: tmp_path / "nothing.jsonl")
    assert "nothing.jsonl" in editions.verify()[0]
