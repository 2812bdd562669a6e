"""Editions of the meanings: what a file may hold, what an import does, and who shows one."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from hiwar.accounts.models import User
from hiwar.audit.refusal import Refused
from hiwar.scripture import actions
from hiwar.scripture.canon import quran
from hiwar.scripture.models import RenderedVerse, Rendering
from hiwar.scripture.rendering_files import LONGEST, missing, read
from tests.scripture.entries import events, meanings, people

ABOUT = {
    "slug": "first",
    "language": "en",
    "name": {"en": "A first edition"},
    "translator": "T. Translator",
    "licence": "CC BY 4.0",
    "origin": "https://example.org/first.txt",
    "version": "2",
}


def importer() -> User:
    return User.objects.system("import")


def take_in(verses: dict[tuple[int, int], str], **more: object) -> actions.renderings.Imported:
    about = {**ABOUT, "sha256": "a" * 64, **more}
    return actions.import_rendering(verses=verses, by=about.pop("by", None) or importer(), **about)


def lines(verses: dict[tuple[int, int], str]) -> str:
    return "".join(f"{sura}|{verse}|{text}\n" for (sura, verse), text in verses.items())


class TestFile:
    @staticmethod
    def reading(content: bytes) -> tuple[dict[tuple[int, int], str], dict[int, str], str]:
        told: dict[int, str] = {}
        found = read(io.BytesIO(content), tell=told.__setitem__)
        assert found.refused == len(told)
        return found.verses, told, found.sha256

    def test_both_forms_comments_and_empty_lines(self):
        content = (
            "\ufeff# a comment\r\n\r\n1|1| In the name | of \r\n"
            + json.dumps({"sura": 1, "verse": 2, "text": "a\nb"})
            + "\n1|3|c"
        ).encode()
        verses, told, digest = self.reading(content)
        assert told == {}
        assert verses == {(1, 1): " In the name | of ", (1, 2): "a\nb", (1, 3): "c"}
        assert digest == hashlib.sha256(content).hexdigest()

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b"1|1", "Write sura"),
            (b"text alone", "Write sura"),
            (b"one|1|a", "Write sura"),
            ("١|٢|a".encode(), "Write sura"),
            (b"1|99999|a", "Write sura"),
            (b"0|1|a", "no verse 0:1"),
            (b"115|1|a", "no verse 115:1"),
            (b"1|8|a", "no verse 1:8"),
            (b"1|1|   ", "no text"),
            (b"1|1|\xff", "not UTF-8"),
            (b"1|1|a\x00b", "cannot be stored"),
            (b'{"sura": 1, "verse": 1, "text": "\\ud800"}', "cannot be stored"),
            (b'{"sura": 1, "verse": 1', "not valid JSON"),
            (b'{"sura": true, "verse": 1, "text": "a"}', "Write sura"),
            (b'{"sura": "1", "verse": 1, "text": "a"}', "Write sura"),
            (b'{"sura": 1, "verse": 1, "text": ["a"]}', "Write sura"),
            (b'{"a":' * 3000, "not valid JSON"),
            (b"1|1|" + b"a" * (LONGEST + 1), "longer than"),
            (b"2|1|again", "twice"),
        ],
    )
    def test_a_bad_line_is_told_by_number_and_the_rest_is_read(self, line, reason):
        verses, told, _digest = self.reading(b"2|1|good\n" + line + b"\n2|2|also good")
        assert verses == {(2, 1): "good", (2, 2): "also good"}
        assert list(told) == [2]
        assert reason in told[2]

    def test_what_is_missing_is_known_by_place(self):
        assert len(list(missing([]))) == 6236
        assert list(missing(meanings().keys() - {(2, 255), (114, 6)})) == [(2, 255), (114, 6)]


@pytest.mark.django_db
class TestImport:
    def test_verses_are_kept_as_they_came(self):
        done = take_in(meanings(v2_255="  «a» \u200f b|c "))
        assert (done.outcome, done.new, done.same) == ("new", 6236, 0)
        assert RenderedVerse.objects.get(sura=2, verse=255).text == "  «a» \u200f b|c "
        row = Rendering.objects.get()
        assert (row.licence, row.sha256, row.shown) == ("CC BY 4.0", "a" * 64, False)
        (entry,) = events("rendering.imported", row.uuid)
        assert (entry.detail["replaced"], entry.detail["verses"]) == ({}, 6236)

    def test_the_same_again_changes_nothing(self):
        take_in(meanings())
        before = Rendering.objects.values().get(), set(RenderedVerse.objects.values_list("pk", flat=True))
        done = take_in(meanings())
        assert (done.outcome, done.new, done.changed, done.removed, done.same) == ("unchanged", 0, 0, 0, 6236)
        assert before == (Rendering.objects.values().get(), set(RenderedVerse.objects.values_list("pk", flat=True)))
        assert len(events("rendering.imported")) == 1

    def test_another_version_replaces_and_the_log_keeps_the_first(self):
        take_in(meanings())
        first = Rendering.objects.get()
        untouched = RenderedVerse.objects.get(sura=1, verse=1).pk
        done = take_in(meanings(v2_255="new"), version="3", sha256="b" * 64)
        assert (done.outcome, done.new, done.changed, done.removed, done.same) == ("replaced", 0, 1, 0, 6235)
        assert Rendering.objects.get().version == "3"
        assert RenderedVerse.objects.count() == 6236
        assert RenderedVerse.objects.get(sura=2, verse=255).text == "new"
        assert RenderedVerse.objects.get(sura=1, verse=1).pk == untouched
        replaced = events("rendering.imported", first.uuid)[0].detail["replaced"]
        assert (replaced["version"], replaced["sha256"], replaced["licence"]) == ("2", "a" * 64, "CC BY 4.0")

    @pytest.mark.parametrize("field", ["licence", "translator", "origin", "version"])
    def test_nothing_is_taken_without_its_description(self, field):
        with pytest.raises(ValidationError) as error:
            take_in(meanings(), **{field: "  "})
        assert field in error.value.message_dict
        assert not Rendering.objects.exists()

    def test_language_must_be_one_of_ours_and_stays(self):
        with pytest.raises(ValidationError):
            take_in(meanings(), language="xx")
        take_in({(1, 1): "a"})
        with pytest.raises(ValidationError, match="another language"):
            take_in({(1, 1): "a"}, language="ar")

    def test_an_empty_file_takes_nothing_away(self):
        take_in({(1, 1): "a"})
        with pytest.raises(Refused, match="no verse"):
            take_in({})
        assert RenderedVerse.objects.count() == 1

    def test_gaps_do_not_replace_what_is_complete(self):
        take_in(meanings())
        short = meanings()
        del short[2, 255]
        with pytest.raises(Refused, match=r"2:255"):
            take_in(short)
        assert RenderedVerse.objects.count() == 6236
        assert Rendering.objects.get().sha256 == "a" * 64

    def test_gaps_may_be_filled(self):
        take_in({(1, 1): "a", (1, 2): "b"})
        done = take_in({(1, 2): "c", (1, 3): "d"})
        assert (done.new, done.changed, done.removed, done.same) == (1, 1, 1, 0)
        assert dict(RenderedVerse.objects.values_list("verse", "text")) == {2: "c", 3: "d"}

    def test_who_may(self):
        who = people()
        for name in ("author", "publisher", "manager"):
            with pytest.raises(Refused):
                take_in({(1, 1): "a"}, by=getattr(who, name))
        take_in({(1, 1): "a"}, by=who.scholar)


@pytest.mark.django_db
class TestShowing:
    def test_only_a_complete_edition_and_only_by_a_scholar(self):
        who = people()
        short = meanings()
        for key in ((2, 255), (2, 256)):
            del short[key]
        row = take_in(short).rendering
        with pytest.raises(Refused, match=r"2:255 2:256\.$"):
            actions.show_rendering(rendering=row, by=who.scholar)
        take_in(meanings())
        for name in ("author", "publisher", "manager"):
            with pytest.raises(Refused, match="Scholar"):
                actions.show_rendering(rendering=row, by=getattr(who, name))
        with pytest.raises(Refused):
            actions.show_rendering(rendering=row, by=importer())
        assert not Rendering.objects.shown().exists()
        actions.show_rendering(rendering=row, by=who.scholar)
        assert list(Rendering.objects.shown().in_language("en")) == [row]
        assert events("rendering.shown")[0].actor == who.scholar.uuid
        actions.hide_rendering(rendering=row, by=who.scholar)
        assert not Rendering.objects.shown().exists()

    def test_many_gaps_are_counted(self):
        who = people()
        row = take_in({(1, 1): "a"}).rendering
        with pytest.raises(Refused, match=r"1:2 1:3 1:4 1:5 1:6 and 6,?230 others"):
            actions.show_rendering(rendering=row, by=who.scholar)

    def test_another_text_is_shown_again_by_hand(self):
        who = people()
        row = take_in(meanings()).rendering
        actions.show_rendering(rendering=row, by=who.scholar)
        take_in(meanings())
        assert Rendering.objects.shown().exists()
        take_in(meanings(), licence="CC0")
        assert Rendering.objects.shown().exists()
        take_in(meanings(v2_255="new"), sha256="b" * 64)
        assert not Rendering.objects.shown().exists()
        assert events("rendering.hidden")[0].detail["reason"] == "replaced"


@pytest.mark.django_db
class TestCommand:
    @staticmethod
    def run(path: Path, **more: str) -> tuple[str, str, int]:
        out, err = io.StringIO(), io.StringIO()
        about = {**ABOUT, "name": "A first edition", **more}
        arguments = [f"--{name}={value}" for name, value in about.items()]
        try:
            call_command("import_rendering", str(path), *arguments, stdout=out, stderr=err)
        except SystemExit as left:
            return out.getvalue(), err.getvalue(), int(left.code or 0)
        return out.getvalue(), err.getvalue(), 0

    def test_a_whole_edition(self, tmp_path):
        path = tmp_path / "first.txt"
        path.write_text(f"# notice\n{lines(meanings())}", "utf-8")
        out, err, code = self.run(path)
        assert (code, err) == (0, "")
        assert "6236 new, 0 changed, 0 removed, 0 unchanged, 0 refused" in out
        assert "No verse is missing." in out
        row = Rendering.objects.get()
        assert row.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert (str(row.name), row.name) == ("A first edition", {"en": "A first edition"})
        assert "0 new, 0 changed, 0 removed, 6236 unchanged" in self.run(path)[0]

    def test_bad_lines_are_told_and_the_rest_is_there(self, tmp_path):
        path = tmp_path / "first.txt"
        path.write_text("1|1|a\n1|99|b\nnonsense\n1|2|c\n", "utf-8")
        out, err, code = self.run(path)
        assert code == 1
        assert [line.split(":")[0] for line in err.splitlines()] == ["line 2", "line 3"]
        assert "2 new" in out
        assert "2 refused" in out
        assert "1:3 1:4 1:5 1:6 1:7 and 6229 others" in out
        assert RenderedVerse.objects.count() == 2

    @pytest.mark.parametrize(
        ("more", "reason"),
        [({"licence": " "}, "--licence"), ({"slug": "Über Ed"}, "--slug"), ({"language": "xx"}, "language")],
    )
    def test_what_is_not_described_is_refused(self, tmp_path, more, reason):
        path = tmp_path / "first.txt"
        path.write_text("1|1|a\n", "utf-8")
        with pytest.raises(CommandError, match=reason):
            self.run(path, **more)
        assert not Rendering.objects.exists()

    def test_a_missing_licence_or_file_is_refused(self, tmp_path):
        with pytest.raises(CommandError, match="--licence"):
            call_command("import_rendering", "x", *[f"--{n}=x" for n in ABOUT if n != "licence"])
        with pytest.raises(CommandError, match="cannot be read"):
            self.run(tmp_path / "none")


def test_no_edition_comes_with_the_house():
    assert len(quran().verses()) == 6236
    assert not list(Path(actions.__file__).parents[1].glob("data/*rendering*"))
