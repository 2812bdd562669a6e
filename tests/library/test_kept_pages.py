"""A page made a moment ago is used again for one query, and never after its item changed."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.items.models import ItemRef
from hiwar.library import house, shelf
from hiwar.library.models import ArticlePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    cache.clear()
    shelf.forget()
    user = User.objects.system("test")
    house.prepare(by=user)
    return user


@pytest.fixture
def article(by: User) -> ArticlePage:
    page = ArticlePage(
        title="Before",
        slug="kept",
        summary="A summary.",
        locale=Locale.objects.get(language_code="en"),
        live=False,
        body=[("text", "<p>First words.</p>")],
    )
    with acting.acting(by=by):
        Page.objects.get(url_path="/en/articles/").add_child(instance=page)
        page.save_revision().publish(user=by)
    return page


def read(path: str = "/en/articles/kept/") -> tuple[int, str, int]:
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(path)
    return response.status_code, response.content.decode(), len(queries)


@override_settings(PAGES_KEPT=60)
def test_the_second_reader_costs_one_query_and_reads_the_same(article: ArticlePage) -> None:
    first, second = read(), read()
    assert first[1] == second[1]
    assert first[2] > 1
    assert second[2] == 1


@override_settings(PAGES_KEPT=60)
def test_headers_are_those_of_the_page_as_made(article: ArticlePage) -> None:
    responses = [Client().get("/en/articles/kept/") for _n in range(2)]
    kinds = [dict(response.headers.items()) for response in responses]
    assert kinds[0] == kinds[1]
    assert not responses[1].cookies


@override_settings(PAGES_KEPT=60)
def test_what_is_corrected_shows_at_once(article: ArticlePage, by: User) -> None:
    read()
    page = ArticlePage.objects.get(pk=article.pk)
    page.title = "After"
    with acting.acting(by=by):
        page.save_revision().publish(user=by)
    assert "After" in read()[1]


@override_settings(PAGES_KEPT=60)
def test_what_is_taken_down_is_gone_at_once(article: ArticlePage, by: User) -> None:
    read()
    with acting.acting(by=by):
        ArticlePage.objects.get(pk=article.pk).unpublish()
    assert read()[0] == 404


@override_settings(PAGES_KEPT=60)
def test_a_process_that_heard_of_nothing_sees_it_too(article: ArticlePage) -> None:
    """The registry's row decides, also where another process published and the cache is this process's own."""
    read()
    ItemRef.objects.filter(subject_id=article.pk, kind="article").update(live=False)
    Page.objects.filter(pk=article.pk).update(live=False)
    assert read()[0] == 404


@override_settings(PAGES_KEPT=0)
def test_nothing_is_kept_when_it_is_switched_off(article: ArticlePage) -> None:
    read()
    assert read()[2] == read()[2] > 1
