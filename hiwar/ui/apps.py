"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Ui(AppConfig):
    name = "hiwar.ui"
    label = "ui"
    verbose_name = _("Interface")
