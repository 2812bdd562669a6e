"""`manage.py backup DIR`. It stands in this room because the act is recorded in a system account's name."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hiwar.accounts.models import User
from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.edge import backup


class Command(BaseCommand):
    help = "Write a consistent copy of database and files into an empty folder while the site serves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        began = time.monotonic()
        try:
            manifest = backup.make(folder=folder)
        except backup.BackupRefused as error:
            raise CommandError(str(error)) from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        record(
            event=Event.BACKUP_MADE,
            by=User.objects.system("backup"),
            subject_kind="backup",
            subject=manifest["database"]["sha256"],
            rows=rows,
            files=len(manifest["files"]),
        )
        for name in manifest["vanished"]:
            self.stderr.write(f"Deleted while it was to be copied, and so not in the backup: {name}")
        seconds = time.monotonic() - began
        self.stdout.write(f"{rows} rows and {len(manifest['files'])} files in {folder}, {seconds:.1f} s.")
