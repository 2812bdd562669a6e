"""The press kit on the list of press releases: marks to download, the names to print, whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hiwar.library.models import PressReleasePage
from hiwar.ui.page import names

MARKS = ("hiwar/mark.svg", "hiwar/mark-reversed.svg")


def panel(context: Mapping[str, Any]) -> SafeString | str:
    """The kit, on the press section alone. The contact is that of the newest release; none, when none names one."""
    page = context.get("page")
    if getattr(page, "lists", "") != "press_release":
        return ""
    newest = PressReleasePage.objects.live().filter(locale=page.locale_id).exclude(contact="").order_by("-date").first()
    return render_to_string(
        "ui/press_kit.html",
        {
            "marks": MARKS,
            "names": [{"language": code, **names(code)} for code, _name in settings.LANGUAGES],
            "contact": newest.contact if newest else "",
        },
    )
