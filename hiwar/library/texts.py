"""Plain words of rich content."""

from __future__ import annotations

import html
import re
from typing import Any

from hiwar.scripture.blocks import CitationBlock

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
        elif isinstance(block.block, CitationBlock):
            found.append(block.block.plain(value))
        elif hasattr(value, "get"):
            found.extend(str(value[name]) for name in ("text", "who", "caption", "title") if value.get(name))
    return "\n".join(part for part in found if part)


def citations(stream: Any) -> list[Any]:
    """The blocks of a StreamField that cite scripture, in order; none of a page without one (`stream` None).

    No other block is made, and no picture fetched.
    """
    if not stream:
        return []
    kinds = {name for name, block in stream.stream_block.child_blocks.items() if isinstance(block, CitationBlock)}
    return [stream[place] for place, raw in enumerate(stream.raw_data) if raw["type"] in kinds]
