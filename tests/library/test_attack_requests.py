"""What an attacker asks for without an account: each odd request gets a plain refusal, none an error page."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from hiwar.accounts.models import User
from hiwar.library import house
from hiwar.library.models import OldAddress
from hiwar.library.old_addresses import destination
from tests.library.newsroom import open_newsroom, published, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    house.prepare(by=User.objects.system("demo"))
    return Client()


@pytest.mark.parametrize("value", ["²", "①", "9" * 5000, "-1", "0", "1e3", "१", " ", "+1", "1_0"])
def test_a_page_number_that_is_none_is_not_found(visitor: Client, value: str) -> None:
    assert visitor.get("/en/articles/", {"page": value}).status_code == 404


@pytest.mark.parametrize("value", ["²²²²", "①①①①", "9" * 5000, "99", "0000", "20 6"])
def test_a_year_that_is_none_is_not_found(visitor: Client, value: str) -> None:
    assert visitor.get("/en/articles/", {"year": value}).status_code == 404


@pytest.mark.parametrize("path", ["\x00", "a\x00b/", "states/\x00/", "item/\x00/", "topics/\x00/", "pdf/\x00.pdf"])
def test_a_nul_in_an_address_is_not_found(visitor: Client, path: str) -> None:
    """PostgreSQL refuses a NUL in a text: the question must not reach it."""
    assert visitor.get(f"/en/{path}").status_code == 404
    assert visitor.get("/s/\x00").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["https://elsewhere.example/", "//elsewhere.example/", "elsewhere.example", "javascript:alert(1)", "mailto:a@b.c"],
)
def test_an_old_address_never_leads_to_another_site(visitor: Client, path: str) -> None:
    OldAddress.objects.create(key="/gone/", path=path)
    assert destination("/gone/", "") == ""
    assert visitor.get("/gone/").status_code == 404


def test_a_page_cannot_be_marked_private_since_nothing_would_keep_it_so() -> None:
    newsroom = open_newsroom()
    page = published(newsroom.author, newsroom.publisher)
    address = f"/office/pages/{page.pk}/privacy/"
    response = newsroom.client("publisher").post(address, {"restriction_type": "login", "password": "", "groups": []})
    assert not PageViewRestriction.objects.exists(), response.content
    assert Client().get(page.url_path).status_code == 200


@pytest.mark.parametrize("model", ["sectionpage", "homepage"])
def test_a_publisher_alone_makes_no_new_section(model: str) -> None:
    newsroom = open_newsroom()
    home = section("/en/")
    client = newsroom.client("publisher")
    assert client.get(f"/office/pages/add/library/{model}/{home.pk}/").status_code in (302, 403, 404)
    articles = section("/en/articles/")
    form = {"new_title": "Declaration", "new_slug": "declaration", "new_parent_page": home.pk, "publish_copies": "on"}
    client.post(f"/office/pages/{articles.pk}/copy/", form)
    assert Client().get("/en/declaration/").status_code == 404


@pytest.mark.parametrize("path", ["/en/", "/en/articles/", "/en/nothing/", "/robots.txt", "/s/NOTTHERE"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages", "office_language"])
def test_no_cookie_sent_brings_one_back(visitor: Client, path: str, method: str, cookie: str) -> None:
    """A cache that kept such an answer would hand it to everybody, or keep one for each visitor."""
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies[cookie] = "abc"
    response = getattr(stranger, method)(path)
    assert not response.cookies
    if method == "get":
        assert "cookie" not in response.headers.get("Vary", "").lower()
