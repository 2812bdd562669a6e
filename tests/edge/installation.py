"""A whole installation of its own for a test: database, files and real processes.

The database is of the make the test run uses. It is migrated once for a run and copied for each test.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0


def on_postgresql() -> bool:
    """Whether this run of the tests is on PostgreSQL."""
    return "postgresql" in settings.DATABASES["default"]["ENGINE"]


def server_url(name: str) -> str:
    """DATABASE_URL of another database on the PostgreSQL server of this run."""
    entry = settings.DATABASES["default"]
    secret = f":{quote(entry['PASSWORD'])}" if entry["PASSWORD"] else ""
    return f"postgres://{quote(entry['USER'])}{secret}@{entry['HOST']}:{entry['PORT'] or 5432}/{name}"


def on_server(statement: str) -> None:
    """Run a statement that makes or drops a database."""
    import psycopg

    with psycopg.connect(server_url("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(happened: Callable[[], Any], *, what: str, seconds: float = PATIENCE) -> Any:
    """Wait for a true answer and return it; fails the test when none comes."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := happened():
            return answer
        time.sleep(0.1)
    pytest.fail(f"waited {seconds:.0f} s in vain for {what}")


class Installation:
    """Environment, database and processes of one installation."""

    def __init__(self, folder: Path, *, template: str | None, static: Path | None = None) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.name = f"hiwar_test_{uuid.uuid4().hex[:12]}"
        self.postgresql = on_postgresql()
        if self.postgresql:
            on_server(f'CREATE DATABASE "{self.name}"' + (f' TEMPLATE "{template}"' if template else ""))
            url = server_url(self.name)
        else:
            self.file = folder / "site.sqlite3"
            if template:
                shutil.copy(template, self.file)
            url = f"sqlite:///{self.file}"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self.environment = {
            **kept,
            "SECRET_KEY": "of-a-test-" + "x" * 50,
            "DATABASE_URL": url,
            "SITE_URL": "http://localhost",
            "ALLOWED_HOSTS": "localhost 127.0.0.1",
            "VAR_DIR": str(folder / "var"),
            "PYTHONUNBUFFERED": "1",
        }
        if static:
            (folder / "var").mkdir()
            (folder / "var" / "static").symlink_to(static)
        self.started: list[subprocess.Popen[str]] = []

    @property
    def template(self) -> str:
        """What another installation can be copied from."""
        return self.name if self.postgresql else str(self.file)

    def manage(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a management command to its end."""
        return self.call([sys.executable, "manage.py", *words], **environment)

    def python(self, code: str, **environment: str) -> str:
        """Run a piece of code with Django set up; returns what it printed and fails when it did."""
        done = self.call([sys.executable, "-c", f"import django; django.setup()\n{code}"], **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def call(self, command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end in this installation's environment."""
        variables = {**self.environment, "DJANGO_SETTINGS_MODULE": "config.settings", **environment}
        return subprocess.run(
            command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=180, check=False
        )

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Start a management command and leave it running; its output goes to `output` of this installation."""
        return self.launch([sys.executable, "manage.py", *words], **environment)

    def launch(self, command: list[str], **environment: str) -> subprocess.Popen[str]:
        """Start a command and leave it running."""
        with (self.folder / f"output-{len(self.started)}").open("w") as stream:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**self.environment, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
                stdout=stream,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self.started.append(process)
        return process

    def output(self, process: subprocess.Popen[str]) -> str:
        """What a started process has printed so far."""
        return (self.folder / f"output-{self.started.index(process)}").read_text("utf-8")

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows, if any."""
        if self.postgresql:
            import psycopg

            with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
                cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        connection = sqlite3.connect(self.file, timeout=20)
        try:
            rows = connection.execute(statement).fetchall()
            connection.commit()
            return rows
        finally:
            connection.close()

    def end(self) -> None:
        """Kill what still runs and drop the database."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()
        if self.postgresql:
            on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = Installation(tmp_path_factory.mktemp("migrated"), template=None)
    done = made.manage("migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    done = made.manage("collectstatic", "--noinput", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    if not made.postgresql:
        # One file without a log beside it can be copied as it is.
        made.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    yield made
    made.end()


@pytest.fixture
def installation(migrated: Installation, tmp_path: Path) -> Iterator[Installation]:
    static = migrated.folder / "var" / "static"
    made = Installation(tmp_path / "site", template=migrated.template, static=static)
    yield made
    made.end()
