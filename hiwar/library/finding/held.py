"""The index of the claims that are published, kept by each process as long as it holds.

Whether it holds one query says, at every request: how many claims are live, in which versions, and when any of them
last changed. What is published, taken down or moved changes that, in whichever process it happened.
The index is read from two queries, after that one: it may be newer than its mark, never older.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, Max, Q, Subquery, Sum
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hiwar.items.models import ItemRef
from hiwar.library.finding.index import SURE, Entry, Index
from hiwar.library.finding.words import clean
from hiwar.library.models import ClaimPage

LIMIT = 1000  # characters of a text that is looked for
State = tuple[int, int, datetime | None, int]


@dataclass(frozen=True)
class Version:
    """A live claim in one language."""

    card: ItemRef
    verdict: str


@dataclass(frozen=True)
class Answer:
    """A claim found: the version to show, all its versions by language, and why it was found."""

    shown: Version
    versions: Mapping[str, Version]
    score: float
    wording: str
    language: str
    spans: tuple[tuple[int, int], ...]

    @property
    def is_close(self) -> bool:
        return self.score >= SURE

    @property
    def percent(self) -> int:
        return round(self.score * 100)

    def marked(self) -> SafeString:
        """The wording as HTML, the words that were met in <mark>; words side by side in one."""
        parts, at = [], 0
        for start, end in _joined(self.wording, self.spans):
            parts += [escape(self.wording[at:start]), "<mark>", escape(self.wording[start:end]), "</mark>"]
            at = end
        return mark_safe("".join([*parts, escape(self.wording[at:])]))


@dataclass(frozen=True)
class Held:
    state: State
    index: Index
    versions: Mapping[Any, Mapping[str, Version]]


_lock = threading.Lock()
_kept: list[Held] = []


def find(text: str, *, language: str = "", limit: int = 10) -> list[Answer]:
    """The published claims nearest to `text`, best first, in `language` where they are published in it.

    Both languages are searched; without `language` each is shown in that of the wording met. One query, and two more
    when a claim was published or taken down since the last one.
    """
    held = current()
    found = []
    for match in held.index.find(clean(text), language=language, limit=limit):
        versions = held.versions[match.claim]
        shown = versions.get(language) or versions[match.entry.language]
        found.append(Answer(shown, versions, match.score, match.entry.text, match.entry.language, match.spans))
    return found


def current() -> Held:
    """The index as it is valid now."""
    state = _state()
    if _kept and _kept[0].state == state:
        return _kept[0]
    with _lock:  # the others wait: what they have is no longer true
        if not _kept or _kept[0].state != state:
            _kept[:] = [_made(state)]
        return _kept[0]


def forget() -> None:
    """Drop this process's index (tests)."""
    _kept.clear()


def _state() -> State:
    # The versions as well: of two transactions the one that wrote its moment first may be the last to commit.
    shown = ClaimPage.objects.filter(live=True).order_by().values("live").annotate(sum=Sum("live_revision_id"))
    rows = ItemRef.objects.filter(kind=ClaimPage.kind).order_by()
    found = rows.aggregate(
        live=Count("pk", filter=Q(live=True)),
        every=Count("pk"),
        last=Max("changed"),
        versions=Max(Subquery(shown.values("sum")[:1], output_field=BigIntegerField())),
    )
    return found["live"], found["every"], found["last"], found["versions"] or 0


def _made(state: State) -> Held:
    fields = ("uuid", "kind", "subject_id", "language", "translation_key", "title", "path", "summary", "date")
    cards = list(ItemRef.objects.shown().of_kind(ClaimPage.kind).only(*fields))
    pages = {
        page.pk: page
        for page in ClaimPage.objects.filter(live=True).order_by().only("title", "verdict", "wordings", "url_path")
    }
    versions: dict[UUID, dict[str, Version]] = {}
    entries = []
    for card in cards:
        page = pages.get(card.subject_id)
        if page is None:
            continue
        versions.setdefault(card.translation_key, {})[card.language] = Version(card, page.verdict)
        entries += [Entry(card.translation_key, card.language, wording) for wording in page.all_wordings]
    return Held(state, Index(entries), versions)


def _joined(text: str, spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Spans with nothing but spaces between them as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and not text[found[-1][1] : start].strip(" -"):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
