"""Backup of database and files while the site serves, and restoration into an empty installation.

A backup is a folder: the database's copy, `files/` and `manifest.json`, which is written last; a folder without it is
no backup. The environment, and with it the secret, is not in it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import Storage, default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from hiwar.edge import dumps
from hiwar.edge.dumps import BackupRefused

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024


def make(*, folder: Path) -> dict[str, Any]:
    """Write a backup into `folder`, which must be empty or not exist; returns its manifest.

    The database is copied first: a file that comes later belongs to nothing in it, one that goes meanwhile is listed
    under `vanished`. Raises BackupRefused; a folder that was begun is emptied again.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(f"{folder} is not an empty folder. Name a new one for each backup.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # it holds persons' data
    try:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        held = dumps.dump(folder=folder)
        files, vanished = _copy_files(folder / "files")
        manifest = {
            "format": FORMAT,
            "made": timezone.now().isoformat(timespec="seconds"),
            "vendor": vendor,
            "database": _state(folder / dumps.FILES[vendor]),
            **held,
            "files": files,
            "vanished": vanished,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    except BaseException:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    return manifest


def restore(*, folder: Path) -> dict[str, Any]:
    """Restore the backup in `folder` into this empty installation; returns its manifest.

    Everything that can be known beforehand is verified before the first byte is written. Raises BackupRefused, and
    then leaves the installation as empty as it was. Migrating, and what that puts back, is the caller's next step.
    """
    manifest = verify(folder=folder)
    dumps.require_empty()
    if next(_stored(default_storage), None) is not None:
        raise BackupRefused(
            "There are files in this installation already. A backup is restored only into an empty one."
        )
    written: list[str] = []
    try:
        for name in manifest["files"]:
            with (folder / "files" / name).open("rb") as stream:
                written.append(default_storage.save(name, File(stream)))
            if written[-1] != name:
                raise BackupRefused(f"The file store would name {name} otherwise ({written[-1]}).")
            with default_storage.open(name) as stream:
                if _digest(stream) != manifest["files"][name]["sha256"]:
                    raise BackupRefused(f"{name} was not restored as it is in the backup.")
        dumps.load(folder=folder, expected=manifest)
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise
    return manifest


def verify(*, folder: Path) -> dict[str, Any]:
    """The manifest of the backup in `folder`, once every digest was found right; raises BackupRefused."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BackupRefused(f"{folder} holds no finished backup: {MANIFEST} cannot be read.") from error
    if manifest.get("format") != FORMAT:
        raise BackupRefused(f"The backup has format {manifest.get('format')}; this version reads {FORMAT}.")
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    if manifest["vendor"] != vendor:
        raise BackupRefused(f"The backup is of {manifest['vendor']}, DATABASE_URL names {vendor}.")
    if unknown := sorted(set(manifest["migrations"]) - _known_migrations()):
        raise BackupRefused(f"The backup comes from a newer version: it has {', '.join(unknown[:3])}.")
    wanted = {dumps.FILES[vendor]: manifest["database"]}
    wanted |= {f"files/{name}": state for name, state in manifest["files"].items()}
    root = folder.resolve()
    for name, state in wanted.items():
        path = (folder / name).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            raise BackupRefused(f"{name} is missing from the backup.")
        if _state(path) != state:
            raise BackupRefused(f"{name} is not what the backup's list says: it was changed or damaged.")
    return manifest


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known |= set(migration.replaces)
    return {f"{app}.{name}" for app, name in known}


def _stored(storage: Storage, folder: str = "") -> Iterator[str]:
    """Names of all files of a store, folder by folder."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    before = f"{folder}/" if folder else ""
    yield from (before + name for name in sorted(files))
    for name in sorted(folders):
        yield from _stored(storage, before + name)


def _copy_files(target: Path) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Copy every stored file; returns (size and digest by name, names of those that went meanwhile)."""
    files: dict[str, dict[str, Any]] = {}
    vanished = []
    for name in _stored(default_storage):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with default_storage.open(name) as source, path.open("wb") as copy:
                shutil.copyfileobj(source, copy, BLOCK)
        except FileNotFoundError:
            vanished.append(name)
            path.unlink(missing_ok=True)
            continue
        files[name] = _state(path)
    return files, vanished


def _state(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        return {"size": path.stat().st_size, "sha256": _digest(stream)}


def _digest(stream: IO[bytes] | File) -> str:
    found = hashlib.sha256()
    while block := stream.read(BLOCK):
        found.update(block)
    return found.hexdigest()
