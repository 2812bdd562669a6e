"""Answers for the tests of the Scholar's rule: a newsroom with Scholars, drafts of each signed kind, signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.library import roles, signing
from hiwar.library.models import ClaimPage, EvidencePage, FatwaPage, IssuingBody, MatterPage, TermPage
from hiwar.ui.bylanguage import Texts
from tests.accounts.people import account
from tests.library.newsroom import Newsroom, draft, fresh, open_newsroom, section

OWN: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "claim": (ClaimPage, "/ar/claims/", {"verdict": "unfounded", "short_answer": "جواب."}),
    "fatwa": (FatwaPage, "/ar/islamiyat/fatwas/", {"question": "سؤال؟", "ruling": "جواب."}),
    "matter": (MatterPage, "/ar/islamiyat/fatwas/", {}),
    "evidence": (EvidencePage, "/ar/islamiyat/evidence/", {"year": 1258}),
    "term": (TermPage, "/ar/glossary/", {}),
}


@dataclass
class House(Newsroom):
    """As Newsroom, with two Scholars and one who publishes as well."""

    scholar: User
    other_scholar: User
    scholar_publisher: User


def open_house() -> House:
    """A newsroom with Scholars."""
    room = open_newsroom()
    return House(
        **vars(room),
        scholar=account("scholar", roles.SCHOLARS),
        other_scholar=account("other", roles.SCHOLARS, roles.AUTHORS, roles.TRANSLATORS),
        scholar_publisher=account("both", roles.SCHOLARS, roles.PUBLISHERS),
    )


def answer(by: User, kind: str = "fatwa", **values: Any) -> Any:
    """A draft of a signed kind, written by `by`."""
    model, path, own = OWN[kind]
    own = dict(own)
    if kind == "fatwa":
        own["issuing_body"], _made = IssuingBody.objects.get_or_create(
            slug="body", defaults={"name": Texts(ar="هيئة", en="Body")}
        )
    return draft(by, model=model, parent=section(path), **{**own, **values})


def sign(page: Any, by: User) -> Any:
    """`by` signs the newest version of `page`."""
    return signing.sign(page=page, revision=page.get_latest_revision(), by=by)


def publish(page: Any, by: User) -> Any:
    """The newest version of `page` goes out in the name of `by`; the page as it is stored then."""
    with acting.acting(by=by):
        page.get_latest_revision().publish(user=by)
    return fresh(page)


def shown(house: House, kind: str = "fatwa", **values: Any) -> Any:
    """A live answer: by the author, signed by the Scholar, published by the publisher."""
    page = answer(house.author, kind, **values)
    sign(page, house.scholar)
    return publish(page, house.publisher)


def changed(page: Any, by: User, summary: str = "ملخص آخر.", **values: Any) -> Any:
    """A new draft of `page` by `by`, whose summary is another."""
    page = fresh(page).get_latest_revision_as_object()
    page.summary = summary
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=by)
    return fresh(page)


def form_of_fatwa(page: Any, **changes: Any) -> dict[str, str]:
    """What the edit form of a fatwa posts when nothing but `changes` was touched."""
    page = page.get_latest_revision_as_object()
    data = {
        **{name: getattr(page, name) for name in ("title", "slug", "seo_title", "search_description", "summary")},
        **{name: getattr(page, name) for name in ("question", "ruling", "conditions", "scope", "mufti", "number")},
        "issuing_body": str(page.issuing_body_id),
        "issued": "",
        "matter": "",
        "full_text_url": "",
        "date": page.date.astimezone().strftime("%Y-%m-%d %H:%M"),
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
