"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Items(AppConfig):
    name = "hiwar.items"
    verbose_name = _("Items and topics")
