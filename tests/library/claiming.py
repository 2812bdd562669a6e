"""Claims for tests: an answer with evidence of several kinds, in either language, published in the demonstration's name
(who may publish an answer is tested where that rule stands)."""

from __future__ import annotations

import datetime
from typing import Any

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.library import house
from hiwar.library.models import ClaimPage
from hiwar.scripture.blocks import chosen
from tests.library import newsroom

WHEN = datetime.datetime(2026, 3, 4, 9, 30, tzinfo=datetime.UTC)
SHORT = "لا. والجواب في الآية التي تليها."
# Stands in the staff's archive reference and must be found in nothing that leaves the office.
CANARY = "HW-A-0417-CANARY"


def prepare() -> User:
    """A prepared house, and the account in whose name it is filled."""
    by = User.objects.system("demo")
    house.prepare(by=by)
    return by


def answer(*more: tuple[str, Any]) -> list[tuple[str, Any]]:
    """A full answer: an introduction, and two parts that rest on several kinds of evidence."""
    return [
        ("text", "<p>تقوم الشبهة على فهم الكلمة.</p>"),
        ("heading", {"text": "في النص"}),
        ("verse", chosen("9:6")),
        ("text", "<p>فالكلام في قوم بأعيانهم.</p>"),
        ("heading", {"text": "في القول والعمل"}),
        ("scholar", {"who": "عالم", "work": "كتاب", "page": "12", "text": "قال ما معناه كذا.", "to_be_checked": True}),
        ("history", {"when": "سنة ٦ هـ", "work": "", "page": "", "text": "عُقد صلح.", "to_be_checked": False}),
        ("text", "<p>وهذا ما عمل به الناس.</p>"),
        *more,
    ]


def draft(by: User, *, language: str = "ar", title: str = "لا عهد بعد اليوم", **values: Any) -> ClaimPage:
    """A claim with one draft and no signature."""
    values = {
        "verdict": "cut_from_context",
        "short_answer": SHORT,
        "used_by": "مواد تجنيد",
        "heard_in": "رسائل خاصة",
        "archive_reference": CANARY,
        "date": WHEN,
        **values,
    }
    body = values.pop("body", answer())
    page = newsroom.draft(by, title=title, parent=newsroom.section(f"/{language}/claims/"), model=ClaimPage, **values)
    page.body = body
    page.save_revision(user=by)
    return newsroom.fresh(page)


def claim(by: User, **values: Any) -> ClaimPage:
    """A live claim."""
    page = draft(by, **values)
    publish(page, by)
    return newsroom.fresh(page)


def publish(page: ClaimPage, by: User) -> None:
    """Show the newest version of `page`."""
    with acting.acting(by=by):
        page.get_latest_revision().publish(user=by)
