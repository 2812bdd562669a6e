"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class Accounts(AppConfig):
    name = "hiwar.accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self) -> None:
        from hiwar.accounts import lifecycle

        lifecycle.bind()


class OfficeUsers(WagtailUsersAppConfig):
    """Wagtail's own list of people, with forms for accounts that have an e-mail address and no username."""

    user_viewset = "hiwar.accounts.views.AccountViewSet"
