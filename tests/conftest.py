"""What every test shares: on SQLite a migrated database is made once and copied, since making it takes most of a
short run. The copy is thrown away when a migration, a dependency or the list of States changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent


def _template() -> Path:
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("hiwar/*/migrations/*.py"), ROOT / "requirements" / "base.txt"]):
        digest.update(path.read_bytes())
    for path in sorted(ROOT.glob("hiwar/states/data/*")):
        digest.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"hiwar-tests-{digest.hexdigest()[:16]}.sqlite3"


def _test_file() -> Path | None:
    name = str(connection.settings_dict["TEST"].get("NAME") or "")
    return Path(name) if connection.vendor == "sqlite" and "/" in name and not name.startswith("file:") else None


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """Start from the copy where there is one; `migrate` then finds nothing to do."""
    target, template = _test_file(), _template()
    if target is None or not template.exists():
        return bool(request.config.getvalue("reuse_db"))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, target)
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Keep what was made for the next run."""
    target, template = _test_file(), _template()
    if target is None or template.exists() or not target.exists():
        return
    part = template.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(target) as source, sqlite3.connect(part) as copy:
        source.backup(copy)
    part.replace(template)


@pytest.fixture(autouse=True)
def source_language() -> Iterator[None]:
    """Each test starts in the source language: a page asked for in Arabic leaves its own active behind."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)
