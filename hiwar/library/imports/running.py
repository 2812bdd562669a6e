"""One import from a file's first line to its last, in memory that does not grow with the file."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models.signals import post_save
from django.utils.translation import gettext as _
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update

from hiwar.audit import acting
from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.items import registry
from hiwar.library.imports.checking import KINDS, Draft, checked
from hiwar.library.imports.reading import LineRefused, lines
from hiwar.library.imports.writing import Counts, Tell, Writer

BATCH = 200  # lines in one transaction
BATCH_BYTES = 4 * 1024 * 1024
BATCH_SECONDS = 2.0  # reading may be slow (a pipe): what was read is not held back for long


def run(
    *,
    stream: BinaryIO,
    by: Any,
    tell: Tell,
    advance: Callable[[int], None] = lambda size: None,
    as_is: bool = False,
) -> Counts:
    """Import every line of `stream` in the name of `by`.

    `tell(line, reason)` is called for each line that is refused, and for each whose item waits as a draft or is
    reported because of scripture in it; `advance(bytes)` as lines are read. With `as_is` an item that quotes the Quran
    otherwise than the edition is published and marked. What a batch wrote stands even when a later one fails.
    """
    with acting.acting(by=by), _written_at_once(), closing(_Seen()) as seen:
        writer = Writer(by=by, tell=tell, as_is=as_is)
        for batch in _batches(stream, seen, writer, advance):
            writer.write(batch)
        counts = writer.counts
        if counts.new or counts.updated:
            with transaction.atomic():
                record(
                    event=Event.IMPORT_RUN,
                    by=by,
                    new=counts.new,
                    updated=counts.updated,
                    refused=counts.refused,
                    held=counts.held,
                    as_is=as_is,
                )
    return counts


def _batches(stream: BinaryIO, seen: _Seen, writer: Writer, advance: Callable[[int], None]) -> Iterator[list[Draft]]:
    """Checked lines, some hundred at a time; the writer hears of those that are refused."""
    batch: list[Draft] = []
    count, held, since = 0, 0, time.monotonic()
    for line in lines(stream):
        advance(line.size)
        try:
            if line.data is None:
                raise LineRefused(line.reason)
            draft = checked(line.number, line.data)
            if first := seen.before(draft.identity, line.number):
                raise LineRefused(_("The same item stands on line %(line)d already.") % {"line": first})
            batch.append(draft)
            held += line.size
        except LineRefused as refused:
            writer.refuse(line.number, str(refused))
        count += 1
        if count >= BATCH or held >= BATCH_BYTES or time.monotonic() - since > BATCH_SECONDS:
            yield batch
            batch, count, held, since = [], 0, 0, time.monotonic()
    yield batch


class _Seen:
    """Identities met in the file, on disk: memory must not grow with the number of lines."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("", isolation_level=None)  # a private file that SQLite removes itself
        self._kept.execute("PRAGMA journal_mode=OFF")
        self._kept.execute("PRAGMA cache_size=-2000")
        self._kept.execute("CREATE TABLE seen (identity TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")

    def before(self, identity: str, line: int) -> int:
        """The line on which `identity` was met before, or 0; it is remembered for `line` then."""
        added = self._kept.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (identity, line)).rowcount
        if added:
            return 0
        found: int = self._kept.execute("SELECT line FROM seen WHERE identity = ?", (identity,)).fetchone()[0]
        return found

    def close(self) -> None:
        self._kept.close()


@contextmanager
def _written_at_once() -> Iterator[None]:
    """Keep Wagtail from queueing two background jobs a page: writing.py fills both indexes itself, batch by batch."""
    models = [kind.model for kind in registry.kinds() if kind.slug in KINDS]
    log = logging.getLogger("wagtail")
    level = log.level
    with disable_reference_index_auto_update():
        log.setLevel(logging.WARNING)  # not a log line a page between the progress bar and the reasons
        quiet = [model for model in models if post_save.disconnect(post_save_signal_handler, sender=model)]
        try:
            yield
        finally:
            log.setLevel(level)
            for model in quiet:
                post_save.connect(post_save_signal_handler, sender=model)
