"""What every page's structured data is made of (schema.org in JSON-LD): a graph, its nodes, the way to the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hiwar.ui import frame

Node = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]


def graph(*nodes: Node | None) -> list[Node]:
    """One graph of the nodes that are given, for `{% json_ld structured %}`."""
    return [{"@context": "https://schema.org", "@graph": [without_empty(node) for node in nodes if node]}]


def without_empty(node: Node) -> Node:
    """`node` without the properties that say nothing."""
    return {key: value for key, value in node.items() if value not in ("", None, [], ())}


def breadcrumbs(crumbs: Rows) -> Node | None:
    """BreadcrumbList of `crumbs` ({title, path}, the page itself last); None for fewer than two.

    The last one needs no address: it is the page (Google's structured data guide, Breadcrumb).
    """
    if len(crumbs) < 2:
        return None
    steps = [
        without_empty(
            {
                "@type": "ListItem",
                "position": position,
                "name": str(crumb["title"]),
                "item": frame.absolute(crumb["path"]) if crumb["path"] and position < len(crumbs) else "",
            }
        )
        for position, crumb in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
