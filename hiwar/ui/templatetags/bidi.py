"""Sets Latin runs apart inside Arabic text."""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hiwar.arabic.direction import direction, isolate_runs

register = template.Library()


@register.filter
def apart(value: Any) -> SafeString:
    """`value` as HTML; on a right-to-left page its Latin runs and document symbols are isolated."""
    markup = conditional_escape(value.__html__() if hasattr(value, "__html__") else value)
    if direction(get_language() or "en") == "ltr":
        return mark_safe(markup)
    return mark_safe(isolate_runs(markup))
