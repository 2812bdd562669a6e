"""The gate where no form stands before it: shell, schedule, machinery, and columns changed directly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.audit.events import Event
from hiwar.library.models import ArticlePage, PressReleasePage
from hiwar.library.publishing import PublishRefused, second_person
from tests.library.newsroom import draft, entries, fresh, is_public, open_newsroom, published, row, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom():
    return open_newsroom()


def nothing_happened(page) -> None:
    """Neither page nor registry, log or live revision moved."""
    assert not is_public(page)
    assert row(page) is None
    assert not entries(Event.ITEM_PUBLISHED, page)
    assert fresh(page).live_revision_id is None
    assert fresh(page).first_published_at is None


class TestShell:
    def test_nobody_named_is_refused(self, newsroom):
        page = draft(newsroom.author)
        with pytest.raises(PublishRefused, match="Nobody"):
            page.get_latest_revision().publish()
        nothing_happened(page)

    def test_own_text_is_refused(self, newsroom):
        page = draft(newsroom.publisher)
        with pytest.raises(PublishRefused, match="Two persons"):
            page.get_latest_revision().publish(user=newsroom.publisher)
        nothing_happened(page)

    def test_another_persons_text_is_published_and_recorded(self, newsroom):
        page = draft(newsroom.author)
        page.get_latest_revision().publish(user=newsroom.publisher)
        assert is_public(page)
        [entry] = entries(Event.ITEM_PUBLISHED, page)
        assert entry.actor == newsroom.publisher.uuid
        assert entry.actor_kind == "person"
        assert entry.detail["revision"] == fresh(page).live_revision_id
        assert row(page).path == page.url_path

    def test_who_may_not_publish_is_refused_even_with_a_second_person(self, newsroom):
        page = draft(newsroom.author)
        with pytest.raises(Exception, match="permission"):
            page.get_latest_revision().publish(user=newsroom.reviewer)
        nothing_happened(page)

    def test_an_older_revision_of_ones_own_is_refused(self, newsroom):
        page = draft(newsroom.publisher)
        own = page.get_latest_revision()
        page.title = "عنوان آخر"
        page.save_revision(user=newsroom.author)
        with pytest.raises(PublishRefused):
            own.publish(user=newsroom.publisher)
        nothing_happened(page)


class TestApproval:
    """An approval is of what stood in the revision when it was given."""

    def approve(self, newsroom, page):
        workflow = page.get_workflow()
        workflow.start(page, newsroom.publisher)
        state = WorkflowState.objects.get(object_id=str(page.pk))
        state.current_task_state.approve(user=newsroom.reviewer)

    def test_own_text_with_anothers_approval_passes(self, newsroom):
        page = draft(newsroom.publisher)
        self.approve(newsroom, page)
        revision = fresh(page).get_latest_revision()
        assert second_person(page=page, revision=revision, by=newsroom.publisher)

    def test_own_approval_does_not_count(self, newsroom):
        page = draft(newsroom.publisher)
        page.get_workflow().start(page, newsroom.publisher)
        state = WorkflowState.objects.get(object_id=str(page.pk))
        TaskState.objects.filter(workflow_state=state).update(
            status=TaskState.STATUS_APPROVED, finished_by=newsroom.publisher, finished_at=timezone.now()
        )
        assert not second_person(page=page, revision=page.get_latest_revision(), by=newsroom.publisher)

    def test_text_saved_into_the_approved_revision_loses_the_approval(self, newsroom):
        page = draft(newsroom.publisher)
        self.approve(newsroom, page)
        page = fresh(page)
        approved = page.get_latest_revision()
        page.summary = "لم يقرأه أحد."
        page.save_revision(user=newsroom.publisher, overwrite_revision=approved)
        revision = fresh(page).get_latest_revision()
        assert revision.pk == approved.pk, "Wagtail no longer saves into the same revision: this test proves nothing"
        with pytest.raises(PublishRefused):
            revision.publish(user=newsroom.publisher)
        nothing_happened(page)


class TestColumns:
    """`save()` with the live column, or with other text on a live page."""

    def test_live_set_by_hand_without_actor(self, newsroom):
        page = draft(newsroom.author)
        page.live = True
        with pytest.raises(PublishRefused):
            page.save()
        nothing_happened(page)

    @pytest.mark.parametrize("role", ["author", "reviewer", "publisher", "manager"])
    def test_live_set_by_hand_is_refused_for_every_person(self, newsroom, role):
        page = draft(newsroom.author)
        page.live = True
        with acting.acting(by=getattr(newsroom, role)), pytest.raises(PublishRefused):
            page.save()
        nothing_happened(page)

    def test_live_set_with_update_fields(self, newsroom):
        page = draft(newsroom.author)
        page.live = True
        with acting.acting(by=newsroom.publisher), pytest.raises(PublishRefused):
            page.save(update_fields=["live"])
        nothing_happened(page)

    @pytest.mark.parametrize("role", ["author", "publisher", "manager"])
    def test_text_of_a_live_page_changed_directly(self, newsroom, role):
        page = published(newsroom.author, newsroom.publisher)
        page.summary = "لم يقرأه أحد."
        with acting.acting(by=getattr(newsroom, role)), pytest.raises(PublishRefused):
            page.save()
        assert fresh(page).summary == "ملخص."
        assert len(entries(Event.ITEM_PUBLISHED, page)) == 1

    def test_machinery_may_change_a_live_page_and_the_row_follows(self, newsroom):
        page = published(newsroom.author, newsroom.publisher)
        page.summary = "ملخص آخر."
        with acting.acting(by=User.objects.system("import")):
            page.save()
        assert row(page).summary == "ملخص آخر."
        assert len(entries(Event.ITEM_PUBLISHED, page)) == 2

    def test_bookkeeping_of_a_live_page_needs_nobody(self, newsroom):
        page = published(newsroom.author, newsroom.publisher)
        page.locked = True
        page.save(update_fields=["locked"])
        assert fresh(page).locked
        assert len(entries(Event.ITEM_PUBLISHED, page)) == 1

    def test_a_draft_is_saved_by_anybody(self, newsroom):
        page = draft(newsroom.author)
        page.summary = "ملخص آخر."
        page.save()
        assert fresh(page).summary == "ملخص آخر."
        nothing_happened(page)


class TestMachinery:
    def new(self):
        parent = section()
        page = ArticlePage(title="مستورد", slug="مستورد", summary="ملخص.", locale=parent.locale, live=True)
        return parent.add_child(instance=page)

    def test_import_publishes_in_its_own_name(self, newsroom):
        with acting.acting(by=User.objects.system("import")):
            page = self.new()
        assert is_public(page)
        [entry] = entries(Event.ITEM_PUBLISHED, page)
        assert entry.actor_kind == "system"

    def test_without_a_name_nothing_is_written(self, newsroom):
        before = Page.objects.count(), len(entries(Event.ITEM_PUBLISHED))
        with pytest.raises(PublishRefused):
            self.new()
        assert (Page.objects.count(), len(entries(Event.ITEM_PUBLISHED))) == before

    def test_a_person_does_not_publish_a_page_nobody_read(self, newsroom):
        with acting.acting(by=newsroom.manager), pytest.raises(PublishRefused):
            self.new()
        assert not ArticlePage.objects.exists()


class TestSchedule:
    def scheduled(self, newsroom, writer, setter):
        """A draft by `writer` whose time of publication `setter` sets; the time is then reached."""
        page = draft(writer, go_live_at=timezone.now() + timedelta(hours=1))
        with acting.acting(by=setter):
            page.get_latest_revision().publish(user=setter)
        assert not fresh(page).live
        revision = page.get_latest_revision()
        past = timezone.now() - timedelta(minutes=1)
        type(revision).objects.filter(pk=revision.pk).update(
            approved_go_live_at=past, content={**revision.content, "go_live_at": past.isoformat()}
        )
        return fresh(page)

    def run(self):
        with acting.acting(by=User.objects.system("schedule")):
            call_command("publish_scheduled")

    def test_appears_in_the_name_of_whoever_set_the_time(self, newsroom):
        page = self.scheduled(newsroom, newsroom.author, newsroom.publisher)
        self.run()
        assert is_public(page)
        assert len(entries(Event.ITEM_PUBLISHED, page)) == 1

    def test_own_text_cannot_be_scheduled(self, newsroom):
        page = draft(newsroom.publisher, go_live_at=timezone.now() + timedelta(hours=1))
        with pytest.raises(PublishRefused):
            page.get_latest_revision().publish(user=newsroom.publisher)
        assert page.get_latest_revision().approved_go_live_at is None
        nothing_happened(page)

    def test_a_time_that_nobody_set_is_refused(self, newsroom):
        page = draft(newsroom.author)
        revision = page.get_latest_revision()
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
        with pytest.raises(PublishRefused):
            self.run()
        nothing_happened(page)

    def test_the_command_alone_is_nobody(self, newsroom):
        page = self.scheduled(newsroom, newsroom.author, newsroom.publisher)
        with pytest.raises(PublishRefused):
            call_command("publish_scheduled")
        nothing_happened(page)


class TestEmbargo:
    def release(self, newsroom, **values):
        return draft(
            newsroom.author,
            parent=section("/ar/press/"),
            model=PressReleasePage,
            number="2026/07",
            place="جدة",
            **values,
        )

    def test_before_its_end_publishing_is_refused(self, newsroom):
        page = self.release(newsroom, embargo=timezone.now() + timedelta(days=1))
        with pytest.raises(PublishRefused, match="embargo"):
            page.get_latest_revision().publish(user=newsroom.publisher)
        nothing_happened(page)

    def test_scheduled_for_its_end_it_is_taken(self, newsroom):
        end = timezone.now() + timedelta(days=1)
        page = self.release(newsroom, embargo=end, go_live_at=end)
        page.get_latest_revision().publish(user=newsroom.publisher)
        assert page.get_latest_revision().approved_go_live_at is not None
        nothing_happened(page)

    def test_after_its_end_it_is_published(self, newsroom):
        page = self.release(newsroom, embargo=timezone.now() - timedelta(minutes=1))
        page.get_latest_revision().publish(user=newsroom.publisher)
        assert is_public(page)


def test_withdrawal_closes_the_row_and_is_recorded(newsroom):
    page = published(newsroom.author, newsroom.publisher)
    with acting.acting(by=newsroom.publisher):
        page.unpublish(user=newsroom.publisher)
    assert not is_public(page)
    [entry] = entries(Event.ITEM_WITHDRAWN, page)
    assert entry.actor == newsroom.publisher.uuid
