"""Writing the log."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from hiwar.audit.events import Event
from hiwar.audit.models import Entry


class Actor(Protocol):
    """Whoever acts: a person's account or a system account (import, schedule)."""

    uuid: UUID
    is_system: bool


def record(*, event: Event, by: Actor, subject_kind: str = "", subject: object = "", **detail: Any) -> Entry:
    """Write one entry in the caller's transaction and return it.

    `detail` holds JSON values and no personal data. Raises TypeError when `by` is missing:
    an unattributed act is refused, system accounts act in their own name.
    """
    if by is None or getattr(by, "uuid", None) is None:
        raise TypeError(f"{event}: an act needs an actor")
    return Entry.objects.create(
        event=event,
        actor=by.uuid,
        actor_kind="system" if by.is_system else "person",
        subject_kind=subject_kind,
        subject=str(subject),
        detail=detail,
    )
