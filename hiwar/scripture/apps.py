"""The room's registration: it refuses to start over a text that is not the one that was checked."""

from django.apps import AppConfig
from django.core.checks import register
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class Scripture(AppConfig):
    name = "hiwar.scripture"
    label = "scripture"
    verbose_name = _("Scripture")

    def ready(self) -> None:
        from hiwar.scripture import canon, checks, kinds
        from hiwar.scripture.samples import samples
        from hiwar.ui import gallery

        try:
            canon.refuse_other_files()
        except canon.CanonBroken as error:
            raise ImproperlyConfigured(str(error)) from error
        register(checks.texts_stand)
        kinds.register()
        gallery.also(samples)
