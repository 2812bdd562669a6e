"""Database triggers that refuse to change or delete an audit entry.

SQLite silently loses a table's triggers when a migration rebuilds the table, so they are put back
after every migration, and the site refuses to run without them (checks.py).
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"
NAMES = ("audit_entry_no_update", "audit_entry_no_delete")


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS audit_entry_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            "BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    refuse = (
        "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'audit entries are append-only'; END $$ LANGUAGE plpgsql"
    )
    made = [
        f"CREATE OR REPLACE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()"
        for verb in ("UPDATE", "DELETE")
    ]
    return [refuse, *made]


def present(*, connection: BaseDatabaseWrapper) -> set[str]:
    """Names of our triggers that stand in the database."""
    query = (
        "SELECT name FROM sqlite_master WHERE type='trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()} & set(NAMES)


def restore(*, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Put the triggers back (bound to post_migrate)."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)
