"""Wagtail's lifecycle signals, each bound in one line to an action. No rule stands here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move, task_approved

from hiwar.audit import acting
from hiwar.library import actions, signing
from hiwar.library.models.base import BasePage


def slug_changed(*, instance: Page, instance_before: Page, **_: Any) -> None:
    actions.follow_move(page=instance, old_path=instance_before.url_path, new_path=instance.url_path)


def moved(*, instance: Page, url_path_before: str, url_path_after: str, **_: Any) -> None:
    actions.follow_move(page=instance, old_path=url_path_before, new_path=url_path_after)


def deleted(*, sender: Any, instance: Any, **_: Any) -> None:
    if isinstance(instance, BasePage) and instance.kind:
        actions.record_deletion(page=instance, by=acting.current())


def approved(*, instance: Any, user: Any, **_: Any) -> None:
    signing.follow_approval(state=instance, by=user)


def bind() -> None:
    """Connect each signal once."""
    page_slug_changed.connect(slug_changed, dispatch_uid="library.slug")
    post_page_move.connect(moved, dispatch_uid="library.move")
    pre_delete.connect(deleted, dispatch_uid="library.delete")
    task_approved.connect(approved, dispatch_uid="library.sign")
