"""Length, size and poster, with ffmpeg and without."""

from __future__ import annotations

import struct
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image

from hiwar.media import reading
from hiwar.media.actions import read_again
from hiwar.media.models import Video
from hiwar.media.tasks import read_video
from tests.media.conftest import make_video, picture_bytes, upload

pytestmark = pytest.mark.django_db
WAITING, DONE, NO_TOOL, FAILED = Video.Reading.values


def read(video: Video) -> str:
    return read_video.call(number=video.pk, name=video.file.name)


def test_a_clip_is_read_and_twice_does_no_harm(clip: bytes, stored: Any) -> None:
    video = make_video(clip)
    assert video.reading == WAITING
    for _ in range(2):
        assert read(video) == DONE
        video.refresh_from_db()
        assert (video.reading, video.width, video.height) == (DONE, 320, 240)
        assert video.duration == pytest.approx(2.0, abs=0.1)
        assert stored() == [video.file.name, video.thumbnail.name]
    poster = Image.open(BytesIO(video.thumbnail.read()))
    poster.load()
    assert (poster.format, poster.size) == ("JPEG", (320, 240))
    assert len(poster.getcolors(320 * 240)) > 7  # the test card, not a black frame


def test_an_upload_in_the_office_queues_the_reading(
    office: Client, clip: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        office.post("/office/media/video/add/", {"title": "Clip", "tags": "", "file": upload("clip.mp4", clip)})
    video = Video.objects.get()
    ours = DBTaskResult.objects.filter(task_path="hiwar.media.tasks.read_video")
    queued = ours.get()
    assert queued.args_kwargs["kwargs"] == {"number": video.pk, "name": video.file.name}
    page = office.get(f"/office/media/edit/{video.pk}/").content.decode()
    assert "Waiting to be read" in page
    with django_capture_on_commit_callbacks(execute=True):
        office.post(f"/office/media/edit/{video.pk}/", {"title": "Another name", "tags": ""})
    assert ours.count() == 1  # the file is the same: nothing to read


def test_the_poster_an_editor_chose_stays(clip: bytes) -> None:
    video = make_video(clip, thumbnail=ContentFile(picture_bytes(), "mine.png"))
    assert read(video) == DONE
    assert Video.objects.get().thumbnail.name == "media_thumbnails/mine.png"


def test_a_replaced_or_deleted_video_is_left_alone(clip: bytes) -> None:
    video = make_video(clip)
    assert read_video.call(number=video.pk, name="media/older.mp4") == ""
    assert read_video.call(number=video.pk + 1, name=video.file.name) == ""
    assert Video.objects.get().reading == WAITING


@pytest.mark.parametrize("data", [b"", b"\x00\x00\x00\x18ftypmp42" + bytes(500), b"no video"])
def test_a_broken_file_is_an_answer_and_no_error(data: bytes) -> None:
    video = make_video(data)
    assert (read(video), read(video)) == (FAILED, FAILED)
    assert Video.objects.get().reading == FAILED


def test_a_file_cut_short_or_gone(clip: bytes) -> None:
    cut, gone = make_video(clip[: len(clip) // 2]), make_video(clip)
    gone.file.storage.delete(gone.file.name)
    assert (read(cut), read(gone)) == (FAILED, FAILED)


def test_a_playlist_cannot_call_another_host(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(reading.Unreadable):
        reading.read(path, video=True)


def test_a_program_that_hangs_is_ended(clip: bytes, monkeypatch: Any, tmp_path: Path) -> None:
    slow = tmp_path / "ffprobe"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    (tmp_path / "ffmpeg").symlink_to(slow)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(reading, "SECONDS", 1)
    video = make_video(clip)
    assert read(video) == FAILED


def test_without_ffmpeg_the_office_says_what_is_missing(
    office: Client, clip: bytes, monkeypatch: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    video = make_video(clip)
    address = f"/office/media/edit/{video.pk}/"
    assert 'name="duration"' not in office.get(address).content.decode()
    with monkeypatch.context() as bare:
        bare.setenv("PATH", str(tmp_path))
        assert read(video) == NO_TOOL
    page = office.get(address).content.decode()
    assert "ffmpeg is not installed on the server" in page
    assert "Give its length and size and a poster by hand" in page
    office.post(address, {"title": "Clip", "tags": "", "duration": "61", "width": "320", "height": "240"})
    video.refresh_from_db()
    assert (video.duration, video.width, video.reading) == (61, 320, NO_TOOL)
    with django_capture_on_commit_callbacks(execute=True):
        assert read_again(by=None) == 1
    assert DBTaskResult.objects.filter(task_path="hiwar.media.tasks.read_video").exists()


def test_a_lying_film_is_shown_upright(clip: bytes, tmp_path: Path) -> None:
    # As a telephone writes it: a quarter turn in the matrix of the first track (ISO/IEC 14496-12, 8.3.2).
    start = clip.index(b"tkhd") + 4 + 40
    one = 1 << 16
    matrix = struct.pack(">9i", 0, one, 0, -one, 0, 0, 0, 0, 1 << 30)
    path = tmp_path / "upright.mp4"
    path.write_bytes(clip[:start] + matrix + clip[start + len(matrix) :])
    found = reading.read(path, video=True)
    assert (found.width, found.height) == (240, 320)
    assert Image.open(BytesIO(found.poster)).size == (240, 320)


def test_sound_has_a_length_alone(tmp_path: Path) -> None:
    path = tmp_path / "tone.mp3"
    tone = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=3", str(path)]
    subprocess.run(tone, check=True)
    video = Video.objects.create(title="Tone", type="audio", file=ContentFile(path.read_bytes(), "tone.mp3"))
    assert read(video) == DONE
    video.refresh_from_db()
    assert video.duration == pytest.approx(3, abs=0.2)
    assert (video.width, bool(video.thumbnail)) == (None, False)
