"""`manage.py worker`: the background worker."""

from __future__ import annotations

import os
import secrets
import socket
from argparse import ArgumentParser
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from hiwar.tasks.worker import Worker


class Command(BaseCommand):
    help = "Run background jobs, the timetable and the outbox until SIGTERM or SIGINT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at an empty queue")
        parser.add_argument("--once", action="store_true", help="do everything that is due, then end")

    def handle(self, *args: Any, interval: float, once: bool, **options: Any) -> None:
        # Deployment checks of the database hold what a start needs: migrations applied, the audit log's triggers.
        self.check(tags=[Tags.database], include_deployment_checks=True, databases=["default"])
        # The same process number on another machine, or after a restart, is another worker.
        name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        worker = Worker(worker_id=name, interval=interval, batch=once)
        worker.configure_signals()
        worker.run()
