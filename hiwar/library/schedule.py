"""What the clock publishes and takes down.

Wagtail's own command publishes revision after revision and stops at the first that the gate refuses; here each is
a transaction of its own.
"""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from hiwar.accounts.models import User
from hiwar.audit.acting import acting
from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.library.publishing import PublishRefused
from hiwar.tasks import timetable

log = logging.getLogger(__name__)


def publish_scheduled() -> tuple[int, int]:
    """Publish every version whose time has come and take down what has expired; returns how many of each.

    A version that the gate refuses goes back to being a draft: its time is taken away and the refusal recorded, or it
    would be refused again every minute. What fails otherwise is logged and tried again in the next minute.
    """
    clock = User.objects.system("schedule")
    with acting(by=clock):
        return sum(map(_publish, _due_revisions())), sum(map(_take_down, _expired_pages()))


def _due_revisions() -> list[int]:
    due = Revision.page_revisions.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at")
    return list(due.values_list("pk", flat=True))


def _expired_pages() -> list[int]:
    return list(Page.objects.filter(live=True, expire_at__lt=timezone.now()).values_list("pk", flat=True))


def _publish(number: int) -> bool:
    try:
        with transaction.atomic():
            # Locked, and looked at again: an editor may have cancelled the schedule meanwhile.
            due = Revision.page_revisions.filter(pk=number, approved_go_live_at__lte=timezone.now())
            revision = due.select_for_update(of=("self",)).first()
            if revision is None:
                return False
            revision.publish(log_action="wagtail.publish.scheduled")
            return True
    except PublishRefused as refusal:
        _refuse(number, refusal)
    except Exception:
        log.exception("Version %s could not be published at its time", number)
    return False


def _refuse(number: int, refusal: PublishRefused) -> None:
    with transaction.atomic():
        revision = Revision.page_revisions.get(pk=number)
        Revision.page_revisions.filter(pk=number).update(approved_go_live_at=None)
        record(
            event=Event.PUBLICATION_REFUSED,
            by=User.objects.system("schedule"),
            subject_kind="page",
            subject=revision.object_id,
            reason=type(refusal).__name__,
            revision=number,
        )
    log.warning("Version %s was not published at its time: %s", number, refusal)


def _take_down(number: int) -> bool:
    try:
        with transaction.atomic():
            expired = Page.objects.filter(pk=number, live=True, expire_at__lt=timezone.now())
            page = expired.select_for_update(of=("self",)).first()
            if page is None:
                return False
            page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            return True
    except Exception:
        log.exception("Page %s could not be taken down at its time", number)
    return False


def register() -> None:
    """Put the clock's work into the timetable."""
    timetable.register("library.publish_scheduled", every=60, run=publish_scheduled)
