"""Old addresses answer 301, with no cookie and no Vary; ordinary ones pay no query for it."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote, urlsplit

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.library import house, old_addresses
from hiwar.library.imports import legacy
from hiwar.library.models import ArticlePage, OldAddress
from hiwar.library.old_addresses import OldAddresses, key_of, keys_asked


@pytest.mark.parametrize(
    "address, key",
    [
        ("http://www.oic-cdpu.org/en/topic/?tID=5901", "/en/topic/?tid=5901"),
        ("https://other.example/en/topic?tid=5901#top", "/en/topic/?tid=5901"),
        ("https://a.example/?p=8325&utm_source=x&fbclid=y", "/?p=8325"),
        ("https://a.example/x?b=2&a=1", "/x/?a=1&b=2"),
        ("https://a.example/%D9%85%D9%82%D8%A7%D9%84/", "/مقال/"),
        ("https://a.example/مقال", "/مقال/"),
        ("https://a.example//x///y/", "/x/y/"),
        ("https://a.example/caf\u0065\u0301", "/caf\u00e9/"),
        ("https://a.example", "/"),
        ("https://a.example/?q=%D9%85", "/?q=%D9%85"),
    ],
)
def test_one_key_for_every_spelling(address: str, key: str) -> None:
    assert key_of(address) == key


def test_the_exact_address_is_tried_first_then_what_names_the_page() -> None:
    assert keys_asked("/en", "p=8325&x=1")[:2] == ["/en/?p=8325&x=1", "/en/?p=8325"]
    assert "/ar/?p=8325" in keys_asked("/", "p=8325")
    assert keys_asked("/a", "") == ["/a/"]
    assert keys_asked("/a\x00", "") == []
    assert keys_asked("/" + "x" * 800, "") == []
    assert keys_asked("/a", "&".join(f"x{n}=1" for n in range(50))) == ["/a/"]


class RealAddresses(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.by = User.objects.system("import")
        house.prepare(by=cls.by)
        cls.loaded = legacy.load(by=cls.by)
        with legacy.FILE.open(encoding="utf-8") as file:
            cls.lines = [json.loads(line) for line in file]

    def test_three_items_come_in_and_eight_lines_are_refused_politely(self) -> None:
        assert (self.loaded.counts.new, self.loaded.counts.refused, self.loaded.table) == (3, 8, 8)
        assert [number for number, _reason in self.loaded.refused] == [2, 3, 6, 7, 8, 9, 10, 11]
        reasons = dict(self.loaded.refused)
        assert reasons[2] == "A page of the kind “about” is made in the office and cannot be imported."
        assert reasons[11] == "A page of the kind “topic” is made in the office and cannot be imported."

    def test_loading_again_changes_nothing(self) -> None:
        before = list(OldAddress.objects.order_by("pk").values()), list(Page.objects.order_by("pk").values())
        again = legacy.load(by=self.by)
        assert (again.counts.new, again.counts.updated, again.counts.unchanged) == (0, 0, 3)
        assert (list(OldAddress.objects.order_by("pk").values()), list(Page.objects.order_by("pk").values())) == before

    def test_every_real_address_answers_301_and_leads_to_a_page(self) -> None:
        assert len(self.lines) == 11
        for line in self.lines:
            parts = urlsplit(line["source_url"])
            asked = parts.path + (f"?{parts.query}" if parts.query else "")
            answer = Client().get(asked)
            assert answer.status_code == 301, asked
            assert not answer.cookies, asked
            assert "Cookie" not in answer.headers.get("Vary", ""), asked
            target = answer["Location"]
            assert target.startswith("/"), asked
            assert Client().get(target).status_code == 200, f"{asked} → {target}"

    def test_items_lead_to_themselves_and_the_rest_where_the_table_says(self) -> None:
        workshop = "joint-oic-hedayah-workshop-on-designing-effective-cve-initiatives-in-oic-member"
        significance = "the-significance-of-the-oic-center-for-dialogue-peace-and-understanding-cdpu"
        for asked, expected in {
            "/en/topic/?tID=5901": f"/en/press/{workshop}/",
            "/en?p=8325": f"/en/articles/{significance}/",
            "/?p=8325": f"/en/articles/{significance}/",
            "/archives/category/studies/page/9": "/ar/articles/دلالات-مركز-الحوار-والسلام-والتفاهم/",
            "/about-us": "/ar/about/",
            "/en/about-us/": "/en/about/",
            "/en/page/?pID=5&lang=1": "/en/about/",
            "/en": "/en/",
        }.items():
            answer = Client().get(asked)
            assert (answer.status_code, unquote(answer["Location"])) == (301, expected), asked

    def test_the_item_is_followed_after_it_moved(self) -> None:
        page = ArticlePage.objects.get(locale__language_code="en")
        with acting.acting(by=self.by), self.captureOnCommitCallbacks(execute=True):
            page.slug = "significance"
            page.save()
        assert Client().get("/en?p=8325")["Location"] == "/en/articles/significance/"

    def test_head_is_answered_and_post_is_not(self) -> None:
        assert Client().head("/en/topic/?tID=5901").status_code == 301
        assert Client().post("/en/topic/?tID=5901").status_code != 301

    def test_what_is_not_known_or_not_shown_goes_on_to_the_site(self) -> None:
        assert Client().get("/en/topic/?tID=1").status_code == 404
        assert Client().get("/en/archives/none/").status_code == 404
        page = ArticlePage.objects.get(locale__language_code="en")
        with acting.acting(by=self.by):
            page.unpublish()
        assert Client().get("/en/?p=8325").status_code == 200  # the home page itself
        assert Client().get("/en/none/?p=8325").status_code == 404

    def test_arabic_paths_are_found_in_any_spelling(self) -> None:
        OldAddress.objects.create(key=key_of("https://a.example/archives/مقال"), path="/ar/articles/")
        for path in ("/archives/مقال", quote("/archives/مقال/")):
            assert Client().get(path)["Location"] == "/ar/articles/"

    def test_no_address_leads_to_itself_or_to_another_site(self) -> None:
        OldAddress.objects.create(key="/en/gone/", path="/en/gone/")
        OldAddress.objects.create(key="/en/out/", path="//evil.example/")
        assert Client().get("/en/gone/").status_code == 404
        assert Client().get("/en/out/").status_code == 404

    def test_an_item_keeps_an_address_that_the_table_names_too(self) -> None:
        page = ArticlePage.objects.first()
        OldAddress.objects.filter(key="/about-us/").update(page=page, path="")
        old_addresses.load_table()
        row = OldAddress.objects.get(key="/about-us/")
        assert (row.page_id, row.path) == (page.pk, "")

    def test_the_table_is_mended_when_it_changed(self) -> None:
        OldAddress.objects.filter(key="/about-us/").update(path="/wrong/")
        old_addresses.load_table()
        assert OldAddress.objects.get(key="/about-us/").path == "/ar/about/"


class WhatItCosts(TestCase):
    def queries(self, path: str, answer: HttpResponse) -> int:
        """Queries of the middleware alone in front of a site that answers `answer`."""

        def site(request: HttpRequest) -> HttpResponse:
            return answer

        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert OldAddresses(site)(RequestFactory().get(path)) is answer
        return len(captured)

    def test_ordinary_addresses_pay_nothing(self) -> None:
        found = HttpResponse("page")
        for path in ("/", "/ar/", "/en/articles/?topic=media&page=2", "/en/search/?q=x", "/static/a.css"):
            assert self.queries(path, found) == 0, path
        for path in ("/office/none/?p=2", "/s/none", "/files/none.pdf", "/api/v1/none"):
            assert self.queries(path, HttpResponse(status=404)) == 0, path

    def test_one_question_for_what_names_a_page_and_for_what_is_not_found(self) -> None:
        assert self.queries("/en/?p=1", HttpResponse(status=404)) == 1
        assert self.queries("/none/", HttpResponse(status=404)) == 1
        assert self.queries("/none", HttpResponse(status=302)) == 1
