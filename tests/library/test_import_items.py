"""What is imported: published through the gate, found again, left alone when it is the same, updated when not."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client, TestCase
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.audit.models import Entry
from hiwar.items.models import ItemRef, Topic
from hiwar.library import house
from hiwar.library.imports.running import run
from hiwar.library.imports.writing import Counts
from hiwar.library.models import ArticlePage, NewsPage, OldAddress, PressReleasePage, SectionPage, VideoPage
from scripts.make_import_file import items

ADDRESS = "https://old.example/archives/1"
ITEM: dict[str, Any] = {
    "kind": "article",
    "locale": "en",
    "title": "A first title",
    "body_html": "<h2>Part</h2><p>Words <b>of</b> it. More words.</p>",
    "date": "2018-07-29",
    "topics": ["peace-building", "media"],
    "source_url": ADDRESS,
}


class Imports(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.by = User.objects.system("import")
        house.prepare(by=cls.by)

    def load(self, *lines: dict[str, Any]) -> Counts:
        """Import `lines`, of which none may be refused."""
        told: list[tuple[int, str]] = []
        stream = io.BytesIO("\n".join(json.dumps(line) for line in lines).encode())
        with self.captureOnCommitCallbacks(execute=True):
            counts = run(stream=stream, by=self.by, tell=lambda *a: told.append(a))
        assert told == []
        return counts


class NewItems(Imports):
    def test_an_item_is_live_listed_and_recorded(self) -> None:
        assert self.load(ITEM) == Counts(new=1)
        page = ArticlePage.objects.get()
        assert page.live
        assert page.url_path == "/en/articles/a-first-title/"
        assert [block.block_type for block in page.body] == ["heading", "text"]
        assert page.summary == "Words of it. More words."
        assert {topic.slug: dict(topic.name) for topic in page.topics.all()} == {
            "peace-building": {"en": "Peace building"},
            "media": {"en": "Media"},
        }
        ref = ItemRef.objects.get(kind="article")
        assert (ref.live, ref.title, ref.path, ref.year) == (True, page.title, page.url_path, 2018)
        assert {topic.slug for topic in ref.topics.all()} == {"peace-building", "media"}
        entry = Entry.objects.get(event="item.published", subject=str(ref.uuid))
        assert (entry.actor, entry.actor_kind) == (self.by.uuid, "system")
        assert Entry.objects.get(event="import.run").detail == {
            "new": 1,
            "updated": 0,
            "refused": 0,
            "held": 0,
            "as_is": False,
        }
        assert Client().get(page.url_path).status_code == 200

    def test_the_office_finds_it_with_a_revision_and_a_history(self) -> None:
        self.load(ITEM)
        page = ArticlePage.objects.get()
        assert page.latest_revision == page.live_revision == page.revisions.get()
        assert not page.has_unpublished_changes
        before = page.latest_revision.as_object()
        assert before.title == page.title
        assert before.body.get_prep_value() == page.body.get_prep_value()
        assert {topic.slug for topic in before.topics.all()} == {"peace-building", "media"}
        assert PageLogEntry.objects.get(page=page.pk).user == self.by
        assert page.pk in [found.pk for found in Page.objects.search("first title")]
        assert page.get_parent().specific == SectionPage.objects.get(url_path="/en/articles/")
        assert Page.find_problems() == ([], [], [], [], [])

    def test_no_background_job_is_left_and_later_saves_are_indexed_again(self) -> None:
        jobs = DBTaskResult.objects.count()
        self.load(ITEM)
        assert DBTaskResult.objects.count() == jobs
        page = ArticlePage.objects.get()
        with acting.acting(by=self.by), self.captureOnCommitCallbacks(execute=True):
            page.title = "By hand"
            page.save()
        assert DBTaskResult.objects.count() > jobs

    def test_nobody_named_publishes_nothing(self) -> None:
        told: list[tuple[int, str]] = []
        stream = io.BytesIO(json.dumps(ITEM).encode())
        counts = run(stream=stream, by=None, tell=lambda *a: told.append(a))
        assert counts == Counts(refused=1)
        assert told == [(1, "Nobody is named as the one who publishes.")]
        assert not ArticlePage.objects.exists()

    def test_each_kind_has_what_it_needs(self) -> None:
        youtube = '<p>See <a href="https://www.youtube.com/watch?v=abcdefghijk">here</a>.</p>'
        self.load(
            {**ITEM, "kind": "news", "source_url": "https://www.paper.example/a?id=3"},
            {**ITEM, "kind": "video", "body_html": youtube, "source_url": f"{ADDRESS}2"},
            {**ITEM, "kind": "video", "video_url": "https://vimeo.com/123456789", "source_url": f"{ADDRESS}3"},
            {**ITEM, "kind": "press_release", "source_url": f"{ADDRESS}4", "number": "2018/3", "place": "A hall"},
        )
        news = NewsPage.objects.get()
        assert (news.source_name, news.source_url) == ("paper.example", "https://www.paper.example/a?id=3")
        assert list(VideoPage.objects.order_by("pk").values_list("outside", flat=True)) == [
            "https://www.youtube.com/watch?v=abcdefghijk",
            "https://vimeo.com/123456789",
        ]
        press = PressReleasePage.objects.get()
        assert (press.number, press.place) == ("2018/3", "A hall")
        for page in Page.objects.filter(depth=4, url_path__regex="/en/(news|videos|press)/"):
            assert Client().get(page.url_path).status_code == 200

    def test_titles_alike_get_addresses_apart(self) -> None:
        lines = [{**ITEM, "source_url": f"{ADDRESS}{n}"} for n in range(4)]
        self.load(*lines[:2])
        self.load(*lines[2:])
        slugs = ArticlePage.objects.order_by("pk").values_list("slug", flat=True)
        assert list(slugs) == ["a-first-title", "a-first-title-2", "a-first-title-3", "a-first-title-4"]

    def test_the_languages_of_an_item_are_joined_by_any_string(self) -> None:
        arabic = {**ITEM, "locale": "ar", "title": "عُنوانٌ أوّل", "source_url": f"{ADDRESS}2"}
        self.load({**ITEM, "translation_key": "no 7"}, {**arabic, "translation_key": "no 7"})
        english = ArticlePage.objects.get(locale__language_code="en")
        assert english.get_translation(ArticlePage.objects.get(slug="عنوان-أول").locale).url_path == (
            "/ar/articles/عنوان-أول/"
        )
        assert Topic.objects.count() == 2

    def test_varied_lines_are_valid_and_render(self) -> None:
        assert self.load(*items(60)).new == 60
        for kind in ("article", "video", "press_release", "news"):
            assert Client().get(ItemRef.objects.filter(kind=kind).first().path).status_code == 200


class AgainTheSameFile(Imports):
    def test_the_same_content_changes_nothing_at_all(self) -> None:
        lines = [ITEM, {**ITEM, "source_url": None, "translation_key": "k"}, {**ITEM, "source_url": None, "slug": "s"}]
        assert self.load(*lines).new == 3
        page = ArticlePage.objects.first()
        with acting.acting(by=self.by):
            page.title = "An editor's own title"
            page.save()
        before = (Entry.objects.count(), list(Page.objects.values().order_by("pk")), ItemRef.objects.count())
        assert self.load(*lines) == Counts(unchanged=3)
        assert (Entry.objects.count(), list(Page.objects.values().order_by("pk")), ItemRef.objects.count()) == before

    def test_other_content_is_updated_in_place(self) -> None:
        self.load(ITEM)
        page = ArticlePage.objects.get()
        changed = {**ITEM, "title": "Another title", "body_html": "<p>New.</p>", "topics": ["media"]}
        assert self.load(changed) == Counts(updated=1)
        assert self.load(changed) == Counts(unchanged=1)
        after = ArticlePage.objects.get()
        assert (after.pk, after.slug) == (page.pk, "a-first-title")
        assert (after.title, after.draft_title, after.summary) == ("Another title", "Another title", "New.")
        assert [topic.slug for topic in after.topics.all()] == ["media"]
        assert after.revisions.count() == 2
        assert after.latest_revision == after.live_revision
        assert after.latest_revision.as_object().title == "Another title"
        assert ItemRef.objects.get(subject_id=page.pk, kind="article").title == "Another title"
        assert page.pk in [found.pk for found in Page.objects.search("another")]

    def test_a_new_slug_moves_the_item_and_both_old_addresses_follow(self) -> None:
        self.load({**ITEM, "slug": "one"})
        self.load({**ITEM, "slug": "two"})
        assert ArticlePage.objects.get().url_path == "/en/articles/two/"
        assert ItemRef.objects.get(kind="article").path == "/en/articles/two/"
        for old in ("/en/articles/one/", "/archives/1"):
            answer = Client().get(old)
            assert (answer.status_code, answer["Location"]) == (301, "/en/articles/two/")

    def test_what_the_office_took_down_stays_down_and_waits_as_a_draft(self) -> None:
        self.load(ITEM)
        page = ArticlePage.objects.get()
        with acting.acting(by=self.by):
            page.unpublish()
        assert self.load({**ITEM, "title": "Newer"}) == Counts(updated=1)
        after = ArticlePage.objects.get()
        assert (after.live, after.title, after.draft_title) == (False, "A first title", "Newer")
        assert after.latest_revision.as_object().title == "Newer"
        assert not ItemRef.objects.get(kind="article").live

    def test_an_update_forgets_the_files_the_old_text_used(self) -> None:
        self.load(ITEM)
        page = ArticlePage.objects.get()
        topic = Topic.objects.first()
        ReferenceIndex.objects.create(
            content_type_id=page.content_type_id,
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=str(page.pk),
            to_content_type_id=page.content_type_id,
            to_object_id=str(topic.pk),
            model_path="body",
            content_path="body",
            content_path_hash="00000000-0000-0000-0000-000000000000",
        )
        assert ReferenceIndex.get_references_for_object(page).count() == 1
        self.load({**ITEM, "title": "Newer"})
        assert not ReferenceIndex.get_references_for_object(page).exists()

    def test_an_item_cannot_become_another_kind(self) -> None:
        self.load(ITEM)
        told: list[tuple[int, str]] = []
        run(
            stream=io.BytesIO(json.dumps({**ITEM, "kind": "news"}).encode()),
            by=self.by,
            tell=lambda *a: told.append(a),
        )
        assert told == [(1, "It is here already as an item of another kind or language.")]

    def test_an_item_known_by_its_key_is_found_without_its_address(self) -> None:
        self.load({**ITEM, "translation_key": "k"})
        second = {**ITEM, "source_url": None, "translation_key": "k", "title": "By key"}
        assert self.load(second) == Counts(updated=1)
        # The first file holds other content than what stands there now.
        assert self.load({**ITEM, "translation_key": "k"}) == Counts(updated=1)
        assert ArticlePage.objects.get().title == "A first title"
        assert self.load(second) == Counts(updated=1)
        assert OldAddress.objects.exclude(digest="").count() == 1

    def test_a_deleted_item_comes_back_as_new(self) -> None:
        self.load(ITEM)
        with acting.acting(by=self.by):
            ArticlePage.objects.get().delete()
        assert self.load(ITEM) == Counts(new=1)


@pytest.mark.django_db
def test_memory_does_not_grow_with_the_file() -> None:
    """From item 2,000 to item 6,000 the process may not grow by more than noise, some kilobytes an item at most."""
    import psutil

    class Lines(io.RawIOBase):
        """A file that never is whole anywhere."""

        def __init__(self, count: int) -> None:
            self.items = items(count)
            self.marks: dict[int, int] = {}
            self.read_lines = 0

        def readline(self, size: int | None = -1) -> bytes:
            self.read_lines += 1
            if self.read_lines in (2000, 4000, 6000):
                self.marks[self.read_lines] = psutil.Process().memory_info().rss
            made = next(self.items, None)
            return b"" if made is None else json.dumps(made, ensure_ascii=False).encode() + b"\n"

    by = User.objects.system("import")
    house.prepare(by=by)
    stream = Lines(6000)
    told: list[object] = []
    counts = run(stream=stream, by=by, tell=lambda *a: told.append(a))  # type: ignore[arg-type]
    assert (counts.new, told) == (6000, [])
    grown = (stream.marks[6000] - stream.marks[2000]) / 1024**2
    # 4,000 items are 9 MB of lines and more than 100 MB as pages: kept, they would show.
    assert grown < 25, f"{grown:.0f} MB between item 2,000 and item 6,000"
