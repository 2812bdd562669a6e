"""What the clock publishes and takes down, and that one refusal stops no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.library.models import ArticlePage
from hiwar.library.schedule import publish_scheduled
from hiwar.tasks import timetable
from tests.library.newsroom import Newsroom, draft, entries, fresh, is_public, open_newsroom, published

HOUR = timedelta(hours=1)


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return open_newsroom()


def scheduled(newsroom: Newsroom, title: str) -> Any:
    page = draft(newsroom.author, title=title, go_live_at=timezone.now() + HOUR)
    with acting.acting(by=newsroom.publisher):
        page.get_latest_revision().publish(user=newsroom.publisher)
    assert not fresh(page).live
    return page


def test_it_is_in_the_timetable_every_minute() -> None:
    [entry] = [entry for entry in timetable.entries() if entry.name == "library.publish_scheduled"]
    assert (entry.every, entry.run) == (60, publish_scheduled)


def test_not_before_its_time_and_then_in_the_name_of_the_schedule(newsroom: Newsroom) -> None:
    page = scheduled(newsroom, "مقال")
    assert publish_scheduled() == (0, 0)
    assert not is_public(page)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert publish_scheduled() == (1, 0)
        assert publish_scheduled() == (0, 0), "once"
    assert is_public(page)
    [entry] = entries("item.published", page)
    assert entry.actor == User.objects.system("schedule").uuid
    assert entry.actor_kind == "system"
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").exists()


def test_one_refusal_stops_no_other_and_is_not_repeated(newsroom: Newsroom) -> None:
    first, second, third = (scheduled(newsroom, title) for title in ("أول", "ثان", "ثالث"))
    # Nobody answers for the second any more: its entry of who set the time is gone.
    PageLogEntry.objects.filter(page=second.pk, action="wagtail.publish.schedule").delete()
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert publish_scheduled() == (2, 0)
        assert publish_scheduled() == (0, 0)
    assert is_public(first)
    assert is_public(third)
    assert not fresh(second).live
    [refusal] = entries("item.refused")
    assert refusal.subject == str(second.pk)
    assert not Revision.objects.filter(object_id=str(second.pk), approved_go_live_at__isnull=False).exists()


def test_a_fault_stops_no_other_and_is_tried_again(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = (scheduled(newsroom, title) for title in ("أول", "ثان"))
    save = ArticlePage.save

    def broken(page: Any, *args: Any, **options: Any) -> None:
        if page.pk == first.pk:
            raise RuntimeError("on purpose")
        save(page, *args, **options)

    with time_machine.travel(timezone.now() + 2 * HOUR):
        with monkeypatch.context() as patch:
            patch.setattr(ArticlePage, "save", broken)
            assert publish_scheduled() == (1, 0)
        assert "could not be published at its time" in caplog.text
        assert not fresh(first).live
        assert publish_scheduled() == (1, 0)
    assert is_public(first)
    assert is_public(second)


def test_what_has_expired_is_taken_down(newsroom: Newsroom) -> None:
    page, other = (published(newsroom.author, newsroom.publisher, title=title) for title in ("أول", "ثان"))
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() + HOUR)
    assert publish_scheduled() == (0, 0)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert publish_scheduled() == (0, 1)
    assert not is_public(page)
    assert fresh(page).expired
    assert is_public(other)
    assert entries("item.withdrawn", page)[0].actor == User.objects.system("schedule").uuid
