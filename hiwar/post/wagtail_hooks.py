"""The outbox in the office: what was sent, what waits and what was given up, to read only."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import ModelPermissionPolicy

from hiwar.post.models import Delivery


class ReadOnly(ModelPermissionPolicy):
    """Superusers look; nobody adds, changes or deletes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and user.is_active and user.is_superuser

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return self.user_has_any_permission(user, actions)


class Outbox(ModelViewSet):
    model = Delivery
    icon = "mail"
    menu_label = _("Outgoing mail")
    add_to_settings_menu = True
    permission_policy = ReadOnly(Delivery)
    list_display = [
        Column("subject", label=_("Subject"), accessor="message.subject"),
        Column("recipient", label=_("To"), accessor="veiled"),
        Column("state", label=_("Status"), accessor="get_state_display", sort_key="state"),
        Column("attempts", label=_("Attempts"), sort_key="attempts"),
        Column("due", label=_("Due"), sort_key="due"),
        Column("sent", label=_("Sent at"), sort_key="sent"),
        Column("error", label=_("Last answer")),
    ]
    list_filter = ["state"]
    form_fields: list[str] = []
    inspect_view_enabled = True
    inspect_view_fields = ["state", "attempts", "due", "sent", "error", "uuid"]
    copy_view_enabled = False
    list_per_page = 50
    ordering = ["-due"]


@hooks.register("register_admin_viewset")
def register_outbox() -> Outbox:
    return Outbox("outbox")
