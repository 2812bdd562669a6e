"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Edge(AppConfig):
    name = "hiwar.edge"
    verbose_name = _("Edge")
