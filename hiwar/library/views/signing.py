"""The office's page on which a Scholar signs a version of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages.workflow import WorkflowAction
from wagtail.models import Page

from hiwar.audit.refusal import Refused
from hiwar.edge.audience import audience
from hiwar.items import registry
from hiwar.library import contents, scripture_check, signers, signing, typed
from hiwar.library.models import BasePage, Signature
from hiwar.library.permissions import Version, may_sign


class SignForm(forms.Form):
    """The digest of what was shown: something else is not signed in its place."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


def to_sign(page: Any, *, by: Any) -> Version | None:
    """The newest version of `page` when `by` may sign it and has not; else None."""
    if not isinstance(page, BasePage) or not page.kind or not registry.kind(page.kind).scholar:
        return None
    version = signing.newest(page)
    if not may_sign.test(by, version) or not page.permissions_for_user(by).can_edit():
        return None
    known = Signature.objects.filter(page_id=page.pk, by=by, digest=contents.digest(version.shows))
    return None if known.exists() else version


@dataclass(frozen=True)
class Panel:
    """What stands above the form: who signed the newest version ('' for nobody), and where this person signs it."""

    names: str
    address: str


def panel_of(page: BasePage, *, by: Any) -> Panel | None:
    """The panel of an answer; None for what is not signed."""
    if not page.kind or not registry.kind(page.kind).scholar:
        return None
    version = signing.newest(page)
    names = ", ".join(dict.fromkeys(str(each) for each in signers.of(page=version.shows)))
    mine = to_sign(page, by=by)
    return Panel(names, reverse("version_sign", args=[page.pk]) if mine is not None else "")


def may_approve(page: Any, *, by: Any) -> bool:
    """Whether `by` may approve the task that `page` is at: a Scholar's approval is a signature, all others are not."""
    if not isinstance(page, BasePage) or not page.pk or not page.kind or not registry.kind(page.kind).scholar:
        return True
    task = page.current_workflow_task
    if task is None or not signing.is_scholars_task(task.specific):
        return True
    revision = page.get_latest_revision()
    return bool(may_sign.test(by, signing.version_of(page=page, revision=revision)))


@audience("office")
def sign(request: HttpRequest, page_id: int) -> HttpResponse:
    """What would be signed, text by text, then the signature. 404 for everybody who may not sign it."""
    page = get_object_or_404(Page, pk=page_id).specific
    version = to_sign(page, by=request.user)
    if version is None:
        raise Http404
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.method == "POST":
        form = SignForm(request.POST)
        if not form.is_valid():
            raise Http404
        try:
            signing.sign(page=page, revision=version.revision, by=request.user, digest=form.cleaned_data["digest"])
        except Refused as refused:
            messages.error(request, str(refused.reason))
            return redirect("version_sign", page_id=page.pk)
        messages.success(request, _("Signed. Exactly this version may now be published."))
        return redirect(edit)
    context = {
        "page": page,
        "version": version,
        "digest": contents.digest(version.shows),
        "texts": [(scripture_check.place_of(each), each) for each in typed.typed_in(version.shows)],
        "language": page.language,
        "direction": page.direction,
        "edit": edit,
        "draft": reverse("wagtailadmin_pages:view_draft", args=[page.pk]) if version.revision else "",
        "compare": _compare(page, version),
    }
    return render(request, "library/office/sign.html", context)


@audience("office")
@require_admin_access
def approve_from_a_list(request: HttpRequest, page_id: int, task_state_id: int) -> HttpResponse:
    """Wagtail's own address for approving without opening the text. A Scholar's approval is a signature, and nobody
    signs what they were not shown: it leads to the form, which knows what stood there. Other approvals go on."""
    page = get_object_or_404(Page, pk=page_id).specific
    task = page.current_workflow_task
    signed = bool(getattr(page, "kind", "")) and registry.kind(page.kind).scholar
    if not signed or task is None or not signing.is_scholars_task(task.specific):
        view = WorkflowAction.as_view()
        return view(request, page_id=page_id, action_name="approve", task_state_id=task_state_id)
    messages.info(request, _("Your approval is a signature. Read the text here, then approve it."))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.headers.get("x-requested-with") == "XMLHttpRequest":  # the list asks in a window of its own
        return render_modal_workflow(request, "", None, {}, json_data={"step": "success", "redirect": edit})
    return redirect(edit)


def _compare(page: BasePage, version: Version) -> str:
    """Address of the differences from what is shown; '' when nothing is, or nothing can be compared."""
    if version.revision is None or not page.live or page.live_revision_id == version.revision.pk:
        return ""
    return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", version.revision.pk])
