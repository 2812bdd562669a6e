"""Opening and closing files, in the transaction that publishes or takes down what uses them; captions; reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField, Model

from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused
from hiwar.media import access
from hiwar.media.models import CaptionTrack, PrivateUntilPublished, Video
from hiwar.media.tasks import read_video


def is_file(model: type[Model]) -> bool:
    """Whether `model` is one of the kinds of file that are private until published."""
    return issubclass(model, PrivateUntilPublished)


def open_files(*, files: Iterable[Any], by: Any) -> int:
    """Make `files` public; returns how many were private."""
    opened = [file for file in files if not file.public]
    for file in opened:
        type(file).objects.filter(pk=file.pk).update(public=True)
        file.public = True
    if opened:
        record(event=Event.FILES_OPENED, by=by, files=[str(file.uuid) for file in opened])
    return len(opened)


def close_files(*, files: Iterable[Any], by: Any, still_used: Callable[[Any], bool]) -> int:
    """Make those of `files` private that `still_used` does not claim; returns how many were public."""
    closed = [file for file in files if file.public and not still_used(file)]
    for file in closed:
        type(file).objects.filter(pk=file.pk).update(public=False)
        file.public = False
    if closed:
        record(event=Event.FILES_CLOSED, by=by, files=[str(file.uuid) for file in closed])
    return len(closed)


def require_replaceable(*, file: PrivateUntilPublished, by: Any) -> None:
    """Raise Refused when `file`, about to be saved, has other bytes than the row that something published shows.

    Otherwise whoever uploaded it could change, alone, what two persons have seen. Machinery may.
    """
    if file.pk is None or (by is not None and by.is_system):
        return
    stored = type(file)._base_manager.filter(pk=file.pk, public=True).first()
    if stored is not None and any(_other(getattr(stored, n), getattr(file, n)) for n in _file_fields(file)):
        raise Refused(access.STAYS)


def _file_fields(file: Any) -> list[str]:
    return [field.name for field in file._meta.concrete_fields if isinstance(field, FileField)]


def _other(old: Any, new: Any) -> bool:
    return (old.name or "") != (new.name or "") or bool(new and not new._committed)


def require_deletable(*, file: PrivateUntilPublished, by: Any) -> None:
    """Raise Refused when something published shows `file`. Machinery may."""
    if not (by is not None and by.is_system) and type(file)._base_manager.filter(pk=file.pk, public=True).exists():
        raise Refused(access.NOT_DELETED)


def put_captions(*, video: Video, language: str, file: File[bytes] | None, by: Any) -> CaptionTrack | None:
    """Give `video` the caption `file` in `language`, in place of the one it had; None takes that one away.

    `by` may be None when machinery has no account to name. The old file is removed once the change stands,
    the new one when it does not.
    """
    with transaction.atomic():
        track = CaptionTrack.objects.select_for_update().filter(video=video, language=language).first()
        old = track.file.name if track else ""
        if file is None:
            if track is not None:
                track.delete()  # lifecycle.py has the file removed
            return None
        track = track or CaptionTrack(video=video, language=language)
        track.file.save(f"{video.uuid}-{language}.vtt", file, save=False)
        try:
            track.save()
        except Exception:
            track.file.storage.delete(track.file.name)
            raise
        if old and old != track.file.name:
            remove_file(name=old)
        return track


def remove_file(*, name: str) -> None:
    """Remove the stored file `name` once the transaction stands: a rolled back deletion must find it again."""
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def take_in_video(*, video: Video, by: Any) -> bool:
    """Have length, size and poster of a newly stored file read in the background; returns whether there is one.

    `by` may be None: the upload itself names its account in `uploaded_by_user`.
    """
    if not video.arrived:
        return False
    video.arrived = False
    number, name = video.pk, video.file.name
    transaction.on_commit(lambda: read_video.enqueue(number=number, name=name))
    return True


def read_again(*, by: Any) -> int:
    """Queue every video that could not be read, after ffmpeg was installed; returns how many."""
    waiting = Video.objects.exclude(reading=Video.Reading.DONE).values_list("pk", "file")
    for number, name in waiting:
        read_video.enqueue(number=number, name=name)
    return len(waiting)
