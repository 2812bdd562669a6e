"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Post(AppConfig):
    name = "hiwar.post"
    verbose_name = _("Outgoing mail")

    def ready(self) -> None:
        from hiwar.post import actions
        from hiwar.tasks import timetable

        # Leases share the work out, so every worker may send.
        timetable.register("post.send", every=5, run=actions.send_due, each_worker=True)
