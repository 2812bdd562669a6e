"""A long list in stable pages, each with an address of its own; `ui/pagination.html` prints the links."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from hiwar.arabic.digits import to_latin

SIZE = 20


class Part:
    """One page of a list. Raises Http404 for a page number that is none or lies beyond the end."""

    def __init__(
        self, rows: QuerySet[Any] | list[Any], request: HttpRequest, *, size: int = SIZE, count: int | None = None
    ) -> None:
        self.number = whole_number(request.GET.get("page", "1"), digits=5)
        if not self.number:
            raise Http404
        self.size = size
        self.count = count if count is not None else len(rows) if isinstance(rows, list) else rows.count()
        self.total = max(1, -(-self.count // size))
        if self.number > self.total:
            raise Http404
        start = (self.number - 1) * size
        self.rows = list(rows[start : start + size])
        self.first = start + 1 if self.rows else 0
        self.last = start + len(self.rows)

    def pages(self, path: str, **query: str) -> dict[str, Any] | None:
        """Links to the other pages, or None when there is one page alone."""
        if self.total == 1:
            return None

        def to(number: int) -> str:
            return with_query(path, **query, page=str(number) if number > 1 else "")

        near = {1, self.total, *range(self.number - 1, self.number + 2)}
        numbers = sorted(n for n in near if 1 <= n <= self.total)
        shown: list[dict[str, Any] | None] = []
        for before, number in zip([0, *numbers], numbers, strict=False):
            if number - before > 1:
                shown.append(None)
            shown.append({"n": number, "path": to(number), "current": number == self.number})
        return {
            "current": self.number,
            "total": self.total,
            "list": shown,
            "previous": to(self.number - 1) if self.number > 1 else "",
            "next": to(self.number + 1) if self.number < self.total else "",
        }


def whole_number(text: str, *, digits: int) -> int:
    """The number that `text` writes in Latin, Arabic or Persian digits, at most `digits` of them; 0 for anything else.

    `str.isdigit` would let pass what `int` refuses: ² and numbers of thousands of digits.
    """
    plain = to_latin(text) if len(text) <= digits else ""
    return int(plain) if plain.isascii() and plain.isdigit() else 0


def with_query(path: str, **query: str) -> str:
    """`path` with the parts of `query` that are not empty."""
    words = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{words}" if words else path
