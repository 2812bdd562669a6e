"""The office's word on signatures, above the form of an answer."""

from __future__ import annotations

from typing import Any

from django import template

from hiwar.library.models import BasePage
from hiwar.library.views.signing import panel_of

register = template.Library()


@register.inclusion_tag("library/office/signature.html", takes_context=True)
def signature_panel(context: template.Context, page: Any) -> dict[str, Any]:
    """Who signed the newest version of `page`, and the way to sign it for whoever may."""
    request = context.get("request")
    specific = page.specific if page is not None and page.pk else None
    if request is None or not isinstance(specific, BasePage):
        return {"signature": None}
    return {"signature": panel_of(specific, by=request.user)}
