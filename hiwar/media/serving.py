"""Answers that carry a stored file: types from a fixed table, validators, one byte range (RFC 9110, 13 and 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from hiwar.media.access import Found

# Never guessed from the machine's tables: those differ, and what is not here is only ever downloaded.
TYPES = {
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".vtt": "text/vtt; charset=utf-8",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
}
UNKNOWN = "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"  # may be taken down: asked for again soon, answered 304 while it stands
NOT_KEPT = "no-store, private"
# Whatever a file holds, opened by itself it runs nothing and fetches nothing.
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
PIECE = 256 * 1024  # bytes read and sent at a time
RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII | re.IGNORECASE)


class Piece:
    """Bytes `start` to `end` (inclusive) of an open file, in pieces; closes the file when the answer is over."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self.file, self.left = file, end - start + 1
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0:
            data = self.file.read(min(PIECE, self.left))
            if not data:
                return
            self.left -= len(data)
            yield data

    def close(self) -> None:
        self.file.close()


def answer(request: HttpRequest, found: Found, *, lasting: bool) -> HttpResponseBase:
    """The file as a GET or HEAD answer: 200, 206, 304, 412 or 416. Raises Http404 when the bytes are gone.

    `lasting` says whether a cache may keep it (public files). Ranges: one `bytes` range as in RFC 9110, 14.2;
    several at once, another unit or a malformed value are ignored as the standard allows. If-Range, 13.1.5.
    """
    try:
        size = default_storage.size(found.name)
        changed = default_storage.get_modified_time(found.name)
    except OSError as error:
        raise Http404 from error
    moment = int(changed.timestamp())
    etag = f'"{size:x}-{int(changed.timestamp() * 1_000_000):x}"'
    headers = _headers(found, lasting=lasting)
    headers |= {"ETag": etag, "Last-Modified": http_date(moment), "Accept-Ranges": "bytes"}
    early = get_conditional_response(request, etag=etag, last_modified=moment)
    if early is not None:
        for name in ("ETag", "Last-Modified", "Cache-Control", "X-Content-Type-Options"):
            early.headers.setdefault(name, headers[name])
        return early

    wanted = None
    if request.method == "GET" and _range_holds(request.headers.get("If-Range"), etag=etag, moment=moment):
        wanted = byte_range(request.headers.get("Range", ""), size)
    if wanted == ():
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Cache-Control": "no-store"})
        refused.headers["Content-Type"] = "text/plain; charset=utf-8"
        return refused
    start, end = wanted or (0, size - 1)
    headers["Content-Length"] = str(end - start + 1)
    if wanted:
        headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    try:
        file: Any = default_storage.open(found.name, "rb")
    except OSError as error:
        raise Http404 from error
    return StreamingHttpResponse(Piece(file, start, end), status=206 if wanted else 200, headers=headers)


def byte_range(header: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """First and last byte (inclusive) that `header` asks of `size` bytes; () when none of them exists; None to ignore.

    RFC 9110, 14.1.2: `bytes=0-99`, `bytes=100-`, `bytes=-100` (the last hundred).
    """
    found = RANGE.fullmatch(header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if len(first) > 18 or len(last) > 18:  # no file is that long, and int() of a huge number takes time
        return ()
    if first == "":
        return (max(0, size - int(last)), size - 1) if int(last) and size else ()
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        return ()
    return int(first), min(int(last), size - 1) if last else size - 1


def _range_holds(condition: str | None, *, etag: str, moment: int) -> bool:
    """If-Range: the range counts only while the file is the one the client knows."""
    if not condition:
        return True
    if condition.startswith('"'):
        return condition == etag
    return parse_http_date_safe(condition) == moment


def _headers(found: Found, *, lasting: bool) -> dict[str, str]:
    path = PurePosixPath(found.name)
    kind = TYPES.get(path.suffix.lower(), UNKNOWN)
    headers = {
        "Content-Type": kind,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": NOTHING_RUNS,
        "Cache-Control": (FOR_EVER if found.rendition else AN_HOUR) if lasting else NOT_KEPT,
    }
    if found.document or kind == UNKNOWN:
        shown_here = kind == "application/pdf"
        disposition = content_disposition_header(not shown_here, path.name)
        headers["Content-Disposition"] = disposition or "attachment"
    return headers
