"""Plain words of rich content."""

from __future__ import annotations

import html
import re
from typing import Any

TAG = re.compile(r"<[^>]+>")
BREAK = re.compile(r"</(p|li|h\d|blockquote)>|<br\s*/?>")


def words_of(source: str) -> str:
    """Text of an HTML fragment, blocks parted by new lines."""
    return html.unescape(TAG.sub("", BREAK.sub("\n", source))).strip()


def plain(stream: Any) -> str:
    """The words of a StreamField's blocks in order, a line a block."""
    found: list[str] = []
    for block in stream:
        value = block.value
        if block.block_type == "text":
            found.append(words_of(value.source))
        elif hasattr(value, "get"):
            found.extend(str(value[name]) for name in ("text", "who", "caption", "title") if value.get(name))
    return "\n".join(part for part in found if part)
