"""Settings that are missing or unsafe stop the start with a sentence that says what to set."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config import demo, env
from tests.edge.installation import ROOT

GOOD = {
    "SECRET_KEY": "of-a-test-" + "x" * 50,
    "DATABASE_URL": "sqlite:///:memory:",
    "SITE_URL": "https://www.example.org",
}


def run(*words: str, folder: Path, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """manage.py with nothing in the environment but what is given."""
    variables = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **environment}
    return subprocess.run(
        # `load_demo_file` reads var/demo.env of the tree when no database is named; a developer may have one.
        [sys.executable, "-c", BARE, *words],
        cwd=ROOT,
        env={name: value for name, value in variables.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


BARE = """
import sys
from pathlib import Path
from config import env
env.DEMO_FILE = Path("/nonexistent")
import manage
sys.argv = ["manage.py", *sys.argv[1:]]
manage.main()
"""


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"SECRET_KEY": None}, ["SECRET_KEY is not set", "long random text"]),
        ({"SECRET_KEY": ""}, ["SECRET_KEY is not set"]),
        ({"DATABASE_URL": None}, ["DATABASE_URL is not set", "sqlite:///", "postgres://"]),
        ({"DATABASE_URL": "mysql://a/b"}, ["DATABASE_URL begins with 'mysql'"]),
        ({"SITE_URL": None}, ["SITE_URL is not set", "https://www.example.org"]),
        ({"SITE_URL": "http://www.example.org"}, ["is not https"]),
        ({"DEMO": "1"}, ["DEMO=1 is for localhost only"]),
        ({"DEMO": "perhaps"}, ["DEMO='perhaps' is neither 1 nor 0"]),
        ({"DEBUG": "1"}, ["DEBUG=1", "localhost only"]),
        ({"ALLOWED_HOSTS": "*"}, ["ALLOWED_HOSTS=*", "Name the hosts"]),
        (
            {"DEMO": "1", "SITE_URL": "http://localhost:8000", "ALLOWED_HOSTS": "localhost www.example.org"},
            ["ALLOWED_HOSTS=www.example.org", "keeps to this machine"],
        ),
        ({"SITE_URL": "http://localhost:8000", "ALLOWED_HOSTS": "*"}, ["ALLOWED_HOSTS=*", "keeps to this machine"]),
        ({"SECRET_KEY": "short"}, ["SECRET_KEY has fewer than 50 characters"]),
        ({"SMTP_PORT": "many"}, ["SMTP_PORT='many' is not a whole number"]),
    ],
)
def test_each_is_named_with_its_cure(wrong: dict[str, str | None], words: list[str], tmp_path: Path) -> None:
    done = run("check", folder=tmp_path, **{**GOOD, **wrong})
    assert done.returncode == 1
    for word in words:
        assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert "x" * 20 not in done.stderr, "no secret is repeated"


def test_a_good_environment_is_accepted(tmp_path: Path) -> None:
    done = run("check", folder=tmp_path, **GOOD)
    assert done.returncode == 0, done.stderr


def test_a_demonstration_on_localhost_is_accepted(tmp_path: Path) -> None:
    done = run("check", folder=tmp_path, **{**GOOD, "DEMO": "1", "SITE_URL": "http://localhost:8000"})
    assert done.returncode == 0, done.stderr


# --- The demonstration's own environment ------------------------------------------------------------------


def test_the_environment_is_written_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "demo.env"
    assert demo.write_environment(path=path, number=8123) is True
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    first = path.read_text()
    values = dict(line.split("=", 1) for line in first.splitlines() if not line.startswith("#"))
    assert values["DEMO"] == "1"
    assert values["SITE_URL"] == "http://localhost:8123"
    assert values["DATABASE_URL"] == "sqlite:///var/demo.sqlite3"
    assert len(values["SECRET_KEY"]) >= 50
    assert demo.write_environment(path=path) is False
    assert path.read_text() == first
    other = tmp_path / "other.env"
    demo.write_environment(path=other)
    assert other.read_text() != first, "every machine has its own secret"


def test_manage_reads_it_only_when_no_database_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "demo.env"
    demo.write_environment(path=path)
    monkeypatch.setattr(env, "DEMO_FILE", path)
    for name in ("SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DEMO", "DEMO_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    env.load_demo_file()
    assert "DEMO" not in os.environ
    monkeypatch.delenv("DATABASE_URL")
    # So that what the call sets is taken away again.
    for name in ("SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DEMO", "DEMO_PASSWORD", "DATABASE_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    env.load_demo_file()
    assert os.environ["DEMO"] == "1"
    assert os.environ["DATABASE_URL"] == "sqlite:///var/demo.sqlite3"


def test_a_busy_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("demo", folder=tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none(port: str, tmp_path: Path) -> None:
    done = run("demo", folder=tmp_path, PORT=port)
    assert done.returncode == 1
    assert f"PORT={port} is no port" in done.stderr


def test_a_step_is_due_until_it_is_done_and_when_its_ground_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "DEMO_FILE", tmp_path / "demo.env")
    source = tmp_path / "content"
    source.mkdir()
    (source / "a.toml").write_text("one")
    step = demo.Step("content", demo.digest([source]))
    assert step.due
    step.done()
    assert not demo.Step("content", demo.digest([source])).due
    (source / "a.toml").write_text("two!")
    assert demo.Step("content", demo.digest([source])).due


def test_the_greeting_gives_the_address_and_a_sign_in_for_each_role() -> None:
    text = demo.greeting(number=8001, password="word")
    assert "http://localhost:8001\n" in text
    for role in demo.ROLES:
        assert f"{role}@demo.invalid" in text
