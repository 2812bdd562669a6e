"""A throw-away installation: its own folder and database, the demonstration's content, the real server."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(__file__).resolve().parent / "content"
# A throw-away installation on this machine alone; one for all processes of a run, which share a seeded copy.
PASSWORD = "only-for-journeys-on-localhost"
START_LIMIT = 60  # seconds


class Failed(RuntimeError):
    """A command of the installation ended badly; the message holds what it printed."""


class Installation:
    """One installation in `folder`; `database` is the address of a PostgreSQL database, or '' for SQLite."""

    def __init__(self, folder: Path, *, database: str = "", port: int = 0) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.address = f"http://localhost:{self.port}"
        self.database = database or f"sqlite:///{folder}/site.sqlite3"
        self.server: subprocess.Popen[bytes] | None = None
        self.places: dict[str, dict[str, str]] = {}

    def environment(self) -> dict[str, str]:
        """What every process of the installation gets: nothing of the tests' own settings."""
        foreign = ("DJANGO_", "DATABASE_", "PYTEST_", "COV_", "REDIS_", "VAR_DIR", "SECRET_KEY", "SITE_URL")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return {
            **kept,
            "DATABASE_URL": self.database,
            "DEMO": "1",
            "DEMO_PASSWORD": PASSWORD,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "WARNING",
            "SECRET_KEY": "journeys-" + "k" * 60,
            "SITE_URL": self.address,
            "VAR_DIR": str(self.folder),
        }

    def manage(self, *arguments: str) -> str:
        """Run a management command; returns what it printed on standard output. Raises Failed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Failed(
                f"manage.py {arguments[0]} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"[-4000:]
            )
        return done.stdout

    def script(self, name: str) -> Any:
        """Run `content/<name>.py` inside the installation; its last line of output is JSON."""
        code = (SCRIPTS / f"{name}.py").read_text("utf-8")
        return json.loads(self.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1])

    def prepare(self) -> None:
        """Database, static files and content, as `make demo` makes them, and what the journeys add."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "--verbosity=0")
        self.manage("collectstatic", "--noinput", "--verbosity=0")
        self.manage("seed_demo")
        self.script("extra")

    def settle(self) -> None:
        """After a copy: the site learns its port, the tests learn the addresses of the content."""
        self.places = self.script("places")

    def start(self) -> None:
        """Serve as production does; returns when pages are answered. Raises Failed."""
        log = (self.folder / "server.log").open("wb")
        self.server = subprocess.Popen(
            [
                str(Path(sys.executable).with_name("granian")),
                *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--no-ws"),
                "config.wsgi:application",
            ],
            cwd=ROOT,
            env=self.environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        limit = time.monotonic() + START_LIMIT
        while time.monotonic() < limit and self.server.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):  # noqa: S310
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise Failed("The server did not start:\n" + (self.folder / "server.log").read_text("utf-8")[-4000:])

    def stop(self) -> None:
        """End the server and what it started."""
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        self.server = None


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Only one process of a test run is inside at a time."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def postgresql(url: str) -> Iterator[str]:
    """Address of a new, empty database beside the one `url` names; dropped afterwards."""
    import psycopg
    from psycopg import sql

    parts = urlsplit(url)
    name = f"hiwar_journeys_{secrets.token_hex(4)}"
    scheme = "postgresql"
    with psycopg.connect(urlunsplit(parts._replace(scheme=scheme)), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def running(shared: Path, own: Path, *, database: str = "") -> Iterator[Installation]:
    """A served installation. On SQLite it is seeded once in `shared` and copied to `own`; on PostgreSQL seeded anew."""
    if database:
        with postgresql(database) as url:
            site = Installation(own, database=url)
            site.prepare()
            with served(site):
                yield site
        return
    template = shared / "template"
    with locked(shared / "template.lock"):
        if not (template / "ready").exists():
            shutil.rmtree(template, ignore_errors=True)
            Installation(template).prepare()
            (template / "ready").touch()
    shutil.copytree(template, own)
    site = Installation(own)
    with served(site):
        yield site


@contextmanager
def served(site: Installation) -> Iterator[None]:
    """Start, and stop whatever happens."""
    try:
        site.settle()
        site.start()
        yield
    finally:
        site.stop()
