"""Claims beside other claims: what usually comes with one, each with the word and sign of its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hiwar.items.models import ItemRef
from hiwar.library.models import ClaimPage, Companion
from hiwar.library.verdicts import SIGNS, Verdict


def of(page: ClaimPage) -> list[dict[str, Any]]:
    """Live claims that usually come with `page`, in its language; stored with any of its live translations, its own
    first (rows of a draft stand in the same table, and nobody signed them). Three queries when there are any."""
    if page.previewed:
        keys = [row.claim.translation_key for row in page.companions.all()]
    else:
        rows = Companion.objects.filter(page__translation_key=page.translation_key, page__live=True)
        found = rows.order_by("sort_order", "pk").values_list("page_id", "claim__translation_key")
        keys = [key for _own, key in sorted(found, key=lambda row: row[0] != page.pk)]
    order = {key: place for place, key in enumerate(dict.fromkeys(keys)) if key != page.translation_key}
    if not order:
        return []
    refs = ItemRef.objects.shown().in_language(page.language).of_kind("claim").filter(translation_key__in=order)
    return with_verdicts(sorted(refs, key=lambda ref: order[ref.translation_key]))


def with_verdicts(refs: Sequence[ItemRef]) -> list[dict[str, Any]]:
    """Claims with the word and sign of their verdict. One query."""
    numbers = [ref.subject_id for ref in refs]
    verdicts = dict(ClaimPage.objects.filter(pk__in=numbers).values_list("pk", "verdict"))
    return [{"card": ref, **told(verdicts.get(ref.subject_id, ""))} for ref in refs]


def told(verdict: str) -> dict[str, Any]:
    """Word and sign of a verdict; both empty where there is none."""
    return {"label": Verdict(verdict).label if verdict else "", "sign": SIGNS.get(verdict, "")}
