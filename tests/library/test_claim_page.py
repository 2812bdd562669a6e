"""A claim's page: what it shows and in which order, what it never shows, and what it costs."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import override

from hiwar.audit import acting
from hiwar.items.models import ItemRef
from hiwar.library import paper, pdf
from hiwar.library.inner_links import leads_away, outside_links
from hiwar.library.models import Authorship, ClaimPage, Companion, Correction, Person
from hiwar.library.verdicts import Verdict
from tests.library import claiming
from tests.library.claiming import CANARY
from tests.library.newsroom import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    cache.clear()
    yield claiming.prepare()
    cache.clear()


def text_of(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    assert not response.cookies
    return response.content.decode()


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


# --- What it shows ------------------------------------------------------------------------------------------


def test_claim_verdict_and_short_answer_come_first(by) -> None:
    page = claiming.claim(by, title="There is no treaty any more", language="en", short_answer="First.\n\nSecond.")
    text = text_of(page.shown_path)
    assert re.search(r"<h1>“There is no treaty any more”</h1>", text)
    assert text.count("<h1") == 1
    told = words(text)
    assert told.index("There is no treaty") < told.index("Cut from its context") < told.index("First.")
    assert told.index("Second.") < told.index("Full answer")
    assert f'href="/en/verdicts/#{Verdict.CUT_FROM_CONTEXT}"' in text
    assert "#cut" in text, "the verdict has its sign"


def test_every_verdict_has_a_word_and_a_sign_that_is_drawn(by) -> None:
    page = claiming.claim(by, language="en")
    sprite = (settings.BASE / "hiwar" / "static" / "hiwar" / "icons.svg").read_text("utf-8")
    signs = set()
    for verdict in Verdict:
        ClaimPage.objects.filter(pk=page.pk).update(verdict=verdict)
        panel = text_of(page.shown_path).partition('class="verdict-panel"')[2].partition("</section>")[0]
        assert str(verdict.label) in panel
        [sign] = re.findall(r'icons\.svg#([a-z]+)"', panel)
        assert sprite.count(f'<symbol id="{sign}"') == 1
        signs.add(sign)
    assert len(signs) == 8


def test_a_part_begins_at_a_heading_and_names_its_kinds_of_evidence(by) -> None:
    page = claiming.claim(by, language="en")
    with override("en"):
        parts = page.parts
        assert [(part.number, part.title, [str(kind) for kind in part.kinds]) for part in parts] == [
            (0, "", []),
            (1, "في النص", ["From the Quran"]),
            (2, "في القول والعمل", ["From the words of scholars", "From history"]),
        ]
    text = text_of(page.shown_path)
    for part in parts[1:]:
        assert f'<h3 id="{part.id}">' in text
        assert f'<a href="#{part.id}">' in text
    assert words(text).count("Source to be checked") == 1, "the scholar's, not the event's"


def test_two_parts_of_one_name_have_two_addresses(by) -> None:
    page = claiming.claim(by, body=[("heading", {"text": "في النص"}), ("heading", {"text": "في النص"})])
    assert [part.id for part in page.parts] == ["في-النص", "في-النص-2"]


def test_an_answer_without_parts_has_no_contents(by) -> None:
    page = claiming.claim(by, language="en", body=[("text", "<p>Words alone.</p>")])
    text = text_of(page.shown_path)
    assert "Words alone." in text
    assert 'id="toc"' not in text
    assert "evidence-kind" not in text


def test_where_it_comes_from_is_told_and_never_linked(by) -> None:
    page = claiming.claim(by, language="en", used_by="Recruiting material", heard_in="Private messages")
    told = words(text_of(page.shown_path))
    assert "Recruiting material" in told
    assert "Private messages" in told
    assert "the reference is kept by the Centre" in told
    without = claiming.claim(by, language="en", title="Another", archive_reference="")
    told = words(text_of(without.shown_path))
    assert "not linked to and not published again." in told
    assert "kept by the Centre" not in told, "it is said only where it is so"


def test_who_answered_and_who_reviewed(by) -> None:
    page = claiming.draft(by, language="en")
    for slug, part in (("writer", "author"), ("scholar", "reviewer")):
        person = Person.objects.create(slug=slug, name={"ar": slug, "en": slug.title()})
        page.authorships.add(Authorship(person=person, part=part))
    page.save_revision(user=by)
    claiming.publish(page, by)
    told = words(text_of(page.shown_path).partition('id="by"')[2])
    assert told.index("Writer") < told.index("Scholar")
    assert "The views are those of the author." not in told, "an answer is the Centre's"


def test_the_history_holds_each_change_and_the_first_answer(by) -> None:
    page = claiming.draft(by, language="en")
    page.corrections.add(
        Correction(on=datetime.date(2026, 5, 6), text={"ar": "صُحح رقم.", "en": "A number was mended."})
    )
    page.corrections.add(
        Correction(on=datetime.date(2026, 4, 5), kind="update", text={"ar": "زيد دليل.", "en": "Evidence was added."})
    )
    page.save_revision(user=by)
    claiming.publish(page, by)
    told = words(text_of(page.shown_path).partition('id="versions"')[2].partition("</section>")[0])
    assert told.index("A number was mended.") < told.index("Evidence was added.") < told.index("First answered")
    assert "4 March 2026" in told


# --- What usually comes with it -------------------------------------------------------------------------------


def joined(by: Any, key: Any, language: str, title: str) -> ClaimPage:
    """A live claim that is the translation of the one with `key`."""
    page = claiming.draft(by, language=language, title=title)
    ClaimPage.objects.filter(pk=page.pk).update(translation_key=key)
    page = fresh(page)
    page.save_revision(user=by)
    claiming.publish(page, by)
    return fresh(page)


def test_companions_are_shown_in_the_language_of_the_page(by) -> None:
    first = claiming.claim(by, title="الأولى")
    second = claiming.claim(by, title="الثانية", verdict="unfounded")
    first_en = joined(by, first.translation_key, "en", "The first")
    second_en = joined(by, second.translation_key, "en", "The second")
    Companion.objects.create(page=first, claim=second, sort_order=0)
    here = text_of(first.shown_path).partition('id="companions"')[2]
    assert second.shown_path in here
    assert "لا أساس له" in here or "Unfounded" in here
    there = text_of(first_en.shown_path).partition('id="companions"')[2]
    assert second_en.shown_path in there
    assert "“The second”" in there
    assert second.shown_path not in there.partition("<footer")[0]


def test_a_companion_that_is_not_live_or_not_translated_is_left_out(by) -> None:
    first, second = claiming.claim(by, title="الأولى"), claiming.claim(by, title="الثانية")
    Companion.objects.create(page=first, claim=second, sort_order=0)
    Companion.objects.create(page=first, claim=first, sort_order=1)
    english = joined(by, first.translation_key, "en", "The first")
    assert 'id="companions"' not in text_of(english.shown_path)
    with acting.acting(by=by):
        second.unpublish()
    text = text_of(first.shown_path)
    assert 'id="companions"' not in text
    assert "الثانية" not in text


# --- What it never shows ---------------------------------------------------------------------------------------


def test_the_archive_reference_leaves_the_office_nowhere(by) -> None:
    page = claiming.claim(by)
    ref = ItemRef.objects.get(subject_id=page.pk, kind="claim")
    places = [
        page.shown_path,
        "/ar/claims/",
        "/ar/feeds/claims.xml",
        "/ar/feeds/claims.json",
        "/ar/feeds/all.xml",
        "/ar/feeds/claimreview.json",
        "/api/v1/claims",
        "/api/v1/claims?format=csv",
        f"/api/v1/claims/{ref.uuid}",
        f"/api/v1/claims/{ref.uuid}?format=csv",
        "/sitemaps/ar-1.xml",
    ]
    for place in places:
        response = Client().get(place)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200, place
        assert CANARY not in body.decode(), place
        assert page.title in body.decode() or "sitemap" in place, f"{place} does not hold the claim at all"
    with override("ar"):
        printed = paper.context(page=page, ref=ref)
        markup = pdf.render_to_string("pdf/item.html", printed)
    assert page.short_answer in markup
    assert CANARY not in markup


OUTSIDE = [
    "https://evil.example/clip",
    "http://evil.example",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "/\\evil.example",
    " https://evil.example",
    "ht\ntps://evil.example",
    "mailto:someone@evil.example",
    "tg://resolve?domain=x",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:evil.example",
    "https://localhost.evil.example/",
]
INSIDE = ["/ar/claims/", "#part", "?page=2", f"{settings.SITE_URL}/ar/articles/x/", "articles/x"]


@pytest.mark.parametrize("href", OUTSIDE)
def test_an_address_leads_away_as_a_browser_reads_it(href: str) -> None:
    assert leads_away(href)


@pytest.mark.parametrize("href", INSIDE)
def test_an_address_of_the_site_does_not(href: str) -> None:
    assert not leads_away(href)


def test_a_link_that_leads_away_is_refused(by) -> None:
    page = claiming.draft(by)
    for href in OUTSIDE:
        page.body = claiming.answer(("text", f'<p>انظر <a href="{escape(href)}">هنا</a>.</p>'))
        assert outside_links(page.body) == [href], href
        assert len(page.own_refusals()) == 1, href
        with pytest.raises(ValidationError) as refused:
            page.clean()
        assert set(refused.value.error_dict) == {"body"}


def test_a_link_inside_the_site_is_not(by) -> None:
    page = claiming.draft(by)
    for href in INSIDE:
        links = f'<p>انظر <a href="{href}">هنا</a> و<a linktype="page" id="3">هنا</a>.</p>'
        page.body = claiming.answer(("text", links))
        assert outside_links(page.body) == []
        assert page.own_refusals() == []
        page.clean()


def test_no_address_stands_where_a_claim_is_told(by) -> None:
    page = claiming.draft(by)
    for name in ("title", "summary", "short_answer", "used_by", "heard_in", "wordings"):
        before = getattr(page, name)
        setattr(page, name, "انظر t.me/channel")
        assert len(page.own_refusals()) == 1, name
        with pytest.raises(ValidationError) as refused:
            page.clean()
        assert set(refused.value.error_dict) == {name}
        setattr(page, name, before)
    assert page.own_refusals() == []


def test_sources_may_lead_anywhere(by) -> None:
    source = {"text": "<p>كتاب</p>", "page": "3", "url": "https://library.example/book", "to_be_checked": True}
    page = claiming.claim(by, sources=[("source", source)])
    assert page.own_refusals() == []
    assert 'href="https://library.example/book"' in text_of(page.shown_path)


def test_a_claim_is_published_with_a_verdict(by) -> None:
    page = claiming.draft(by)
    page.verdict = ""
    assert len(page.own_refusals()) == 1
    page.verdict = "unfounded"
    assert page.own_refusals() == []


# --- On paper, and what it costs ---------------------------------------------------------------------------------


def test_the_pdf_holds_the_same(by) -> None:
    source = {"text": "<p>كتاب السنن</p>", "page": "", "url": "", "to_be_checked": True}
    first = claiming.claim(by, language="en", title="The first", sources=[("source", source)])
    second = claiming.claim(by, language="en", title="The second", verdict="unfounded")
    Companion.objects.create(page=first, claim=second, sort_order=0)
    ref = ItemRef.objects.get(subject_id=first.pk, kind="claim")
    with override("en"):
        told = words(pdf.render_to_string("pdf/item.html", paper.context(page=first, ref=ref)))
    for expected in (
        "“The first”",
        "Cut from its context",
        "ملخص.",
        claiming.SHORT,
        "مواد تجنيد",
        "رسائل خاصة",
        "1 · From the Quran",
        "2 · From the words of scholars · From history",
        "في القول والعمل",
        "قال ما معناه كذا.",
        "عُقد صلح.",
        "كتاب السنن",
        "First answered",
        "“The second” – Unfounded",
    ):
        assert expected in told, expected
    assert told.count("Source to be checked") == 2
    if pdf.available():
        assert pdf.ensure(ref).endswith(".pdf")


def cost(path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert Client().get(path).status_code == 200
    return len(found)


def test_what_the_page_costs(by) -> None:
    first, second = claiming.claim(by, title="الأولى"), claiming.claim(by, title="الثانية")
    alone = first.shown_path
    text_of(alone)  # what the process keeps is read once
    assert cost(alone) == 8
    Companion.objects.create(page=first, claim=second, sort_order=0)
    assert cost(alone) == 10
    for number in range(5):
        other = claiming.claim(by, title=f"أخرى {number}")
        Companion.objects.create(page=first, claim=other, sort_order=number)
    text_of(alone)
    assert cost(alone) == 10
