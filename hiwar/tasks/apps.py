"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Tasks(AppConfig):
    name = "hiwar.tasks"
    verbose_name = _("Background work")
