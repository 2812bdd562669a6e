"""“What was changed?” in the form of a published answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class ChangePanel(MultiFieldPanel):
    """Correction or update, with a note for the reader. Shown where the form asks (forms.ItemPageForm)."""

    def __init__(self, **kwargs: Any) -> None:
        children = kwargs.pop("children", None) or [FieldPanel("change_kind"), FieldPanel("change_note")]
        kwargs.setdefault("heading", _("What was changed?"))
        kwargs.setdefault(
            "help_text",
            _(
                "Readers see the note below the item, on the page of corrections and in the feeds. "
                "One note is enough for everything that is published together."
            ),
        )
        super().__init__(children=children, **kwargs)

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(getattr(self.form, "asks", False)) and super().is_shown()
