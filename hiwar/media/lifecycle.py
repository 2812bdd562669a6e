"""Signals of this room, each bound in one line to an action. No rule stands here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from hiwar.audit import acting
from hiwar.media import actions
from hiwar.media.models import CaptionTrack, Video


def video_saved(*, instance: Video, **_: Any) -> None:
    actions.take_in_video(video=instance, by=acting.current())


def captions_deleted(*, instance: CaptionTrack, **_: Any) -> None:
    actions.remove_file(name=instance.file.name or "")


def bind() -> None:
    """Connect each signal once."""
    post_save.connect(video_saved, sender=Video, dispatch_uid="media.video")
    post_delete.connect(captions_deleted, sender=CaptionTrack, dispatch_uid="media.captions")
