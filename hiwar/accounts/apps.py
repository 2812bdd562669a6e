"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Accounts(AppConfig):
    name = "hiwar.accounts"
    verbose_name = _("Accounts")
