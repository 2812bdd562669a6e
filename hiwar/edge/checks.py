"""What must hold before a process serves or works; `manage.py check --deploy --database default` asks it too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage, Error, Tags, run_checks
from django.db import DatabaseError, InterfaceError, connections
from django.db.migrations.executor import MigrationExecutor


def migrated(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An Error for each database that does not answer or lacks a migration of this version.

    Registered as a deployment check: `migrate` itself, which runs the others, must not be refused by it.
    """
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            executor = MigrationExecutor(connections[alias])
            pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except (DatabaseError, InterfaceError) as error:
            found.append(
                Error(
                    f"The database {alias!r} does not answer: {str(error).strip()}",
                    hint="See that it runs and that DATABASE_URL names it rightly.",
                    id="edge.E002",
                )
            )
            continue
        if pending:
            names = [f"{migration.app_label}.{migration.name}" for migration, _backwards in pending]
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            found.append(
                Error(
                    f"The database {alias!r} lacks {len(names)} migrations: {', '.join(names[:3])}{more}.",
                    hint="Run manage.py migrate.",
                    id="edge.E001",
                )
            )
    return found


def collected() -> list[CheckMessage]:
    """An Error when the list of static files is missing, without which every page would be an error page."""
    if getattr(staticfiles_storage, "manifest_name", None) is None or staticfiles_storage.read_manifest() is not None:
        return []
    return [Error("The static files are not collected.", hint="Run manage.py collectstatic.", id="edge.E003")]


def obstacles(*, database: str = "default", serving: bool = False) -> list[str]:
    """Why this installation may not start, each reason with its cure; empty when all is well.

    With `serving` also what only the server needs.
    """
    unmigrated = migrated(databases=[database])
    # Other checks of the database would only say the same in other words.
    issues = unmigrated or run_checks(tags=[Tags.database], include_deployment_checks=True, databases=[database])
    issues = [*issues, *(collected() if serving else [])]
    return [f"{issue.msg} {issue.hint or ''}".strip() for issue in issues if issue.is_serious()]
