"""Writes the demonstration: every kind of page in both languages. Idempotent: what is there is left alone."""

from __future__ import annotations

import datetime
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from hiwar.arabic.direction import strip_bidi
from hiwar.audit import acting
from hiwar.items.models import Topic
from hiwar.library import house
from hiwar.library.demo import answers, drawing, reading
from hiwar.library.models import (
    ArticlePage,
    Authorship,
    Correction,
    EventPage,
    NewsPage,
    Person,
    PressReleasePage,
    VideoPage,
)
from hiwar.media.models import CaptionTrack, Picture, Video
from hiwar.states.models import State
from hiwar.ui.bylanguage import Texts

KEYS = uuid.UUID("5a4f0d9e-2a6e-4f0e-8b0f-4f0d1d9b7c22")
MAKKAH = ZoneInfo("Asia/Riyadh")
CODES = ("ar", "en")


class Seed:
    """One run: holds what later pages refer to (pictures, people, topics)."""

    def __init__(self, *, by: Any) -> None:
        self.by = by
        self.locales = {loc.language_code: loc for loc in house.prepare(by=by)}
        self.codes = [code for code in CODES if code in self.locales]
        self.made = 0
        self.topics: dict[str, Topic] = {}
        self.people: dict[str, Person] = {}
        self.pictures: dict[str, Picture] = {}

    def run(self) -> int:
        """Write everything; returns how many pages were made."""
        # Publishing keeps the index of references in step; Wagtail's own jobs would do it all again afterwards.
        with acting.acting(by=self.by), disable_reference_index_auto_update():
            self.write_topics()
            self.write_people()
            self.write_fixed_pages()
            for key, data in reading.folder("articles").items():
                self.item(ArticlePage, "articles", key, data)
            for key, data in reading.folder("videos").items():
                self.item(VideoPage, "videos", key, data, extra=self.video_fields)
            for data in reading.one("press")["item"]:
                self.item(PressReleasePage, "press", data["key"], data, extra=press_fields)
            for data in reading.one("news")["item"]:
                self.item(NewsPage, "news", data["key"], data, extra=news_fields)
            for data in reading.one("events")["item"]:
                self.item(EventPage, "events", data["key"], data, extra=event_fields)
            answers.write(self)
        return self.made

    def write_topics(self) -> None:
        for data in reading.one("topics")["topic"]:
            self.topics[data["key"]], _made = Topic.objects.get_or_create(
                slug=data["key"],
                defaults={
                    "order": data["order"],
                    "name": Texts({c: data[c]["name"] for c in CODES}),
                    "summary": Texts({c: data[c]["summary"] for c in CODES}),
                },
            )

    def write_people(self) -> None:
        for data in reading.one("people")["person"]:
            texts = {
                field: Texts({c: data[c].get(source, "") for c in CODES})
                for field, source in (
                    ("name", "name"),
                    ("field", "field"),
                    ("role", "role_title"),
                    ("biography", "biography"),
                )
            }
            self.people[data["key"]], _made = Person.objects.get_or_create(
                slug=data["key"],
                defaults={
                    **texts,
                    "country": State.objects.get(iso2=data["country"].upper()),
                    "is_author": "author" in data["roles"],
                    "is_advisor": "advisor" in data["roles"],
                    "is_scholar": "scholar" in data["roles"],
                    "term_from": data.get("term_from"),
                    "term_to": data.get("term_to"),
                    "sample": True,
                },
            )

    def picture(self, key: str) -> Picture:
        if key not in self.pictures:
            found = Picture.objects.filter(title=key).first()
            if found is None:
                found = Picture(title=key, alt=Texts(drawing.ALT[key]), credit="Sawt Al-Hikma Centre")
                found.file.save(f"{key}.webp", ContentFile(drawing.draw(key)), save=False)
                found.width, found.height = 1600, 800
                found.save()
            self.pictures[key] = found
        return self.pictures[key]

    def write_fixed_pages(self) -> None:
        """The pages that `house.prepare` made empty get their texts once."""
        about, single = reading.one("about"), reading.one("pages")
        for code in self.codes:
            home = Page.objects.get(depth=2, slug=code).specific
            if not home.hero_title:
                home.hero_title, home.hero_lead = single["home"][code]["hero_title"], single["home"][code]["hero_lead"]
                self.publish(home)
            for child in home.get_descendants().filter(depth__lte=4).specific():
                if getattr(child, "lists", "") and not child.intro:
                    child.intro = single["home"][code]["intros"].get(child.slug, "")
                    self.publish(child)
            texts = [(key, data[code]) for key, data in (*about.items(), *single.items()) if key != "home"]
            for key, text in texts:
                page = Page.objects.descendant_of(home).get(slug=key).specific
                if page.body:
                    continue
                page.title = text["title"]
                page.intro = text["summary"]
                page.body = reading.blocks(text["body"])
                if key == "structure":
                    page.nodes = [
                        ("node", {"key": n["key"], "parent": n.get("parent", ""), "title": n[code]})
                        for n in about["structure"]["node"]
                    ]
                self.publish(page)

    def publish(self, page: Any) -> None:
        page.save_revision(user=None).publish(user=self.by)

    def key(self, section: str, key: str) -> uuid.UUID:
        """What joins the languages of an item."""
        return uuid.uuid5(KEYS, f"{section}/{key}")

    @transaction.atomic
    def item(self, model: Any, section: str, key: str, data: dict[str, Any], extra: Any = None) -> None:
        """One item in every language that its file has."""
        translation_key = self.key(section, key)
        for code in self.codes:
            if (
                code not in data
                or model.objects.filter(translation_key=translation_key, locale__language_code=code).exists()
            ):
                continue
            text = data[code]
            page = model(
                title=strip_bidi(text["title"]),
                slug=text["slug"],
                summary=text["summary"],
                date=moment(data.get("date") or data["starts"]),
                image=self.picture(data["image"]) if data.get("image") else None,
                body=reading.blocks(text.get("body", "")),
                sources=[("source", source_value(source)) for source in text.get("sources", [])],
                locale=self.locales[code],
                translation_key=translation_key,
                live=False,
                has_unpublished_changes=True,
                **(extra(data, code) if extra else {}),
            )
            page.topics = [self.topics[topic] for topic in data.get("topics", [])]
            page.states = list(State.objects.filter(iso2__in=[iso.upper() for iso in data.get("states", [])]))
            credits_ = [(p, "author") for p in data.get("authors", [])] + [
                (p, "reviewer") for p in data.get("reviewers", [])
            ]
            page.authorships = [
                Authorship(person=self.people[person], part=part, sort_order=n)
                for n, (person, part) in enumerate(credits_)
            ]
            page.corrections = corrections_of(key) if model is ArticlePage else []
            Page.objects.get(url_path=f"/{code}/{section}/").add_child(instance=page)
            self.publish(page)
            self.made += 1

    def video_fields(self, data: dict[str, Any], code: str) -> dict[str, Any]:
        return {
            "video": self.video(data["clip"], data),
            "series": data[code].get("series", ""),
            "chapters": [("chapter", {"at": c["at"], "title": c[code]}) for c in data["chapters"]],
            "transcript": [("moment", {"at": m["at"], "text": m["text"]}) for m in data[code]["transcript"]],
        }

    def video(self, key: str, data: dict[str, Any]) -> Video:
        found = Video.objects.filter(title=key).first()
        if found is not None:
            return found
        folder = reading.HERE / "clips"
        seconds = max((m["at"] for m in data["en"]["transcript"]), default=0) + 4
        found = Video(title=key, type="video", duration=data.get("seconds", seconds), width=854, height=480)
        found.file.save(f"{key}.mp4", ContentFile((folder / f"{key}.mp4").read_bytes()), save=False)
        found.thumbnail.save(f"{key}.webp", ContentFile((folder / f"{key}.webp").read_bytes()), save=False)
        found.file_size = (folder / f"{key}.mp4").stat().st_size
        found.save()
        for code in CODES:
            track = CaptionTrack(video=found, language=code)
            track.file.save(f"{key}.{code}.vtt", ContentFile((folder / f"{key}.{code}.vtt").read_bytes()))
        return found


