"""The order of the rooms, where import-linter cannot look: foreign keys, and rooms nobody has placed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"\w+")


def contract_layers() -> list[list[str]]:
    """Rooms of each layer, top first, as import-linter reads them."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        contracts = tomllib.load(stream)["tool"]["importlinter"]["contracts"]
    layers = [layer.replace("hiwar.", "") for layer in contracts[0]["layers"]]
    return [NAME.findall(layer) for layer in layers]


def document_layers() -> list[list[str]]:
    """The same order as docs/architecture.md draws it."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    block = re.search(r"```layers\n(.*?)```", text, re.DOTALL)
    assert block, "docs/architecture.md has no block of layers"
    return [NAME.findall(line) for line in block.group(1).splitlines()]


def ranks() -> dict[str, int]:
    """Height of each room; config stands highest."""
    layers = contract_layers()
    return {room: len(layers) - number for number, layer in enumerate(layers) for room in layer}


def upward(keys: Iterable[tuple[str, str, str]], heights: dict[str, int]) -> Iterator[str]:
    """Keys (owner, room of the owner, room it points to) that do not point downwards."""
    for owner, room, target in keys:
        if room != target and heights[target] >= heights[room]:
            yield f"{owner} in {room} points to {target}"


def room_of(module: str) -> str:
    """`hiwar.items.models` -> `items`; empty for what is not ours."""
    parts = module.split(".")
    return parts[1] if parts[0] == "hiwar" and len(parts) > 1 else ""


def declared_in(model: type[Model], name: str) -> str:
    """Module of the class that first declares a field: for an inherited one the framework's abstract model."""
    for base in reversed(model.__mro__):
        options = getattr(base, "_meta", None)
        if options and name in {field.name for field in [*options.local_fields, *options.local_many_to_many]}:
            return base.__module__
    return model.__module__


def our_keys() -> list[tuple[str, str, str]]:
    """Every relation that we declare from one of our models to another, by keys written as strings too.

    What a model inherits from the framework (who uploaded a picture) is not ours to place.
    """
    found = []
    for model in apps.get_models():
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            if not field.is_relation or not isinstance(field.related_model, type):
                continue
            room, target = room_of(model.__module__), room_of(field.related_model.__module__)
            if room and target and room_of(declared_in(model, field.name)):
                found.append((f"{model._meta.label}.{field.name}", room, target))
    return found


def test_foreign_keys_point_downwards():
    keys = our_keys()
    assert any(room != target for _, room, target in keys), "no key between rooms was found: the walk is broken"
    assert list(upward(keys, ranks())) == []


def test_an_upward_or_sideways_key_is_seen():
    keys = [
        ("items.ItemRef.page", "items", "library"),
        ("library.Page.case", "library", "cases"),
        ("library.Page.topics", "library", "items"),
        ("items.Topic.parent", "items", "items"),
    ]
    assert list(upward(keys, ranks())) == [
        "items.ItemRef.page in items points to library",
        "library.Page.case in library points to cases",
    ]


def test_every_room_has_its_place():
    rooms = {path.parent.name for path in (ROOT / "hiwar").glob("*/__init__.py")}
    assert rooms - set(ranks()) == set()


def test_document_draws_the_order_the_linter_holds():
    assert [sorted(layer) for layer in document_layers()] == [sorted(layer) for layer in contract_layers()]


def test_document_marks_the_rooms_that_stand():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| ([●○]) \| `(?:hiwar\.)?(\w+)` \|", text, re.MULTILINE)
    marks = {room: mark for mark, room in rows}
    assert set(marks) == set(ranks())
    standing = {room for room in marks if (ROOT / "hiwar" / room / "__init__.py").exists()} | {"config"}
    assert {room for room, mark in marks.items() if mark == "●"} == standing
