"""Signs of life: each worker writes one every few seconds, also while it is busy with a long job."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hiwar.tasks.models import Beat

FRESH = timedelta(seconds=60)  # readiness asks for one so young


def dead_after() -> timedelta:
    """Silence after which a worker counts as dead (WORKER_DEAD_AFTER, seconds)."""
    return timedelta(seconds=settings.WORKER_DEAD_AFTER)


def interval() -> float:
    """Seconds between two beats: 10, and never more than a third of the silence that counts as death."""
    return min(10.0, settings.WORKER_DEAD_AFTER / 3)


def beat(*, worker: str) -> None:
    """Write down that `worker` lives now."""
    Beat.objects.update_or_create(worker=worker, defaults={"at": timezone.now()})


def leave(*, worker: str) -> None:
    """Strike out a worker that ends of its own will."""
    Beat.objects.filter(worker=worker).delete()


def living(*, within: timedelta = FRESH) -> bool:
    """Whether any worker gave a sign of life within that time."""
    return Beat.objects.filter(at__gte=timezone.now() - within).exists()


def backlog() -> int:
    """How many jobs are due and not begun."""
    return DBTaskResult.objects.ready().count()
