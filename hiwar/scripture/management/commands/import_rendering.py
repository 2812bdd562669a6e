"""`manage.py import_rendering FILE`: take in a named edition of the meanings of the Quran, with its licence."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hiwar.audit.refusal import Refused
from hiwar.scripture.actions import import_rendering
from hiwar.scripture.actions.renderings import missing_sentence
from hiwar.scripture.rendering_files import read

OPTIONS = {
    "slug": "Latin letters, figures and hyphens; names the edition for good",
    "language": "code of the language, such as en",
    "name": "the edition's name, in its own language",
    "translator": "who rendered the meanings",
    "licence": "under which it may be shown; nothing is imported without one",
    "origin": "where the file comes from",
    "version": "the edition's version or year",
}


class Command(BaseCommand):
    help = (
        "Import an edition of the meanings of the Quran from a file of lines sura|verse|text, or of JSON objects with "
        "sura, verse and text. A line that cannot be taken is reported with its number and reason, the rest is "
        "imported, and the exit code is 1. The same file again changes nothing. Readers see an edition only when a "
        "Scholar shows it in the office, and only when no verse is missing."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """--version is the edition's here, not the framework's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        for name, words in OPTIONS.items():
            parser.add_argument(f"--{name}", required=True, help=words, dest=f"edition_{name}")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        given = {name: str(options[f"edition_{name}"]).strip() for name in OPTIONS}
        if empty := [f"--{name}" for name, value in given.items() if not value]:
            raise CommandError(_("These options must not be empty: %(names)s") % {"names": " ".join(empty)})
        if given["slug"] != slugify(given["slug"]):
            raise CommandError(_("--slug holds small Latin letters, figures and hyphens only."))
        given["name"] = {given["language"]: given["name"]}  # type: ignore[assignment]
        try:
            with file.open("rb") as stream:
                found = read(stream, tell=self._tell)
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read: %(why)s") % {"file": file, "why": error.strerror}) from error
        try:
            done = import_rendering(
                **given,  # type: ignore[arg-type]
                verses=found.verses,
                sha256=found.sha256,
                by=get_user_model().objects.system("import"),
            )
        except Refused as refusal:
            raise CommandError(str(refusal.reason)) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(f"{name}: {'; '.join(m)}" for name, m in error.message_dict.items())) from error
        self.stdout.write(
            _("%(new)d new, %(changed)d changed, %(removed)d removed, %(same)d unchanged, %(refused)d refused")
            % {**vars(done), "refused": found.refused}
        )
        self.stdout.write(missing_sentence(found.verses) or _("No verse is missing."))
        if not done.rendering.shown:
            self.stdout.write(_("Readers do not see this edition: a Scholar shows it in the office."))
        if found.refused:
            sys.exit(1)

    def _tell(self, line: int, reason: str) -> None:
        self.stderr.write(_("line %(line)d: %(reason)s") % {"line": line, "reason": reason})
