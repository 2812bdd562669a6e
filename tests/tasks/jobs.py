"""Jobs that the tests' worker processes run; each writes into a file what became of it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django_tasks import task

from hiwar.tasks.recovery import GiveUp


def note(path: str, word: str) -> None:
    with Path(path).open("a") as stream:
        stream.write(f"{word} {os.getpid()}\n")


@task()
def slow_once(path: str, seconds: float) -> None:
    """Takes `seconds` the first time and none after that."""
    first = not Path(path).exists()
    note(path, "begin")
    if first:
        time.sleep(seconds)
    note(path, "end")


@task()
def failing(path: str) -> None:
    note(path, "begin")
    raise RuntimeError("on purpose")


@task()
def hopeless(path: str) -> None:
    note(path, "begin")
    raise GiveUp("no other attempt can help")
