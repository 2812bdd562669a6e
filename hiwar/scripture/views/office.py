"""The office's pages for hadith, editions of the meanings and reported errors. What they change, actions change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from hiwar.audit.refusal import Refused
from hiwar.edge.audience import audience
from hiwar.scripture import actions, permissions
from hiwar.scripture.actions.renderings import gaps
from hiwar.scripture.collections import collection
from hiwar.scripture.comparison import compare
from hiwar.scripture.forms import AnswerForm, HadithForm
from hiwar.scripture.models import Citation, Hadith, Rendering, TextReport

SEE = ("view", "add", "change", "delete")


class ThroughActions:
    """A form that an action saves. What the action refuses is said above the form, and what was typed stays in it."""

    # Where the form has another field than the model.
    fields_of: dict[str, str] = {}

    def saved(self, form: Any) -> Any:
        """Save by an action and return the row."""
        raise NotImplementedError

    def save_instance(self: Any) -> Any:
        row = self.saved(self.form)
        log(instance=row, action=self.log_action, content_changed=True)
        return row

    def form_valid(self: Any, form: Any) -> HttpResponse:
        self.form = form
        try:
            with transaction.atomic():
                saved = self.save_instance()
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        except ValidationError as error:
            for name, faults in error.message_dict.items():
                name = self.fields_of.get(name, name)
                form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, faults)
        else:
            self.object = saved
            return self.save_action()
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def get_success_url(self: Any) -> str:
        """Stay with what was saved: there the state and what the detector finds are told."""
        return str(reverse(self.edit_url_name, args=[self.object.pk]))


def sign_button(row: Hadith) -> Button:
    """Leads to the page on which a hadith is read and signed."""
    return Button(_("Review and sign"), url=reverse("hadith:sign", args=[row.pk]), icon_name="check", priority=5)


class HadithIndex(generic.IndexView):
    any_permission_required = list(SEE)

    def get_base_queryset(self) -> Any:
        return Hadith.objects.select_related("signed_by", "edited_by")

    def get_list_more_buttons(self, instance: Hadith) -> list[Any]:
        return [sign_button(instance), *super().get_list_more_buttons(instance)]


class HadithSaving(ThroughActions):
    fields_of = {"collection": "book", "scheme": "book", "other_numbers": "others"}

    def saved(self: Any, form: HadithForm) -> Hadith:
        stored = Hadith.objects.filter(pk=form.instance.pk).first() if form.instance.pk else None
        return actions.save_hadith(hadith=stored, values=form.values(), gradings=form.gradings(), by=self.request.user)


class HadithCreate(HadithSaving, generic.CreateView):
    log_action = "wagtail.create"


class HadithEdit(HadithSaving, generic.EditView):
    log_action = "wagtail.edit"

    def get_success_buttons(self) -> list[Any]:
        return []  # one is on that page already

    @property
    def header_more_buttons(self) -> list[Any]:
        return [sign_button(self.object), *super().header_more_buttons]


class HadithDelete(generic.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refusal:
            messages.error(self.request, str(refusal.reason))
            return redirect("hadith:edit", self.object.pk)

    def delete_action(self) -> None:
        with transaction.atomic():
            log(instance=self.object, action="wagtail.delete")
            actions.delete_hadith(hadith=self.object, by=self.request.user)


@audience("office")
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """A hadith as readers would see it, for a Scholar to sign; and to take a signature back."""
    user: Any = request.user
    row = get_object_or_404(Hadith.objects.select_related("signed_by", "edited_by"), pk=pk)
    if not permissions.may_edit_hadith(user) and not permissions.is_scholar(user):
        raise Http404
    if request.method == "POST":
        try:
            _sign_or_take_back(request, row)
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
        return redirect("hadith:sign", pk)
    return render(request, "scripture/office/sign.html", {**about_hadith(row), **_may(user, row)})


def _sign_or_take_back(request: HttpRequest, row: Hadith) -> None:
    if "take_back" in request.POST:
        actions.unsign_hadith(hadith=row, by=request.user, reason=request.POST.get("reason", "")[:500])
        messages.success(request, _("Readers no longer see this hadith."))
    else:
        actions.sign_hadith(hadith=row, seal=request.POST.get("seal", ""), by=request.user)
        messages.success(request, _("The hadith is signed. Readers see it now."))


def _may(user: Any, row: Hadith) -> dict[str, bool]:
    return {
        "may_sign": permissions.may_sign_hadith(user, row),
        "is_scholar": permissions.is_scholar(user),
        "may_take_back": permissions.may_unsign_hadith(user),
    }


def about_hadith(row: Hadith) -> dict[str, Any]:
    """What the office tells of a stored hadith: its words, its state, who uses it, and what the detector finds."""
    language = get_language() or "ar"
    held = collection(row.collection)
    return {
        "hadith": row,
        "title": row.reference.label(language),
        "numbering": held.scheme(row.scheme).name(language),
        "others": [(held.scheme(slug).name(language), number) for slug, number in row.other_numbers.items()],
        "gradings": list(row.gradings.all()),
        "seal": actions.seal_of(row),
        "cited": Citation.objects.shown().of(row.reference).values("item").distinct().count(),
        "comparison": compare(row),
    }


class RenderingIndex(generic.IndexView):
    any_permission_required = list(SEE)


@audience("office")
@require_http_methods(["GET", "POST"])
def rendering(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition of the meanings: what it says of itself, what is missing, and the button that shows or hides it."""
    user: Any = request.user
    row = get_object_or_404(Rendering, pk=pk)
    if not any(user.has_perm(f"scripture.{verb}_rendering") for verb in SEE):
        raise Http404
    if request.method == "POST":
        try:
            if "hide" in request.POST:
                actions.hide_rendering(rendering=row, by=user)
                messages.success(request, _("Readers no longer see this edition."))
            else:
                actions.show_rendering(rendering=row, by=user)
                messages.success(request, _("Readers see this edition now."))
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
        return redirect("renderings:one", pk)
    data = {"rendering": row, "missing": gaps(row), "may_show": permissions.may_show_rendering(user)}
    return render(request, "scripture/office/rendering.html", data)


