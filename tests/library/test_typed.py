"""Every text an editor types is read, whatever kind of field it stands in, and can be put back in its place."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import models
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from hiwar.items import registry
from hiwar.library.models import Correction, EventPage, PressReleasePage, VideoPage
from hiwar.library.typed import _fields as fields_of
from hiwar.library.typed import _walk, block_at, put, put_blocks, typed_in
from hiwar.scripture.blocks import chosen
from hiwar.ui.bylanguage import Texts
from tests.library.newsroom import draft, fresh, open_newsroom, section

pytestmark = pytest.mark.django_db


def full_event(by):
    page = draft(
        by,
        model=EventPage,
        parent=section("/ar/events/"),
        starts="2026-03-04T09:00Z",
        ends="2026-03-04T12:00Z",
        place="المكان",
        seo_title="العنوان في البحث",
        search_description="الوصف في البحث",
        follow_up="<p>ما <b>تلا</b></p>",
    )
    page.body = [
        ("text", "<p>فقرة <b>أولى</b></p>"),
        ("heading", {"text": "رأس"}),
        ("quotation", {"text": "قول", "who": "قائل"}),
        ("callout", {"text": "جملة بارزة"}),
        ("video", {"address": "https://vimeo.com/1234567", "title": "عنوان المقطع"}),
        ("verse", chosen("2:256")),
        ("misused_verse", {**chosen("2:256"), "first_word": 1, "last_word": 4, "explanation": "بيان القطع"}),
    ]
    page.sources = [("source", {"text": "<p>مصدر</p>", "page": "٤٥", "url": ""})]
    page.programme = [("part", {"time": "09:00", "title": "جلسة", "text": "متحدث"})]
    page.recommendations = [("recommendation", "توصية")]
    page.corrections = [Correction(text=Texts(ar="صُوّب", en="mended"), on=date(2026, 3, 5))]
    page.save_revision(user=by)
    return fresh(page).get_latest_revision_as_object()


WORDS = [
    "مقال",
    "العنوان في البحث",
    "الوصف في البحث",
    "ملخص.",
    "المكان",
    "فقرة أولى",
    "رأس",
    "قول",
    "قائل",
    "جملة بارزة",
    "عنوان المقطع",
    "بيان القطع",
    "مصدر",
    "٤٥",
    "جلسة",
    "متحدث",
    "توصية",
    "ما تلا",
    "صُوّب",
    "mended",
]


@pytest.fixture
def page():
    return full_event(open_newsroom().author)


def test_every_text_is_read_and_nothing_that_is_chosen(page):
    assert sorted(text.text.strip() for text in typed_in(page)) == sorted(WORDS)


def test_places_are_stable_and_each_its_own(page):
    places = [text.place for text in typed_in(page)]
    assert len(set(places)) == len(places)
    again = fresh(page).get_latest_revision_as_object()
    assert [text.place for text in typed_in(again)] == places
    assert page.body[0].id in " ".join(places)


@pytest.mark.parametrize("words", WORDS)
def test_each_text_can_be_put_in_its_place_and_nothing_else_changes(page, words):
    before = {text.place: text.value for text in typed_in(page)}
    [spot] = [text for text in typed_in(page) if text.text.strip() == words]
    start = spot.text.index(words)
    put(page, spot.path, spot.with_words(start, start + len(words), "شيء آخر"))
    page.save_revision(clean=False)
    stored = {text.place: text for text in typed_in(fresh(page).get_latest_revision_as_object())}
    assert stored[spot.place].text.strip() == "شيء آخر"
    assert {place: value.value for place, value in stored.items() if place != spot.place} == {
        place: value for place, value in before.items() if place != spot.place
    }


def test_a_text_block_can_be_parted(page):
    [spot] = [text for text in typed_in(page) if "أولى" in text.text]
    assert block_at(page, spot.path) is not None
    put_blocks(
        page,
        spot.path,
        [{"type": "text", "value": "<p>قبل</p>", "id": spot.path[-1]}, {"type": "verse", "value": chosen("2:255")}],
    )
    assert [block.block_type for block in page.body][:3] == ["text", "verse", "heading"]
    assert page.body[1].value.reference.key == "2:255"


def test_only_a_block_of_the_text_itself_can_be_parted(page):
    for words in ("قول", "ملخص.", "ما تلا"):
        [spot] = [text for text in typed_in(page) if text.text.strip() == words]
        assert block_at(page, spot.path) is None


class Everything(blocks.StreamBlock):
    """Compound blocks that no page has yet."""

    listed = blocks.ListBlock(blocks.CharBlock())
    deep = blocks.ListBlock(blocks.StructBlock([("said", blocks.RichTextBlock()), ("at", blocks.URLBlock())]))
    inner = blocks.StreamBlock([("note", blocks.TextBlock())])
    typed_table = TypedTableBlock([("words", blocks.CharBlock()), ("rich", blocks.RichTextBlock())])
    plain_table = TableBlock()
    choice = blocks.ChoiceBlock(choices=[("chosen", "Chosen")])


def test_compound_blocks_and_tables():
    raw = [
        {"type": "listed", "value": [{"type": "item", "value": "أول", "id": "1"}, "ثان"], "id": "a"},
        {
            "type": "deep",
            "value": [{"type": "item", "value": {"said": "<p>ثالث</p>", "at": "https://a.example"}, "id": "2"}],
            "id": "b",
        },
        {"type": "inner", "value": [{"type": "note", "value": "رابع", "id": "3"}], "id": "c"},
        {
            "type": "typed_table",
            "value": {
                "columns": [{"type": "words", "heading": "خامس"}, {"type": "rich", "heading": ""}],
                "rows": [{"values": ["سادس", "<p>سابع</p>"]}],
                "caption": "ثامن",
            },
            "id": "d",
        },
        {
            "type": "plain_table",
            "value": {"data": [["تاسع", None], ["", "عاشر"]], "first_row_is_table_header": True},
            "id": "e",
        },
        {"type": "choice", "value": "chosen", "id": "f"},
        {"type": "gone", "value": "لا يُعرض", "id": "g"},
    ]
    found = list(_walk(Everything(), raw, ("body",), ()))
    assert [spot.typed.text.strip() for spot in found] == "أول ثان ثالث رابع خامس سادس سابع ثامن تاسع عاشر".split()
    for spot in found:
        spot.held_by[spot.key] = "جديد"
    assert {spot.typed.value for spot in _walk(Everything(), raw, ("body",), ())} == {"جديد"}


def test_no_text_field_of_any_page_is_forgotten():
    """A new field of a page is read without being named anywhere, or is one of these."""
    known = {"path", "url_path", "draft_title", "slug", "lists", "outside", "source_url", "full_text_url", "contact"}
    for kind in [kind for kind in registry.kinds() if issubclass(kind.model, Page)]:
        for field in kind.model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, StreamField)) and not field.choices:
                read = field.name in {one.name for _kind, one in fields_of(kind.model)}
                assert read != (field.name in known), f"{kind.slug}.{field.name}"


def test_models_of_every_kind_have_fields():
    for model in (PressReleasePage, VideoPage):
        assert {"title", "summary", "body", "sources"} <= {field.name for _kind, field in fields_of(model)}
