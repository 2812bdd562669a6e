"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

HOUR = 60 * 60


def clear_sessions() -> None:
    """Delete sessions that have run out."""
    from importlib import import_module

    from django.conf import settings

    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


class Tasks(AppConfig):
    name = "hiwar.tasks"
    verbose_name = _("Background work")

    def ready(self) -> None:
        from hiwar.tasks import recovery, timetable

        timetable.register("tasks.revive", every=5, run=recovery.revive, each_worker=True)
        timetable.register("tasks.retry", every=5, run=recovery.retry, each_worker=True)
        timetable.register("tasks.sweep", every=HOUR, run=recovery.sweep)
        timetable.register("tasks.prune", every=HOUR, run=timetable.prune)
        timetable.register("sessions.clear", every=24 * HOUR, run=clear_sessions)
