"""Which jobs are run again, when, and when no more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hiwar.tasks import recovery
from hiwar.tasks.models import Beat

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=10)


def job(**fields: Any) -> DBTaskResult:
    return DBTaskResult.objects.create(
        **{
            "args_kwargs": {"args": [], "kwargs": {}},
            "task_path": "tests.tasks.jobs.failing",
            "backend_name": "default",
            "run_after": timezone.now(),
            **fields,
        }
    )


def running(*workers: str, since: timedelta = LONG_AGO) -> DBTaskResult:
    return job(status="RUNNING", started_at=timezone.now() - since, worker_ids=list(workers))


def failed(attempts: int, at: datetime, path: str = "builtins.RuntimeError") -> DBTaskResult:
    workers = [f"w{number}" for number in range(attempts)]
    return job(status="FAILED", finished_at=at, worker_ids=workers, exception_class_path=path)


def state(found: DBTaskResult) -> str:
    found.refresh_from_db()
    return found.status


def test_a_job_of_a_silent_worker_is_ready_again() -> None:
    Beat.objects.create(worker="silent", at=timezone.now() - LONG_AGO)
    lost, unknown = running("silent"), running("never heard of")
    assert recovery.revive() == 2
    assert state(lost) == state(unknown) == "READY"
    assert DBTaskResult.objects.ready().count() == 2, "at once"


def test_a_job_of_a_living_worker_is_left_alone_unless_it_hangs() -> None:
    Beat.objects.create(worker="alive", at=timezone.now())
    busy, hanging = running("silent", "alive"), running("alive", since=recovery.LONGEST + LONG_AGO)
    assert recovery.revive() == 1
    assert state(busy) == "RUNNING"
    assert state(hanging) == "READY"


def test_a_job_just_begun_is_left_alone() -> None:
    assert recovery.revive() == 0 == int(state(running("unknown", since=timedelta(seconds=5))) != "RUNNING")


def test_a_job_that_kills_five_workers_fails_for_good() -> None:
    killer = running(*"abcde")
    assert recovery.revive() == 0
    assert state(killer) == "FAILED"
    assert recovery.retry() == 0
    assert state(killer) == "FAILED"


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (4, 240)])
def test_a_failed_job_waits_twice_as_long_each_time(attempts: int, seconds: int) -> None:
    ended = timezone.now() - timedelta(seconds=3)
    found = failed(attempts, ended)
    assert recovery.retry() == 1
    assert state(found) == "READY"
    assert found.run_after == ended + timedelta(seconds=seconds)
    assert DBTaskResult.objects.ready().count() == 0, "not yet"


def test_after_five_attempts_or_when_it_gave_up_it_stays_failed() -> None:
    now = timezone.now()
    for found in (failed(5, now), failed(1, now, "hiwar.tasks.recovery.GiveUp"), failed(1, now - timedelta(days=3))):
        assert recovery.retry() == 0
        assert state(found) == "FAILED"


def test_what_is_over_is_swept_away() -> None:
    now = timezone.now()
    Beat.objects.create(worker="old", at=now - timedelta(days=2))
    Beat.objects.create(worker="new", at=now)
    job(status="SUCCESSFUL", finished_at=now - timedelta(days=8))
    kept = {job(status="SUCCESSFUL", finished_at=now).pk, failed(5, now - timedelta(days=8)).pk, running("a").pk}
    failed(5, now - timedelta(days=61))
    recovery.sweep()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept
    assert Beat.objects.get().worker == "new"
