"""Server and worker as real processes: they start, refuse, answer, end together, and leave nothing behind."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

import psutil
import pytest

from tests.edge.installation import Installation, free_port, until

REFERRER, AGENT, CLIENT = "https://referrer.example.net/page", "Agent-of-a-test/1.0", "203.0.113.77"
GRANIAN = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]


def ask(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": "localhost", **headers})
    answer = connection.getresponse()
    answer.read()
    return answer


class Served:
    """`manage.py serve` at work, and every process below it."""

    def __init__(self, installation: Installation) -> None:
        self.port = free_port()
        self.installation = installation
        self.process: subprocess.Popen[str] = installation.start("serve", "--port", str(self.port))
        until(lambda: "Serving http://localhost on" in self.output, what="the address to be printed")
        until(lambda: ask(self.port, "/readyz").status == 200, what="readiness")
        self.below = psutil.Process(self.process.pid).children(recursive=True)

    @property
    def output(self) -> str:
        return self.installation.output(self.process)

    def one(self, words: str) -> psutil.Process:
        """The topmost process below `serve` whose command holds `words`."""
        return next(child for child in self.below if words in " ".join(child.cmdline()))

    def nothing_left(self) -> bool:
        return not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in self.below)


@pytest.fixture
def served(installation: Installation) -> Served:
    return Served(installation)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_both(served: Served, number: signal.Signals) -> None:
    assert len(served.below) >= 3, "granian, its own process, the worker"
    served.process.send_signal(number)
    assert served.process.wait(25) == 0, served.output
    assert served.nothing_left()


KILLS: list[Callable[[Served], psutil.Process]] = [lambda s: s.one("granian"), lambda s: s.one("manage.py worker")]


@pytest.mark.parametrize("victim", KILLS, ids=["server", "worker"])
def test_when_one_dies_the_other_is_stopped(served: Served, victim: Callable[[Served], psutil.Process]) -> None:
    victim(served).kill()
    assert served.process.wait(25) == 1
    assert "ended by itself" in served.output
    assert served.nothing_left()
    assert not listens(served.port)


def listens(port: int) -> bool:
    try:
        ask(port, "/healthz")
    except OSError:
        return False
    return True


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a child of its parent's death")
def test_no_orphan_when_it_is_killed_itself(served: Served) -> None:
    served.process.kill()
    until(served.nothing_left, what="the children to follow", seconds=25)


def test_logs_hold_no_address_referrer_or_agent(served: Served) -> None:
    told = {"Referer": REFERRER, "User-Agent": AGENT, "X-Forwarded-For": CLIENT, "Forwarded": f"for={CLIENT}"}
    answers = [
        ask(served.port, "/en/states/", **told).status,
        ask(served.port, "/en/not-there/", **told).status,
        ask(served.port, f"/en/{CLIENT}/", **told).status,
        ask(served.port, "/en/states/", **{**told, "Host": "elsewhere.example.net"}).status,
        ask(served.port, "/office/", **told).status,
    ]
    assert answers == [200, 404, 404, 400, 302]
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(25)
    log = served.output
    assert "Not Found: /en/not-there/" in log, "something is logged"
    # The server's own address is printed once, at the start.
    log = log.replace(f"http://127.0.0.1:{served.port}", "")
    for private in (REFERRER, AGENT, CLIENT, "127.0.0.1", "referrer.example", "Agent-of"):
        assert private not in log


def test_a_busy_port_is_told(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = installation.manage("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert "--port" in done.stderr


def test_several_processes_need_one_cache(installation: Installation) -> None:
    done = installation.manage("serve", "--workers", "2")
    assert done.returncode == 1
    assert "REDIS_URL" in done.stderr


@pytest.mark.parametrize("missing", ["triggers", "migrations", "static files"])
def test_the_server_refuses_to_start(installation: Installation, missing: str) -> None:
    if missing == "triggers":
        installation.sql("DROP TRIGGER audit_entry_no_delete" + " ON audit_entry" * installation.postgresql)
        words = ["audit_entry_no_delete", "migrate --skip-checks"]
    elif missing == "static files":
        (installation.folder / "var" / "static").unlink()
        words = ["static files are not collected", "manage.py collectstatic"]
    else:
        installation.sql("DELETE FROM django_migrations WHERE app = 'audit'")
        names = ("0001_initial", "0002_scripture_events", "0003_version_signed")
        words = ["lacks 3 migrations: " + ", ".join(f"audit.{name}" for name in names), "manage.py migrate"]
    port = str(free_port())
    done = installation.manage("serve", "--port", port)
    assert done.returncode == 1
    # Also under a supervisor of one's own, without `serve`.
    server = installation.launch([*GRANIAN, "--port", port, "config.wsgi:application"])
    assert server.wait(60) != 0
    for word in words:
        assert word in done.stderr
        assert word in installation.output(server)


def test_a_public_address_is_served_with_hsts_and_leads_to_https(installation: Installation) -> None:
    port = free_port()
    public = {"SITE_URL": "https://www.example.org", "ALLOWED_HOSTS": "www.example.org", "BEHIND_PROXY": "1"}
    server = installation.launch([*GRANIAN, "--port", str(port), "config.wsgi:application"], **public)
    until(lambda: listens(port), what="the server")
    until(lambda: ask(port, "/healthz", Host="www.example.org").status == 200, what="an answer without https")
    plain = ask(port, "/en/states/", Host="www.example.org")
    assert (plain.status, plain.headers["Location"]) == (301, "https://www.example.org/en/states/")
    secure = {"Host": "www.example.org", "X-Forwarded-Proto": "https"}
    page = ask(port, "/en/states/", **secure)
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    assert page.headers["Set-Cookie"] is None
    door = ask(port, "/office/account/login/", **secure)
    cookies = door.headers.get_all("Set-Cookie") or []
    assert cookies, "the sign-in form has a token"
    for cookie in cookies:
        assert "; Secure" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/office/" in cookie
    server.terminate()
    assert server.wait(25) == 0
