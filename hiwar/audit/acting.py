"""Who acts in this thread of work: set by the office's middleware, by commands and by tasks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from hiwar.audit.actions import Actor

_actor: ContextVar[Actor | None] = ContextVar("acting", default=None)


def current() -> Actor | None:
    """The acting account, or None when nobody was named."""
    return _actor.get()


@contextmanager
def acting(*, by: Actor | None) -> Iterator[None]:
    """Name `by` as the actor of everything done inside the block."""
    token = _actor.set(by)
    try:
        yield
    finally:
        _actor.reset(token)
