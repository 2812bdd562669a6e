"""One turn a slot, however many nodes there are; and what fails stops no other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from hiwar.tasks import timetable
from hiwar.tasks.models import Slot
from tests.edge.installation import Installation

NOON = datetime(2026, 3, 1, 12, 0, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty_timetable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timetable, "_entries", {})
    return


def test_a_slot_begins_where_its_length_divides_the_time() -> None:
    assert timetable.slot_of(every=60, now=NOON) == datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert timetable.slot_of(every=86400, now=NOON) == datetime(2026, 3, 1, tzinfo=UTC)


def test_registration_refuses_a_name_twice_and_no_time() -> None:
    timetable.register("one", every=1, run=lambda: None)
    with pytest.raises(ValueError, match="one"):
        timetable.register("one", every=60, run=lambda: None)
    with pytest.raises(ValueError):
        timetable.register("two", every=0, run=lambda: None)


@pytest.mark.django_db
def test_one_turn_a_slot_on_two_nodes() -> None:
    done: list[str] = []
    timetable.register("a", every=60, run=lambda: done.append("a"))
    timetable.register("each", every=60, run=lambda: done.append("each"), each_worker=True)
    here, there = timetable.Turns(), timetable.Turns()
    for seconds in (0, 1, 30):
        here.run_due(now=NOON + timedelta(seconds=seconds))
        there.run_due(now=NOON + timedelta(seconds=seconds))
    assert sorted(done) == ["a", "each", "each"]
    there.run_due(now=NOON + timedelta(seconds=60))
    here.run_due(now=NOON + timedelta(seconds=60))
    assert done.count("a") == 2
    # A worker that starts anew does not repeat the turn either.
    assert timetable.Turns().run_due(now=NOON + timedelta(seconds=61)) == ["each"]


@pytest.mark.django_db
def test_an_entry_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def broken() -> None:
        raise RuntimeError("on purpose")

    timetable.register("broken", every=60, run=broken)
    timetable.register("well", every=60, run=lambda: done.append("well"))
    assert timetable.Turns().run_due(now=NOON) == ["broken", "well"]
    assert done == ["well"]
    assert "Timetable entry broken failed" in caplog.text


@pytest.mark.django_db
def test_an_entry_that_always_fails_on_the_database_holds_up_the_others_for_one_turn_only() -> None:
    done: list[str] = []

    def lost() -> None:
        raise OperationalError("on purpose")

    timetable.register("lost", every=60, run=lost, each_worker=True)
    timetable.register("well", every=60, run=lambda: done.append("well"), each_worker=True)
    turns = timetable.Turns()
    with pytest.raises(OperationalError):
        turns.run_due(now=NOON)
    assert turns.run_due(now=NOON + timedelta(seconds=1)) == ["well"]


@pytest.mark.django_db
def test_old_slots_are_forgotten_and_the_last_ones_kept() -> None:
    timetable.register("a", every=60, run=lambda: None)
    day = 86400
    timetable.register("daily", every=day, run=lambda: None)
    for age in (30, 3 * 3600, day + 60, 3 * day):
        for name in ("a", "daily"):
            Slot.objects.create(name=name, at=NOON - timedelta(seconds=age))
    Slot.objects.create(name="registered no more", at=NOON - timedelta(days=90))
    assert timetable.prune(now=NOON) == 5
    assert sorted(Slot.objects.values_list("name", flat=True)) == ["a", "daily", "daily", "daily"]


RACE = """
from datetime import UTC, datetime, timedelta
import sys
from hiwar.tasks import timetable
timetable._entries.clear()
slot = 0
def run():
    with open(sys.argv[1], "a") as stream:
        stream.write(f"{slot}\\n")
timetable.register("race", every=60, run=run)
turns = timetable.Turns()
for slot in range(60):
    turns.run_due(now=datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=slot))
"""


def test_one_turn_a_slot_in_processes_that_race(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "turns"
    command = [sys.executable, "-c", f"import django; django.setup()\n{RACE}", str(path)]
    processes: list[subprocess.Popen[str]] = [installation.launch(command) for _ in range(3)]
    for process in processes:
        assert process.wait(60) == 0, installation.output(process)
    turns = [int(line) for line in path.read_text().split()]
    assert sorted(turns) == list(range(60))
