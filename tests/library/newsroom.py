"""A newsroom for the tests of the gate: a prepared house, one person a role, and drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.audit.models import Entry
from hiwar.items.models import ItemRef
from hiwar.library import house, roles
from hiwar.library.models import ArticlePage
from tests.accounts.people import account, signed_in


@dataclass
class Newsroom:
    author: User
    translator: User
    reviewer: User
    publisher: User
    manager: User

    def client(self, role: str) -> Client:
        """A browser in which the person of `role` is signed in; the office speaks English there."""
        return signed_in(getattr(self, role), language="en")


def open_newsroom() -> Newsroom:
    """Prepare languages, sections and roles, and one account a role."""
    by = User.objects.system("demo")
    house.prepare(by=by)
    roles.prepare(by=by)
    return Newsroom(
        author=account("author", roles.AUTHORS),
        translator=account("translator", roles.TRANSLATORS),
        reviewer=account("reviewer", roles.REVIEWERS),
        publisher=account("publisher", roles.PUBLISHERS),
        manager=account("manager", manager=True),
    )


def section(path: str = "/ar/articles/") -> Any:
    return Page.objects.get(url_path=path).specific


def draft(by: User, *, title: str = "مقال", parent: Any = None, model: Any = ArticlePage, **values: Any) -> Any:
    """A draft with one revision, both by `by`."""
    parent = parent or section()
    page = model(
        title=title,
        slug=values.pop("slug", title.replace(" ", "-")),
        summary="ملخص.",
        body=[("text", "<p>نص.</p>")],
        locale=parent.locale,
        owner=by,
        live=False,
        **values,
    )
    parent.add_child(instance=page)
    page.save_revision(user=by)
    page.refresh_from_db()
    return page


def published(author: User, publisher: User, **values: Any) -> Any:
    """A live item: written by `author`, published by `publisher`."""
    page = draft(author, **values)
    with acting.acting(by=publisher):
        page.get_latest_revision().publish(user=publisher)
    return fresh(page)


def fresh(page: Any) -> Any:
    """The page as it is stored now."""
    return type(page).objects.get(pk=page.pk)


def form_of(page: Any, **changes: Any) -> dict[str, str]:
    """What the edit form of an article posts when nothing but `changes` was touched."""
    page = page.get_latest_revision_as_object()
    data = {
        "title": page.title,
        "slug": page.slug,
        "seo_title": page.seo_title,
        "search_description": page.search_description,
        "summary": page.summary,
        "date": page.date.astimezone().strftime("%Y-%m-%d %H:%M"),
        "image": "",
        "body": streamfield([(b.block_type, rich_text(b.value.source)) for b in page.body]),
        "sources": streamfield([]),
        "authorships": inline_formset([]),
        "corrections": inline_formset([]),
        "comments": inline_formset([]),
        "go_live_at": "",
        "expire_at": "",
        **changes,
    }
    posted = nested_form_data(data)
    for number, block in enumerate(page.body):
        posted[f"body-{number}-id"] = block.id or ""
    return posted


def row(page: Any) -> ItemRef | None:
    """The registry's row of `page`."""
    return ItemRef.objects.filter(kind=page.kind, subject_id=page.pk).first()


def is_public(page: Any) -> bool:
    """Whether the page is live, by its own row and by the registry's: the two must agree."""
    stored, ref = fresh(page), row(page)
    assert stored.live == bool(ref and ref.live), "page and registry row disagree"
    return bool(stored.live)


def entries(event: str, page: Any = None) -> list[Entry]:
    """Audit entries of `event`, newest first; of `page`'s item when given."""
    found = Entry.objects.filter(event=event)
    if page is not None:
        ref = row(page)
        found = found.filter(subject__in=[str(ref.uuid) if ref else "-", str(page.translation_key)])
    return list(found)
