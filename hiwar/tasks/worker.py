"""The worker: django-tasks-db's loop, with signs of life, the timetable, and a database that may go and come back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as Loop
from django_tasks_db.models import DBTaskResult

from hiwar.tasks import beats, recovery
from hiwar.tasks.timetable import Turns

log = logging.getLogger(__name__)
LONGEST_PAUSE = 30.0  # seconds between attempts to reach a lost database
FAREWELL = 8.0  # seconds a companion is given to end what it is doing


class Worker(Loop):
    """Runs jobs of every queue in the main thread; beats and the timetable have a thread each.

    The first SIGTERM or SIGINT lets the job in hand end, the second breaks it off (it is then run again).
    """

    def __init__(self, *, worker_id: str, interval: float = 1.0, batch: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        self.stopping = threading.Event()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Leave the loop at its next turn. The library would exit in between claiming a job and beginning it."""
        if not self.running:
            super().shutdown(signum, frame)
        log.info("Stopping: the job in hand is finished first. A second signal breaks it off.")
        self.running = False
        self.stopping.set()

    def run(self) -> None:
        """Work until told to stop; in batch mode until nothing is ready."""
        if self.batch:
            recovery.revive()
            recovery.retry()
            Turns().run_due()
            super().run()
            return
        with self._companions():
            pause = 1.0
            while self.running:
                try:
                    super().run()
                except (DatabaseError, InterfaceError) as error:
                    log.error("The database does not answer (%s); trying again in %.0f s", type(error).__name__, pause)
                    connections.close_all()
                    self.stopping.wait(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Run one job and say so when it has failed for the last time."""
        super().run_task(db_task_result)
        attempts = len(db_task_result.worker_ids)
        if db_task_result.status == TaskResultStatus.FAILED and attempts >= recovery.MOST_ATTEMPTS:
            log.error("Job %s has failed for good after %s attempts", db_task_result.pk, attempts)

    @contextmanager
    def _companions(self) -> Iterator[None]:
        turns = Turns()
        beats.beat(worker=self.worker_id)  # at once: readiness waits for it
        threads = [
            threading.Thread(target=self._again, args=(work, every), name=name, daemon=True)
            for name, work, every in (
                ("beats", lambda: beats.beat(worker=self.worker_id), beats.interval()),
                ("timetable", lambda: turns.run_due(), 1.0),
            )
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join(FAREWELL)
            try:
                beats.leave(worker=self.worker_id)
            except (DatabaseError, InterfaceError):
                log.warning("The worker leaves without signing off: the database does not answer")

    def _again(self, work: Callable[[], object], every: float) -> None:
        """Do `work` every so many seconds until the worker stops, whatever it raises."""
        try:
            while not self.stopping.wait(every):
                close_old_connections()
                try:
                    work()
                except Exception:
                    log.exception("%s could not be done", threading.current_thread().name)
                    connections.close_all()
        finally:
            connections.close_all()
