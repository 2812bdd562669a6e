"""What the office's upload pages say of bad files: through Wagtail's own views."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import UploadedFile

from hiwar.media.models import Attachment, CaptionTrack, Picture, Video
from tests.media.conftest import CAPTIONS, make_video, office_file, picture_bytes, upload

pytestmark = pytest.mark.django_db
ADD_PICTURE = "/office/images/add/"
ADD_PICTURES = "/office/images/multiple/add/"
ADD_DOCUMENT = "/office/documents/add/"
ADD_VIDEO = "/office/media/video/add/"
MACRO_TYPES = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}


def errors(response: Any, field: str) -> str:
    assert response.status_code == 200
    return " ".join(response.context["form"].errors.get(field, []))


def add_picture(office: Client, name: str, data: bytes, **more: str) -> Any:
    values = {"title": "Plate", "alt_ar": "", "alt_en": "A star", "tags": "", **more}
    return office.post(ADD_PICTURE, {**values, "file": upload(name, data)})


def test_a_picture_needs_alternative_text(office: Client, stored: Any) -> None:
    response = add_picture(office, "plate.png", picture_bytes(), alt_en="", credit="Drawn here")
    assert "Say in at least one language what the picture shows" in errors(response, "alt")
    assert "Drawn here" in response.content.decode()  # what was typed is kept
    assert not Picture.objects.exists()
    assert stored() == []


def test_decoration_or_one_language_is_enough(office: Client) -> None:
    assert add_picture(office, "a.png", picture_bytes(), alt_en="", decorative="on").status_code == 302
    other = add_picture(office, "b.png", picture_bytes(), alt_en="", alt_ar="نجمة")
    assert other.status_code == 302, other.context["form"].errors
    by_text = {picture.decorative: dict(picture.alt) for picture in Picture.objects.all()}
    assert by_text == {True: {}, False: {"ar": "نجمة"}}


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("plate.png", b"no picture at all", "This is not a picture, or the file is broken"),
        ("plate.png", picture_bytes(size=(200, 200))[:9000], "The picture is broken"),
        ("plate.jpg", picture_bytes("JPEG", (200, 200))[:3000], "The picture is broken"),
        ("plate.webp", picture_bytes("WEBP", (200, 200))[:3000], "broken"),
        ("plate.png", picture_bytes("JPEG"), "The file is named .png, but the picture in it is jpeg"),
        ("plate.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Pictures of this kind are not taken"),
        ("plate.gif", picture_bytes("GIF"), "Pictures of this kind are not taken"),
    ],
)
def test_broken_and_disguised_pictures(office: Client, stored: Any, name: str, data: bytes, message: str) -> None:
    assert message in errors(add_picture(office, name, data), "file")
    assert stored() == []


def test_a_picture_with_too_many_pixels(office: Client, settings: Any, stored: Any) -> None:
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    assert "The picture has 3072 pixels" in errors(add_picture(office, "a.png", picture_bytes()), "file")
    assert stored() == []


def test_many_pictures_at_once(office: Client, stored: Any) -> None:
    headers = {"X-Requested-With": "XMLHttpRequest"}
    broken = office.post(ADD_PICTURES, {"title": "P", "files[]": upload("p.png", b"nothing")}, headers=headers).json()
    assert broken["success"] is False
    assert "This is not a picture, or the file is broken" in broken["error_message"]
    assert stored() == []

    # A good file waits for its alternative text and becomes a picture only then.
    good = office.post(ADD_PICTURES, {"title": "P", "files[]": upload("p.png", picture_bytes())}, headers=headers)
    waiting = UploadedFile.objects.get()
    assert good.json()["uploaded_file_id"] == waiting.pk
    assert not Picture.objects.exists()
    address, prefix = (
        f"/office/images/multiple/create_from_uploaded_image/{waiting.pk}/",
        f"uploaded-image-{waiting.pk}",
    )
    empty = office.post(address, {f"{prefix}-title": "My plate", f"{prefix}-tags": ""}, headers=headers).json()
    assert empty["success"] is False
    assert "Say in at least one language what the picture shows" in empty["form"]
    assert "My plate" in empty["form"]
    done = office.post(
        address, {f"{prefix}-title": "My plate", f"{prefix}-tags": "", f"{prefix}-alt_en": "A star"}, headers=headers
    ).json()
    assert done["success"] is True
    assert dict(Picture.objects.get().alt) == {"en": "A star"}


def add_document(office: Client, name: str, data: bytes) -> Any:
    return office.post(ADD_DOCUMENT, {"title": "Paper", "tags": "", "language": "en", "file": upload(name, data)})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\n%%EOF"),
        ("a.docx", office_file(WORD)),
        ("a.xlsx", office_file({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})),
        ("a.odt", office_file(ODT)),
        ("a.txt", "نص عربي\n".encode()),
        ("a.csv", "اسم,عدد\nأ,1\n".encode()),
    ],
)
def test_documents_that_are_what_they_say(office: Client, name: str, data: bytes) -> None:
    assert add_document(office, name, data).status_code == 302
    document = Attachment.objects.get()
    assert (document.file_extension, document.public) == (name[2:], False)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"<html><script>", "The file is named PDF, but its content is something else"),
        ("a.docx", b"%PDF-1.7", "The file is named DOCX"),
        ("a.docx", office_file({"readme.txt": "x"}), "The file is named DOCX"),
        ("a.docx", office_file(WORD)[:-30], "The file is named DOCX"),
        ("a.xlsx", office_file(WORD), "The file is named XLSX"),
        ("a.odt", office_file({"mimetype": "application/zip"}), "The file is named ODT"),
        ("a.docx", office_file({**WORD, "[Content_Types].xml": MACRO_TYPES}), "holds macros"),
        ("a.docx", office_file({**WORD, "word/vbaProject.bin": "x"}), "holds macros"),
        ("a.odt", office_file({**ODT, "Basic/Standard/Module1.xml": "x"}), "holds macros"),
        ("a.docm", office_file(WORD), "holds macros"),
        ("a.exe", b"MZ", "Files of this kind are not taken"),
        ("a.html", b"<html>", "Files of this kind are not taken"),
        ("a.txt", b"one\ntwo\n\xff\xfe\n", "Line 3 is not UTF-8 text"),
        ("a.csv", "أ,ب\nج".encode("cp1256"), "Line 1 is not UTF-8 text"),
        ("a.txt", b"one\x00two", "The file is named TXT"),
    ],
)
def test_documents_that_are_refused(office: Client, stored: Any, name: str, data: bytes, message: str) -> None:
    response = add_document(office, name, data)
    assert message in errors(response, "file")
    assert len(response.context["form"].errors["file"]) == 1  # one message, not two
    assert (stored(), Attachment.objects.count()) == ([], 0)


def test_a_text_longer_than_one_piece_is_read_to_its_end(office: Client) -> None:
    long = "حرف\n".encode() * 40_000
    assert "Line 40001 is not UTF-8 text" in errors(add_document(office, "a.txt", long + b"\xff"), "file")
    assert add_document(office, "a.txt", long).status_code == 302


def add_video(office: Client, data: bytes, name: str = "clip.mp4", **more: Any) -> Any:
    return office.post(ADD_VIDEO, {"title": "Clip", "tags": "", "file": upload(name, data), **more})


def test_a_video_with_captions(office: Client, clip: bytes, stored: Any) -> None:
    response = add_video(office, clip, captions_ar=upload("a.vtt", CAPTIONS), captions_en=upload("e.vtt", CAPTIONS))
    assert response.status_code == 302
    video = Video.objects.get()
    assert [track.language for track in video.tracks.all()] == ["ar", "en"]
    assert stored() == [f"captions/{video.uuid}-{code}.vtt" for code in ("ar", "en")] + ["media/clip.mp4"]


def test_captions_are_replaced_and_taken_away(
    office: Client, clip: bytes, stored: Any, django_capture_on_commit_callbacks: Any
) -> None:
    video = make_video(clip)
    address = f"/office/media/edit/{video.pk}/"
    values = {"title": "Clip", "tags": ""}
    with django_capture_on_commit_callbacks(execute=True):
        office.post(address, {**values, "captions_ar": upload("a.vtt", CAPTIONS)})
    page = office.get(address).content.decode()
    first = CaptionTrack.objects.get()
    assert first.file.url in page
    assert first.file.url.startswith("/office/files/captions/")
    other = CAPTIONS.replace("أولى".encode(), "أخرى".encode())
    with django_capture_on_commit_callbacks(execute=True):
        office.post(address, {**values, "captions_ar": upload("a.vtt", other)})
    second = CaptionTrack.objects.get()
    assert (second.pk, second.file.read()) == (first.pk, other)
    assert stored() == sorted([second.file.name, video.file.name])
    with django_capture_on_commit_callbacks(execute=True):
        office.post(address, {**values, "captions_ar-clear": "on"})
    assert not CaptionTrack.objects.exists()
    assert stored() == [video.file.name]


def test_a_new_language_has_its_field_by_settings_alone(office: Client, clip: bytes, settings: Any) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    assert "Captions: French" in office.get(ADD_VIDEO).content.decode()
    assert add_video(office, clip, captions_fr=upload("f.vtt", CAPTIONS)).status_code == 302
    assert CaptionTrack.objects.get().language == "fr"


def test_sound_has_no_captions(office: Client) -> None:
    assert "captions_ar" not in office.get("/office/media/audio/add/").content.decode()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("clip.mp4", b"#EXTM3U\nhttp://example.org/a.ts\n", "The file is named MP4, but its content"),
        ("clip.webm", b"\x00\x00\x00\x18ftypmp42", "The file is named WEBM"),
        ("clip.avi", b"RIFF", "This is not a video file that can be shown"),
        ("clip.mp4", b"\x00", "The file is named MP4"),
    ],
)
def test_videos_that_are_refused(office: Client, stored: Any, name: str, data: bytes, message: str) -> None:
    response = add_video(office, data, name)
    assert message in errors(response, "file")
    assert not response.context["form"].non_field_errors()
    assert message in response.content.decode()
    assert (stored(), Video.objects.count()) == ([], 0)


def test_bad_captions_stop_the_whole_and_name_the_line(office: Client, clip: bytes, stored: Any) -> None:
    srt = "1\n00:00:01,000 --> 00:00:02,000\nكلمة\n".encode()
    response = add_video(office, clip, captions_ar=upload("a.vtt", srt), captions_en=upload("e.vtt", CAPTIONS))
    assert "Line 1 is not “WEBVTT”" in errors(response, "captions_ar")
    assert "Line 1 is not “WEBVTT”" in response.content.decode()
    assert 'value="Clip"' in response.content.decode()
    assert (stored(), Video.objects.count(), CaptionTrack.objects.count()) == ([], 0, 0)


def test_a_poster_must_be_a_picture(office: Client, clip: bytes, stored: Any) -> None:
    assert "The picture is broken" in errors(add_video(office, clip, thumbnail=upload("p.png", b"no")), "thumbnail")
    assert "not taken" in errors(add_video(office, clip, thumbnail=upload("p.gif", b"GIF89a")), "thumbnail")
    assert stored() == []


def test_a_save_that_fails_leaves_no_file(
    office: Client, clip: bytes, stored: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from django.db import DatabaseError
    from django.db.models.signals import post_save

    def full(**_: Any) -> None:
        raise DatabaseError("the disk is full")

    post_save.connect(full, sender=CaptionTrack)
    try:
        with pytest.raises(DatabaseError):
            add_video(office, clip, captions_ar=upload("a.vtt", CAPTIONS))
    finally:
        post_save.disconnect(full, sender=CaptionTrack)
    assert (stored(), Video.objects.count(), CaptionTrack.objects.count()) == ([], 0, 0)


def test_printing_does_not_open_the_door_to_broken_pictures() -> None:
    from PIL import ImageFile

    from hiwar.library import pdf

    ImageFile.LOAD_TRUNCATED_IMAGES = True  # as WeasyPrint's import leaves it
    pdf.available.cache_clear()
    assert pdf.available()
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
