"""A file of two gigabytes: through the real middleware, views and forms, without two gigabytes anywhere."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hiwar.media.models import Attachment, Picture, Video
from tests.media.conftest import upload

pytestmark = pytest.mark.django_db
BOUNDARY = "a-boundary-of-the-test"
MIB = 1024 * 1024


class Body:
    """A multipart body that makes its bytes when they are read, and remembers how many were asked for."""

    def __init__(self, fields: dict[str, str], field: str, name: str, size: int, head: bytes = b"") -> None:
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        opening = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        self.before = "".join([*parts, opening]).encode() + head
        self.after = f"\r\n--{BOUNDARY}--\r\n".encode()
        self.middle = size - len(head)
        self.length = len(self.before) + self.middle + len(self.after)
        self.read_bytes = 0
        self.most_on_disk = 0
        self.place: Path | None = None

    def read(self, wanted: int = -1) -> bytes:
        if self.place is not None:
            held = sum(os.stat(path).st_size for path in self.place.iterdir())
            self.most_on_disk = max(self.most_on_disk, held)
        start = self.read_bytes
        end = self.length if wanted < 0 else min(self.length, start + wanted)
        first, last = len(self.before), len(self.before) + self.middle
        piece = self.before[start:end]
        piece += bytes(max(0, min(end, last) - max(start, first)))
        piece += self.after[max(0, start - last) : max(0, end - last)]
        self.read_bytes = end
        return piece

    def readline(self, wanted: int = -1) -> bytes:
        """Django uses up what is left of a body line by line."""
        return self.read(wanted)


def send(client: Client, address: str, body: Body, **headers: str) -> Any:
    return client.request(
        PATH_INFO=address,
        REQUEST_METHOD="POST",
        CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY}",
        CONTENT_LENGTH=str(body.length),
        **headers,
        **{"wsgi.input": body},
    )


def memory() -> int:
    """Most bytes of memory this process ever held (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_two_gigabytes_are_refused_at_the_form(office: Client, files: Path, arriving: Any, stored: Any) -> None:
    fields = {"title": "A long film", "tags": '"sea"'}
    body = Body(fields, "file", "film.mp4", 2 * 1024 * MIB, head=b"\x00\x00\x00\x18ftypmp42")
    body.place = files.parent / "arriving"
    before = memory()
    response = send(office, "/office/media/video/add/", body)
    assert response.status_code == 200
    message = response.context["form"].errors["file"]
    assert len(message) == 1
    assert "The file is larger than 629 MB, the most that can be uploaded, and was not kept." in message[0]
    page = response.content.decode()
    assert "629 MB" in page
    assert 'value="A long film"' in page
    assert "sea" in page  # what stands before the file in the form is kept
    assert body.read_bytes < 40 * MIB  # a body that says it is too long is not read up to the limit
    assert body.most_on_disk < 40 * MIB
    assert memory() - before < 200 * MIB
    assert (arriving(), stored(), Video.objects.count()) == ([], [], 0)


def test_reading_stops_at_the_limit(office: Client, settings: Any, files: Path, arriving: Any, stored: Any) -> None:
    settings.UPLOAD_LIMIT = 5 * MIB
    body = Body({"title": "Film", "tags": ""}, "file", "film.mp4", 30 * MIB, head=b"\x00\x00\x00\x18ftypmp42")
    body.place = files.parent / "arriving"
    response = send(office, "/office/media/video/add/", body)
    assert "larger than 5.2 MB" in response.context["form"].errors["file"][0]
    assert 5 * MIB <= body.read_bytes < 6 * MIB
    assert body.most_on_disk <= 5 * MIB
    assert (arriving(), stored()) == ([], [])


@pytest.mark.parametrize("address", ["/en/", "/nowhere/", "/office/account/login/"])
def test_strangers_do_not_fill_the_disk(address: str, files: Path, arriving: Any, db: None) -> None:
    """A token is checked against a cookie that the sender makes up, so the body is read before anything refuses it."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    body = Body({"csrfmiddlewaretoken": "a" * 32}, "file", "film.mp4", 300 * MIB)
    body.place = files.parent / "arriving"
    assert send(client, address, body).status_code in (200, 404, 405)
    assert body.read_bytes < 10 * MIB
    assert body.most_on_disk < 10 * MIB
    assert arriving() == []


def test_a_file_at_the_limit_is_taken(office: Client, settings: Any, stored: Any, arriving: Any) -> None:
    settings.UPLOAD_LIMIT = 5 * MIB
    body = Body({"title": "Film", "tags": ""}, "file", "film.mp4", 5 * MIB, head=b"\x00\x00\x00\x18ftypmp42")
    assert send(office, "/office/media/video/add/", body).status_code == 302
    assert (Video.objects.get().file_size, stored(), arriving()) == (5 * MIB, ["media/film.mp4"], [])


def test_every_upload_page_says_it(office: Client, settings: Any, arriving: Any, stored: Any) -> None:
    settings.UPLOAD_LIMIT = MIB
    many = Body({"title": "P"}, "files[]", "p.png", 3 * MIB)
    answer = send(office, "/office/images/multiple/add/", many, HTTP_X_REQUESTED_WITH="XMLHttpRequest").json()
    assert answer["success"] is False
    assert "larger than 1 MB" in answer["error_message"]
    many = Body({"title": "P"}, "files[]", "p.pdf", 3 * MIB, head=b"%PDF-1.7")
    answer = send(office, "/office/documents/multiple/add/", many, HTTP_X_REQUESTED_WITH="XMLHttpRequest").json()
    assert "larger than 1 MB" in answer["error_message"]
    one = Body({"title": "P", "alt_en": "A star", "tags": ""}, "file", "p.png", 3 * MIB)
    response = send(office, "/office/images/add/", one)
    assert "larger than 1 MB" in response.context["form"].errors["file"][0]
    assert "A star" in response.content.decode()
    caption = Body({"title": "P", "tags": ""}, "captions_ar", "a.vtt", 3 * MIB)
    response = send(office, "/office/media/video/add/", caption)
    assert "larger than 1 MB" in response.context["form"].errors["captions_ar"][0]
    assert (arriving(), stored(), Picture.objects.count(), Attachment.objects.count()) == ([], [], 0, 0)


def test_the_message_is_in_the_readers_language(office: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = MIB
    office.cookies["office_language"] = "ar"
    body = Body({"title": "P", "tags": ""}, "file", "film.mp4", 3 * MIB)
    assert "١ ميغابايت" in send(office, "/office/media/video/add/", body).context["form"].errors["file"][0]


def test_many_files_together_have_a_limit(office: Client, settings: Any, monkeypatch: Any, arriving: Any) -> None:
    settings.UPLOAD_LIMIT = MIB
    monkeypatch.setattr("hiwar.media.uploads.BESIDE", MIB)
    almost = bytes(MIB - 10)
    names = {"file": "a.mp4", "thumbnail": "b.png", "captions_ar": "c.vtt"}
    response = office.post(
        "/office/media/video/add/", {"title": "P", **{field: upload(name, almost) for field, name in names.items()}}
    )
    assert "larger than" in response.context["form"].errors["captions_ar"][0]
    assert "larger than" not in response.context["form"].errors["file"][0]
    assert (arriving(), Video.objects.count()) == ([], 0)


def test_a_body_cut_off_by_the_network_leaves_nothing(office: Client, arriving: Any, stored: Any) -> None:
    body = Body({"title": "Film", "tags": ""}, "file", "film.mp4", 8 * MIB, head=b"\x00\x00\x00\x18ftypmp42")
    told, body.middle, body.after = body.length, 3 * MIB, b""
    body.length = len(body.before) + body.middle
    response = office.request(
        PATH_INFO="/office/media/video/add/",
        REQUEST_METHOD="POST",
        CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY}",
        CONTENT_LENGTH=str(told),
        **{"wsgi.input": body},
    )
    assert response.status_code in (200, 400)
    assert (arriving(), stored(), Video.objects.count()) == ([], [], 0)
