"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Library(AppConfig):
    name = "hiwar.library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from hiwar.library import actions, lifecycle

        actions.register_kinds()
        lifecycle.bind()
