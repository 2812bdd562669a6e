"""A consistent copy of the database while others write, and back: SQLite and PostgreSQL, each by its own means."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from hiwar.edge import tables


class BackupRefused(Exception):
    """A backup or a restoration cannot be made or trusted; the message says why and what helps."""


FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@contextmanager
def _opened(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """The SQLite file at `path` as a connection of Django's, without the options that would write to it."""
    entry = {**connections[DEFAULT_DB_ALIAS].settings_dict, "NAME": str(path), "OPTIONS": {}, "TEST": {}}
    connection = ConnectionHandler({DEFAULT_DB_ALIAS: entry})[DEFAULT_DB_ALIAS]
    try:
        yield connection
    finally:
        connection.close()


def dump(*, folder: Path) -> dict[str, Any]:
    """Copy the database into `folder`; returns its tables and migrations as they stand in the copy.

    SQLite: its online backup, in one step, reads a snapshot while others write (the file is in WAL mode).
    PostgreSQL: pg_dump and the counts read one exported snapshot. Raises BackupRefused.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    target = folder / FILES[connection.vendor]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        _copy(Path(str(connection.settings_dict["NAME"])), target)
        with _opened(target) as copied:
            return {"tables": tables.summary(copied), "migrations": tables.migrations(copied)}
    program = _client("pg_dump", connection)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run(
            [program, "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={target}"],
            connection,
        )
        return {"tables": tables.summary(connection), "migrations": tables.migrations(connection)}


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        if (found := new.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise BackupRefused(f"The copy of the database is damaged: {found}")


def require_empty() -> None:
    """Raise BackupRefused unless the database that DATABASE_URL names has no table."""
    if found := connections[DEFAULT_DB_ALIAS].introspection.table_names():
        raise BackupRefused(
            f"The database is not empty ({len(found)} tables). A backup is restored only into an empty one: "
            "let DATABASE_URL name a new database."
        )


def load(*, folder: Path, expected: dict[str, Any]) -> None:
    """Put the dump of `folder` in place and compare it with `expected`, the manifest's tables and migrations.

    Nothing is left behind when it fails: SQLite's file is put in place only after the comparison, PostgreSQL's
    tables are made in one transaction and dropped again. Raises BackupRefused.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    source = folder / FILES[connection.vendor]
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        fresh = place.with_name(place.name + ".restoring")
        fresh.unlink(missing_ok=True)
        try:
            _copy(source, fresh)
            with _opened(fresh) as restored:
                _compare(restored, expected)
            connection.close()
            for beside in ("-wal", "-shm"):
                place.with_name(place.name + beside).unlink(missing_ok=True)
            fresh.replace(place)
        finally:
            fresh.unlink(missing_ok=True)
        return
    program = _client("pg_restore", connection)
    _run([program, "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction", str(source)], connection)
    try:
        _compare(connection, expected)
    except BackupRefused:
        _drop_all(connection)  # it was empty before
        raise


# Our triggers' functions; those of an extension belong to the server.
OWN_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def _drop_all(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        made = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names(cursor)))
        cursor.execute(f"DROP TABLE {made} CASCADE")
        cursor.execute(OWN_FUNCTIONS)
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function} CASCADE")


def _compare(connection: BaseDatabaseWrapper, expected: dict[str, Any]) -> None:
    found = {"tables": tables.summary(connection), "migrations": tables.migrations(connection)}
    if found["migrations"] != expected["migrations"]:
        raise BackupRefused("The restored database has other migrations than the backup lists. Do not use it.")
    names = found["tables"].keys() | expected["tables"].keys()
    wrong = sorted(name for name in names if found["tables"].get(name) != expected["tables"].get(name))
    if wrong:
        raise BackupRefused(f"Restored tables differ from the backup's list: {', '.join(wrong)}. Do not use them.")


def _client(name: str, connection: BaseDatabaseWrapper) -> str:
    """Path of PostgreSQL's own program; raises BackupRefused when it is missing or older than the server."""
    connection.ensure_connection()
    server = connection.pg_version // 10000  # type: ignore[attr-defined]
    cure = f"Install PostgreSQL's client {server} (Debian: postgresql-client-{server})."
    program = shutil.which(name)
    if program is None:
        raise BackupRefused(f"{name} was not found. {cure}")
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"(\d+)", answer)
    if version is None or int(version.group(1)) < server:
        raise BackupRefused(f"{name} is of version {version.group(1) if version else '?'}, the server {server}. {cure}")
    return program


def _run(command: list[str], connection: BaseDatabaseWrapper) -> None:
    """Run a client program against the database; the password travels in the environment, never in the arguments."""
    entry = connection.settings_dict
    options = {key: value for key, value in entry["OPTIONS"].items() if isinstance(value, str)}
    words = {"dbname": entry["NAME"], "user": entry["USER"], "host": entry["HOST"], "port": entry["PORT"], **options}
    target = " ".join(f"{key}={_quoted(str(value))}" for key, value in words.items() if value)
    environment = {**os.environ, **({"PGPASSWORD": entry["PASSWORD"]} if entry["PASSWORD"] else {})}
    done = subprocess.run(
        [*command, f"--dbname={target}"], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupRefused(f"{Path(command[0]).name} failed: {done.stderr.strip()[-800:]}")


def _quoted(value: str) -> str:
    """A value of a libpq connection string."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
