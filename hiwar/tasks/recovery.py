"""What becomes of jobs whose worker died, and of jobs that failed.

A job's attempts are the names in its `worker_ids`: the worker that takes it writes itself down before it begins,
so a job that kills its worker is counted as well.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from hiwar.tasks import beats
from hiwar.tasks.models import Beat

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=30)  # doubled after each attempt
LONGEST = timedelta(hours=6)  # a living worker that is busy longer with one job is taken to hang
LOOK_BACK = timedelta(days=2)
KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=60)


class GiveUp(Exception):
    """Raised by a job that another attempt cannot help: it fails at once and for good."""


class WorkerLost(Exception):
    """Written as the failure of a job during which worker after worker died."""


def _path(failure: type[Exception]) -> str:
    return f"{failure.__module__}.{failure.__qualname__}"


def wait_after(*, attempts: int) -> timedelta:
    """How long a job rests after that many failed attempts: 30 s, 1, 2, 4 minutes."""
    return FIRST_WAIT * 2 ** (attempts - 1)


def revive(*, now: datetime | None = None) -> int:
    """Make jobs READY again whose worker is silent, or that run longer than any job may; returns how many.

    After five attempts such a job is FAILED instead. A job must bear being run twice: a worker taken for dead may
    only have been slow.
    """
    now = now or timezone.now()
    silent = now - beats.dead_after()
    alive = set(Beat.objects.filter(at__gte=silent).values_list("worker", flat=True))
    revived = 0
    for job in DBTaskResult.objects.running().filter(started_at__lt=silent).only("started_at", "worker_ids"):
        started = job.started_at
        if started is None or (job.worker_ids and job.worker_ids[-1] in alive and started > now - LONGEST):
            continue
        same = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=started)
        if len(job.worker_ids) < MOST_ATTEMPTS:
            changed = same.update(status=TaskResultStatus.READY, run_after=now)
            revived += changed
            outcome = "will run again"
        else:
            changed = same.update(
                status=TaskResultStatus.FAILED, finished_at=now, exception_class_path=_path(WorkerLost), traceback=""
            )
            outcome = "has failed for good"
        if changed:
            log.warning("Job %s lost its worker in attempt %s and %s", job.pk, len(job.worker_ids), outcome)
    return revived


def retry(*, now: datetime | None = None) -> int:
    """Set failed jobs to run again after a doubling wait, up to five attempts in all; returns how many."""
    now = now or timezone.now()
    failed = (
        DBTaskResult.objects.failed()
        .filter(finished_at__gte=now - LOOK_BACK)
        .exclude(exception_class_path__in=[_path(GiveUp), _path(WorkerLost)])
    )
    count = 0
    for job in failed.only("worker_ids", "finished_at"):
        attempts = len(job.worker_ids)
        if attempts >= MOST_ATTEMPTS or job.finished_at is None:
            continue
        count += DBTaskResult.objects.filter(
            pk=job.pk, status=TaskResultStatus.FAILED, finished_at=job.finished_at
        ).update(status=TaskResultStatus.READY, run_after=job.finished_at + wait_after(attempts=max(attempts, 1)))
    return count


def sweep(*, now: datetime | None = None) -> None:
    """Delete what is over: done jobs after a week, failed ones after sixty days, workers silent for a day."""
    now = now or timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED).delete()
    Beat.objects.filter(at__lt=now - timedelta(days=1)).delete()
