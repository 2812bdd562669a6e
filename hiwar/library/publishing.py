"""The gate: what must hold before anything is shown, and what is written when it is.

Decision 0005: the rules stand in BasePage.save(), because in Wagtail 7.4 that is the one place every
path of publishing passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry, Revision, TaskState

from hiwar.audit.refusal import Refused
from hiwar.items import registry
from hiwar.library import contents, corrections, mending, scripture_check, signers, translating
from hiwar.library.contents import BOOKKEEPING, UNSEEN, rows, seen

if TYPE_CHECKING:
    from hiwar.library.models.base import BasePage

SCHEDULE, IMPORT = "schedule@system.invalid", "import@system.invalid"
SCHOLAR = _("A Scholar who did not write this version signs it before it is shown. Send it to review.")
EMBARGO = _("The text is under embargo. Set the time of publication to the end of the embargo or later.")


class PublishRefused(Refused):
    """Something may not be shown. `part` is the part of the edit form that says more."""

    part = ""


class ScriptureRefused(PublishRefused):
    """Something quotes scripture otherwise than the edition has it."""

    part = "#quotations"


class ScholarRefused(PublishRefused):
    """No Scholar has signed exactly this version."""


class ChangeUnexplained(PublishRefused):
    """What is shown would change without a word to the reader."""


@dataclass(frozen=True)
class Change:
    """What a save does to what the public sees."""

    was_live: bool
    now_live: bool
    shows_new_content: bool
    # Whether what is shown is what `live_revision` holds; False when columns of a live page are changed directly.
    by_revision: bool = True


def change_of(*, page: BasePage, update_fields: Any = None) -> Change:
    """Compare `page` with its stored row. One query, none for a new page."""
    before = type(page)._base_manager.filter(pk=page.pk).first() if page.pk else None
    if before is None:
        return Change(was_live=False, now_live=page.live, shows_new_content=page.live)
    if update_fields is not None and "live" not in update_fields:
        now_live = before.live
    else:
        now_live = page.live
    # An older version brings its own number of the version shown along; a save of other columns does not store it.
    turned = page.live_revision_id != before.live_revision_id
    by_revision = not before.live or (turned and (update_fields is None or "live_revision" in update_fields))
    new_content = now_live and (
        by_revision or _columns_differ(before, page, update_fields) or _parts_differ(before, page, update_fields)
    )
    return Change(was_live=before.live, now_live=now_live, shows_new_content=new_content, by_revision=by_revision)


def _columns_differ(before: BasePage, after: BasePage, update_fields: Any) -> bool:
    for field in after._meta.concrete_fields:
        if field.name in BOOKKEEPING or (update_fields is not None and field.name not in update_fields):
            continue
        if field.get_prep_value(field.value_from_object(before)) != field.get_prep_value(
            field.value_from_object(after)
        ):
            return True
    return False


def _parts_differ(before: BasePage, after: BasePage, update_fields: Any) -> bool:
    """Whether the save brings other credits, corrections or topics. The edit form may store its text in the revision
    that is shown already, so that neither the columns nor the revision's number tell."""
    held = {
        name
        for name in getattr(after, "_cluster_related_objects", ())
        if name not in UNSEEN and (update_fields is None or name in update_fields)
    }
    if not held:
        return False
    one, other = seen(before), seen(after)
    return any(rows(one.get(name)) != rows(other.get(name)) for name in held)


def require_true_quotations(*, page: BasePage) -> None:
    """Raise ScriptureRefused when scripture in `page` stands in the way of showing it, now or at a time set for it."""
    for refusal in map(ScriptureRefused, scripture_check.objections(page)):
        refusal.back = _form_of(page) + refusal.part
        raise refusal


def require_allowed(*, page: BasePage, revision: Revision | None, by: Any) -> None:
    """Raise PublishRefused, with the first reason, unless `by` may show `revision` of `page` now."""
    for refusal in refusals(page=page, revision=revision, by=by):
        if page.pk:
            refusal.back = _form_of(page) + refusal.part
        raise refusal


