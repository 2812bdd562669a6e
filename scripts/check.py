"""Every check that needs no test: format, lint, types, layers, migrations, messages, house rules.

    python -m scripts.check [NAME …]     all of them, or those named; --list prints the names
    python -m scripts.check --accept-secrets   write what the secret check now finds into its baseline

Each step is run even when an earlier one failed; the end lists the failed ones. Exit code 1 when any failed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from scripts import house_check, messages

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BASELINE = ROOT / ".secrets.baseline"
# Hashes of packages and of fonts look like secrets and are none.
NOT_SECRET = ("requirements/", ".secrets.baseline", "LICENSE")
NOT_TEXT = {".woff2", ".png", ".jpg", ".webp", ".mp4", ".webm", ".svg", ".po", ".vtt", ".pdf", ".jsonl", ".csv"}


def tracked() -> list[str]:
    """Files of the repository, also those not committed yet, without what git ignores."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted(name for name in set(listed) if name and (ROOT / name).is_file())


def run(*command: str, environment: dict[str, str] | None = None) -> int:
    """One tool of the virtual environment; its output is the terminal's."""
    first = BIN / command[0]
    words = [str(first) if first.exists() else command[0], *command[1:]]
    return subprocess.run(words, cwd=ROOT, env=environment or test_environment(), check=False).returncode


def test_environment() -> dict[str, str]:
    """The environment of the tests, whatever the caller's database is."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "DEMO"}}
    return {**kept, "DJANGO_SETTINGS_MODULE": "config.settings_test", "PYTHONPATH": str(ROOT)}


def production_environment(folder: str) -> dict[str, str]:
    """What an operator would set, with a throw-away secret: production settings judge themselves under it."""
    return {
        **{name: value for name, value in test_environment().items() if name not in {"DEBUG", "VAR_DIR"}},
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATABASE_URL": f"sqlite:///{folder}/check.sqlite3",
        "SITE_URL": "https://www.example.org",
        "VAR_DIR": folder,
    }


def types() -> int:
    """mypy on the places listed in pyproject.toml that exist."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        typed = tomllib.load(stream)["tool"]["hiwar"]["typed"]
    return run("mypy", *[place for place in typed if (ROOT / place).exists()])


def templates() -> int:
    """djlint on our templates."""
    return run("djlint", "--lint", "--quiet", "hiwar/templates")


def deploy() -> int:
    """Django's own deployment checks under production settings; a warning is a failure."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        return run("python", *arguments, environment=production_environment(folder))


def spelling() -> int:
    """codespell on everything that is English text."""
    names = [name for name in tracked() if Path(name).suffix not in NOT_TEXT]
    return run("codespell", *names)


def found_secrets() -> dict[str, list[str]]:
    """{file: sorted "type hash" of each suspicion} by detect-secrets; the secret itself is never kept."""
    from detect_secrets import SecretsCollection
    from detect_secrets.settings import default_settings

    collection = SecretsCollection()
    with default_settings(), contextlib.chdir(ROOT):
        for name in tracked():
            if not name.startswith(NOT_SECRET) and Path(name).suffix not in NOT_TEXT:
                collection.scan_file(name)
    found: dict[str, set[str]] = {}
    for name, secret in collection:
        found.setdefault(name, set()).add(f"{secret.type} {secret.secret_hash}")
    return {name: sorted(values) for name, values in sorted(found.items())}


def secret_scan() -> int:
    """Suspicions that the baseline does not know. The baseline holds hashes without line numbers, so edits keep it."""
    known = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    fresh = {name: sorted(set(values) - set(known.get(name, []))) for name, values in found_secrets().items()}
    for name, values in fresh.items():
        for value in values:
            print(f"{name}: {value.split(' ')[0]}… looks like a secret; take it out, or mark the line")
    return 1 if any(fresh.values()) else 0


def accept_secrets() -> int:
    """Write the present suspicions as the baseline, after a person has read each of them."""
    BASELINE.write_text(json.dumps(found_secrets(), indent=1) + "\n", "utf-8")
    return 0


STEPS: dict[str, Callable[[], int]] = {
    "format": lambda: run("ruff", "format", "--check", "."),
    "lint": lambda: run("ruff", "check", "."),
    "types": types,
    "templates": templates,
    "layers": lambda: run("lint-imports", "--no-logo"),
    "migrations": lambda: run("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    "messages": messages.check,
    "deploy": deploy,
    "spelling": spelling,
    "secrets": secret_scan,
    "house": lambda: house_check.main(tracked()),
}


def main(names: list[str]) -> int:
    """Run the steps and print one closing line; the exit code says the same."""
    if names == ["--list"]:
        print("\n".join(STEPS))
        return 0
    if names == ["--accept-secrets"]:
        return accept_secrets()
    if unknown := [name for name in names if name not in STEPS]:
        print(f"no such check: {', '.join(unknown)}; there are {', '.join(STEPS)}", file=sys.stderr)
        return 2
    failed = []
    for name in names or STEPS:
        print(f"--- {name}", flush=True)
        started = time.monotonic()
        if STEPS[name]():
            failed.append(name)
        print(f"    {'failed' if failed[-1:] == [name] else 'ok'} in {time.monotonic() - started:.1f} s", flush=True)
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'all well'}")
    return 1 if failed else 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    sys.exit(main(sys.argv[1:]))
