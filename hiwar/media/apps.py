"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Media(AppConfig):
    name = "hiwar.media"
    verbose_name = _("Pictures and files")

    def ready(self) -> None:
        from hiwar.media import lifecycle

        lifecycle.bind()
