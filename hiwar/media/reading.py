"""Length, size and poster of a video, read with ffprobe and ffmpeg where they are installed.

The file came from outside, so the programs run on it with a time limit, bounded memory and processor time, without a
shell, and may open local files of the expected containers alone: a playlist cannot make them call another host.
"""

from __future__ import annotations

import json
import logging
import math
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hiwar.media.models import Video

log = logging.getLogger(__name__)
CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,mp3"
SECONDS = 120  # of waiting, and of processor time
MEMORY = 2 * 1024**3  # bytes of address space
LARGEST = 8192  # pixels on a side
POSTER_WIDTH = 1280
POSTER_BYTES = 5 * 1024 * 1024


class NoTool(Exception):
    """ffprobe or ffmpeg is not installed."""


class Unreadable(Exception):
    """The program could not make sense of the file, or took too long over it."""


@dataclass(frozen=True)
class Read:
    """What was found: seconds, pixels as shown (a rotation is applied), a JPEG poster. Sound has no size and poster."""

    seconds: float
    width: int | None = None
    height: int | None = None
    poster: bytes = b""


def read_in(*, number: int, name: str) -> str:
    """Read the file `name` of video `number` and write what was found, in one update; returns the state reached.

    Nothing is written when the video is gone or has another file by now ('' is returned), and a poster that
    an editor chose stays. A broken file ends in Reading.FAILED: it is an answer, not an error to try again.
    """
    video = Video.objects.filter(pk=number, file=name).first()
    if video is None:
        return ""
    states = Video.Reading
    rows = Video.objects.filter(pk=number, file=name)
    try:
        with local_copy(name) as path:
            found = read(path, video=video.type == "video")
    except NoTool:
        log.warning("video %s is not read: ffmpeg is not installed", number)
        rows.update(reading=states.NO_TOOL)
        return states.NO_TOOL
    except (Unreadable, OSError) as error:
        log.warning("video %s is not read: %s", number, error)
        rows.update(reading=states.FAILED)
        return states.FAILED
    rows.update(reading=states.DONE, duration=found.seconds, width=found.width, height=found.height)
    if found.poster and not video.thumbnail:
        field = Video._meta.get_field("thumbnail")
        stored = default_storage.save(field.generate_filename(video, f"{video.uuid}.jpg"), ContentFile(found.poster))
        if not rows.filter(thumbnail="").update(thumbnail=stored):  # somebody was quicker
            default_storage.delete(stored)
    return states.DONE


def read(path: Path, *, video: bool) -> Read:
    """What ffprobe says of the local file `path`, with a poster frame when it is a video. Raises NoTool, Unreadable."""
    probe, convert = shutil.which("ffprobe"), shutil.which("ffmpeg")
    if not probe or not convert:
        raise NoTool
    guard = ["-v", "error", "-protocol_whitelist", "file", "-format_whitelist", CONTAINERS]
    entries = "format=duration:stream=codec_type,width,height:stream_tags=rotate:stream_side_data=rotation"
    told = _run([probe, *guard, "-print_format", "json", "-show_entries", entries, "-i", f"file:{path}"])
    try:
        answer = json.loads(told)
        seconds = float(answer["format"]["duration"])
        stream = next((each for each in answer["streams"] if each.get("codec_type") == "video"), None)
        if not math.isfinite(seconds) or seconds <= 0:
            raise ValueError(f"a length of {seconds}")
        if not video:
            return Read(seconds=seconds)
        if stream is None:
            raise ValueError("no picture in it")
        width, height = _size(stream)
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"ffprobe: {error}") from error
    # A little way in: the first frame is often black.
    at = min(seconds / 10, 3.0)
    shape = f"scale='min({POSTER_WIDTH},iw)':-2"
    poster = _run(
        [convert, *guard, "-nostdin", "-threads", "1", "-ss", f"{at:.3f}", "-i", f"file:{path}"]
        + ["-frames:v", "1", "-an", "-sn", "-vf", shape, "-c:v", "mjpeg", "-q:v", "3"]
        + ["-strict", "unofficial", "-f", "image2pipe", "pipe:1"]
    )
    if not poster.startswith(b"\xff\xd8") or len(poster) > POSTER_BYTES:
        raise Unreadable("ffmpeg found no frame for the poster")
    return Read(seconds=seconds, width=width, height=height, poster=poster)


def _size(stream: dict[str, Any]) -> tuple[int, int]:
    """Width and height as a player shows them; telephones store upright films lying."""
    width, height = int(stream["width"]), int(stream["height"])
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):
        raise ValueError(f"a size of {width} by {height}")
    sides = [side["rotation"] for side in stream.get("side_data_list", []) if "rotation" in side]
    turned = int(float(sides[0] if sides else stream.get("tags", {}).get("rotate", 0)))
    return (height, width) if turned % 180 == 90 else (width, height)


def _run(command: list[str]) -> bytes:
    """Standard output of `command`. Raises Unreadable when it fails or takes longer than SECONDS."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        if hasattr(resource, "prlimit"):  # Linux
            try:
                resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
                resource.prlimit(process.pid, resource.RLIMIT_CPU, (SECONDS, SECONDS))
            except ProcessLookupError:
                pass  # it has already ended
        try:
            told, errors = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.communicate()
            raise Unreadable(f"{Path(command[0]).name} took more than {SECONDS} seconds") from error
    if process.returncode:
        last = errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise Unreadable(f"{Path(command[0]).name}: {last[:300] or process.returncode}")
    return told


@contextmanager
def local_copy(name: str) -> Iterator[Path]:
    """The stored file as a path on this machine; copied for the time being when the storage is elsewhere."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        with NamedTemporaryFile(suffix=Path(name).suffix) as copy, default_storage.open(name, "rb") as stored:
            shutil.copyfileobj(stored, copy)
            copy.flush()
            yield Path(copy.name)
        return
    if not path.is_file():
        raise FileNotFoundError(f"{name} is not in the storage")
    yield path
