"""What the office shows of this room, under one heading: hadith, editions of the meanings, reported errors."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q
from django.urls import path
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, Panel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from hiwar.scripture.collections import collections
from hiwar.scripture.forms import GradeSelect, HadithForm, ReportForm
from hiwar.scripture.models import Hadith, Rendering, TextReport
from hiwar.scripture.views import office


class StatePanel(Panel):
    """On top of a stored hadith: who signed it, who uses it, and what the detector finds in it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "scripture/office/state.html"

        class Media:
            css = {"all": ["hiwar/office-entry.css"]}

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # The form has written what was typed into the instance: told is what is stored.
            stored = Hadith.objects.select_related("signed_by", "edited_by").get(pk=self.instance.pk)
            return {**super().get_context_data(parent_context), **office.about_hadith(stored)}


def collection_choices() -> list[tuple[str, str]]:
    language = get_language() or "ar"
    return [(slug, held.name(language)) for slug, held in collections().items()]


class HadithFilter(WagtailFilterSet):
    collection = django_filters.ChoiceFilter(label=_("Collection"), choices=collection_choices)
    signed = django_filters.ChoiceFilter(
        label=_("Signature"),
        choices=[("yes", _("Signed")), ("no", _("Waits for a signature"))],
        method="by_signature",
    )

    class Meta:
        model = Hadith
        fields = ["collection"]

    def by_signature(self, rows: Any, name: str, value: str) -> Any:
        shown = Q(signed_at__isnull=False, signed_digest=F("digest"))
        return rows.filter(shown) if value == "yes" else rows.exclude(shown)


class HadithViewSet(ModelViewSet):
    model = Hadith
    name = "hadith"
    url_prefix = "scripture/hadith"
    icon = "openquote"
    menu_label = pgettext_lazy("plural", "Hadith")
    menu_order = 10
    add_to_reference_index = False  # what cites a hadith is in the reverse index
    index_view_class = office.HadithIndex
    add_view_class = office.HadithCreate
    edit_view_class = office.HadithEdit
    delete_view_class = office.HadithDelete
    copy_view_enabled = False
    filterset_class = HadithFilter
    search_backend_name = None
    search_fields = ["number", "text"]
    list_per_page = 50
    list_display = [
        "__str__",
        BooleanColumn("is_shown", label=_("Signed")),
        Column("signed_by", label=_("Signed by")),
        Column("edited_by", label=_("Last edited by")),
        DateColumn("edited_at", label=_("Last edited"), sort_key="edited_at"),
    ]
    edit_handler = ObjectList(
        [
            StatePanel(),
            FieldRowPanel([FieldPanel("book"), FieldPanel("number")]),
            FieldPanel("others"),
            FieldPanel("narrator"),
            FieldPanel("text"),
            FieldPanel("edition_note"),
            FieldPanel("rendering"),
            FieldPanel("translator"),
            InlinePanel(
                "gradings",
                panels=[
                    FieldPanel("grader"),
                    FieldPanel("grade", widget=GradeSelect),
                    FieldPanel("wording"),
                    FieldPanel("source"),
                    FieldPanel("page"),
                ],
                heading=pgettext_lazy("hadith", "Gradings"),
                label=pgettext_lazy("hadith", "Grading"),
            ),
            FieldPanel("note"),
        ],
        base_form_class=HadithForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("sign/<int:pk>/", office.sign, name="sign")]


class Looking(ModelPermissionPolicy):
    """Looking alone: an edition comes in by the command, and is shown or hidden on its own page."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and super().user_has_any_permission(user, {"view"})


class RenderingViewSet(ModelViewSet):
    model = Rendering
    name = "renderings"
    url_prefix = "scripture/renderings"
    icon = "globe"
    menu_label = _("Editions of the meanings")
    menu_order = 20
    add_to_reference_index = False
    permission_policy = Looking(Rendering)
    index_view_class = office.RenderingIndex
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    search_fields = ["slug", "translator"]
    form_fields = ["slug"]
    list_display = [
        TitleColumn("__str__", label=_("Name"), url_name="renderings:one"),
        Column("language", label=_("Language"), sort_key="language"),
        Column("translator", label=_("Translator")),
        Column("version", label=_("Version")),
        BooleanColumn("shown", label=_("Shown to readers")),
        DateColumn("imported_at", label=_("Imported"), sort_key="imported_at"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("one/<int:pk>/", office.rendering, name="one")]


class ReportFilter(WagtailFilterSet):
    class Meta:
        model = TextReport
        fields = ["state", "shown"]


class TextReportViewSet(ModelViewSet):
    model = TextReport
    name = "text_reports"
    url_prefix = "scripture/reports"
    icon = "warning"
    menu_label = _("Reported errors")
    menu_order = 30
    add_to_reference_index = False
    index_view_class = office.ReportIndex
    add_view_class = office.ReportCreate
    edit_view_class = office.ReportEdit
    copy_view_enabled = False
    filterset_class = ReportFilter
    search_backend_name = None
    search_fields = ["source", "reference"]
    list_display = [
        "__str__",
        Column("get_state_display", label=pgettext_lazy("progress", "State"), sort_key="state"),
        BooleanColumn("shown", label=_("In the public log")),
        Column("received", label=pgettext_lazy("report", "Received"), sort_key="received"),
        Column("answered", label=pgettext_lazy("report", "Answered"), sort_key="answered"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[ReportForm]:
        return ReportForm

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("answer/<int:pk>/", office.answer, name="answer")]


class Scripture(ModelViewSetGroup):
    menu_label = _("Scripture")
    menu_name = "scripture"
    menu_icon = "openquote"
    menu_order = 230
    items = (HadithViewSet, RenderingViewSet, TextReportViewSet)


@hooks.register("register_admin_viewset")
def scripture() -> Scripture:
    return Scripture()
