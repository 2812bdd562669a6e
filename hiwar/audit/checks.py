"""`manage.py check --database default` and start-up refuse a database without the triggers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from hiwar.audit import triggers


def triggers_stand(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An Error for each database whose audit table lacks a trigger; none for a database not yet migrated."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if triggers.TABLE not in connection.introspection.table_names():
            continue
        missing = sorted(set(triggers.NAMES) - triggers.present(connection=connection))
        if missing:
            found.append(
                Error(
                    f"The audit log of database {alias!r} has lost its triggers: {', '.join(missing)}.",
                    # Without the flag migrate would itself be stopped by this check.
                    hint="Run manage.py migrate --skip-checks: it puts them back.",
                    id="audit.E001",
                )
            )
    return found
