"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class States(AppConfig):
    name = "hiwar.states"
    verbose_name = _("Member States")
