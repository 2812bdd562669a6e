"""Opening and closing files. Called in the transaction that publishes or takes down what uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.media.models import PrivateUntilPublished


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
