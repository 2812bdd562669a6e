"""The gate where a person stands before it: every way of publishing in the office, through its own pages."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from hiwar.audit import acting
from hiwar.audit.events import Event
from tests.accounts.committing import committing, triggers_again  # noqa: F401
from tests.library.newsroom import (
    draft,
    entries,
    form_of,
    fresh,
    is_public,
    open_newsroom,
    published,
    row,
    section,
)

pytestmark = pytest.mark.django_db
TWO_PERSONS = "Two persons are needed"


@pytest.fixture
def newsroom():
    return open_newsroom()


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def kept_out(page) -> None:
    """Nothing of the page went out, and nothing says it did."""
    assert not is_public(page)
    assert row(page) is None
    assert not entries(Event.ITEM_PUBLISHED, page)


def went_out(page, by) -> None:
    """The page is live in page and registry, and the log says by whom."""
    assert is_public(page)
    entry = entries(Event.ITEM_PUBLISHED, page)[0]
    assert entry.actor == by.uuid
    assert entry.detail["revision"] == fresh(page).live_revision_id


class TestForm:
    def test_another_persons_text_is_published(self, newsroom):
        page = draft(newsroom.author)
        answer = newsroom.client("publisher").post(edit(page), {**form_of(page), "action-publish": "1"})
        assert answer.status_code == 302, answer.context and answer.context["form"].errors
        went_out(page, newsroom.publisher)

    def test_own_text_is_refused_and_what_was_typed_is_kept(self, newsroom):
        page = draft(newsroom.publisher)
        before = Revision.objects.count()
        data = {**form_of(page, summary="كلام كُتب للتو."), "action-publish": "1"}
        answer = newsroom.client("publisher").post(edit(page), data)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert TWO_PERSONS in text
        assert "كلام كُتب للتو." in text
        assert Revision.objects.count() == before
        assert fresh(page).summary == "ملخص."
        kept_out(page)

    def test_own_text_unchanged_is_refused(self, newsroom):
        page = draft(newsroom.publisher)
        answer = newsroom.client("publisher").post(edit(page), {**form_of(page), "action-publish": "1"})
        assert answer.status_code == 200
        assert TWO_PERSONS in answer.content.decode()
        kept_out(page)

    def test_whoever_changes_anothers_text_does_not_publish_it(self, newsroom):
        page = draft(newsroom.author)
        data = {**form_of(page, summary="غيّره مسؤول النشر."), "action-publish": "1"}
        answer = newsroom.client("publisher").post(edit(page), data)
        assert answer.status_code == 200
        kept_out(page)

    def test_author_has_no_such_button(self, newsroom):
        page = draft(newsroom.author)
        answer = newsroom.client("author").post(edit(page), {**form_of(page), "action-publish": "1"})
        assert answer.status_code in (200, 302)
        kept_out(page)

    def test_new_page_published_at_once_is_refused_and_not_made(self, newsroom):
        example = draft(newsroom.author)
        before = Page.objects.count()
        address = reverse("wagtailadmin_pages:add", args=["library", "articlepage", section().pk])
        data = {**form_of(example, title="جديد", slug="جديد"), "action-publish": "1"}
        answer = newsroom.client("publisher").post(address, data)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert TWO_PERSONS in text
        assert "جديد" in text
        assert Page.objects.count() == before

    def test_scheduled_by_the_form(self, newsroom):
        page = draft(newsroom.author)
        at = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
        answer = newsroom.client("publisher").post(edit(page), {**form_of(page, go_live_at=at), "action-publish": "1"})
        assert answer.status_code == 302, answer.context and answer.context["form"].errors
        assert fresh(page).get_latest_revision().approved_go_live_at is not None
        kept_out(page)

    def test_a_live_page_keeps_its_text_until_a_second_person_publishes_the_new_one(self, newsroom):
        page = published(newsroom.author, newsroom.publisher)
        data = {**form_of(page, summary="ملخص جديد."), "action-publish": "1"}
        assert newsroom.client("publisher").post(edit(page), data).status_code == 200
        assert fresh(page).summary == "ملخص."
        assert newsroom.client("author").post(edit(page), form_of(page, summary="ملخص جديد.")).status_code == 302
        assert fresh(page).summary == "ملخص."
        page = fresh(page)
        newsroom.client("publisher").post(edit(page), {**form_of(page), "action-publish": "1"})
        assert fresh(page).summary == "ملخص جديد."
        assert row(page).summary == "ملخص جديد."


class TestBulk:
    def post(self, client, *pages):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        numbers = "&".join(f"id={page.pk}" for page in pages)
        return client.post(f"{address}?{numbers}", {"include_descendants": ""})

    def test_others_texts_are_published(self, newsroom):
        pages = [draft(newsroom.author, title=f"مقال {n}") for n in "أب"]
        assert self.post(newsroom.client("publisher"), *pages).status_code == 302
        for page in pages:
            went_out(page, newsroom.publisher)

    def test_one_of_ones_own_among_them_stops_all(self, newsroom):
        pages = [draft(newsroom.author, title="أول"), draft(newsroom.publisher, title="ثان")]
        answer = self.post(newsroom.client("publisher"), *pages)
        assert answer.status_code == 302
        for page in pages:
            kept_out(page)
        [refused] = entries(Event.PUBLICATION_REFUSED)
        assert refused.actor == newsroom.publisher.uuid

    def test_the_refusal_is_told_on_the_next_page(self, newsroom):
        client = newsroom.client("publisher")
        page = draft(newsroom.publisher)
        answer = self.post(client, page)
        assert TWO_PERSONS in client.get(answer["Location"]).content.decode()


class TestWorkflow:
    def act(self, newsroom, role, page, action):
        state = WorkflowState.objects.get(object_id=str(page.pk), status="in_progress")
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.current_task_state_id])
        return newsroom.client(role).post(address, {"comment": ""})

    def test_from_author_by_reviewer_to_the_public(self, newsroom):
        page = draft(newsroom.author)
        newsroom.client("author").post(edit(page), {**form_of(page), "action-submit": "1"})
        assert WorkflowState.objects.filter(object_id=str(page.pk)).exists()
        self.act(newsroom, "reviewer", page, "approve")
        kept_out(page)
        self.act(newsroom, "publisher", page, "approve")
        went_out(page, newsroom.publisher)

    def test_a_publishers_own_text_needs_the_reviewer_and_then_passes(self, newsroom):
        page = draft(newsroom.publisher)
        newsroom.client("publisher").post(edit(page), {**form_of(page), "action-submit": "1"})
        self.act(newsroom, "reviewer", page, "approve")
        self.act(newsroom, "publisher", page, "approve")
        went_out(page, newsroom.publisher)

    def test_the_manager_alone_approves_both_steps_in_vain(self, newsroom):
        page = draft(newsroom.manager)
        newsroom.client("manager").post(edit(page), {**form_of(page), "action-submit": "1"})
        self.act(newsroom, "manager", page, "approve")
        self.act(newsroom, "manager", page, "approve")
        kept_out(page)
        state = WorkflowState.objects.get(object_id=str(page.pk))
        assert state.status == "in_progress", "the refused approval left the workflow half finished"

    def test_changes_requested_go_back_to_the_author(self, newsroom):
        page = draft(newsroom.author)
        newsroom.client("author").post(edit(page), {**form_of(page), "action-submit": "1"})
        self.act(newsroom, "reviewer", page, "reject")
        kept_out(page)
        assert WorkflowState.objects.get(object_id=str(page.pk)).status == "needs_changes"

    def test_author_cannot_approve(self, newsroom):
        page = draft(newsroom.author)
        newsroom.client("author").post(edit(page), {**form_of(page), "action-submit": "1"})
        self.act(newsroom, "author", page, "approve")
        kept_out(page)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTranslation:
    """Wagtail-localize publishes after the commit, so these tests really commit."""

    @pytest.fixture
    def newsroom(self, request):
        request.getfixturevalue("committing")
        return open_newsroom()

    def translated(self, newsroom, translator):
        """A live Arabic article and its English translation, every piece by `translator`."""
        page = published(newsroom.author, newsroom.publisher)
        english = Locale.objects.get(language_code="en")
        with acting.acting(by=translator):
            translate_object(page, [english], user=translator)
        source = TranslationSource.objects.get_for_instance(page)
        for segment in source.stringsegment_set.all():
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                data=f"English {segment.context.path}"[:100] if segment.context.path != "slug" else "english-article",
                last_translated_by=translator,
            )
        target = page.get_translation(english)
        return target, Translation.objects.get(source=source, target_locale=english)

    def test_a_translation_begins_as_a_draft(self, newsroom):
        target, _translation = self.translated(newsroom, newsroom.translator)
        kept_out(target)

    def test_the_publisher_publishes_what_the_translator_wrote(self, newsroom):
        target, _translation = self.translated(newsroom, newsroom.translator)
        answer = newsroom.client("publisher").post(edit(target), {"action": "publish"})
        assert answer.status_code == 302
        went_out(target, newsroom.publisher)
        assert fresh(target).title == "English title"

    def test_own_translation_is_refused(self, newsroom):
        target, _translation = self.translated(newsroom, newsroom.publisher)
        newsroom.client("publisher").post(edit(target), {"action": "publish"})
        kept_out(target)
        assert entries(Event.PUBLICATION_REFUSED)

    def test_one_piece_of_ones_own_is_enough_to_be_refused(self, newsroom):
        target, _translation = self.translated(newsroom, newsroom.translator)
        piece = StringTranslation.objects.filter(context__path="summary").get()
        piece.last_translated_by = newsroom.publisher
        piece.save()
        newsroom.client("publisher").post(edit(target), {"action": "publish"})
        kept_out(target)

    def test_translator_may_not_publish(self, newsroom):
        target, _translation = self.translated(newsroom, newsroom.translator)
        newsroom.client("translator").post(edit(target), {"action": "publish"})
        kept_out(target)

    def test_a_live_translation_is_published_again_after_a_change(self, newsroom):
        target, _translation = self.translated(newsroom, newsroom.translator)
        client = newsroom.client("publisher")
        client.post(edit(target), {"action": "publish"})
        piece = StringTranslation.objects.filter(context__path="summary").get()
        piece.data = "Another summary"
        piece.save()
        client.post(edit(target), {"action": "publish"})
        assert fresh(target).summary == "Another summary"
        assert row(target).summary == "Another summary"


class TestCopy:
    def post(self, client, page, **more):
        address = reverse("wagtailadmin_pages:copy", args=[page.pk])
        data = {
            "new_title": "نسخة",
            "new_slug": "نسخة",
            "new_parent_page": str(page.get_parent().pk),
            "copy_subpages": "",
            **more,
        }
        return client.post(address, data)

    def copy_of(self, page):
        return type(page).objects.filter(slug="نسخة").first()

    def test_a_copy_begins_as_a_draft(self, newsroom):
        page = published(newsroom.author, newsroom.publisher)
        self.post(newsroom.client("publisher"), page)
        kept_out(self.copy_of(page))

    @pytest.mark.parametrize("more", [{"publish_copies": "on"}, {"alias": "on"}])
    def test_a_live_copy_or_alias_is_refused_and_not_made(self, newsroom, more):
        page = published(newsroom.author, newsroom.publisher)
        before = Page.objects.count()
        self.post(newsroom.client("publisher"), page, **more)
        assert Page.objects.count() == before
        assert self.copy_of(page) is None
        assert len(entries(Event.ITEM_PUBLISHED, page)) == 1


class TestOfficeApi:
    def post(self, client, page):
        address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
        return client.post(address, json.dumps({}), content_type="application/json")

    def test_anothers_text(self, newsroom):
        page = draft(newsroom.author)
        assert self.post(newsroom.client("publisher"), page).status_code == 200
        went_out(page, newsroom.publisher)

    def test_own_text(self, newsroom):
        page = draft(newsroom.publisher)
        assert self.post(newsroom.client("publisher"), page).status_code != 200
        kept_out(page)

    def test_who_has_no_right(self, newsroom):
        page = draft(newsroom.author)
        assert self.post(newsroom.client("author"), page).status_code == 403
        kept_out(page)
