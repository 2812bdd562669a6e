"""Lines of an import file as objects, one at a time: the file may be of any length, a line may not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

LONGEST_LINE = 5 * 1024 * 1024  # bytes; the longest text of the old site is a fiftieth of it
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


class LineRefused(Exception):
    """A line that is not imported; the message is the reason, for whoever prepares the file."""


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its number from 1, its length in bytes, and its object or why it has none."""

    number: int
    size: int
    data: dict[str, Any] | None = None
    reason: str = ""


def lines(stream: BinaryIO) -> Iterator[Line]:
    """Each line of `stream` that is not blank. Never holds more than one line, nor more than LONGEST_LINE bytes."""
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        size = len(raw)
        if size > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE)
                size += len(raw)
            reason = _("The line is longer than %(size)d megabytes.") % {"size": LONGEST_LINE // 1024**2}
            yield Line(number, size, reason=reason)
            continue
        if number == 1:
            raw = raw.removeprefix(BYTE_ORDER_MARK)
        if not raw.strip():
            continue
        try:
            yield Line(number, size, data=parsed(raw))
        except LineRefused as refused:
            yield Line(number, size, reason=str(refused))


def parsed(raw: bytes) -> dict[str, Any]:
    """The object that a line holds. Raises LineRefused when it is not UTF-8, not JSON (RFC 8259) or not an object."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineRefused(_("The line is not UTF-8 (byte %(at)d).") % {"at": error.start + 1}) from error
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise LineRefused(_("The line is not an item: it is nested too deeply.")) from error
    except ValueError as error:
        why = f"{error.msg}, {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise LineRefused(_("The line is not JSON (%(why)s).") % {"why": why}) from error
    if not isinstance(data, dict):
        raise LineRefused(_("The line is JSON but not an object with named fields."))
    # "\ud83d" alone is JSON, yet no database can store half a character.
    if "\\u" in text and HALF_A_CHARACTER.search(json.dumps(data, ensure_ascii=False)):
        raise LineRefused(_("The line holds half a character (an unpaired surrogate)."))
    return data
