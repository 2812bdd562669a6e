"""Counts and digests of what a database holds, so that two copies can be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# A full-text index keeps its own tables: they are made again from the others and differ byte by byte.
DERIVED = ("_fts",)
CHUNK = 2000


@dataclass(frozen=True)
class Table:
    """Number of rows, and SHA-256 over all values in the order of the primary key."""

    rows: int
    sha256: str


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables that hold what was entered, sorted."""
    with connection.cursor() as cursor:
        return sorted(name for name in connection.introspection.table_names(cursor) if not _derived(name))


def _derived(name: str) -> bool:
    return any(mark in name for mark in DERIVED)


def summary(connection: BaseDatabaseWrapper) -> dict[str, dict[str, Any]]:
    """`{table: {"rows": n, "sha256": …}}` of everything `connection` sees now.

    Values are written as the driver gives them, so only two databases of one make can be compared.
    """
    return {name: asdict(_table(connection, name)) for name in names(connection)}


def _table(connection: BaseDatabaseWrapper, name: str) -> Table:
    found, rows = hashlib.sha256(), 0
    for row in _rows(connection, name):
        rows += 1
        found.update(repr(row).encode("utf-8", "surrogatepass"))
    return Table(rows, found.hexdigest())


def _rows(connection: BaseDatabaseWrapper, name: str) -> Iterator[tuple[Any, ...]]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, name)]
        keys = connection.introspection.get_primary_key_columns(cursor, name) or columns
    listed, order = (", ".join(map(quote, words)) for words in (columns, keys))
    with connection.chunked_cursor() as cursor:  # on PostgreSQL the server keeps the rows
        cursor.execute(f"SELECT {listed} FROM {quote(name)} ORDER BY {order}")  # noqa: S608 (names of our own tables)
        while chunk := cursor.fetchmany(CHUNK):
            yield from chunk


def migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """`app.name` of every migration that was applied, sorted."""
    # Django's own recorder asks by alias, and so another database when `connection` is a file opened beside.
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted(f"{app}.{name}" for app, name in cursor.fetchall())
