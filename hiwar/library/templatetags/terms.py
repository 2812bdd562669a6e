"""Blocks of a text with the glossary's terms linked in them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from hiwar.library import terms

register = template.Library()


@register.simple_tag(takes_context=True)
def body_block(context: template.Context, block: Any) -> SafeString:
    """A block of a page's text, rendered; terms of the glossary are linked in running text where `linker` is given."""
    rendered = block.render(context=context.flatten())
    linker = context.get("linker")
    if linker and block.block_type == "text":
        return linker.link(rendered)  # type: ignore[no-any-return]
    return mark_safe(rendered)


@register.simple_tag(takes_context=True)
def with_terms(context: template.Context, text: str) -> SafeString:
    """A plain text with its terms linked, where `linker` is given."""
    return terms.plain_linked(str(text), context.get("linker"))
