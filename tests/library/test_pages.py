"""The public pages of the demonstration: every kind, both languages, few queries, nothing personal."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils.encoding import iri_to_uri

from hiwar.accounts.models import User
from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.library import shelf
from hiwar.library.demo.seed import Seed

ITEMS = ("article", "video", "press_release", "news", "event")
ITEMS += ("claim", "fatwa", "matter", "evidence", "term", "testimony")
# What a page may cost once the process has served one like it. A higher number is a decision, not a repair.
QUERIES = {
    "article": 8,
    "video": 9,
    "press_release": 8,
    "news": 8,
    "event": 8,
    "claim": 11,
    "fatwa": 9,
    "matter": 11,
    "evidence": 8,
    "term": 9,
    "testimony": 8,
    "listing": 4,
    "filtered listing": 5,
    "home": 8,
    "topic": 2,
    "state": 2,
    "plain": 3,
    "claims": 5,
    "fatwas": 9,
    "evidences": 6,
    "timeline": 2,
    "glossary": 5,
    "testimonies": 4,
    "hub": 5,
    "subjects": 1,
    "misused": 4,
    "verdicts": 0,
    "corrections": 6,
}


class Pages(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cache.clear()
        shelf.forget()
        cls.made = Seed(by=User.objects.system("demo")).run()

    def setUp(self) -> None:
        cache.clear()
        shelf.forget()
        self.client = Client()

    def get(self, path: str, status: int = 200):
        response = self.client.get(path)
        assert response.status_code == status, (path, response.status_code)
        return response

    def text(self, path: str) -> str:
        return self.get(path).content.decode()

    def cost(self, path: str) -> int:
        self.get(path)
        with CaptureQueriesContext(connection) as queries:
            self.get(path)
        return len(queries)

    def refs(self, kind: str, language: str = "ar"):
        return ItemRef.objects.shown().of_kind(kind).in_language(language)

    # --- content ---------------------------------------------------------------------------------

    def test_demonstration_holds_what_it_must(self) -> None:
        least = {"article": 16, "video": 6, "press_release": 10, "news": 14, "event": 4}
        least |= {"claim": 16, "fatwa": 12, "matter": 4, "evidence": 12, "term": 20, "testimony": 2}
        for kind, number in least.items():
            for language in ("ar", "en"):
                assert self.refs(kind, language).count() >= number, (kind, language)

    def test_seeding_again_changes_nothing(self) -> None:
        before = list(ItemRef.objects.order_by("pk").values_list("pk", "changed"))
        assert Seed(by=User.objects.system("demo")).run() == 0
        assert list(ItemRef.objects.order_by("pk").values_list("pk", "changed")) == before

    def test_articles_are_long_enough(self) -> None:
        from hiwar.arabic.reading import word_count
        from hiwar.library.models import ArticlePage

        for page in ArticlePage.objects.all():
            assert word_count(page.plain_text()) >= 300, page.title

    # --- every kind, both languages --------------------------------------------------------------

    def test_every_item_is_served_in_its_language_and_direction(self) -> None:
        for ref in ItemRef.objects.shown():
            html = self.text(ref.path)
            way = "rtl" if ref.language == "ar" else "ltr"
            assert f'<html lang="{ref.language}" dir="{way}">' in html
            assert html.count("<h1") == 1
            assert 'rel="canonical"' in html

    def test_language_switch_leads_to_the_same_item(self) -> None:
        for kind in (*ITEMS, "page"):
            ref = self.refs(kind).first()
            other = ItemRef.objects.get(translation_key=ref.translation_key, kind=kind, language="en")
            assert 'hreflang="en" dir="ltr"' in self.text(ref.path)
            assert f'href="{iri_to_uri(other.path)}"' in self.text(ref.path) or f'href="{other.path}"' in self.text(
                ref.path
            )

    def test_item_without_translation_says_so(self) -> None:
        ref = self.refs("article").first()
        ItemRef.objects.filter(translation_key=ref.translation_key, language="en").update(live=False)
        html = self.text(ref.path)
        address = f"/en/item/{ref.code}/"
        assert address in html
        page = self.get(address)
        assert "noindex" in page.content.decode()
        assert ref.title in page.content.decode()
        assert page.headers["Content-Language"] == "en"

    def test_address_of_a_version_that_exists_leads_to_it(self) -> None:
        ref = self.refs("article", "en").first()
        there = ItemRef.objects.get(translation_key=ref.translation_key, language="ar")
        answer = self.get(f"/ar/item/{ref.code}/", 302)
        assert unquote(answer.headers["Location"]) == there.path

    def test_both_calendars_stand_on_every_item(self) -> None:
        for kind in ITEMS:
            if kind == "term":
                continue  # a term is not dated
            for language, hijri in (("ar", "هـ"), ("en", " AH")):
                ref = self.refs(kind, language).first()
                html = self.text(ref.path)
                assert hijri in html, ref.path
                assert re.search(r'<time datetime="\d{4}-\d\d-\d\d', html), ref.path

    def test_listings_link_by_bookmarks(self) -> None:
        for kind in registry.kinds():
            if kind.section:
                html = self.text(f"/ar/{kind.place}/")
                links = re.findall(r'<a href="([^"]+)" rel="bookmark"', html) or re.findall(
                    r'<a[^>]+rel="bookmark"[^>]*href="([^"]+)"', html
                )
                assert links
                assert all(link.startswith(f"/ar/{kind.place}/") for link in links), kind.section

    def test_filters_and_pages(self) -> None:
        first = self.refs("article").filter(topics__slug="law").first()
        html = self.text("/ar/articles/?topic=law")
        assert first.title in html
        year = first.year
        for ref in self.refs("article").exclude(year=year):
            assert ref.title not in self.text(f"/ar/articles/?year={year}").split("<main")[1].split("</main")[0]
        for bad in ("?page=0", "?page=99", "?page=x", "?topic=none", "?year=20"):
            self.get(f"/ar/articles/{bad}", 404)

    def test_topic_gathers_every_kind(self) -> None:
        html = self.text("/en/topics/law/")
        for ref in ItemRef.objects.shown().in_language("en").filter(topics__slug="law", kind="article")[:3]:
            assert ref.path in html or iri_to_uri(ref.path) in html

    def test_person_lists_what_they_wrote(self) -> None:
        from hiwar.library.models import Authorship

        credit = Authorship.objects.filter(page__locale__language_code="ar").first()
        assert ItemRef.objects.get(subject_id=credit.page_id, kind="article").title in self.text(
            f"/ar/people/{credit.person.slug}/"
        )

    def test_states_are_57_and_the_fictional_one_is_not_among_them(self) -> None:
        html = self.text("/en/states/")
        assert len(set(re.findall(r'href="/en/states/([a-z]{2})/"', html))) == 57
        assert "Qasristan" not in html
        self.get("/en/states/xa/", 404)
        assert self.get("/en/states/SA/", 301).headers["Location"] == "/en/states/sa/"

    def test_corrections_are_listed(self) -> None:
        assert "A/HRC/22/17/Add.4" in self.text("/en/corrections/")

    def test_short_address(self) -> None:
        ref = self.refs("article").first()
        assert unquote(self.get(f"/s/{ref.code}", 301).headers["Location"]) == ref.path
        ItemRef.objects.filter(pk=ref.pk).update(live=False)
        self.get(f"/s/{ref.code}", 410)
        self.get("/s/ZZZZZZZZ", 404)

    def test_errors_speak_the_language_of_the_address(self) -> None:
        assert 'lang="ar"' in self.get("/ar/nothing/", 404).content.decode()
        assert "Page not found" in self.get("/en/nothing/", 404).content.decode()

    def test_root_leads_to_the_visitors_language_without_a_cookie(self) -> None:
        for wanted, to in (("ar-SA,ar;q=0.9", "/ar/"), ("en-GB", "/en/"), ("de", "/ar/"), ("", "/ar/")):
            answer = self.client.get("/", headers={"accept-language": wanted})
            assert answer.headers["Location"] == to
            assert "Accept-Language" in answer.headers["Vary"]
            assert not answer.cookies

    # --- nothing personal, few queries ------------------------------------------------------------

    def test_anonymous_pages_set_no_cookie_and_vary_on_none(self) -> None:
        paths = ["/ar/", "/ar/articles/", "/ar/topics/", "/ar/people/", "/ar/states/", "/ar/nothing/", "/en/policy/"]
        for path in paths + [self.refs(k).first().path for k in ("article", "video", "event")]:
            response = self.client.get(path)
            assert not response.cookies, path
            assert "Cookie" not in response.headers.get("Vary", ""), path
            assert "csrfmiddlewaretoken" not in response.content.decode(), path

    def test_query_counts(self) -> None:
        paths = {kind: self.refs(kind).first().path for kind in ITEMS}
        paths |= {
            "listing": "/ar/articles/",
            "filtered listing": "/ar/articles/?topic=law",
            "home": "/ar/",
            "topic": "/ar/topics/law/",
            "state": "/ar/states/sa/",
            "plain": "/ar/policy/",
            "claims": "/ar/claims/",
            "fatwas": "/ar/islamiyat/fatwas/",
            "evidences": "/ar/islamiyat/evidence/",
            "timeline": "/ar/islamiyat/evidence/timeline/",
            "glossary": "/ar/glossary/",
            "testimonies": "/ar/testimonies/",
            "hub": "/ar/islamiyat/",
            "subjects": "/ar/islamiyat/subjects/",
            "misused": "/ar/islamiyat/scripture/misused/",
            "verdicts": "/ar/verdicts/",
            "corrections": "/ar/corrections/",
        }
        assert {name: self.cost(path) for name, path in paths.items()} == QUERIES

    def test_listing_costs_the_same_with_one_item_and_with_many(self) -> None:
        many = self.cost("/ar/articles/")
        keep = self.refs("article").first()
        self.refs("article").exclude(pk=keep.pk).update(live=False)
        cache.clear()
        assert self.cost("/ar/articles/") == many

    def test_every_article_is_light(self) -> None:
        import brotli

        for language in ("ar", "en"):
            weights = {
                page.title: len(brotli.compress(self.get(page.path).content, quality=settings.BROTLI_QUALITY))
                for page in self.refs("article", language)
            }
            assert {title: weight for title, weight in weights.items() if weight >= 6 * 1024} == {}

    def test_every_answer_is_light(self) -> None:
        import brotli

        for kind in ("claim", "fatwa", "matter", "evidence", "term", "testimony"):
            weights = {
                page.title: len(brotli.compress(self.get(page.path).content, quality=settings.BROTLI_QUALITY))
                for page in self.refs(kind)
            }
            assert {title: weight for title, weight in weights.items() if weight >= 9 * 1024} == {}, kind

    def test_press_kit_stands_with_the_press_releases_alone(self) -> None:
        html = self.text("/ar/press/")
        assert "المواد الصحفية" in html
        assert "press-desk@example.org" in html
        assert "المواد الصحفية" not in self.text("/ar/articles/")
