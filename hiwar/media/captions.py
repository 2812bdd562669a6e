"""Is a file WebVTT? Every refusal names the line, since the editor mends it in a text editor.

W3C, WebVTT: The Web Video Text Tracks Format, section 4 (syntax). webvtt-py has the last word on the whole; the
checks before it name the line and are as strict as browsers, which silently drop a cue they cannot read.
"""

from __future__ import annotations

import re

import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

LIMIT = 1024 * 1024  # bytes
SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?")
STAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"[ \t]*{STAMP}[ \t]+-->[ \t]+{STAMP}(?:[ \t]+.*)?[ \t]*", re.ASCII)


def check(data: bytes) -> int:
    """Number of cues in `data`. Raises ValidationError, which names the line where there is one."""
    if len(data) > LIMIT:
        raise ValidationError(_("The caption file is larger than 1 MB; captions of a whole film are smaller."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _wrong(
            line, _("Line %(line)d is not UTF-8 text. Save the caption file in the encoding UTF-8 and choose it again.")
        ) from error
    if "\x00" in text:
        raise _wrong(text.count("\n", 0, text.index("\x00")) + 1, _("Line %(line)d holds signs that are not text."))
    lines = re.split(r"\r\n|\r|\n", text)
    if not SIGNATURE.fullmatch(lines[0]):
        raise _wrong(1, _("Line %(line)d is not “WEBVTT”: this is not a WebVTT file. Convert it to WebVTT first."))
    cues, before, in_cue = 0, 0, False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            in_cue = False
        if "-->" not in line:
            continue
        if in_cue:
            raise _wrong(number, _("A blank line must stand before the caption in line %(line)d."))
        start, end = _times(number, line)
        if end <= start:
            raise _wrong(number, _("In line %(line)d the caption ends before it begins."))
        if start < before:
            raise _wrong(number, _("In line %(line)d the caption begins before the one above it."))
        cues, before, in_cue = cues + 1, start, True
    if not cues:
        raise ValidationError(_("There is no caption in the file: no line of it holds two times with “-->”."))
    try:
        read = len(webvtt.from_string(text, strict=True))
    except (MalformedFileError, MalformedCaptionError):
        read = -1
    if read != cues:
        raise ValidationError(_("The file is not valid WebVTT. Open it in a caption editor and save it again."))
    return cues


def _times(number: int, line: str) -> tuple[int, int]:
    """Start and end in milliseconds."""
    found = TIMING.fullmatch(line)
    if not found:
        raise _wrong(number, _("The times in line %(line)d cannot be read. They look like: 00:01.000 --> 00:04.500"))
    parts = [int(part or 0) for part in found.groups()]
    start, end = ((h * 60 + m) * 60_000 + s * 1000 + ms for h, m, s, ms in (parts[:4], parts[4:]))
    return start, end


def _wrong(line: int, message: str) -> ValidationError:
    return ValidationError(message, params={"line": line}, code="line")
