"""What is done again and again, and the promise that many nodes do each turn once.

Rooms register their entries when the application starts. Time is cut into slots of `every` seconds counted from
1970 in UTC; whoever writes the row (name, slot) first runs it. A node that dies in the middle leaves that turn
undone, so an entry must do in its next turn what the last one left.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, InterfaceError

from hiwar.tasks.models import Slot

log = logging.getLogger(__name__)
KEPT = timedelta(hours=1)  # shortest time a slot is remembered


@dataclass(frozen=True)
class Entry:
    name: str
    every: int
    run: Callable[[], object]
    each_worker: bool = False


_entries: dict[str, Entry] = {}


def register(name: str, *, every: int, run: Callable[[], object], each_worker: bool = False) -> None:
    """Have `run` called every `every` seconds, by one worker of all that there are.

    With `each_worker` every worker calls it, which suits what shares its work out itself by leases.
    Entries run one after another: what takes longer than seconds should enqueue a job.
    Raises ValueError for a name that is taken or a time below a second.
    """
    if name in _entries or every < 1:
        raise ValueError(f"{name} is registered already, or {every} s is not a time between turns")
    _entries[name] = Entry(name, every, run, each_worker)


def entries() -> list[Entry]:
    """All entries, in the order of their registration."""
    return list(_entries.values())


def slot_of(*, every: int, now: datetime) -> datetime:
    """Beginning of the slot of `every` seconds in which `now` falls, in UTC."""
    seconds = int(now.timestamp())
    return datetime.fromtimestamp(seconds - seconds % every, tz=UTC)


class Turns:
    """One worker's view of the timetable: which slots it has seen."""

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}

    def run_due(self, *, now: datetime | None = None) -> list[str]:
        """Run every entry whose slot is new and not taken by another worker; returns the names of those run.

        What an entry raises is logged and stops no other. A database that does not answer is raised to the caller.
        """
        now = now or datetime.now(tz=UTC)
        ran = []
        for entry in entries():
            slot = slot_of(every=entry.every, now=now)
            if self._seen.get(entry.name) == slot:
                continue
            mine = entry.each_worker or Slot.objects.get_or_create(name=entry.name, at=slot)[1]
            self._seen[entry.name] = slot  # before it runs: an entry that always fails must not hold up those after it
            if mine:
                ran.append(entry.name)
                self._run(entry)
        return ran

    @staticmethod
    def _run(entry: Entry) -> None:
        try:
            entry.run()
        except (DatabaseError, InterfaceError):
            # The slot is spent, the next turn makes up for it; the thread closes the connection.
            log.exception("Timetable entry %s failed on the database", entry.name)
            raise
        except Exception:
            log.exception("Timetable entry %s failed", entry.name)


def prune(*, now: datetime | None = None) -> int:
    """Forget slots that can no longer come up; returns how many. Two turns of each entry are kept, an hour at least."""
    now = now or datetime.now(tz=UTC)
    gone = 0
    for entry in entries():
        before = now - max(KEPT, timedelta(seconds=2 * entry.every))
        gone += Slot.objects.filter(name=entry.name, at__lt=before).delete()[0]
    # Entries that are no longer registered anywhere.
    return gone + Slot.objects.filter(at__lt=now - timedelta(days=60)).delete()[0]
