"""Files made to exhaust the server, to start a program, or that tell more than their sender knows."""

from __future__ import annotations

import resource
import struct
import zlib
from io import BytesIO
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image

from hiwar.media import contents
from hiwar.media.models import Video
from tests.media.conftest import upload

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(64)


def bomb(side: int) -> bytes:
    """A PNG of `side` by `side` black pixels, a thousandth of its size when packed."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packed = zlib.compressobj(9)
    rows = b"".join([packed.compress(bytes(side + 1)) for _row in range(side)]) + packed.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refused(name: str, data: bytes) -> str:
    with pytest.raises(ValidationError) as raised:
        contents.check_picture(upload(name, data))
    return raised.value.messages[0]


def test_a_picture_of_many_pixels_is_refused_before_it_is_decoded() -> None:
    data = bomb(8_000)
    assert len(data) < 1_000_000
    with mock.patch.object(Image.Image, "load", side_effect=AssertionError("decoded")):
        assert "more than 60 million pixels" in refused("poster.png", data)


def test_no_decoder_that_starts_programs_is_reached() -> None:
    script = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n(x) run\n"
    with mock.patch("PIL.EpsImagePlugin.Ghostscript", side_effect=AssertionError("a program was started")):
        assert "broken" in refused("poster.jpg", script)


@pytest.mark.django_db
def test_a_poster_tells_nothing_of_its_maker(office: Client, files: Any) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Camera of somebody", "Somebody"
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG", exif=exif, comment=b"at home")
    form = {"title": "Clip", "tags": "", "file": upload("c.mp4", FILM), "thumbnail": upload("p.jpg", out.getvalue())}
    assert office.post("/office/media/video/add/", form).status_code == 302
    video = Video.objects.get()
    kept = video.thumbnail.read()
    assert b"omebody" not in kept
    assert b"at home" not in kept
    assert Image.open(BytesIO(kept)).size == (64, 48)


@pytest.mark.parametrize("large_format", [False, True])
def test_a_zip_with_an_endless_list_is_refused_unread(large_format: bool) -> None:
    """Two hundred thousand entries of a made-up archive; Python would make an object of each before any count."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<HHH", 4, 0, 0) + bytes(12) + b"name"
    entries = 200_000
    listing = entry * entries
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, len(listing), 0, 0)
    if large_format:
        record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, entries, entries, len(listing), 0)
        locator = b"PK\x06\x07" + struct.pack("<IQI", 0, len(listing), 1)
        end = record + locator + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0, 0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with mock.patch("zipfile.ZipFile", side_effect=AssertionError("opened")), pytest.raises(ValidationError):
        contents.check_document(upload("paper.docx", listing + end), allowed=["docx"])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