def _form_of(page: BasePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def refusals(*, page: BasePage, revision: Revision | None, by: Any) -> Iterator[PublishRefused]:
    """Every reason why `by` may not show `revision`, most general first."""
    if page.alias_of_id:
        yield PublishRefused(
            _("A copy that follows another page would show one language under the address of another.")
        )
    if by is not None and by.is_system and by.email == SCHEDULE:
        by = scheduled_by(revision=revision) if revision else None  # the person who set the time answers for it
    if by is None:
        yield PublishRefused(_("Nobody is named as the one who publishes."))
        return
    if under_embargo(page=page):
        yield PublishRefused(EMBARGO)
    if not goes_unchecked(page=page, by=by):
        # What the import brings was published elsewhere before: of hadith it only reports.
        reported = by.is_system and by.email == IMPORT
        yield from map(ScriptureRefused, scripture_check.objections(page, hadith=not reported))
    yield from map(PublishRefused, page.own_refusals())
    if by.is_system or not page.kind:
        return
    kind = registry.kind(page.kind)
    yield from _of_answers(page)
    if kind.two_persons and not second_person(page=page, revision=revision, by=by):
        yield PublishRefused(
            _("Two persons are needed: whoever wrote this version does not publish it. Send it to review.")
        )


def _of_answers(page: BasePage) -> Iterator[PublishRefused]:
    """What stands in the way of an answer, whoever publishes it: a missing signature, a change without a word."""
    if not page.kind or not registry.kind(page.kind).scholar:
        return
    if not signers.of(page=page):
        yield ScholarRefused(SCHOLAR)
    if reason := corrections.objection(page=page):
        yield ChangeUnexplained(reason)


def require_answer_signed(*, page: BasePage) -> None:
    """Raise PublishRefused when an answer may not be shown, now or at a time set for it."""
    for refusal in _of_answers(page):
        refusal.back = _form_of(page)
        raise refusal


def goes_unchecked(*, page: BasePage, by: Any) -> bool:
    """Whether `page` is shown although scripture in it differs: a decision that the import alone takes, and records."""
    return bool(page.scripture_unchecked and by is not None and by.is_system and by.email == IMPORT)


def under_embargo(*, page: BasePage) -> bool:
    """Whether `page` would appear before its embargo ends."""
    return embargo_holds(embargo=getattr(page, "embargo", None), shown_from=page.go_live_at)


def embargo_holds(*, embargo: datetime | None, shown_from: datetime | None) -> bool:
    """Whether something with this `embargo` may not appear now, nor at the time set for it (`shown_from`)."""
    if embargo is None or embargo <= timezone.now():
        return False
    return shown_from is None or shown_from < embargo


def scheduled_by(*, revision: Revision) -> Any:
    """The account that set the time of publication of `revision`, or None."""
    entry = (
        PageLogEntry.objects.filter(revision=revision, action="wagtail.publish.schedule", user__isnull=False)
        .select_related("user")
        .order_by("-timestamp")
        .first()
    )
    return entry.user if entry else None


def second_person(*, page: BasePage, revision: Revision | None, by: Any) -> bool:
    """Whether somebody other than `by` wrote or approved exactly what `revision` holds."""
    if translating.by_others(page=page, revision=revision, by=by):
        return True
    if signers.by_another(page=page if revision is None else revision.as_object(), by=by):
        return True
    if revision is not None and (unmended := mending.mended_from(page=page, revision=revision)):
        return second_person(page=page, revision=unmended, by=by)
    if revision is None or str(revision.object_id) != str(page.pk):  # a copy brings its model's revision along
        return False
    if revision.user_id is not None and revision.user_id != by.pk:
        return True
    # The editor saves by itself into the same revision: an approval holds for what stood there at that moment.
    approved = TaskState.objects.filter(
        revision=revision, status=TaskState.STATUS_APPROVED, finished_at__gte=revision.created_at
    )
    if approved.exclude(finished_by=by).exclude(finished_by=None).exists():
        return True
    # The edit form stores a new revision in the publisher's name even when nothing was changed.
    others = page.revisions.filter(pk__lt=revision.pk).exclude(user=by).exclude(user=None).order_by("-pk")
    previous = others.first()
    return previous is not None and contents.same(previous, revision)


def shown_revision(*, page: BasePage, change: Change) -> Revision | None:
    """The live revision of `page` when it holds exactly what the page would show, else None."""
    revision = page.live_revision if change.by_revision else None
    same = revision is not None and contents.digest(revision.as_object()) == contents.digest(page)
    return revision if same else None
