"""The room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Library(AppConfig):
    name = "hiwar.library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from hiwar.library import actions, furniture, kinds, lifecycle, press_kit, schedule
        from hiwar.library.models import BasePage
        from hiwar.library.views import misused, pages
        from hiwar.ui import frame, panels

        kinds.register()
        lifecycle.bind()
        schedule.register()
        frame.provide(furniture)
        panels.register("library.section", 10, press_kit.panel)
        panels.register("scripture.misuse", 10, misused.panel)
        panels.register("scripture.index", 10, misused.door)
        BasePage.show = staticmethod(pages.show)
        BasePage.follow = staticmethod(actions.follow)