def moment(value: datetime.date | datetime.datetime) -> datetime.datetime:
    """A day as its morning in Makkah; a moment as it is."""
    if isinstance(value, datetime.datetime):
        return value if value.tzinfo else value.replace(tzinfo=MAKKAH)
    return datetime.datetime.combine(value, datetime.time(9), MAKKAH)


def source_value(source: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": f"<p>{reading.rich(source['text'])}</p>",
        "page": source.get("page", ""),
        "url": source.get("url", ""),
        "to_be_checked": bool(source.get("to_be_checked")),
    }


def corrections_of(key: str) -> list[Correction]:
    return [
        Correction(on=row["date"], kind=row["kind"], text=Texts({c: row[c] for c in CODES}), sort_order=n)
        for n, row in enumerate(reading.one("corrections")["item"])
        if row["item"] == key
    ]


def press_fields(data: dict[str, Any], code: str) -> dict[str, Any]:
    embargo = data.get("embargo")
    return {
        "number": data["number"],
        "place": data[code]["place"],
        "contact": data.get("contact", ""),
        "embargo": moment(embargo) if embargo else None,
    }


def news_fields(data: dict[str, Any], code: str) -> dict[str, Any]:
    return {"source_name": data[code]["source_name"], "source_url": data.get("source_url", "")}


def event_fields(data: dict[str, Any], code: str) -> dict[str, Any]:
    programme = [
        ("part", {"time": datetime.time.fromisoformat(part["time"]), "title": part[code], "text": ""})
        for part in data.get("programme", [])
    ]
    follow_up = data[code].get("follow_up", "")
    return {
        "starts": moment(data["starts"]),
        "ends": moment(data["ends"]),
        "place": data[code]["place"],
        "format": data["format"].replace(" ", "_"),
        "programme": programme,
        "recommendations": [("recommendation", row[code]) for row in data.get("recommendations", [])],
        "follow_up": "".join(f"<p>{reading.rich(p)}</p>" for p in follow_up.split("\n\n") if p.strip()),
    }
