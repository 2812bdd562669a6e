"""House rules that a look at the files can hold; docs/architecture.md says why each exists.

Each rule is a function from (path, text) to complaints, so that its test can show it a bad file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE_LINES, TEST_LINES = 400, 600
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".cfg",
    ".yml",
    ".yaml",
    ".sh",
    ".json",
    ".xml",
    "",
}

NAMELESS = re.compile(r"(^|/)(utils?|commons?|helpers?|core)(\.\w+)?(/|$)")
PHYSICAL = re.compile(
    r"(margin|padding|border)-(left|right)|(^|[^-\w])(left|right)\s*:|text-align:\s*(left|right)|float:\s*(left|right)"
)
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=\s*[\"']", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[a-z][^>{%]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
# Data in a script element is not run; a source is judged by the content security policy.
HARMLESS_SCRIPT = re.compile(r"\bsrc\s*=|application/(ld\+)?json", re.IGNORECASE)
# Written with brackets so that this file does not complain about itself.
MACHINE = re.compile(
    r"(?<![\w.])/(w[o]rk|f[a]rm|r[o]ot|h[o]me/\w+)/|in[d]ex-url|python[h]osted|regis[t]ry\.npm|py[p]i\.org|de[b]\.debian"
)
UNFINISHED = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X)\b")
AROUND_THE_GATE = re.compile(r"\.update\([^()]*\blive\s*=")
MIGRATION = re.compile(r"(^|/)migrations/(\d{4})_(\w+)\.py$")
# Mail and printed paper have no stylesheet of their own to point to.
OWN_STYLE = ("/mail/", "/emails/", "/pdf/")


def too_long(path: str, text: str) -> Iterator[str]:
    """Modules have at most 400 lines, tests 600. Migrations are written by the framework."""
    if path.endswith(".py") and "/migrations/" not in path:
        limit = TEST_LINES if path.startswith("tests/") else SOURCE_LINES
        if (lines := text.count("\n")) > limit:
            yield f"{lines} lines, the limit is {limit}"


def nameless(path: str, text: str) -> Iterator[str]:
    """No room called after nothing in particular."""
    if NAMELESS.search(path):
        yield "a name that says nothing (utils, common, core, helpers): name what is in it"


def physical_css(path: str, text: str) -> Iterator[str]:
    """Logical properties only: one sheet serves both directions."""
    if path.endswith(".css"):
        for number, line in enumerate(text.splitlines(), 1):
            if PHYSICAL.search(line):
                yield f"{number}: physical direction in CSS: {line.strip()[:80]}"


def inline_code(path: str, text: str) -> Iterator[str]:
    """No inline style, handler or script: the policy of public pages forbids them, and pages hold no nonce."""
    if not path.endswith((".html", ".svg")) or "/templates/" not in path or any(part in path for part in OWN_STYLE):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if INLINE_STYLE.search(line):
            yield f"{number}: inline style"
        if INLINE_HANDLER.search(line):
            yield f"{number}: inline event handler"
        if any(not HARMLESS_SCRIPT.search(match.group(1)) for match in SCRIPT.finditer(line)):
            yield f"{number}: inline script"


def machine_words(path: str, text: str) -> Iterator[str]:
    """No path of one machine and no address of a package index: the tree must work anywhere."""
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE.search(line):
            yield f"{number}: a machine's path or a package index's address"


def unfinished(path: str, text: str) -> Iterator[str]:
    """What is not done is an issue, not a comment."""
    if path.endswith((".py", ".html", ".css", ".js")):
        for number, line in enumerate(text.splitlines(), 1):
            if UNFINISHED.search(line):
                yield f"{number}: unfinished work left as a comment"


def around_the_gate(path: str, text: str) -> Iterator[str]:
    """Nothing goes live by a bare UPDATE: it would pass by the gate in the page's `save()` (decision 0005).

    `hiwar/items` is free to do so: its rows follow what the gate let through.
    """
    if path.startswith("hiwar/") and path.endswith(".py") and not path.startswith("hiwar/items/"):
        for match in AROUND_THE_GATE.finditer(text):
            yield f"{text.count(chr(10), 0, match.start()) + 1}: writes `live` past the publish gate"


RULES = (too_long, nameless, physical_css, inline_code, machine_words, unfinished, around_the_gate)


def migrations(files: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Migrations of each room are named and form one line: 0001, 0002, … each resting on the one before."""
    rooms: dict[str, list[tuple[int, str, str, str]]] = {}
    for path, text in files:
        if match := MIGRATION.search(path):
            rooms.setdefault(path[: match.start(2)], []).append((int(match[2]), match[3], path, text))
    for found in rooms.values():
        before = ""
        for expected, (number, name, path, text) in enumerate(sorted(found), 1):
            if number != expected:
                yield f"{path}: number {number:04} where {expected:04} is next"
            if re.match(r"auto_|alter_\w+_and_more$|\w+_and_more$", name):
                yield f"{path}: name what the migration is for"
            room = Path(path).parent.parent.name
            if before and not re.search(rf"""\(\s*["']{room}["']\s*,\s*["']{before}["']\s*\)""", text):
                yield f"{path}: does not rest on {before}"
            before = f"{number:04}_{name}"


def complaints(files: Iterable[tuple[str, str]]) -> Iterator[str]:
    """All complaints about (path, text) pairs."""
    files = list(files)
    for path, text in files:
        for rule in RULES:
            yield from (f"{path}:{complaint}" for complaint in rule(path, text))
    yield from migrations(files)


def read(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(path, text) of the text files among `names`; other files give only their path."""
    for name in names:
        path = ROOT / name
        readable = path.suffix in TEXT and not name.startswith("requirements/") and path.name != "LICENSE"
        try:
            yield name, path.read_text("utf-8") if readable else ""
        except UnicodeDecodeError:
            yield name, ""


def main(names: list[str]) -> int:
    """Print every complaint; 1 when there is any."""
    found = list(complaints(read(names)))
    print("\n".join(found) if found else f"{len(names)} files keep the house rules")
    return 1 if found else 0


if __name__ == "__main__":
    from scripts.check import tracked

    sys.exit(main(tracked()))
