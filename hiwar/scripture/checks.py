"""`manage.py check` compares every text of scripture with what was checked, word by word."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from hiwar.scripture import canon, editions


def texts_stand(**_: Any) -> list[CheckMessage]:
    """An Error for each text that is not the pinned one; about a third of a second, so not part of starting up."""
    problems = [("scripture.E001", canon.verify()), ("scripture.E002", editions.verify())]
    return [Error(text, id=number) for number, texts in problems for text in texts]
