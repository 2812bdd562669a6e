"""People and entries that the tests of the room share. No scripture is typed here: it comes from the canon."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.test import Client

from hiwar.accounts.models import User
from hiwar.audit.models import Entry
from hiwar.items import actions as items
from hiwar.items.actions import Card
from hiwar.items.models import ItemRef
from hiwar.library import house, roles
from hiwar.scripture import actions
from hiwar.scripture.canon import quran
from hiwar.scripture.models import Hadith
from tests.accounts.people import account, signed_in

# What an editor types. Not a hadith: whether a text is one is the editor's word and the Scholar's signature.
TEXT = "  نصٌّ للاختبار \u0623\u0627\u0654 هٰذا\u200cهنا  \n  سطر ثانٍ  "
GRADING: dict[str, Any] = {
    "grader": {"ar": "فلان", "en": "So-and-so"},
    "grade": "sahih",
    "wording": {"ar": "إسناده صحيح"},
    "source": {"ar": "كتاب الاختبار", "en": "Book of tests"},
    "page": "3/45",
}
SECOND = {**GRADING, "grader": {"en": "Another"}, "grade": "daif", "wording": {}, "page": ""}


@dataclass
class People:
    author: User
    publisher: User
    scholar: User
    second_scholar: User
    manager: User

    def client(self, name: str, language: str = "en") -> Client:
        return signed_in(getattr(self, name), language=language)


def people() -> People:
    """One account a role, in a prepared house."""
    by = User.objects.system("demo")
    house.prepare(by=by)
    roles.prepare(by=by)
    return People(
        author=account("author", roles.AUTHORS),
        publisher=account("publisher", roles.PUBLISHERS),
        scholar=account("scholar", roles.SCHOLARS),
        second_scholar=account("second", roles.SCHOLARS),
        manager=account("manager", manager=True),
    )


def values(**more: Any) -> dict[str, Any]:
    """Fields of a hadith, ready for save_hadith."""
    return {
        "collection": "bukhari",
        "number": "1",
        "scheme": "fath-al-bari",
        "narrator": {"ar": "عن فلان", "en": "From so-and-so"},
        "text": TEXT,
        "edition_note": {"en": "An edition, vol. 1, p. 2"},
        **more,
    }


def hadith(by: User, *, gradings: Any = (GRADING,), **more: Any) -> Hadith:
    """A hadith as `by` entered it."""
    return actions.save_hadith(values=values(**more), gradings=gradings, by=by)


def signed(by: User, scholar: User, **more: Any) -> Hadith:
    """A hadith that `by` entered and `scholar` signed."""
    row = hadith(by, **more)
    return actions.sign_hadith(hadith=row, seal=actions.seal_of(row), by=scholar)


def item(*, live: bool = True, kind: str = "article", subject: int = 1, language: str = "ar") -> ItemRef:
    """The registry row of something published."""
    return items.put(
        Card(
            kind=kind,
            subject_id=subject,
            language=language,
            translation_key=uuid.uuid4(),
            live=live,
            title=f"{kind} {subject}",
            path=f"/{language}/{kind}/{subject}/",
        )
    )


def meanings(**more: str) -> dict[tuple[int, int], str]:
    """A text for every verse of the canon: its own place, which nobody takes for a translation."""
    found = {(verse.sura, verse.number): f"meaning of {verse.key}" for verse in quran().verses()}
    for key, text in more.items():
        sura, verse = key.removeprefix("v").split("_")
        found[int(sura), int(verse)] = text
    return found


def events(event: str, subject: object = None) -> list[Entry]:
    """Audit entries, newest first."""
    found = Entry.objects.filter(event=event)
    return list(found.filter(subject=str(subject)) if subject is not None else found)
