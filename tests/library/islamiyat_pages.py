"""Fatwas, comparisons and historical evidence for tests: invented, short, published in the name of the machinery."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.items.models import Topic
from hiwar.library import shelf
from hiwar.library.models import ClaimPage, EvidencePage, FatwaPage, IssuingBody, MatterPage
from hiwar.scripture.blocks import chosen
from hiwar.ui.bylanguage import Texts
from tests.library import newsroom

SECTIONS = {
    FatwaPage: "islamiyat/fatwas",
    MatterPage: "islamiyat/fatwas",
    EvidencePage: "islamiyat/evidence",
    ClaimPage: "claims",
}
NEEDED: dict[Any, dict[str, Any]] = {
    FatwaPage: {"question": "سؤال؟", "ruling": "حكم."},
    EvidencePage: {"year": 630},
    ClaimPage: {"verdict": "cut_from_context", "short_answer": "جواب."},
}


class Visit:
    """For test cases: a visitor's pages, and what they cost once the process has served one like them."""

    def setUp(self) -> None:
        cache.clear()
        shelf.forget()
        self.client = Client()

    def html(self, path: str, status: int = 200) -> str:
        response = self.client.get(path)
        assert response.status_code == status, (path, response.status_code)
        assert not response.cookies
        return response.content.decode()

    def cost(self, path: str) -> int:
        self.html(path)
        with CaptureQueriesContext(connection) as queries:
            self.html(path)
        return len(queries)


def by() -> User:
    return User.objects.system("demo")


def body(slug: str, *, ar: str = "", en: str = "", authority: str = "", **more: Any) -> IssuingBody:
    """An issuing body; its name is its slug where none is given."""
    names = Texts(ar=ar or slug, en=en or slug)
    return IssuingBody.objects.create(slug=slug, name=names, authority=Texts(ar=authority or "جهة."), **more)


def page(model: Any, title: str, *, language: str = "ar", live: bool = True, topics: Any = (), **values: Any) -> Any:
    """A page of `model`, live unless told otherwise; `topics` are slugs, `text` its blocks."""
    parent = newsroom.section(f"/{language}/{SECTIONS[model]}/")
    text = values.pop("text", [("text", "<p>نص.</p>")])
    made = model(
        title=title,
        slug=values.pop("slug", None) or f"p{uuid.uuid4().hex[:8]}",
        summary=values.pop("summary", "ملخص."),
        body=text,
        locale=parent.locale,
        owner=by(),
        live=False,
        **{**NEEDED.get(model, {}), **values},
    )
    with acting.acting(by=by()):
        parent.add_child(instance=made)
        made.topics.set(
            [Topic.objects.get_or_create(slug=slug, defaults={"name": Texts(ar=slug)})[0] for slug in topics]
        )
        revision = made.save_revision(user=by())
        if live:
            revision.publish(user=by())
    return newsroom.fresh(made)


def take_down(page: Any) -> None:
    """Unpublish a page."""
    with acting.acting(by=by()):
        newsroom.fresh(page).unpublish()


def verse(key: str = "2:256") -> tuple[str, dict[str, Any]]:
    """A block that cites a verse."""
    return ("verse", chosen(key))


def cut(key: str, first: int, last: int, explanation: str = "ما يضيع بالاقتطاع.") -> tuple[str, dict[str, Any]]:
    """A block that shows the words `first` to `last` of a verse cut out."""
    return ("misused_verse", {**chosen(key), "first_word": first, "last_word": last, "explanation": explanation})
