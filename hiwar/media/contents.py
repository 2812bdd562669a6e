"""What a file really is, by its content: a name and a browser's word for the type prove nothing."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MACRO_EXTENSIONS = frozenset("docm dotm xlsm xltm xlam xlsb pptm potm ppsm ppam sldm".split())
# The part that a file of the kind cannot lack.
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
OPEN_DOCUMENT = {"odt": b"application/vnd.oasis.opendocument.text"}
LISTING = 512 * 1024  # bytes of a zip's list of types that are read; real ones have a few kilobytes
ENTRIES = 20_000
DIRECTORY = 4 * 1024 * 1024  # bytes of a zip's list of entries, which is read whole; ENTRIES of them fit
END_RECORD = 22 + 65_535  # bytes at the end of a zip among which the record of its list stands (APPNOTE 4.3.16)
POSTER = 1920  # pixels on the longer side of a poster that is kept


def extension(name: str) -> str:
    """The extension of a file name, lower case, without the dot."""
    return PurePosixPath(name).suffix[1:].lower()


def check_document(file: Any, *, allowed: list[str]) -> None:
    """Raises ValidationError unless the open `file` is what its name says, of an allowed kind and without macros."""
    kind = extension(file.name)
    if kind in MACRO_EXTENSIONS:
        raise _macros()
    if kind not in allowed:
        raise ValidationError(
            _("Files of this kind are not taken. Save the document as one of these kinds: %(kinds)s."),
            params={"kinds": " ".join(name.upper() for name in allowed)},
        )
    file.seek(0)
    check = _CHECKS.get(kind, _anything)
    check(file, kind)
    file.seek(0)


def check_recording(file: Any, *, kind: str, allowed: list[str]) -> None:
    """Raises ValidationError unless `file` is a video or sound of one of the `allowed` extensions, judged by content.

    `kind` is 'video' or 'audio'. MP4 by its `ftyp` box (ISO/IEC 14496-12, 4.3), WebM by its EBML head
    (RFC 8794, 8), Ogg by `OggS` (RFC 3533, 6), MP3 by ID3 or a frame's sync bits (ISO/IEC 11172-3, 2.4.2.3).
    """
    name = extension(file.name)
    if name not in allowed:
        kinds = " ".join(each.upper() for each in allowed)
        text = (
            _("This is not a video file that can be shown. Save the video as one of these kinds: %(kinds)s.")
            if kind == "video"
            else _("This is not a sound file that can be played. Save the sound as one of these kinds: %(kinds)s.")
        )
        raise ValidationError(text, params={"kinds": kinds})
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    found = {
        "mp4": head[4:8] == b"ftyp",
        "m4a": head[4:8] == b"ftyp",
        "webm": head[:4] == b"\x1a\x45\xdf\xa3",
        "ogg": head[:4] == b"OggS",
        "mp3": head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0),
    }
    if not found.get(name, False):
        raise _disguised(name)


# Whatever a file is called: other decoders of Pillow start programs (PostScript) or are little tried.
PICTURES = ("JPEG", "PNG", "WEBP", "AVIF")
Image.init()  # named decoders are not looked for, they must be there


def check_picture(file: Any) -> None:
    """Raises ValidationError when the picture in `file` is of no kind we take, has more pixels than the settings
    allow (decoding takes four bytes a pixel), or cannot be decoded to its last line."""
    file.seek(0)
    try:
        with Image.open(file, formats=PICTURES) as picture:
            if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise too_many_pixels()
            if picture.format == "JPEG":
                picture.draft("RGB", (picture.width // 8, picture.height // 8))  # an eighth of the memory
            picture.load()
    except ValidationError:
        raise
    except Exception as error:  # bytes from outside: a decoder may raise anything
        raise broken_picture() from error
    finally:
        if not file.closed:
            file.seek(0)


def without_traces(file: Any) -> ContentFile[bytes]:
    """The picture in `file`, checked before, as a JPEG without what a camera writes beside it: place, time, owner."""
    file.seek(0)
    out = BytesIO()
    with Image.open(file, formats=PICTURES) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((POSTER, POSTER))
        # A new image: JPEG would take over comment and profile of the old one.
        clean = Image.new("RGB", upright.size)
        clean.paste(upright)
        clean.save(out, "JPEG", quality=85)
    return ContentFile(out.getvalue(), f"{PurePosixPath(file.name).stem}.jpg")


def too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than %(most)d million pixels. Make it smaller."),
        params={"most": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000},
        code="pixels",
    )


def broken_picture() -> ValidationError:
    """The refusal of a picture that begins well and cannot be decoded."""
    return ValidationError(
        _("The picture is broken: it cannot be opened to the end. Export it again and choose the new file."),
        code="broken",
    )


def _pdf(file: Any, kind: str) -> None:
    if file.read(5) != b"%PDF-":
        raise _disguised(kind)


def _office(file: Any, kind: str) -> None:
    with _opened_zip(file, kind) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" not in names or OFFICE_PARTS[kind] not in names:
            raise _disguised(kind)
        types = _read(archive, "[Content_Types].xml", kind)
        if b"macroEnabled" in types or any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in names):
            raise _macros()


def _open_document(file: Any, kind: str) -> None:
    with _opened_zip(file, kind) as archive:
        names = archive.namelist()
        if "mimetype" not in names or _read(archive, "mimetype", kind).strip() != OPEN_DOCUMENT[kind]:
            raise _disguised(kind)
        if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
            raise _macros()


def _text(file: Any, kind: str) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    while True:
        piece = file.read(64 * 1024)
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            raise ValidationError(
                _("Line %(line)d is not UTF-8 text. Save the file in the encoding UTF-8 and choose it again."),
                params={"line": line + error.object.count(b"\n", 0, error.start)},
            ) from error
        if "\x00" in text:
            raise _disguised(kind)
        line += text.count("\n")
        if not piece:
            return


def _anything(file: Any, kind: str) -> None:
    raise _disguised(kind)  # a kind that the settings allow and nobody taught us to judge is not taken


def _opened_zip(file: Any, kind: str) -> zipfile.ZipFile:
    _require_short_directory(file, kind)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _disguised(kind) from error
    if len(archive.infolist()) > ENTRIES:
        raise _disguised(kind)
    return archive


def _require_short_directory(file: Any, kind: str) -> None:
    """Python reads a zip's whole list of entries when it opens it: a list of 600 MB would take ten times the memory."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - END_RECORD))
    tail = file.read(END_RECORD)
    at = tail.rfind(b"PK\x05\x06")
    large_format = b"PK\x06\x07" in tail  # ZIP64, for more than 4 GB: no document of ours
    length = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if at < 0 or large_format or length > DIRECTORY:
        raise _disguised(kind)
    file.seek(0)


def _read(archive: zipfile.ZipFile, name: str, kind: str) -> bytes:
    """A small entry of the archive; the stated size is not believed, the reading is bounded."""
    try:
        with archive.open(name) as entry:
            return entry.read(LISTING)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise _disguised(kind) from error


def _disguised(kind: str) -> ValidationError:
    return ValidationError(
        _("The file is named %(kind)s, but its content is something else or broken. Open it and save it as %(kind)s."),
        params={"kind": kind.upper()},
        code="disguised",
    )


def _macros() -> ValidationError:
    return ValidationError(
        _("The document holds macros (small programs) and is not taken. Save it without macros, or as PDF."),
        code="macros",
    )


_CHECKS: dict[str, Callable[[Any, str], None]] = {
    "pdf": _pdf,
    "docx": _office,
    "xlsx": _office,
    "odt": _open_document,
    "txt": _text,
    "csv": _text,
}