def answer_button(row: TextReport) -> Button:
    """Leads to the page on which a reported error is answered."""
    words, url = pgettext("to a report", "Answer"), reverse("text_reports:answer", args=[row.pk])
    return Button(words, url=url, icon_name="comment", priority=5)


class ReportIndex(generic.IndexView):
    any_permission_required = list(SEE)

    def get_list_more_buttons(self, instance: TextReport) -> list[Any]:
        return [answer_button(instance), *super().get_list_more_buttons(instance)]


class ReportSaving(ThroughActions):
    def saved(self: Any, form: Any) -> TextReport:
        stored = TextReport.objects.filter(pk=form.instance.pk).first() if form.instance.pk else None
        return actions.record_report(report=stored, by=self.request.user, **form.cleaned_data)


class ReportCreate(ReportSaving, generic.CreateView):
    log_action = "wagtail.create"


class ReportEdit(ReportSaving, generic.EditView):
    log_action = "wagtail.edit"

    @property
    def header_more_buttons(self) -> list[Any]:
        return [answer_button(self.object), *super().header_more_buttons]


@audience("office")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a reported error, and say whether readers see both in the public log."""
    user: Any = request.user
    if not permissions.may_answer_report(user):
        raise Http404
    row = get_object_or_404(TextReport, pk=pk)
    form = AnswerForm(request.POST or None, report=row)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                answered = actions.answer_report(report=row, answer=given["answer"], state=given["state"], by=user)
                actions.show_report(report=answered, shown=given["shown"], by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("The answer is stored."))
            return redirect("text_reports:index")
    return render(request, "scripture/office/answer.html", {"report": row, "form": form})
