"""Feeds: what is in them, that readers can rely on them, and what they cost."""

from __future__ import annotations

import datetime
import json
import uuid
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.library import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
START = datetime.datetime(2026, 3, 4, 9, 0, tzinfo=datetime.UTC)


def refs(number: int, *, kind: str = "article", language: str = "ar", **values: Any) -> list[ItemRef]:
    """`number` live rows, the first one the oldest, a day apart."""
    return ItemRef.objects.bulk_create(
        ItemRef(
            kind=kind,
            subject_id=n,
            language=language,
            translation_key=uuid.uuid4(),
            title=f"عنوان {n} <و> & «قوسان»",
            summary=f"ملخص {n}",
            path=f"/{language}/articles/مقال-{n}/",
            date=START + datetime.timedelta(days=n),
            changed=START + datetime.timedelta(days=n, hours=1),
            **{"live": True, **values},
        )
        for n in range(number)
    )


class Atom(TestCase):
    def read(self, path: str = "/ar/feeds/articles.xml") -> ElementTree.Element:
        response = self.client.get(path)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        return ElementTree.fromstring(response.content)  # noqa: S314  our own output

    def test_it_has_what_rfc_4287_requires(self) -> None:
        made = refs(2)
        feed = self.read()
        assert feed.tag == f"{ATOM}feed"
        assert feed.get(LANG) == "ar"
        for name in ("id", "title", "updated"):
            assert len(feed.findall(f"{ATOM}{name}")) == 1, name
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"{settings.SITE_URL}/ar/feeds/articles.xml"
        assert links["alternate"] == f"{settings.SITE_URL}/ar/articles/"
        entry = feed.findall(f"{ATOM}entry")[0]
        assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{made[1].uuid}"
        assert entry.findtext(f"{ATOM}title") == made[1].title
        assert entry.findtext(f"{ATOM}summary") == "ملخص 1"
        assert datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated", "")) == made[1].changed
        assert datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}published", "")) == made[1].date

    def test_links_are_absolute_and_encoded(self) -> None:
        refs(1)
        link = self.read().find(f"{ATOM}entry/{ATOM}link")
        assert link is not None
        href = link.get("href", "")
        assert href.startswith(f"{settings.SITE_URL}/ar/articles/%D9%85")
        assert href.isascii()

    def test_the_newest_thirty_stand_first(self) -> None:
        refs(33)
        titles = [entry.findtext(f"{ATOM}title", "") for entry in self.read().findall(f"{ATOM}entry")]
        assert len(titles) == 30
        assert titles[0].startswith("عنوان 32 ")
        assert titles[-1].startswith("عنوان 3 ")

    def test_only_live_items_of_the_section_and_the_language(self) -> None:
        mine = refs(1)
        refs(1, language="en")
        refs(1, kind="news")
        ItemRef.objects.bulk_create(
            [
                ItemRef(
                    kind="article",
                    subject_id=99,
                    language="ar",
                    translation_key=uuid.uuid4(),
                    title="مسودة",
                    path="/ar/x/",
                    live=False,
                )
            ]
        )
        assert [e.findtext(f"{ATOM}id") for e in self.read().findall(f"{ATOM}entry")] == [f"urn:uuid:{mine[0].uuid}"]

    def test_all_joins_every_section(self) -> None:
        kinds = [kind.slug for kind in registry.kinds() if kind.feed]
        for kind in kinds:
            refs(2, kind=kind)
        refs(5, kind="page")
        entries = self.read("/ar/feeds/all.xml").findall(f"{ATOM}entry")
        assert len(entries) == 2 * len(kinds)

    def test_an_empty_feed_keeps_its_date(self) -> None:
        first, second = self.client.get("/en/feeds/news.xml"), self.client.get("/en/feeds/news.xml")
        assert first.content == second.content
        assert ElementTree.fromstring(first.content).findtext(f"{ATOM}updated")  # noqa: S314  our own output


