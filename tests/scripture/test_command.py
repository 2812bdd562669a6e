"""`check_quotations`: one JSON object, or a text for people; what cannot be read is said with exit code 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hiwar.scripture.answer import LIMIT, answer
from tests.scripture.quoting import OTHER, exact, partial, quoted, substituted

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch):
    def give(body: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(body), encoding="utf-8"))

    return give


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("check_quotations", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert caught.value.returncode == 2
    return str(caught.value)


def test_a_file_gives_the_object_of_the_interface(tmp_path: Path) -> None:
    text = quoted(exact(), substituted())
    file = tmp_path / "text.txt"
    file.write_bytes(text.encode())
    assert json.loads(run(str(file), "--format", "json")) == answer(text)


@pytest.mark.parametrize("named", [["-"], []])
def test_standard_input_is_read(stdin, named: list[str]) -> None:
    stdin(quoted(partial()).encode())
    assert json.loads(run(*named, "--format", "json")) == answer(quoted(partial()))


def test_offsets_are_those_of_the_file_as_it_is(tmp_path: Path) -> None:
    """Line ends and a byte order mark are part of the given text."""
    text = "\ufeffسطر أول\r\nسطر ثان 😀\r\n" + quoted(exact())
    file = tmp_path / "text.txt"
    file.write_bytes(text.encode())
    [found] = json.loads(run(str(file), "--format", "json"))["quotations"]
    assert text[found["start"] : found["end"]] == exact()


def test_it_takes_more_than_the_interface(tmp_path: Path) -> None:
    text = "كلام عادي يملأ الصفحة ولا يقتبس. " * 9_000 + quoted(exact())
    assert len(text) > LIMIT
    file = tmp_path / "long.txt"
    file.write_bytes(text.encode())
    [found] = json.loads(run(str(file), "--format", "json"))["quotations"]
    assert text[found["start"] : found["end"]] == exact()


@pytest.mark.parametrize("body", [b"", b"\n", "\u202e\u2066\u200f".encode()])
def test_nothing_to_find_is_an_empty_list(stdin, body: bytes) -> None:
    stdin(body)
    assert json.loads(run("--format", "json"))["quotations"] == []


def test_the_text_for_people_says_where_and_what(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(f"سطر أول\n{quoted(substituted())}", "utf-8")
    said = run(str(file))
    assert "line 2, characters " in said
    assert "altered quotation, An-Nahl 16:125" in said
    assert f"Substituted word: {OTHER} → " in said
    assert "0 exact, 0 partial, 1 altered" in said


def test_a_terminal_is_not_told_what_to_do(stdin) -> None:
    """Escape sequences and marks of direction of the text are not passed on."""
    stdin(quoted(exact().replace(" ", " \x1b[31m\u202e", 1)).encode())
    said = run()
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_a_text_without_a_quotation_is_said_to_have_none(stdin) -> None:
    stdin("نص عادي.".encode())
    assert "No quotation" in run()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"ab\xff", "not text in UTF-8: byte 3"),
        ("نص".encode("utf-16"), "not text in UTF-8"),
        ("plain".encode("utf-16-le"), "U+0000"),
        (b"\xed\xa0\x80", "not text in UTF-8: byte 1"),  # half of a surrogate pair, written as if it were a sign
        (b"a\x00b", "U+0000"),
        ("نص".encode("cp1256"), "Save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_the_cure(stdin, body: bytes, reason: str) -> None:
    stdin(body)
    assert reason in refused()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "none.txt cannot be read: No such file" in refused(str(tmp_path / "none.txt"))
    assert "Is a directory" in refused(str(tmp_path))


def test_strict_fails_on_an_altered_quotation_alone(stdin) -> None:
    stdin(quoted(exact()).encode())
    run("--strict")
    stdin(quoted(substituted()).encode())
    run()
    stdin(quoted(substituted()).encode())
    with pytest.raises(SystemExit) as caught:
        run("--strict", "--format", "json")
    assert caught.value.code == 1


def whole(body: bytes, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "check_quotations", *arguments],
        input=body,
        capture_output=True,
        check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings_test", **environment},
    )


def test_a_process_prints_exactly_one_object_in_any_locale() -> None:
    text = quoted(exact())
    done = whole(text.encode(), "-", "--format", "json", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == answer(text)
    assert done.stdout.count(b"\n") == 1


def test_a_process_that_refuses_prints_nothing_on_standard_output() -> None:
    done = whole(b"\xff", "--format", "json")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"not text in UTF-8" in done.stderr
