"""Structured data: what each kind of page says of itself to machines, and that it says no more."""

from __future__ import annotations

import datetime
import json
from typing import Any

import brotli
from django.conf import settings
from django.test import SimpleTestCase, TestCase

from hiwar.accounts.models import User
from hiwar.items.models import ItemRef
from hiwar.library import structured
from hiwar.library.models import EventPage, NewsPage, Person, PressReleasePage, VideoPage
from tests.library import newsroom

WHEN = datetime.datetime(2026, 3, 4, 9, 30, tzinfo=datetime.UTC)


def nodes(graph: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Nodes of a graph by type."""
    assert len(graph) == 1
    assert graph[0]["@context"] == "https://schema.org"
    return {node["@type"]: node for node in graph[0]["@graph"]}


class Duration(SimpleTestCase):
    def test_iso_8601(self) -> None:
        for seconds, label in ((24, "PT24S"), (95, "PT1M35S"), (3600, "PT1H"), (3723, "PT1H2M3S"), (0, "")):
            assert structured.duration(seconds) == label


class OfPages(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.by = User.objects.system("demo")
        newsroom.house.prepare(by=cls.by)
        cls.author = Person.objects.create(
            slug="author", name={"ar": "فلان", "en": "Someone"}, role={"ar": "كاتب", "en": "Writer"}
        )
        cls.author.refresh_from_db()

    def page(self, section: str = "articles", model: Any = newsroom.ArticlePage, **values: Any) -> Any:
        parent = newsroom.section(f"/ar/{section}/")
        return newsroom.published(self.by, self.by, parent=parent, model=model, date=WHEN, **values)

    def graph(self, page: Any, **more: Any) -> dict[str, dict[str, Any]]:
        crumbs = [{"title": "الرئيسية", "path": "/ar/"}, {"title": page.title, "path": ""}]
        ref = ItemRef.objects.get(subject_id=page.pk, kind=page.kind)
        made = structured.for_page(page=page, ref=ref, language="ar", crumbs=crumbs, **more)
        json.dumps(made)
        return nodes(made)

    def test_an_article(self) -> None:
        page = self.page(title="الأمان للزائر")
        found = self.graph(page, authors=[self.author])
        article = found["Article"]
        assert article["headline"] == "الأمان للزائر"
        assert article["inLanguage"] == "ar"
        assert article["url"].startswith(f"{settings.SITE_URL}/ar/articles/%D8")
        assert article["datePublished"] == "2026-03-04T12:30:00+03:00"
        assert article["author"] == [
            {"@type": "Person", "name": "فلان", "url": f"{settings.SITE_URL}/ar/people/author/"}
        ]
        assert article["publisher"] == {"@id": found["Organization"]["@id"]}
        assert "dateModified" not in article
        assert "image" not in article
        assert not [key for key in article if "ating" in key]

    def test_a_second_publication_is_a_change(self) -> None:
        page = self.page(title="مقال")
        type(page).objects.filter(pk=page.pk).update(
            first_published_at=WHEN, last_published_at=WHEN + datetime.timedelta(days=2)
        )
        assert self.graph(newsroom.fresh(page))["Article"]["dateModified"] == "2026-03-06T12:30:00+03:00"

    def test_without_authors_the_centre_answers_for_it(self) -> None:
        found = self.graph(self.page(title="مقال"))
        assert found["Article"]["author"] == {"@id": found["Organization"]["@id"]}

    def test_crumbs(self) -> None:
        steps = self.graph(self.page(title="مقال"))["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == [1, 2]
        assert steps[0]["item"] == f"{settings.SITE_URL}/ar/"
        assert "item" not in steps[1]

    def test_a_press_release_and_news(self) -> None:
        press = self.page("press", PressReleasePage, title="بيان", number="2026/01", place="جدة")
        assert self.graph(press)["NewsArticle"]["dateline"] == "جدة"
        news = self.page("news", NewsPage, title="خبر", source_name="وكالة", source_url="https://news.example/خبر")
        told = self.graph(news)["NewsArticle"]
        assert told["isBasedOn"] == "https://news.example/%D8%AE%D8%A8%D8%B1"
        assert "dateline" not in told

    def test_a_video(self) -> None:
        page = self.page("videos", VideoPage, title="فيديو", outside="https://vimeo.com/123456789")
        ItemRef.objects.filter(subject_id=page.pk, kind="video").update(seconds=95)
        video = self.graph(
            page,
            video={"sources": [{"src": "/files/media/a.mp4", "type": "video/mp4"}], "poster": "/files/p.webp"},
            outside={"embed": "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"},
            tracks=[{"language": "ar", "src": "/files/captions/a.vtt", "kind": "captions"}],
            transcript=[{"text": "أول."}, {"text": "ثانٍ."}],
        )["VideoObject"]
        assert video["duration"] == "PT1M35S"
        assert video["uploadDate"] == "2026-03-04T12:30:00+03:00"
        assert video["thumbnailUrl"] == f"{settings.SITE_URL}/files/p.webp"
        assert video["contentUrl"] == f"{settings.SITE_URL}/files/media/a.mp4"
        assert video["embedUrl"] == "https://player.vimeo.com/video/123456789"
        assert video["caption"][0]["inLanguage"] == "ar"
        assert video["transcript"] == "أول. ثانٍ."

    def test_a_video_without_a_file_or_picture_invents_neither(self) -> None:
        page = self.page("videos", VideoPage, title="فيديو", outside="https://vimeo.com/123456789")
        video = self.graph(page)["VideoObject"]
        assert not {"duration", "contentUrl", "embedUrl", "thumbnailUrl", "image", "caption", "transcript"} & set(video)

    def test_an_event(self) -> None:
        values = {"starts": WHEN, "ends": WHEN + datetime.timedelta(hours=2), "place": "جدة"}
        for format, mode, places in (
            ("in_person", "Offline", ["Place"]),
            ("online", "Online", ["VirtualLocation"]),
            ("both", "Mixed", ["Place", "VirtualLocation"]),
        ):
            page = self.page("events", EventPage, title=f"لقاء {format}", format=format, **values)
            event = self.graph(page)["Event"]
            assert event["startDate"] == "2026-03-04T12:30:00+03:00"
            assert event["endDate"] == "2026-03-04T14:30:00+03:00"
            assert event["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
            where = event["location"] if isinstance(event["location"], list) else [event["location"]]
            assert [place["@type"] for place in where] == places
            assert "organizer" not in event

    def test_a_draft_says_nothing(self) -> None:
        page = newsroom.draft(self.by, title="مسودة")
        assert structured.for_page(page=page, ref=None, language="ar") == []

    def test_it_is_small(self) -> None:
        page = self.page(title="فكرة الأمان للمقيم والزائر في الفقه وفي القانون")
        made = structured.for_page(
            page=page,
            ref=ItemRef.objects.get(subject_id=page.pk, kind="article"),
            language="ar",
            authors=[self.author],
            crumbs=[{"title": "الرئيسية", "path": "/ar/"}, {"title": page.title, "path": ""}],
        )
        assert len(brotli.compress(json.dumps(made, ensure_ascii=False).encode())) < 700

    def test_listing_home_and_person(self) -> None:
        page = self.page(title="مقال")
        cards = [ItemRef.objects.get(subject_id=page.pk, kind="article")]
        listing = nodes(
            structured.for_listing(title="المقالات", path="/ar/articles/", language="ar", cards=cards, first=21)
        )["CollectionPage"]
        element = listing["mainEntity"]["itemListElement"][0]
        assert element["position"] == 21
        assert element["url"].startswith(f"{settings.SITE_URL}/ar/articles/")
        home = nodes(structured.for_home(language="en"))
        assert home["Organization"]["parentOrganization"]["name"] == "Organisation of Islamic Cooperation"
        assert home["WebSite"]["url"] == f"{settings.SITE_URL}/en/"
        profile = nodes(structured.for_person(who=self.author, language="en"))["ProfilePage"]["mainEntity"]
        assert profile == {
            "@type": "Person",
            "name": "Someone",
            "url": f"{settings.SITE_URL}/en/people/author/",
            "jobTitle": "Writer",
        }
