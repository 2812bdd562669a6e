"""What the office shows of this room: people, topics, old addresses, the audit log, and a word after publishing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from hiwar.accounts.models import User
from hiwar.audit.models import Entry
from hiwar.items.models import Topic
from hiwar.library import history
from hiwar.library.forms import CheckedForm
from hiwar.library.models import OldAddress, Person, PressReleasePage
from hiwar.library.office_islamiyat import IssuingBodyViewSet
from hiwar.library.publishing import require_answer_signed, require_true_quotations
from hiwar.library.views import quotations, signing

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]
# Of the framework's menus: its help leads to another site, and languages and sites are set by the settings alone.
UNUSED_SETTINGS = {"sites", "locales"}


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    menu_label = gettext_lazy("People")
    menu_name = "people"
    menu_order = 210
    add_to_admin_menu = True
    list_display = [
        "name_here",
        Column("field_here", label=gettext_lazy("Field")),
        BooleanColumn("is_author", label=gettext_lazy("Author")),
        BooleanColumn("is_advisor", label=gettext_lazy("Advisor")),
        BooleanColumn("is_scholar", label=gettext_lazy("Scholar")),
    ]
    list_filter = ["is_author", "is_advisor", "is_scholar"]
    search_backend_name = None
    search_fields = ["slug", *(f"name__{code}" for code in LANGUAGE_CODES)]
    copy_view_enabled = False
    edit_handler = ObjectList(Person.panels, base_form_class=CheckedForm)


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = gettext_lazy("Topics")
    menu_name = "topics"
    menu_order = 220
    add_to_admin_menu = True
    list_display = [
        "name_here",
        Column("slug", label=gettext_lazy("Address"), sort_key="slug"),
        Column("order", label=pgettext_lazy("position in a list", "Order"), sort_key="order"),
    ]
    search_backend_name = None
    search_fields = ["slug", *(f"name__{code}" for code in LANGUAGE_CODES)]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("slug"), FieldPanel("summary"), FieldPanel("order")],
        base_form_class=CheckedForm,
    )


class OldAddressViewSet(SnippetViewSet):
    model = OldAddress
    icon = "redirect"
    menu_label = gettext_lazy("Old addresses")
    menu_name = "old-addresses"
    menu_order = 700
    add_to_settings_menu = True
    list_display = [
        "key",
        Column("page", label=gettext_lazy("Page")),
        Column("path", label=gettext_lazy("Path")),
    ]
    list_per_page = 50
    search_backend_name = None
    search_fields = ["key", "path"]
    copy_view_enabled = False
    panels = [FieldPanel("key"), PageChooserPanel("page"), FieldPanel("path")]


class ReadOnly(ModelPermissionPolicy):
    """Looking alone: nobody adds, changes or deletes, the manager neither."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and super().user_has_any_permission(user, {"view"})


class EntryIndexView(generic.IndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self) -> Any:
        """Entries with the e-mail address of whoever acted: entries themselves hold no person."""
        acted = User.objects.filter(uuid=OuterRef("actor")).values("email")[:1]
        return Entry.objects.annotate(acted_by=Subquery(acted))


class EntryViewSet(ModelViewSet):
    model = Entry
    name = "audit"
    url_prefix = "audit"
    icon = "history"
    menu_label = gettext_lazy("Audit log")
    menu_name = "audit"
    menu_order = 9500
    add_to_reference_index = False
    index_view_class = EntryIndexView
    permission_policy = ReadOnly(Entry)
    list_display = [
        DateColumn("at", label=gettext_lazy("Time"), sort_key="pk"),
        Column("get_event_display", label=gettext_lazy("What happened")),
        Column("acted_by", label=pgettext_lazy("doer", "By")),
        Column("subject_kind", label=gettext_lazy("Kind")),
        Column("subject", label=gettext_lazy("What it concerns")),
    ]
    list_filter = ["event", "actor_kind"]
    list_per_page = 50
    search_backend_name = None
    search_fields = ["subject"]
    ordering = ["-pk"]
    form_fields = ["event"]
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False


register_snippet(PersonViewSet)
register_snippet(TopicViewSet)
register_snippet(OldAddressViewSet)
register_snippet(IssuingBodyViewSet)


@hooks.register("register_admin_viewset")
def audit_log() -> EntryViewSet:
    return EntryViewSet()


@hooks.register("construct_help_menu")
def no_help_elsewhere(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items.clear()


@hooks.register("construct_settings_menu")
def settings_by_settings(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_SETTINGS]


@hooks.register("insert_global_admin_css")
def office_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("hiwar/office.css"))


@hooks.register("register_admin_urls")
def quotation_addresses() -> list[Any]:
    return [
        path("quotations/<int:page_id>/mend/", quotations.mend, name="quotation_mend"),
        path("quotations/<int:page_id>/block/", quotations.make_block, name="quotation_block"),
        path("quotations/<int:page_id>/overrule/", quotations.overrule, name="quotation_overrule"),
        path("scholar/<int:page_id>/sign/", signing.sign, name="version_sign"),
    ]


@hooks.register("register_page_header_buttons")
def sign_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if view_name != "index" and (version := signing.to_sign(page.specific, by=user)) is not None:
        address = reverse("version_sign", args=[version.page.pk])
        yield Button(_("Sign as a Scholar"), address, icon_name="check", priority=5)


@hooks.register("construct_page_action_menu")
def only_scholars_approve(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Whoever may not sign is not offered the approval that is a signature."""
    page = context.get("page")
    if page is not None and not signing.may_approve(page.specific, by=request.user):
        menu_items[:] = [item for item in menu_items if item.name != "approve"]


@hooks.register("before_publish_page")
def no_time_for_what_will_be_refused(request: HttpRequest, page: Page) -> None:
    """The form may set a time of publication, for which nothing is saved that the gate would see until then."""
    require_true_quotations(page=page.specific)
    require_answer_signed(page=page.specific)


@hooks.register("register_log_actions")
def words_of_the_log(actions: Any) -> None:
    history.register(actions)


@hooks.register("after_publish_page")
def say_what_is_missing(request: HttpRequest, page: Page) -> None:
    """A press release belongs out in every language at once."""
    page = page.specific
    if not isinstance(page, PressReleasePage):
        return
    for name in missing_languages(page):
        messages.warning(
            request, _("This press release is not yet published in this language: %(language)s") % {"language": name}
        )


def missing_languages(page: Page) -> list[str]:
    """Names of the languages in which no live version of `page` exists."""
    live = set(page.get_translations(inclusive=True).live().values_list("locale__language_code", flat=True))
    return [str(name) for code, name in settings.LANGUAGES if code not in live]
