"""The web server and the worker, started together and ended together."""

from __future__ import annotations

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

PATIENCE = 15.0  # seconds a child is given to end what it is doing
START = 60.0  # seconds until the server must have answered
THREADS = 4  # of one server process; more only wait for the interpreter
LINUX_PARENT_DEATH_SIGNAL = 1  # prctl(2), PR_SET_PDEATHSIG


class PortTaken(Exception):
    """Another process listens there already."""


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]


def require_free(*, host: str, port: int) -> None:
    """Raise PortTaken with the cure unless `host`:`port` can be listened on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            # SO_REUSEADDR alone lets a bind succeed beside a listener that shares its port.
            probe.listen(1)
        except OSError as error:
            raise PortTaken(
                f"Port {port} of {host} cannot be used ({error.strerror}). "
                "End what listens there, or choose another with PORT=… or --port."
            ) from error


def commands(*, base: Path, host: str, port: int, workers: int) -> dict[str, list[str]]:
    """Command lines of the server (granian, no access log: it would keep client addresses) and of the worker."""
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--no-access-log"]
    server += ["--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(THREADS)]
    server += ["--workers-kill-timeout", "10", "--log-level", "warning", "config.wsgi:application"]
    return {"server": server, "worker": [sys.executable, str(base / "manage.py"), "worker"]}


def _follow_parent() -> Callable[[], None] | None:
    """What a child runs before it begins, so that it ends when its parent is killed; None where that is not Linux."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)  # loaded before the fork
    return lambda: library.prctl(LINUX_PARENT_DEATH_SIGNAL, signal.SIGTERM)


class House:
    """Children in sessions of their own, so that a terminal's Ctrl-C reaches the parent alone and is told once."""

    def __init__(self, *, base: Path, say: Callable[[str], Any]) -> None:
        self.base, self.say = base, say
        self.children: list[Child] = []
        self.asked_to_stop = False

    def start(self, name: str, command: list[str], environment: Mapping[str, str] | None = None) -> None:
        """Start one child; it inherits standard output and error."""
        process = subprocess.Popen(
            command,
            cwd=self.base,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_follow_parent(),
        )
        self.children.append(Child(name, process))

    def stop(self, _signum: int = 0, _frame: FrameType | None = None) -> None:
        """Signal handler: end at the next look around."""
        self.asked_to_stop = True

    def dead(self) -> Child | None:
        """A child that has ended, if any."""
        return next((child for child in self.children if child.process.poll() is not None), None)

    def end(self) -> None:
        """End every child and whatever it has left in its session: politely, then at once."""
        for child in self.children:
            if child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"The {child.name} did not end in {PATIENCE:.0f} s and is killed.")
        for child in self.children:
            try:
                # Also after a clean end: the processes of a killed server outlive it and would keep the port.
                os.killpg(child.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            child.process.wait()

    def run(self, *, ready: Callable[[], bool], greet: Callable[[], Any]) -> int:
        """Watch the children until told to stop; returns the exit code: 0, or 1 when a child ended by itself.

        `greet` is called once, as soon as `ready` says so.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        greeted, give_up = False, time.monotonic() + START
        try:
            while not self.asked_to_stop:
                if child := self.dead():
                    self.say(
                        f"The {child.name} ended by itself (code {child.process.returncode}); the rest is stopped."
                    )
                    return 1
                if not greeted and ready():
                    greeted = True
                    greet()
                elif not greeted and time.monotonic() > give_up:
                    self.say(f"The server did not answer within {START:.0f} s; everything is stopped.")
                    return 1
                time.sleep(0.1)
            return 0
        finally:
            self.end()


def answers(*, host: str, port: int, name: str) -> bool:
    """Whether the server at `host`:`port` answers /healthz under the host name `name`."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def serve(
    *,
    base: Path,
    host: str,
    port: int,
    workers: int,
    name: str,
    greet: Callable[[], Any],
    say: Callable[[str], Any],
) -> int:
    """Run server and worker until SIGINT or SIGTERM; returns the exit code. Raises PortTaken before anything starts.

    `name` is the host name the site answers to, `base` the project's folder.
    """
    require_free(host=host, port=port)
    house = House(base=base, say=say)
    for child, command in commands(base=base, host=host, port=port, workers=workers).items():
        house.start(child, command)
    return house.run(ready=lambda: answers(host=host, port=port, name=name), greet=greet)
