"""A Scholar's signature under exactly one content of a page (decision 0020)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Page, Revision

from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused
from hiwar.items import registry
from hiwar.library import contents, mending
from hiwar.library.permissions import Version, is_of_a_signed_kind, may_sign
from hiwar.scripture.permissions import SCHOLARS, is_scholar

if TYPE_CHECKING:
    from hiwar.library.models.base import BasePage
    from hiwar.library.models.signatures import Signature

SIGN = "hiwar.version.sign"


def newest(page: BasePage) -> Version:
    """What would be published of `page` now."""
    draft = mending.draft_of(page)
    return Version(page, draft.page, None if draft.translation else page.get_latest_revision())


def version_of(*, page: BasePage, revision: Revision) -> Version:
    """What `revision` of `page` holds."""
    return Version(page, revision.as_object(), revision)


@transaction.atomic
def sign(*, page: BasePage, revision: Revision | None = None, by: Any, digest: str = "") -> Signature:
    """Put the signature of `by` under what `revision` of `page` holds (None: what would be published now).

    `digest` is of what the Scholar was shown, when that was at another moment. Returns the signature; one that is
    there already is not written twice. Raises Refused for whoever may not sign, and when the content has changed.
    """
    from hiwar.library.models.signatures import Signature

    stored = Page.objects.select_for_update(of=("self",)).get(pk=page.pk).specific
    version = newest(stored) if revision is None else version_of(page=stored, revision=revision)
    require_may_sign(version=version, by=by)
    content = contents.digest(version.shows)
    if digest and digest != content:
        raise Refused(_("The text has changed since it was shown to you. Read it again before you sign."))
    known = Signature.objects.filter(page_id=stored.pk, digest=content, by=by).first()
    if known is not None:
        return known
    made = Signature.objects.create(page_id=stored.pk, revision=version.revision, digest=content, by=by)
    number = version.revision.pk if version.revision else None
    record(
        event=Event.VERSION_SIGNED,
        by=by,
        subject_kind=stored.kind,
        subject=stored.translation_key,
        language=stored.language,
        revision=number,
        digest=content,
    )
    log(instance=stored, action=SIGN, user=by, revision=version.revision, data={"digest": content})
    return made


def require_may_sign(*, version: Version, by: Any) -> None:
    """Raise Refused, with the reason, unless `by` may sign `version`."""
    if may_sign.test(by, version):
        return
    if by is None or not is_scholar(by):
        raise Refused(_("A Scholar's signature is needed here, and you do not have that role."))
    if not is_of_a_signed_kind.test(by, version):
        raise Refused(_("Pages of this kind are not signed."))
    raise Refused(_("You wrote part of this version. Another Scholar signs it."))


def is_scholars_task(task: Any) -> bool:
    """Whether the approval of `task` is a Scholar's."""
    return isinstance(task, GroupApprovalTask) and task.groups.filter(name=SCHOLARS).exists()


def follow_approval(*, state: Any, by: Any) -> None:
    """After a task was approved, in its transaction: a Scholar's approval is a signature. Raises Refused."""
    held = state.workflow_state.content_object
    kind = getattr(held.specific, "kind", "") if isinstance(held, Page) else ""
    if kind and registry.kind(kind).scholar and is_scholars_task(state.task.specific):
        sign(page=held.specific, revision=held.specific.get_latest_revision(), by=by)
