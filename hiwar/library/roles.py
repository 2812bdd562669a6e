"""The office's roles: groups, what each may do on every language's tree, and the way an item takes to the public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from hiwar.items import registry
from hiwar.library.models import HomePage
from hiwar.scripture.permissions import SCHOLARS

AUTHORS, TRANSLATORS, REVIEWERS, PUBLISHERS = "Authors", "Translators", "Reviewers", "Publishers"
# Stored names are fixed; what a person reads is translated.
NAMES: dict[str, str | Promise] = {
    AUTHORS: _("Authors"),
    TRANSLATORS: _("Translators"),
    REVIEWERS: _("Reviewers"),
    PUBLISHERS: _("Publishers"),
    SCHOLARS: _("Scholars"),
}
WORKFLOW, REVIEW_TASK, PUBLICATION_TASK = "Review", "Review", "Publication"
# Answers go to a Scholar instead of a reviewer: the approval of that task is a signature (decision 0020).
SIGNED_WORKFLOW, SIGNATURE_TASK = "Scholar", "Scholar"

# On every language's tree. With `add` alone one edits only what one made oneself.
PAGES = {
    AUTHORS: ("add_page",),
    TRANSLATORS: ("add_page", "change_page"),
    REVIEWERS: ("change_page", "lock_page", "unlock_page"),
    PUBLISHERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    SCHOLARS: ("change_page",),
}
# Files are guarded through Wagtail's own model names, whatever the models in use are called.
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"), ("wagtailmedia", "media"))
COLLECTIONS = {
    AUTHORS: ("add", "choose"),
    TRANSLATORS: ("add", "choose"),
    REVIEWERS: ("add", "change", "choose"),
    PUBLISHERS: ("add", "change", "choose"),
    SCHOLARS: ("choose",),
}
# Hadith are entered by those who write, and signed by nobody but a Scholar (scripture.permissions).
ENTER_HADITH = ("scripture.view_hadith", "scripture.add_hadith", "scripture.change_hadith")
KEEP_LOG = ("scripture.view_textreport", "scripture.add_textreport", "scripture.change_textreport")
EVERYWHERE = {
    AUTHORS: ("wagtailadmin.access_admin", *ENTER_HADITH),
    TRANSLATORS: ("wagtailadmin.access_admin", "wagtail_localize.submit_translation", *ENTER_HADITH),
    REVIEWERS: (
        "wagtailadmin.access_admin",
        *ENTER_HADITH,
        *KEEP_LOG,
        "scripture.view_rendering",
        "library.add_person",
        "library.change_person",
        "items.add_topic",
        "items.change_topic",
    ),
    PUBLISHERS: (
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "library.add_person",
        "library.change_person",
        "items.add_topic",
        "items.change_topic",
        "library.add_oldaddress",
        "library.change_oldaddress",
        "library.delete_oldaddress",
        "audit.view_entry",
        *ENTER_HADITH,
        *KEEP_LOG,
        "scripture.delete_hadith",
        "scripture.view_rendering",
    ),
    SCHOLARS: (
        "wagtailadmin.access_admin",
        *ENTER_HADITH,
        *KEEP_LOG,
        "scripture.view_rendering",
        "scripture.change_rendering",
    ),
}
# What Wagtail's first migration makes; it would let a group that nobody here looks after publish everything.
STOCK_GROUPS, STOCK_WORKFLOW = ("Moderators", "Editors"), "Moderators approval"


@transaction.atomic
def prepare(*, by: Any) -> dict[str, Group]:
    """Make or mend groups, permissions and the workflows, and return the groups by stored name. Idempotent.

    Permissions given by hand on other pages or collections are left alone. `by` is the account in whose name
    the framework's own workflow is put out of use.
    """
    _retire_stock(by)
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in NAMES}
    for name, group in groups.items():
        group.permissions.add(*_permissions(EVERYWHERE[name]))
    homes = list(HomePage.objects.all())
    for home in homes:
        for name, codenames in PAGES.items():
            for codename in codenames:
                permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
                GroupPagePermission.objects.get_or_create(group=groups[name], page=home, permission=permission)
    root = Collection.get_first_root_node()
    for name, verbs in COLLECTIONS.items():
        for app, model in FILES:
            codenames = [f"{verb}_{model}" for verb in verbs]
            for permission in Permission.objects.filter(content_type__app_label=app, codename__in=codenames):
                GroupCollectionPermission.objects.get_or_create(
                    group=groups[name], collection=root, permission=permission
                )
    review = _workflow(WORKFLOW, ((REVIEW_TASK, groups[REVIEWERS]), (PUBLICATION_TASK, groups[PUBLISHERS])))
    signed = _workflow(SIGNED_WORKFLOW, ((SIGNATURE_TASK, groups[SCHOLARS]), (PUBLICATION_TASK, groups[PUBLISHERS])))
    for home in homes:
        WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": review})
        for section in home.get_children().filter(slug__in=signed_places()):
            WorkflowPage.objects.update_or_create(page=section, defaults={"workflow": signed})
    return groups


def signed_places() -> set[str]:
    """Slugs of the pages, right below a language's home page, under which stand what Scholars sign."""
    return {kind.place.partition("/")[0] for kind in registry.kinds() if kind.scholar and kind.section}


def name_of(group: Group) -> str:
    """The group's name as a person reads it: translated for our roles, as stored for any other."""
    return str(NAMES.get(group.name, group.name))


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Permissions by `app.codename`; raises Permission.DoesNotExist for a name that is wrong."""
    parts = (name.partition(".") for name in names)
    return [Permission.objects.get(content_type__app_label=app, codename=codename) for app, _dot, codename in parts]


def _workflow(called: str, steps: Iterable[tuple[str, Group]]) -> Workflow:
    """A workflow of steps, each approved by a group; the last one, a publisher's approval, publishes."""
    workflow = Workflow.objects.filter(name=called, active=True).first() or Workflow.objects.create(name=called)
    for order, (name, group) in enumerate(steps):
        task = GroupApprovalTask.objects.filter(name=name, active=True).first()
        if task is None:
            task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(group)
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    return workflow


def _retire_stock(by: Any) -> None:
    """Take the framework's own groups (unless somebody is in one) and its workflow out of use."""
    for workflow in Workflow.objects.filter(name=STOCK_WORKFLOW, active=True):
        workflow.deactivate(user=by)
    for group in Group.objects.filter(name__in=STOCK_GROUPS, user__isnull=True):
        GroupPagePermission.objects.filter(group=group).delete()
        group.delete()
