"""Keeping the registry row of an item in step with the item. Called in the transaction that changes the item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from hiwar.arabic.sorting import sort_key
from hiwar.items.models import ItemRef, ItemRefQuerySet, ItemState, Topic


@dataclass(frozen=True)
class Card:
    """What the registry keeps of an item in one language; see ItemRef for each field."""

    kind: str
    subject_id: int
    language: str
    translation_key: UUID
    live: bool
    title: str
    path: str
    summary: str = ""
    date: datetime | None = None
    minutes: int = 0
    seconds: int = 0
    image_url: str = ""
    image_alt: str = ""
    sample: bool = False
    topics: Iterable[Topic] = field(default_factory=list)
    states: Iterable[str] = field(default_factory=list)


def put(card: Card) -> ItemRef:
    """Write the registry row of `card` (made when there is none) with its topics and States, and return it."""
    local = timezone.localtime(card.date) if card.date else None
    values = {
        "translation_key": card.translation_key,
        "live": card.live,
        "title": card.title[:255],
        "title_key": sort_key(card.title)[:255],
        "summary": card.summary,
        "path": card.path,
        "date": card.date,
        "year": local.year if local else None,
        "changed": timezone.now(),
        "minutes": card.minutes,
        "seconds": card.seconds,
        "image_url": card.image_url,
        "image_alt": card.image_alt,
        "sample": card.sample,
    }
    ref, made = ItemRef.objects.update_or_create(
        kind=card.kind, subject_id=card.subject_id, language=card.language, defaults=values
    )
    topics = {topic.pk for topic in card.topics}
    states = {code.upper() for code in card.states}
    if topics or not made:
        ref.topics.set(topics)
    if states or not made:
        known = set(ref.states.values_list("iso2", flat=True))
        ref.states.exclude(iso2__in=states).delete()
        ItemState.objects.bulk_create(ItemState(item=ref, iso2=code) for code in sorted(states - known))
    return ref


def hide(*, kind: str, subject_id: int) -> int:
    """Mark every language row of a subject as not live; returns how many changed. The short code stays reserved."""
    return ItemRef.objects.filter(kind=kind, subject_id=subject_id, live=True).update(
        live=False, changed=timezone.now()
    )


def touch(rows: ItemRefQuerySet) -> int:
    """Say that what `rows` show has changed, though nobody published them again: kept pages and PDFs are made anew."""
    return ItemRef.objects.filter(pk__in=rows.values("pk")).update(changed=timezone.now())


def of(subject: Model, *, kind: str, language: str) -> ItemRef | None:
    """The registry row of `subject` in `language`, or None."""
    return ItemRef.objects.filter(kind=kind, subject_id=subject.pk, language=language).first()
