"""`manage.py import_pages FILE.jsonl`: bulk import, one JSON object a line (docs/operations.md)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from hiwar.library import house
from hiwar.library.imports.running import run
from hiwar.library.models import HomePage


class Command(BaseCommand):
    help = (
        "Import items from a file of JSON objects, one a line. A line that cannot be imported is reported with its "
        "number and reason, the rest is imported, and the exit code is 1. The same file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl", type=Path)
        parser.add_argument(
            "--as-is",
            action="store_true",
            help="publish items that quote the Quran otherwise than the edition, marked “not checked”; without it "
            "they wait as drafts",
        )

    def handle(self, *args: Any, file: Path, as_is: bool = False, **options: Any) -> None:
        try:
            stream = file.open("rb")
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read: %(why)s") % {"file": file, "why": error.strerror}) from error
        by = get_user_model().objects.system("import")
        if not HomePage.objects.exists():
            house.prepare(by=by)  # a new installation: the items need sections to stand in
        with stream, self._bar(file) as bar:

            def tell(line: int, reason: str) -> None:
                with bar.external_write_mode(file=sys.stderr):
                    self.stderr.write(_("line %(line)d: %(reason)s") % {"line": line, "reason": reason})

            counts = run(stream=stream, by=by, tell=tell, advance=bar.update, as_is=as_is)
        self.stdout.write(
            _("%(new)d new, %(updated)d updated, %(unchanged)d unchanged, %(refused)d refused") % vars(counts)
        )
        if counts.held:
            self.stdout.write(_("%(held)d of them kept as drafts because of quotations") % vars(counts))
        if not any(vars(counts).values()):
            self.stderr.write(_("%(file)s holds no items.") % {"file": file})
        if counts.refused:
            sys.exit(1)

    @staticmethod
    def _bar(file: Path) -> Any:
        size = file.stat().st_size if file.is_file() else None
        return tqdm(total=size, unit="B", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty())
