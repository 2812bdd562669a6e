"""Signals of this room, each bound in one line to an action. No rule stands here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from hiwar.audit import acting
from hiwar.media import actions
from hiwar.media.models import Attachment, CaptionTrack, Picture, Video


def file_saving(*, instance: Any, **_: Any) -> None:
    actions.require_replaceable(file=instance, by=acting.current())


def file_deleting(*, instance: Any, **_: Any) -> None:
    actions.require_deletable(file=instance, by=acting.current())


def video_saved(*, instance: Video, **_: Any) -> None:
    actions.take_in_video(video=instance, by=acting.current())


def captions_deleted(*, instance: CaptionTrack, **_: Any) -> None:
    actions.remove_file(name=instance.file.name or "")


def bind() -> None:
    """Connect each signal once."""
    for model in (Picture, Attachment, Video):
        pre_save.connect(file_saving, sender=model, dispatch_uid=f"media.saving.{model.__name__}")
        pre_delete.connect(file_deleting, sender=model, dispatch_uid=f"media.deleting.{model.__name__}")
    post_save.connect(video_saved, sender=Video, dispatch_uid="media.video")
    post_delete.connect(captions_deleted, sender=CaptionTrack, dispatch_uid="media.captions")
