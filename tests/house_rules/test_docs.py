"""The documents say what the code does: variables, commands, targets, decisions, links."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs" / "operations.md"
RECORDS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
READERS = {"required", "optional", "flag", "number", "listing", "get", "getenv", "setdefault", "pop"}
# Not ours: Django reads it before any of our code runs.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}
DOCUMENTS = [
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if "progress" not in path.relative_to(ROOT).parts
]


def variables_read(source: str) -> set[str]:
    """Names of environment variables that a module reads, by `env.…("NAME")`, `os.environ` or `os.getenv`."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        name = None
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in READERS
            and node.args
        ):
            owner = ast.unparse(node.func.value)
            if owner in {"env", "os", "os.environ", "environ"}:
                name = node.args[0]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) in {"os.environ", "environ"}:
            name = node.slice
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            found.add(name.value)
    return found


def code_files() -> list[Path]:
    return [path for room in ("config", "hiwar", "scripts", "bench") for path in (ROOT / room).rglob("*.py")]


def documented_variables() -> set[str]:
    """First column of the tables of docs/operations.md."""
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", OPERATIONS.read_text("utf-8"), re.MULTILINE))


def test_reader_of_variables_sees_each_way_of_reading():
    source = (
        "import os\nfrom config import env\n"
        "a = env.required('A', 'cure'); b = env.flag('B'); c = os.environ['C']\n"
        "d = os.environ.get('D', ''); e = os.getenv('E'); {}.get('NOT'); os.environ.setdefault('F', '1')\n"
    )
    assert variables_read(source) == {"A", "B", "C", "D", "E", "F"}


def test_every_variable_that_is_read_is_documented():
    read = set().union(*(variables_read(path.read_text("utf-8")) for path in code_files()))
    assert {"SECRET_KEY", "DATABASE_URL"} <= read
    assert read - documented_variables() - NOT_OURS == set()


def test_every_documented_variable_is_read():
    tools = [ROOT / "Makefile", ROOT / ".ci" / "run", *code_files(), *(ROOT / "tests").rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in tools)
    assert {name for name in documented_variables() if not re.search(rf"\b{name}\b", text)} == set()


def test_every_command_in_the_documents_exists():
    named = {name for path in DOCUMENTS for name in re.findall(r"manage\.py (\w+)", path.read_text("utf-8"))}
    assert {"seed_demo", "import_pages", "worker", "backup", "restore"} <= named
    assert named - set(get_commands()) == set()


def test_every_command_of_ours_is_documented():
    ours = {name for name, app in get_commands().items() if str(app).startswith("hiwar.")}
    text = "\n".join(path.read_text("utf-8") for path in [*DOCUMENTS, ROOT / "Makefile"])
    assert {name for name in ours if not re.search(rf"\b{name}\b", text)} == set()


def test_every_make_target_in_the_documents_exists():
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    code = re.compile(r"`[^`\n]*`|^ {4}.*$", re.MULTILINE)
    named = {
        name
        for path in DOCUMENTS
        for piece in code.findall(path.read_text("utf-8"))
        for name in re.findall(r"\bmake ([a-z][a-z-]+)", piece)
    }
    assert {"demo", "test", "check"} <= named
    assert named - targets == set()


def test_every_decision_record_is_listed_once():
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8"))
    assert listed == [path.name for path in RECORDS]
    numbers = [path.name[:4] for path in RECORDS]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_decision_record_keeps_the_refused_options(path: Path):
    text = path.read_text("utf-8")
    assert text.startswith(f"# {path.name[:4]} ")
    for heading in ("Context", "Decision", "Refused", "Consequences"):
        assert re.search(rf"^## {heading}$", text, re.MULTILINE), f"{heading} is missing"
    assert re.search(r"^- \*\*", text.split("## Refused")[1], re.MULTILINE), "no refused option is named"


def test_every_decision_named_in_the_code_exists():
    numbers = {path.name[:4] for path in RECORDS}
    named = {
        (path.relative_to(ROOT).as_posix(), number)
        for path in code_files()
        for number in re.findall(r"[Dd]ecision (\d{4})", path.read_text("utf-8"))
    }
    assert {(path, number) for path, number in named if number not in numbers} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_inside_the_documents_lead_somewhere(path: Path):
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    targets = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in targets if link and not (path.parent / link).exists()] == []
