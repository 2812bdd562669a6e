"""The office's answers to quotations of scripture in a page: the panel beside its form, mending, the Scholar's word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from hiwar.audit.refusal import Refused
from hiwar.edge.audience import audience
from hiwar.library import mending, scripture_check
from hiwar.library.models import BasePage
from hiwar.library.scripture_check import Found
from hiwar.scripture import findings, verify
from hiwar.scripture.permissions import may_overrule

PANEL = "#quotations"


@dataclass(frozen=True)
class Row:
    """One quotation as the panel sets it out. `mended` is what it becomes by one click, '' when it cannot be."""

    found: Found
    shown: findings.Finding
    place: str
    mended: str = ""
    may_be_block: bool = False

    @property
    def key(self) -> dict[str, Any]:
        """The hidden fields of a form that acts on this passage."""
        return dict(zip(("place", "start", "digest"), self.found.key, strict=True))

    @property
    def mended_is_uthmani(self) -> bool:
        return bool(verify.VOWELLED.search(self.mended))


@dataclass(frozen=True)
class Panel:
    """What the panel shows of the newest draft of `page`."""

    page: BasePage
    altered: list[Row]
    overruled: list[Row]
    unaltered: list[Row]
    problems: list[tuple[str, SafeString | str]]
    may_overrule: bool
    is_translation: bool

    @property
    def several_mendable(self) -> bool:
        return sum(bool(row.mended) for row in self.altered) > 1

    @property
    def shown(self) -> bool:
        return bool(self.altered or self.overruled or self.unaltered or self.problems or self.page.scripture_unchecked)


def panel_of(page: BasePage, *, by: Any) -> Panel:
    """The quotations in the newest draft of `page`, for an editor."""
    draft = mending.draft_of(page)
    result = scripture_check.checked(draft.page)
    side_by_side = draft.translation is not None
    rows = list(_rows(draft.page, result.found, side_by_side))
    return Panel(
        page=page,
        altered=[row for row in rows if row.found.stands_in_the_way],
        overruled=[row for row in rows if row.found.overruled],
        unaltered=[row for row in rows if not row.found.finding.altered],
        problems=[(scripture_check.place_of(each.cited), each.reason) for each in result.problems],
        may_overrule=bool(may_overrule(by)),
        is_translation=side_by_side,
    )


def _rows(page: BasePage, found: Iterable[Found], side_by_side: bool) -> Iterator[Row]:
    """The quotations set out, those of one text together, which costs one query a text with hadith in it."""
    for _place, group in groupby(found, key=lambda each: each.typed.place):
        members = list(group)
        shown = findings.findings(members[0].typed.text, [each.finding.quotation for each in members])
        numbered = {each.number: each for each in shown}
        for number, each in enumerate(members, 1):
            if number in numbered:
                yield _row(page, each, numbered[number], side_by_side)


def _row(page: BasePage, found: Found, shown: findings.Finding, side_by_side: bool) -> Row:
    return Row(
        found=found,
        shown=shown,
        place=scripture_check.place_of(found.typed),
        mended=verify.mended(found.finding) if found.stands_in_the_way else "",
        may_be_block=not side_by_side and scripture_check.may_become_block(page, found),
    )


class KeyForm(forms.Form):
    """Which passage is meant."""

    place = forms.CharField(widget=forms.HiddenInput, max_length=400)
    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    digest = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)

    def key(self) -> mending.Key:
        """The passage as `Found.key` names it."""
        return self.cleaned_data["place"], self.cleaned_data["start"], self.cleaned_data["digest"]


class OverruleForm(KeyForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Why these words may stand as they are. It is kept in the log of the item."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )


@audience("office")
@require_POST
def mend(request: HttpRequest, page_id: int) -> HttpResponse:
    """One click: the edition's words in the place of the altered ones, as a new draft."""
    page = _page(request, page_id)
    try:
        found = mending.mend(page=page, key=None if request.POST.get("all") else _key(request), by=request.user)
    except Refused as refused:
        return _not_done(request, page, refused)
    return _done(request, page, _("The draft now has the words of the edition: %(reference)s."), found)


@audience("office")
@require_POST
def make_block(request: HttpRequest, page_id: int) -> HttpResponse:
    """One click: a quotation becomes a verse block, as a new draft."""
    page = _page(request, page_id)
    try:
        found = mending.make_block(page=page, key=_key(request), by=request.user)
    except Refused as refused:
        return _not_done(request, page, refused)
    return _done(request, page, _("The quotation is now a verse block of the draft: %(reference)s."), [found])


@audience("office")
def overrule(request: HttpRequest, page_id: int) -> HttpResponse:
    """The Scholar's page: the passage, its differences, and why it may stand. 404 for everybody else."""
    page = _page(request, page_id)
    if not may_overrule(request.user):
        raise Http404
    form = OverruleForm(request.POST) if request.method == "POST" else OverruleForm(initial=request.GET.dict())
    try:
        key = _key(request)
        if request.method == "POST" and form.is_valid():
            found = mending.overrule(page=page, key=key, reason=form.cleaned_data["reason"], by=request.user)
            return _done(request, page, _("The words may stand in this item: %(reference)s."), [found])
        row = _row_at(page, key)
    except Refused as refused:
        return _not_done(request, page, refused)
    context = {"page": page, "row": row, "form": form, "back": _edit(page)}
    return render(request, "library/office/overrule.html", context)


def _row_at(page: BasePage, key: mending.Key) -> Row:
    draft = mending.draft_of(page)
    found = scripture_check.checked(draft.page).at(key)
    if found is None or not found.finding.altered:
        raise Refused(mending.CHANGED)
    [row] = _rows(draft.page, [found], draft.translation is not None)
    return row


def _page(request: HttpRequest, page_id: int) -> BasePage:
    """The page, for somebody who may edit it; 404 for everybody else."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, BasePage) or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return page


def _key(request: HttpRequest) -> mending.Key:
    form = KeyForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        raise Refused(_("It is not clear which quotation is meant. Choose it below."))
    return form.key()


def _edit(page: BasePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) + PANEL


def _done(request: HttpRequest, page: BasePage, sentence: str, found: list[Found]) -> HttpResponse:
    language = get_language() or "ar"
    labels = dict.fromkeys(each.finding.reference.label(language) for each in found)
    messages.success(request, sentence % {"reference": " · ".join(labels)})
    return redirect(_edit(page))


def _not_done(request: HttpRequest, page: BasePage, refused: Refused) -> HttpResponse:
    messages.error(request, str(refused.reason))
    return redirect(_edit(page))
