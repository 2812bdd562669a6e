"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Post(AppConfig):
    name = "hiwar.post"
    verbose_name = _("Outgoing mail")
