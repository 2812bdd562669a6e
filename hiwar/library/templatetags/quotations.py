"""The office's panel of quotations, above the form of a page."""

from __future__ import annotations

from typing import Any

from django import template

from hiwar.library.models import BasePage
from hiwar.library.views.quotations import panel_of

register = template.Library()


@register.inclusion_tag("library/office/quotations.html", takes_context=True)
def quotations_panel(context: template.Context, page: Any) -> dict[str, Any]:
    """What was found of scripture in the saved draft of `page`; nothing for a page that is not stored yet."""
    request = context["request"]
    specific = getattr(page, "specific", page)
    if not isinstance(specific, BasePage) or not specific.pk:
        return {"quotations": None}
    return {"quotations": panel_of(specific, by=request.user), "csrf_token": context.get("csrf_token")}
