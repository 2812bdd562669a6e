"""The drill: a backup taken while others write is restored elsewhere and holds what it says."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiwar.edge import dumps
from tests.edge.installation import Installation, until

WRITER = """
import sys
from pathlib import Path
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from hiwar.accounts.models import User
from hiwar.audit.actions import record
from hiwar.audit.events import Event
by = User.objects.system("writer")
number = 0
while not Path(sys.argv[1]).exists():
    number += 1
    # Two rows that belong together: a copy that holds one of them alone is no snapshot.
    with transaction.atomic():
        user = User.objects.create_user(f"w{number}@example.org")
        record(event=Event.USER_CREATED, by=by, subject_kind="user", subject=user.uuid)
    if number % 20 == 0:
        default_storage.save(f"صور/{number}.txt", ContentFile(b"x" * 1000))
    print(number)
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "elsewhere", template=None)
    yield made
    made.end()


def backed_up(installation: Installation, folder: Path) -> dict:
    done = installation.manage("backup", str(folder))
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def damage(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def untouched(installation: Installation) -> bool:
    """Whether nothing was left in an installation that was to be restored into."""
    files = installation.folder / "var" / "files"
    if files.exists() and any(path.is_file() for path in files.rglob("*")):
        return False
    if installation.postgresql:
        return installation.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    return installation.sql("SELECT count(*) FROM sqlite_master") == [(0,)]


def test_the_drill(installation: Installation, empty: Installation, tmp_path: Path) -> None:
    files = installation.folder / "var" / "files"
    (files / "صور").mkdir(parents=True)
    (files / "large.bin").write_bytes(os.urandom(3_000_000))
    (files / "صور" / "بيان.txt").write_text("نص", "utf-8")
    stop, folder = tmp_path / "stop", tmp_path / "backup"
    writer = installation.launch([sys.executable, "-c", f"import django; django.setup()\n{WRITER}", str(stop)])
    until(lambda: len(installation.output(writer).split()) > 30, what="the writer to write")
    before = len(installation.output(writer).split())
    manifest = backed_up(installation, folder)
    until(lambda: len(installation.output(writer).split()) > before + 5, what="the writer to go on")
    stop.touch()
    assert writer.wait(30) == 0, installation.output(writer)

    tables = manifest["tables"]
    accounts, entries = tables["accounts_user"]["rows"], tables["audit_entry"]["rows"]
    assert entries >= before - 1
    assert accounts == entries + 1, "a snapshot: each account with its entry, and the writer's own account"
    assert installation.sql("SELECT count(*) FROM accounts_user")[0][0] > accounts, "it was taken while others wrote"
    assert manifest["files"]["large.bin"]["size"] == 3_000_000
    assert folder.stat().st_mode & 0o077 == 0

    done = empty.manage("restore", str(folder))
    assert done.returncode == 0, done.stderr
    assert empty.sql("SELECT count(*) FROM accounts_user") == [(accounts + 1,)], "and who restored it"
    events = dict(empty.sql("SELECT event, count(*) FROM audit_entry GROUP BY event"))
    assert events == {"user.created": entries, "backup.restored": 1}
    for name, state in manifest["files"].items():
        content = (empty.folder / "var" / "files" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == state["sha256"]
    assert "صور/بيان.txt" in manifest["files"]
    # The triggers are back, and the site may start.
    with pytest.raises(Exception, match="append-only"):
        empty.sql("DELETE FROM audit_entry")
    assert empty.manage("worker", "--once").returncode == 0
    # The original knows of its backup.
    assert installation.sql("SELECT count(*) FROM audit_entry WHERE event = 'backup.made'") == [(1,)]
    # A second time it is not empty any more.
    again = empty.manage("restore", str(folder))
    assert again.returncode == 1
    assert "not empty" in again.stderr


def test_a_damaged_or_unfinished_backup_is_refused_and_nothing_written(
    installation: Installation, empty: Installation, tmp_path: Path
) -> None:
    (installation.folder / "var" / "files").mkdir(parents=True)
    (installation.folder / "var" / "files" / "a.txt").write_text("whole")
    folder = tmp_path / "backup"
    manifest = backed_up(installation, folder)
    sound = (folder / "manifest.json").read_text("utf-8")

    def refused(words: str) -> None:
        done = empty.manage("restore", str(folder))
        assert done.returncode == 1
        assert words in done.stderr
        assert "Traceback" not in done.stderr
        assert untouched(empty)

    damage(folder, "files/a.txt")
    refused("files/a.txt is not what the backup's list says")
    (folder / "files" / "a.txt").write_text("whole")
    # A list that promises other rows than the dump holds: found after the copy, and everything taken back.
    changed = json.loads(sound)
    changed["tables"]["accounts_user"]["rows"] += 1
    (folder / "manifest.json").write_text(json.dumps(changed), "utf-8")
    refused("Restored tables differ from the backup's list: accounts_user")
    changed = {**manifest, "migrations": [*manifest["migrations"], "library.9999_of_tomorrow"]}
    (folder / "manifest.json").write_text(json.dumps(changed), "utf-8")
    refused("newer version: it has library.9999_of_tomorrow")
    (folder / "manifest.json").write_text(json.dumps({**manifest, "vendor": "oracle"}), "utf-8")
    refused("The backup is of oracle")
    (folder / "manifest.json").unlink()
    refused("holds no finished backup")
    (folder / "manifest.json").write_text(sound, "utf-8")
    done = empty.manage("restore", str(folder))
    assert done.returncode == 0, done.stderr


def test_files_that_are_there_already_are_a_reason_to_refuse(
    installation: Installation, empty: Installation, tmp_path: Path
) -> None:
    folder = tmp_path / "backup"
    backed_up(installation, folder)
    mine = empty.folder / "var" / "files" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    done = empty.manage("restore", str(folder))
    assert done.returncode == 1
    assert "files in this installation already" in done.stderr
    assert mine.read_text() == "mine"


def test_a_folder_that_holds_something_is_refused(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    done = installation.manage("backup", str(tmp_path / "full"))
    assert done.returncode == 1
    assert "not an empty folder" in done.stderr
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]


@pytest.mark.postgresql
@pytest.mark.parametrize("version", ["", "9.6.1"])
def test_a_missing_or_old_client_is_named(installation: Installation, tmp_path: Path, version: str) -> None:
    if not installation.postgresql:
        pytest.skip("SQLite needs no client program")
    programs = tmp_path / "programs"
    programs.mkdir()
    if version:
        program = programs / "pg_dump"
        program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    done = installation.manage("backup", str(tmp_path / "backup"), PATH=f"{programs}")
    assert done.returncode == 1
    assert ("was not found" if not version else "of version 9") in done.stderr
    assert "Install PostgreSQL's client" in done.stderr
    assert list((tmp_path / "backup").iterdir()) == [], "nothing half-written is left"


@pytest.mark.parametrize(("value", "quoted"), [("plain", "'plain'"), ("it's", r"'it\'s'"), ("a\\b", r"'a\\b'")])
def test_values_of_a_connection_string_are_quoted(value: str, quoted: str) -> None:
    assert dumps._quoted(value) == quoted
