"""The room's registration."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class Edge(AppConfig):
    name = "hiwar.edge"
    verbose_name = _("Edge")

    def ready(self) -> None:
        from hiwar.edge import checks

        register(checks.migrated, Tags.database, deploy=True)