class Json(TestCase):
    def test_it_is_json_feed_1_1(self) -> None:
        made = refs(2, image_url="/files/images/لوح.webp")
        response = self.client.get("/ar/feeds/articles.json")
        assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
        feed = json.loads(response.content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["language"] == "ar"
        assert feed["feed_url"] == f"{settings.SITE_URL}/ar/feeds/articles.json"
        item = feed["items"][0]
        assert item["id"] == f"urn:uuid:{made[1].uuid}"
        assert item["content_text"] == "ملخص 1"
        assert item["image"].isascii()
        assert item["image"].startswith(settings.SITE_URL)
        assert datetime.datetime.fromisoformat(item["date_published"]) == made[1].date

    def test_an_item_without_summary_still_has_content(self) -> None:
        ItemRef.objects.filter(pk=refs(1)[0].pk).update(summary="")
        item = json.loads(self.client.get("/ar/feeds/articles.json").content)["items"][0]
        assert item["content_text"]
        assert "summary" not in item


class Serving(TestCase):
    def setUp(self) -> None:
        refs(40)
        self.client = Client()

    def test_every_section_with_a_feed_answers_in_every_language(self) -> None:
        assert {"all", "articles", "videos", "press", "news", "events"} <= set(feeds.sections())
        for section in feeds.sections():
            for code in settings.LANGUAGE_CODES:
                for format in feeds.TYPES:
                    path = f"/{code}/feeds/{section}.{format}"
                    assert self.client.get(path).status_code == 200, path

    def test_unknown_sections_answer_404(self) -> None:
        for path in ("/ar/feeds/nothing.xml", "/ar/feeds/page.xml", "/ar/feeds/articles.txt", "/ar/feeds/about.json"):
            assert self.client.get(path, follow=True).status_code == 404, path

    def test_a_feed_costs_three_queries(self) -> None:
        for path in ("/ar/feeds/articles.xml", "/ar/feeds/all.json"):
            with CaptureQueriesContext(connection) as queries:
                self.client.get(path)
            assert len(queries) == 3, [q["sql"] for q in queries]

    def test_nothing_personal(self) -> None:
        response = self.client.get("/ar/feeds/articles.xml", headers={"cookie": "django_language=en"})
        assert not response.cookies
        assert "cookie" not in response.headers.get("Vary", "").lower()
        assert "public" in response.headers["Cache-Control"]

    def test_a_reader_that_has_it_gets_304(self) -> None:
        first = self.client.get("/ar/feeds/articles.xml")
        for headers in (
            {"if-none-match": first.headers["ETag"]},
            {"if-modified-since": first.headers["Last-Modified"]},
        ):
            again = self.client.get("/ar/feeds/articles.xml", headers=headers)
            assert again.status_code == 304, headers
            assert not again.content

    def test_a_new_item_ends_the_304(self) -> None:
        first = self.client.get("/ar/feeds/articles.xml")
        refs(1, language="ar", kind="news")
        headers = {"if-none-match": first.headers["ETag"]}
        assert self.client.get("/ar/feeds/articles.xml", headers=headers).status_code == 304
        ItemRef.objects.create(
            kind="article",
            subject_id=500,
            language="ar",
            translation_key=uuid.uuid4(),
            title="جديد",
            path="/ar/articles/جديد/",
            live=True,
            date=timezone.now(),
            changed=timezone.now(),
        )
        assert self.client.get("/ar/feeds/articles.xml", headers=headers).status_code == 200

    def test_an_item_taken_down_moves_the_date_forward(self) -> None:
        first = self.client.get("/ar/feeds/articles.xml")
        newest = ItemRef.objects.order_by("-date").first()
        assert newest is not None
        now = START + datetime.timedelta(days=300)
        ItemRef.objects.filter(pk=newest.pk).update(live=False, changed=now)
        headers = {"if-modified-since": first.headers["Last-Modified"]}
        again = self.client.get("/ar/feeds/articles.xml", headers=headers)
        assert again.status_code == 200
        assert parsedate_to_datetime(again.headers["Last-Modified"]) == now
