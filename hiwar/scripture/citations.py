"""Who cites a passage or a hadith, for readers: the query side of the reverse index. It only reads."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber

from hiwar.items import registry
from hiwar.items.models import ItemRef, ItemRefQuerySet
from hiwar.scripture.models import Citation
from hiwar.scripture.reference import Reference

A_KIND = 6
MISUSES = 12


@dataclass(frozen=True)
class Group:
    """Items of one kind that cite the same words: `count` of them, the newest ones in `cards`."""

    kind: str
    label: str
    count: int
    cards: list[ItemRef]

    @property
    def more(self) -> int:
        """How many are not among the cards."""
        return self.count - len(self.cards)


@dataclass(frozen=True)
class Uses:
    """The reverse index of one passage or hadith, in one language, with what there is in the others."""

    groups: list[Group]
    elsewhere: list[tuple[str, int]]
    """(language, number of items) of the other languages that have any."""
    misused: list[Citation]
    """Citations that show how the words are cut, one an item whatever languages it has, with `item`."""

    @property
    def count(self) -> int:
        """Items in the reader's language."""
        return sum(group.count for group in self.groups)


def items(reference: Reference) -> ItemRefQuerySet:
    """Published items in every language that cite any of the verses of `reference`, or the hadith, newest first."""
    return ItemRef.objects.shown().filter(Exists(Citation.objects.of(reference).filter(item=OuterRef("pk"))))


def uses(reference: Reference, *, language: str) -> Uses:
    """Who cites `reference`. One query when nobody does, three when somebody does, however many they are."""
    rows = items(reference)
    counted = rows.order_by().values("language", "kind").annotate(number=Count("pk"))
    here: dict[str, int] = {}
    others: dict[str, int] = {}
    for row in counted:
        if row["language"] == language:
            here[row["kind"]] = row["number"]
        else:
            others[row["language"]] = others.get(row["language"], 0) + row["number"]
    if not here and not others:
        return Uses([], [], [])
    cards: dict[str, list[ItemRef]] = {}
    if here:
        place = Window(RowNumber(), partition_by=F("kind"), order_by=[F("date").desc(nulls_last=True), F("pk").desc()])
        for card in rows.in_language(language).annotate(place=place).filter(place__lte=A_KIND):
            cards.setdefault(card.kind, []).append(card)
    groups = [
        Group(kind.slug, str(kind.plural), here[kind.slug], cards.get(kind.slug, []))
        for kind in registry.kinds()
        if kind.slug in here
    ]
    return Uses(groups, sorted(others.items()), misused(reference, language=language))


def misused(reference: Reference, *, language: str) -> list[Citation]:
    """Where published items show how the words of `reference` are cut, newest first. One query.

    An item that has several languages is named once, in the reader's when it has it.
    """
    rows = (
        Citation.objects.shown()
        .of(reference)
        .filter(role=Citation.Role.MISUSED)
        .select_related("item")
        .order_by("-item__date", "-item__pk", "order")
    )
    best: dict[object, Citation] = {}
    for row in rows[: MISUSES * 4]:
        same = (row.item.kind, row.item.translation_key, row.sura, row.first, row.last, row.number, row.cut_text)
        if same not in best or (row.item.language == language and best[same].item.language != language):
            best[same] = row
    return list(best.values())[:MISUSES]


def cited_verses(sura: int) -> set[int]:
    """Numbers of the verses of `sura` that anything published cites, in any language. One query."""
    rows = Citation.objects.shown().filter(source="quran", sura=sura).order_by().values_list("first", "last").distinct()
    return {number for first, last in rows for number in range(first or 1, (last or first or 0) + 1)}
