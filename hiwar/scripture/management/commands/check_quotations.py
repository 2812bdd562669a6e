"""`manage.py check_quotations [FILE or -]`: the quotations of Quran and hadith in a text of any length."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiwar.scripture import marking
from hiwar.scripture.answer import NUL, fault, told
from hiwar.scripture.detect import detect
from hiwar.scripture.findings import difference_name, reference_of, status_name
from hiwar.scripture.found import Quotation

LONG = 1_000_000  # characters from which on a person at a terminal is told that it takes a while
REFUSED = 2  # exit code for what cannot be checked
DIFFERENT = 1


class Command(BaseCommand):
    help = (
        "Find quotations of the Quran, of al-Bukhari and of Muslim in an Arabic text (UTF-8) of any length. "
        "--format json prints exactly one JSON object, with offsets in code points. "
        "Exit codes: 0 the text was checked; 1 with --strict, a quotation is altered; 2 the text cannot be read."
    )
    requires_system_checks: list[str] = []  # it reads a text and the editions, nothing else

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="a text file, - for standard input")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="for people, or for programs")
        parser.add_argument("--strict", action="store_true", help="exit with 1 when a quotation is altered")

    def handle(self, *args: Any, file: str, format: str, strict: bool, **options: Any) -> None:
        text = self._read(file)
        if len(text) > LONG and sys.stderr.isatty():
            self.stderr.write(_("Checking %(length)s characters …") % {"length": f"{len(text):,}"})
        found = detect(text)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # whatever the terminal's locale is
                stream.reconfigure(encoding="utf-8")
        if format == "json":
            self.stdout.write(json.dumps(told(found), ensure_ascii=False))
        else:
            self._tell(text, found)
        if strict and any(each.status == "altered" for each in found):
            sys.exit(DIFFERENT)

    def _read(self, file: str) -> str:
        """The text. Raises CommandError with exit code 2 and what to do."""
        name = _("Standard input") if file == "-" else file
        try:
            body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s") % {"file": name, "why": error.strerror}, returncode=REFUSED
            ) from error
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            raise CommandError(
                _("%(file)s is not text in UTF-8: byte %(byte)s. Save it as UTF-8 and try again.")
                % {"file": name, "byte": error.start + 1},
                returncode=REFUSED,
            ) from error
        if fault(text) == NUL:
            raise CommandError(
                _("%(file)s is not text in UTF-8: it holds U+0000. Save it as UTF-8 and try again.") % {"file": name},
                returncode=REFUSED,
            )
        return text

    def _tell(self, text: str, found: list[Quotation]) -> None:
        """One paragraph a quotation: where, which, how it stands, and each word that differs."""
        for each in found:
            reference = reference_of(each.source, each.reference)
            label = reference.label("en") if reference else f"{each.source} {each.reference}"
            line = text.count("\n", 0, each.start) + 1
            self.stdout.write(
                _("line %(line)s, characters %(start)s to %(end)s: %(status)s, %(reference)s")
                % {
                    "line": line,
                    "start": each.start,
                    "end": each.end,
                    "status": status_name(each.status).lower(),
                    "reference": label,
                }
            )
            self.stdout.write("    " + " ".join(marking.shown(text[each.start : each.end]).split()))
            for row in each.differences:
                # The text used for checking hadith is shown nowhere, not by the word either.
                right = row.canonical if each.source == "quran" else ""
                words = " → ".join(marking.shown(word) for word in (row.found, right) if word)
                self.stdout.write(f"    {difference_name(row.kind)}: {words or '…'}")
            if each.others:
                self.stdout.write(
                    "    "
                    + ngettext("also in %(count)s other place", "also in %(count)s other places", each.others)
                    % {"count": each.others}
                )
        counts = {status: sum(each.status == status for each in found) for status in ("exact", "partial", "altered")}
        self.stdout.write(
            _("%(exact)s exact, %(partial)s partial, %(altered)s altered") % counts
            if found
            else _("No quotation from the Quran or the two Sahihs was found.")
        )
