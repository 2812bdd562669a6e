"""`manage.py restore DIR`. It stands in this room because the act is recorded in a system account's name."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from hiwar.accounts.models import User
from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.edge import backup
from hiwar.edge.checks import obstacles


class Command(BaseCommand):
    help = "Restore a backup into an empty installation, then verify it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        began = time.monotonic()
        try:
            manifest = backup.restore(folder=folder)
        except backup.BackupRefused as error:
            raise CommandError(str(error)) from error
        # Brings an older backup up to this version and puts the audit log's triggers back.
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        if found := obstacles():
            raise CommandError("Restored, but it may not start: " + " ".join(found))
        rows = sum(table["rows"] for table in manifest["tables"].values())
        record(
            event=Event.BACKUP_RESTORED,
            by=User.objects.system("backup"),
            subject_kind="backup",
            subject=manifest["database"]["sha256"],
            rows=rows,
            files=len(manifest["files"]),
        )
        seconds = time.monotonic() - began
        self.stdout.write(f"{rows} rows and {len(manifest['files'])} files restored and verified, {seconds:.1f} s.")
