"""Reading the environment: what is required fails with the cure, nothing falls back to an unsafe value.

`manage.py` loads `var/demo.env` first when the environment names no database, so that the
two commands of the README work with nothing set.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE = Path(__file__).resolve().parent.parent
DEMO_FILE = BASE / "var" / "demo.env"


def required(name: str, cure: str) -> str:
    """Value of `name`; raises ImproperlyConfigured naming the variable and `cure` when it is empty."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {cure} (docs/operations.md lists every variable)")
    return value


def optional(name: str, default: str = "") -> str:
    """Value of `name`, or `default` when it is not set or empty."""
    return os.environ.get(name) or default


def flag(name: str) -> bool:
    """True for 1, true, yes, on; False when unset; anything else is refused, so that a typing error is seen."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "0", "false", "no", "off"):
        return False
    if value in ("1", "true", "yes", "on"):
        return True
    raise ImproperlyConfigured(f"{name}={value!r} is neither 1 nor 0")


def number(name: str, default: int) -> int:
    """Whole number in `name`, or `default`; raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number") from error


def listing(name: str, default: str = "") -> list[str]:
    """Words of `name`, separated by commas or spaces."""
    return (os.environ.get(name) or default).replace(",", " ").split()


def load_demo_file() -> None:
    """Read `var/demo.env` (lines NAME=value) when no environment names a database."""
    if os.environ.get("DATABASE_URL") or not DEMO_FILE.exists():
        return
    for line in DEMO_FILE.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name, value)


SQLITE_OPTIONS = {
    # WAL lets readers go on beside one writer; IMMEDIATE takes the write lock at BEGIN, so that a
    # transaction that reads and then writes waits instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-32000;"
    ),
}


def database(url: str) -> dict[str, object]:
    """Django's DATABASES entry for `sqlite:///path` or `postgres://user:password@host:port/name?option=value`.

    Raises ImproperlyConfigured for another scheme, since everything is tested on these two alone.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)[1:] or unquote(parts.netloc)
        name = path if path.startswith("/") or path == ":memory:" else str(BASE / path)
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": dict(SQLITE_OPTIONS)}
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme!r}; use sqlite:///… or postgres://…")
