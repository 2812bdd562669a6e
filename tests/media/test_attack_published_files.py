"""Whoever uploaded a file tries to change it, alone, after two persons have published it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.audit.refusal import Refused
from hiwar.media.models import Attachment, CaptionTrack, Picture, Video
from tests.library.newsroom import Newsroom, open_newsroom
from tests.media.conftest import CAPTIONS, make_picture, picture_bytes, upload

pytestmark = pytest.mark.django_db
WORDS = {"title": "Plate", "alt_ar": "نجمة", "alt_en": "A star", "tags": ""}


@pytest.fixture
def newsroom() -> Newsroom:
    return open_newsroom()


@pytest.fixture
def picture(newsroom: Newsroom) -> Picture:
    return make_picture(uploaded_by_user=newsroom.author, public=True)


def edit(client: Client, picture: Picture, **more: Any) -> Any:
    return client.post(f"/office/images/{picture.pk}/", {**WORDS, **more})


def test_the_author_of_a_picture_changes_it_until_it_is_published(newsroom: Newsroom) -> None:
    own = make_picture(uploaded_by_user=newsroom.author)
    before = own.file.name
    assert edit(newsroom.client("author"), own, file=upload("new.png", picture_bytes())).status_code == 302
    assert Picture.objects.get().file.name != before


@pytest.mark.parametrize("role", ["author", "publisher", "manager"])
def test_nobody_puts_another_picture_into_a_published_page(newsroom: Newsroom, picture: Picture, role: str) -> None:
    before = picture.file.name
    response = edit(newsroom.client(role), picture, file=upload("new.png", picture_bytes()))
    assert response.status_code == 200
    assert "Something published shows this file" in response.content.decode()
    assert Picture.objects.get().file.name == before


def test_an_author_does_not_change_the_words_of_a_published_picture(newsroom: Newsroom, picture: Picture) -> None:
    assert edit(newsroom.client("author"), picture, alt_en="Something else").status_code == 200
    assert Picture.objects.get().alt["en"] == "A star"
    assert edit(newsroom.client("publisher"), picture, alt_en="A star of eight points").status_code == 302
    assert Picture.objects.get().alt["en"] == "A star of eight points"


@pytest.mark.parametrize("role", ["author", "manager"])
def test_a_published_picture_is_not_deleted(newsroom: Newsroom, picture: Picture, role: str) -> None:
    client = newsroom.client(role)
    response = client.post(f"/office/images/{picture.pk}/delete/", follow=True)
    assert Picture.objects.filter(pk=picture.pk).exists()
    assert "cannot be deleted" in response.content.decode()
    client.post(f"/office/bulk/image/delete/?id={picture.pk}&next=/office/images/")
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_published_document_stays(newsroom: Newsroom) -> None:
    paper = Attachment.objects.create(
        title="Paper", file=ContentFile(b"%PDF-1.7", "a.pdf"), public=True, uploaded_by_user=newsroom.author
    )
    before = paper.file.name
    client = newsroom.client("author")
    new = upload("b.pdf", b"%PDF-1.7 other words")
    response = client.post(
        f"/office/documents/edit/{paper.pk}/", {"title": "Paper", "language": "", "tags": "", "file": new}
    )
    assert response.status_code == 200
    client.post(f"/office/documents/delete/{paper.pk}/")
    assert Attachment.objects.get().file.name == before


def test_captions_of_a_published_video_are_for_reviewers_and_publishers(newsroom: Newsroom) -> None:
    video = Video(
        title="Clip", type="video", file=ContentFile(b"\0\0\0\x18ftypisom", "c.mp4"), uploaded_by_user=newsroom.author
    )
    video.duration, video.reading = 2.0, Video.Reading.DONE
    video.save()
    Video.objects.update(public=True, reading=Video.Reading.DONE)
    address = f"/office/media/edit/{video.pk}/"
    form = {"title": "Clip", "tags": ""}
    response = newsroom.client("author").post(address, {**form, "captions_ar": upload("a.vtt", CAPTIONS)})
    assert response.status_code == 200
    assert not CaptionTrack.objects.exists()
    assert (
        newsroom.client("reviewer").post(address, {**form, "captions_ar": upload("a.vtt", CAPTIONS)}).status_code == 302
    )
    assert CaptionTrack.objects.get().language == "ar"


def test_the_rule_holds_where_no_form_stands(newsroom: Newsroom, picture: Picture) -> None:
    picture.file = ContentFile(picture_bytes(), "new.png")
    with acting.acting(by=newsroom.manager), pytest.raises(Refused), transaction.atomic():
        picture.save()
    stored = Picture.objects.get()
    with pytest.raises(Refused), transaction.atomic():
        stored.delete()
    stored.title = "Another title"
    stored.save()
    with acting.acting(by=User.objects.system("demo")):
        stored.delete()
    assert not Picture.objects.exists()
