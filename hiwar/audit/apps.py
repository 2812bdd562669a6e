"""The room's registration."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class Audit(AppConfig):
    name = "hiwar.audit"
    verbose_name = _("Audit log")

    def ready(self) -> None:
        from hiwar.audit import checks, triggers

        register(checks.triggers_stand, Tags.database)
        post_migrate.connect(triggers.restore, dispatch_uid="audit.triggers")
