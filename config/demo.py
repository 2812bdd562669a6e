"""`manage.py demo`: the whole site on this machine with nothing set, started again in seconds.

The environment is made before Django starts, since settings refuse to load without their secrets.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from config.env import BASE, DEMO_FILE, load_demo_file

HOST = "127.0.0.1"
PORT = 8000
# Letters and digits that nobody takes for one another when they copy them from a terminal.
PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"
# What the demonstration decides itself, whatever the environment says.
OWN = ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "VAR_DIR", "REDIS_URL", "FILES_BUCKET", "DEMO_PASSWORD")
ROLES = ("author", "translator", "reviewer", "publisher", "scholar", "manager")


def say(words: str) -> None:
    """One line for whoever sits at the terminal, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def port() -> int:
    """Port from the environment, 8000 by default; ends the process with a sentence when it is not one."""
    text = os.environ.get("PORT") or str(PORT)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} is no port: use a number from 1 to 65535.")
    return int(text)


def write_environment(*, path: Path = DEMO_FILE, number: int = PORT) -> bool:
    """Write the demonstration's environment when it is missing; returns whether it was.

    It holds a secret and a password of this machine alone, and is readable by its owner alone.
    """
    if path.exists():
        return False
    password = "-".join("".join(secrets.choice(PLAIN) for _ in range(4)) for _ in range(4))
    lines = [
        "# Made by `make demo` for this machine. Delete the folder to begin anew.",
        f"SECRET_KEY={secrets.token_urlsafe(64)}",
        "DATABASE_URL=sqlite:///var/demo.sqlite3",
        f"SITE_URL=http://localhost:{number}",
        "ALLOWED_HOSTS=localhost 127.0.0.1",
        "DEMO=1",
        f"DEMO_PASSWORD={password}",
    ]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # database, files and mail come to lie there
    path.parent.chmod(0o700)  # also where the tests or the checks made the folder before
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")
    return True


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over names, sizes and times of all files below `paths`: quick, and another when any was changed."""
    found = hashlib.sha256()
    for root in paths:
        for path in sorted([root] if root.is_file() else root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                state = path.stat()
                found.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return found.hexdigest()


class Step:
    """Something to do only when what it rests on has changed since it last ended well."""

    def __init__(self, name: str, value: str) -> None:
        self.stamp, self.value = DEMO_FILE.parent / f"demo.{name}", value

    @property
    def due(self) -> bool:
        """Whether it must be done."""
        return not self.stamp.exists() or self.stamp.read_text("utf-8") != self.value

    def done(self) -> None:
        """Remember that it was."""
        self.stamp.write_text(self.value, "utf-8")


def compile_messages() -> None:
    """Compile catalogues that have no compiled form, or an older one."""
    catalogues = list((BASE / "hiwar").rglob("LC_MESSAGES/*.po"))
    compiled = [path.with_suffix(".mo") for path in catalogues]
    if any(
        not made.exists() or made.stat().st_mtime < source.stat().st_mtime
        for source, made in zip(catalogues, compiled, strict=True)
    ):
        say("Compiling messages")
        subprocess.run([sys.executable, "-m", "scripts.messages", "compile"], cwd=BASE, check=True)


def prepare() -> None:
    """Bring database, static files and content up to date. Django is set up already."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from hiwar.edge.checks import migrated

    fresh = not connection.introspection.table_names()
    if migrated(databases=["default"]):
        say("Making the database (about half a minute)" if fresh else "Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    packages = Path(str(sys.modules["django"].__file__)).parent.parent
    # A package's static files change with its version alone, which is the name of its metadata folder.
    versions = sorted(path.name for path in packages.glob("*.dist-info"))
    static = Step("static", digest(map(Path, settings.STATICFILES_DIRS)) + "\n" + "\n".join(versions))
    if static.due or not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        say("Collecting static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        static.done()
    content = Step("seeded", digest([BASE / "hiwar" / "library" / "demo"]))
    if fresh or content.due:
        say("Loading the content")
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # not a line for every page
        call_command("seed_demo")
        content.done()


def greeting(*, number: int, password: str) -> str:
    """What is printed when the site answers: its address and a sign-in for each role."""
    width = max(map(len, ROLES))
    sign_ins = "\n".join(f"  {role:<{width}}  {role}@demo.invalid" for role in ROLES)
    return (
        f"\nhttp://localhost:{number}\n\n"
        f"Office: http://localhost:{number}/office/  password of all: {password}\n{sign_ins}\n\n"
        "Ctrl-C stops everything.\n"
    )


def main() -> int:
    """Prepare what is missing and serve until stopped; returns the exit code."""
    number = port()
    from hiwar.edge import serving

    try:
        serving.require_free(host=HOST, port=number)
    except serving.PortTaken as error:
        sys.stderr.write(f"{error}\n")
        return 1
    # Invented persons and printed sign-ins never go into a database that somebody named for another purpose.
    if os.environ.get("DATABASE_URL"):
        say("DATABASE_URL is left aside: the demonstration has a database of its own.")
    for name in OWN:
        os.environ.pop(name, None)
    write_environment(number=number)
    os.environ["SITE_URL"] = f"http://localhost:{number}"  # PORT may be another than last time
    os.environ["DEMO"] = "1"
    load_demo_file()
    compile_messages()

    import django

    django.setup()
    prepare()
    from django.conf import settings

    return serving.serve(
        base=settings.BASE,
        host=HOST,
        port=number,
        workers=1,
        name="localhost",
        greet=lambda: say(greeting(number=number, password=os.environ.get("DEMO_PASSWORD", "(see var/demo.env)"))),
        say=say,
    )
