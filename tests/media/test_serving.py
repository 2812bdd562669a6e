"""Who gets which file, in which pieces and with which headers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.http import Http404
from django.test import Client
from django.utils.http import http_date

from hiwar.media.models import Attachment, CaptionTrack, Picture, Video
from hiwar.media.serving import byte_range
from hiwar.media.wagtail_hooks import only_who_may
from tests.media.conftest import CAPTIONS, make_picture, make_video

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 4


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def opened(thing: Any) -> Any:
    type(thing).objects.filter(pk=thing.pk).update(public=True)
    thing.public = True
    return thing


def test_a_private_rendition_is_as_absent_as_a_missing_one(client: Client) -> None:
    rendition = make_picture().get_rendition("width-32|format-webp")
    private = client.get(f"/files/{rendition.file.name}")
    missing = client.get("/files/images/nothing.webp")
    assert (private.status_code, missing.status_code) == (404, 404)
    assert private.headers["Cache-Control"] == missing.headers["Cache-Control"] == "no-store"


def test_a_public_rendition_is_kept_for_ever_and_costs_one_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    rendition = opened(make_picture()).get_rendition("width-32|format-webp")
    with django_assert_num_queries(1):
        response = client.get(f"/files/{rendition.file.name}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
    assert body(response)[:4] == b"RIFF"


def test_a_name_is_looked_up_and_never_walked(client: Client, files: Any) -> None:
    (files / "secret.txt").write_text("x")
    (files / "images").mkdir()
    (files / "images" / "loose.webp").write_bytes(b"x")  # in the folder, but no row owns it
    for name in ("secret.txt", "images/../secret.txt", "images/loose.webp", "images/a%00b.webp", "%00", "images/"):
        assert client.get(f"/files/{name}").status_code == 404, name


def test_the_original_of_a_picture_is_never_public(client: Client, office: Client) -> None:
    picture = opened(make_picture())
    assert client.get(f"/files/{picture.file.name}").status_code == 404
    assert picture.file.url == f"/office/files/{picture.file.name}"
    assert office.get(picture.file.url).status_code == 200


def test_addresses_follow_the_state(client: Client) -> None:
    picture = make_picture()
    rendition = picture.get_rendition("width-32|format-webp")
    assert rendition.url == f"/office/files/{rendition.file.name}"
    assert rendition.file.public_url == f"/files/{rendition.file.name}"
    again = opened(Picture.objects.get()).get_rendition("width-32|format-webp")
    assert again.url == f"/files/{rendition.file.name}"


def test_the_office_twin_asks_for_the_office(client: Client, office: Client, django_assert_num_queries: Any) -> None:
    rendition = make_picture().get_rendition("width-32|format-webp")
    for name in (rendition.file.name, "images/nothing.webp"):
        refused = client.get(f"/office/files/{name}")
        assert refused.status_code == 302  # to sign-in, whether the file exists or not
        assert refused.headers["Location"].startswith("/office/account/login/")
    response = office.get(rendition.url)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"
    assert office.get("/office/files/images/nothing.webp").status_code == 404


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/files/images/a.webp").status_code == 405


def test_documents_are_downloaded_and_a_pdf_is_shown(client: Client) -> None:
    pdf = Attachment.objects.create(title="P", file=ContentFile(b"%PDF-1.7 x", "تقرير.pdf"), public=True)
    page = Attachment.objects.create(title="T", file=ContentFile(b"a,b\n", "t.csv"), public=True)
    shown, loaded = client.get(pdf.url), client.get(page.url)
    assert shown.headers["Content-Type"] == "application/pdf"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert loaded.headers["Content-Disposition"].startswith("attachment")
    assert loaded.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_wagtails_document_address_gives_nothing_private_away(client: Client, office: Client) -> None:
    document = Attachment.objects.create(title="P", file=ContentFile(b"%PDF-1.7 x", "p.pdf"))
    address = f"/office/documents/{document.pk}/p.pdf"
    assert client.get(address).headers["Location"].startswith("/office/account/login/")
    with pytest.raises(Http404):  # behind the office's door there is a second lock
        only_who_may(document, SimpleNamespace(user=AnonymousUser()))
    assert office.get(address).headers["Location"] == f"/office/files/{document.file.name}"
    assert office.get(opened(document) and address).headers["Location"] == f"/files/{document.file.name}"


def test_a_document_link_in_rich_text_opens_without_a_session(client: Client) -> None:
    from wagtail.rich_text import expand_db_html

    document = opened(Attachment.objects.create(title="P", file=ContentFile(b"%PDF-1.7 x", "p.pdf")))
    markup = expand_db_html(f'<a linktype="document" id="{document.pk}">P</a>')
    assert markup == f'<a href="/files/{document.file.name}">P</a>'
    assert client.get(markup.split('"')[1]).status_code == 200


def test_captions_and_poster_follow_their_video(client: Client) -> None:
    video = make_video(DATA, thumbnail=ContentFile(b"jpeg", "poster.jpg"))
    track = CaptionTrack.objects.create(video=video, language="ar", file=ContentFile(CAPTIONS, "a.vtt"))
    addresses = [f"/files/{name}" for name in (video.file.name, video.thumbnail.name, track.file.name)]
    assert [client.get(each).status_code for each in addresses] == [404, 404, 404]
    opened(video)
    assert [client.get(each).status_code for each in addresses] == [200, 200, 200]
    answer = client.get(addresses[2])
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert body(answer) == CAPTIONS


@pytest.fixture
def film() -> Video:
    return opened(make_video(DATA))


@pytest.mark.parametrize(
    ("asked", "status", "told", "start", "end"),
    [
        ("bytes=0-0", 206, "bytes 0-0/1024", 0, 1),
        ("bytes=100-199", 206, "bytes 100-199/1024", 100, 200),
        ("bytes=1000-", 206, "bytes 1000-1023/1024", 1000, 1024),
        ("bytes=1000-99999", 206, "bytes 1000-1023/1024", 1000, 1024),
        ("bytes=-24", 206, "bytes 1000-1023/1024", 1000, 1024),
        ("bytes=-5000", 206, "bytes 0-1023/1024", 0, 1024),
        ("bytes=0-10,20-30", 200, None, 0, 1024),
        ("bytes=9-3", 200, None, 0, 1024),
        ("seconds=0-1", 200, None, 0, 1024),
        ("bytes=-", 200, None, 0, 1024),
    ],
)
def test_ranges(film: Video, client: Client, asked: str, status: int, told: str | None, start: int, end: int) -> None:
    response = client.get(film.url, headers={"Range": asked})
    assert response.status_code == status
    assert response.headers.get("Content-Range") == told
    assert body(response) == DATA[start:end]
    assert response.headers["Content-Length"] == str(end - start)
    assert response.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=-0", f"bytes={'9' * 4000}-"])
def test_a_range_beyond_the_end_is_416(film: Video, client: Client, asked: str) -> None:
    response = client.get(film.url, headers={"Range": asked})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */1024"


def test_no_range_of_nothing() -> None:
    assert byte_range("bytes=0-", 0) == ()
    assert byte_range("bytes=-5", 0) == ()


def test_if_range_gives_the_whole_of_a_changed_file(film: Video, client: Client) -> None:
    first = client.get(film.url)
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]

    def status(condition: str) -> int:
        return client.get(film.url, headers={"Range": "bytes=0-9", "If-Range": condition}).status_code

    assert status(etag) == 206
    assert status(changed) == 206
    assert status('"other"') == 200
    assert status(f"W/{etag}") == 200  # a weak validator may not carry a range
    assert status(http_date(0)) == 200


def test_head_and_not_modified(film: Video, client: Client) -> None:
    head = client.head(film.url, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head.headers["Content-Length"], head.content) == (200, "1024", b"")
    again = client.get(film.url, headers={"If-None-Match": head.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "public, max-age=3600"


def test_a_row_whose_file_is_gone_is_404(film: Video, client: Client) -> None:
    film.file.storage.delete(film.file.name)
    assert client.get(film.url).status_code == 404


def test_decoration_is_remembered() -> None:
    picture = make_picture(decorative=True, alt={})
    assert Picture.objects.get(pk=picture.pk).decorative is True
    assert picture.get_rendition("width-32").alt == ""
