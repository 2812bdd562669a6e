"""Background jobs of this room. Each may be run twice, or after the thing it speaks of is gone."""

from __future__ import annotations

from django_tasks import task

from hiwar.media import reading


@task()
def read_video(number: int, name: str) -> str:
    """Read length, size and poster of the file `name` of video `number`; returns the state it ends in, '' for none."""
    return reading.read_in(number=number, name=name)
