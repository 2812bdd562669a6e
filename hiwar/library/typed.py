"""Every text that an editor types into a page, each with a stable name of its place, and how to put another there.

Stored values are read, not the objects made of them: no query, no picture or document fetched on the way. What an
editor chooses (a picture, a verse, a date) is not typed, and neither are addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Model
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from hiwar.library import rich_text
from hiwar.scripture.blocks import CitationBlock, Untranslated
from hiwar.ui.bylanguage import ByLanguageField, Texts

# Kept by Wagtail and treebeard themselves, or an address.
NOT_TYPED = frozenset({"path", "url_path", "draft_title", "slug"})
ADDRESSES = (models.SlugField, models.URLField, models.EmailField, models.FilePathField)
CHOSEN_BLOCKS = (
    Untranslated,
    BaseChoiceBlock,
    blocks.ChooserBlock,
    blocks.DateBlock,
    blocks.DateTimeBlock,
    blocks.EmailBlock,
    blocks.TimeBlock,
    blocks.URLBlock,
)
STREAM, RICH, LANGUAGES, PLAIN = "stream", "rich", "languages", "plain"


@dataclass(frozen=True)
class Typed:
    """One typed text. `path` is where it stands, as Wagtail names places for comments: the field, then identifiers of
    blocks and names of their parts. `names` are what an editor reads there. `value` is as stored, HTML when `rich`."""

    path: tuple[str, ...]
    names: tuple[Any, ...]
    value: str
    rich: bool

    @property
    def place(self) -> str:
        return ".".join(self.path)

    @property
    def text(self) -> str:
        """The words a reader sees."""
        return rich_text.read(self.value).text if self.rich else self.value

    def with_words(self, start: int, end: int, words: str) -> str:
        """The stored value with `text[start:end]` replaced by `words`."""
        if self.rich:
            return rich_text.replaced(self.value, start, end, words)
        return self.value[:start] + words + self.value[end:]


@dataclass(frozen=True)
class Citing:
    """A citation block that an editor put into a text, with its stored value."""

    path: tuple[str, ...]
    names: tuple[Any, ...]
    block: CitationBlock
    value: Any


@dataclass(frozen=True)
class _Spot:
    """A typed text and the container that holds it under `key`."""

    typed: Typed
    held_by: Any
    key: Any


def typed_in(page: Model) -> Iterator[Typed]:
    """Every typed text of `page` and of what belongs to it (credits, corrections), in the order of the fields."""
    for owner, path, names in _owners(page):
        for kind, field in _fields(type(owner)):
            at, called = (*path, field.name), (*names, field.verbose_name)
            value = getattr(owner, field.name)
            if not value:
                continue
            if kind == STREAM:
                for found in _walk(field.stream_block, value.get_prep_value(), at, called):
                    if isinstance(found, _Spot):
                        yield found.typed
            elif kind == LANGUAGES:
                for code, text in value.items():
                    yield Typed((*at, code), called, text, rich=False)
            else:
                yield Typed(at, called, str(value), rich=kind == RICH)


def citations_in(page: Model) -> Iterator[Citing]:
    """Every citation block of `page`, in order."""
    for owner, path, names in _owners(page):
        for kind, field in _fields(type(owner)):
            if kind == STREAM and (value := getattr(owner, field.name)):
                for found in _walk(
                    field.stream_block, value.get_prep_value(), (*path, field.name), (*names, field.verbose_name)
                ):
                    if isinstance(found, Citing):
                        yield found


def put(page: Model, path: tuple[str, ...], value: str) -> None:
    """Put `value` (as stored) in the place of the typed text at `path`. The page is not saved. Raises LookupError."""
    owner, field, rest = _field_at(page, path)
    if isinstance(field, StreamField):
        raw = deepcopy(list(getattr(owner, field.name).get_prep_value()))
        spot = next(
            spot
            for spot in _walk(field.stream_block, raw, path[: len(path) - len(rest)], ())
            if isinstance(spot, _Spot) and spot.typed.path == path
        )
        spot.held_by[spot.key] = value
        setattr(owner, field.name, field.stream_block.to_python(raw))
    elif isinstance(field, ByLanguageField):
        setattr(owner, field.name, Texts({**getattr(owner, field.name), rest[0]: value}))
    else:
        setattr(owner, field.name, value)


def block_at(page: Model, path: tuple[str, ...]) -> tuple[blocks.StreamBlock, int] | None:
    """The stream that holds the text at `path` directly, as one of its blocks, with its place; None anywhere else."""
    owner, field, rest = _field_at(page, path)
    if not isinstance(field, StreamField) or len(rest) != 1:
        return None
    raw = getattr(owner, field.name).get_prep_value()
    number = next((number for number, child in enumerate(raw) if _identifier(child, number) == rest[0]), None)
    return None if number is None else (field.stream_block, number)


def put_blocks(page: Model, path: tuple[str, ...], made: list[dict[str, Any]]) -> None:
    """Put the blocks `made` (type and stored value) in the place of the block at `path`.

    The page is not saved. Raises LookupError when no stream holds the text directly.
    """
    owner, field, _rest = _field_at(page, path)
    found = block_at(page, path)
    if found is None:
        raise LookupError(".".join(path))
    _block, number = found
    raw = deepcopy(list(getattr(owner, field.name).get_prep_value()))
    raw[number : number + 1] = made
    setattr(owner, field.name, field.stream_block.to_python(raw))


def _owners(page: Model) -> Iterator[tuple[Model, tuple[str, ...], tuple[Any, ...]]]:
    yield page, (), ()
    for name, title in _relations(type(page)):
        for number, row in enumerate(getattr(page, name).all()):
            yield row, (name, str(row.pk or f"new{number}")), (title,)


@cache
def _relations(model: type[Model]) -> tuple[tuple[str, Any], ...]:
    """What belongs to a page and has typed texts of its own; comments between editors are never shown."""
    return tuple(
        (relation.get_accessor_name(), relation.related_model._meta.verbose_name)
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME and _fields(relation.related_model)
    )


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, Any], ...]:
    return tuple((kind, field) for field in model._meta.concrete_fields if (kind := _kind(field)))


def _kind(field: Any) -> str:
    """How the texts of a field are stored; '' when nothing is typed there."""
    if not field.editable or field.name in NOT_TYPED or isinstance(field, ADDRESSES) or field.choices:
        return ""
    if isinstance(field, StreamField):
        return STREAM
    if isinstance(field, ByLanguageField):
        return LANGUAGES
    if isinstance(field, RichTextField):
        return RICH
    return PLAIN if isinstance(field, (models.CharField, models.TextField)) else ""


def _field_at(page: Model, path: tuple[str, ...]) -> tuple[Model, Any, tuple[str, ...]]:
    """The owner and the field that `path` leads to, and the rest of the path inside the field. Raises LookupError."""
    for owner, prefix, _names in _owners(page):
        for _kind_of, field in _fields(type(owner)):
            if path[: len(prefix) + 1] == (*prefix, field.name):
                return owner, field, path[len(prefix) + 1 :]
    raise LookupError(".".join(path))


def _identifier(child: Any, number: int) -> str:
    return str(child.get("id") or f"#{number}")


def _walk(block: Any, raw: Any, path: tuple[str, ...], names: tuple[Any, ...]) -> Iterator[_Spot | Citing]:
    """The typed texts and the citations in the stored value `raw` of a compound block."""
    if isinstance(block, blocks.StreamBlock):
        for number, child in enumerate(raw or []):
            inner = block.child_blocks.get(child["type"])
            if inner is not None:
                called = (*names, number + 1, inner.label)
                yield from _part(inner, child, "value", (*path, _identifier(child, number)), called)
    elif isinstance(block, blocks.ListBlock):
        for number, child in enumerate(raw or []):
            if isinstance(child, dict) and "value" in child:
                at = (*path, _identifier(child, number))
                yield from _part(block.child_block, child, "value", at, (*names, number + 1))
            else:
                yield from _part(block.child_block, raw, number, (*path, f"#{number}"), (*names, number + 1))
    elif isinstance(block, blocks.StructBlock):
        if isinstance(block, CitationBlock):
            yield Citing(path, names, block, raw)
        for name, inner in block.child_blocks.items():
            if name in (raw or {}):
                yield from _part(inner, raw, name, (*path, name), (*names, inner.label))
    elif isinstance(block, TypedTableBlock):
        yield from _table(block, raw or {}, path, names)


def _part(block: Any, holder: Any, key: Any, path: tuple[str, ...], names: tuple[Any, ...]) -> Iterator[_Spot | Citing]:
    value = holder[key]
    if isinstance(block, (blocks.BaseStreamBlock, blocks.BaseStructBlock, blocks.ListBlock, TypedTableBlock)):
        yield from _walk(block, value, path, names)
    elif isinstance(block, CHOSEN_BLOCKS):
        return
    elif isinstance(value, str) and value:
        rich = isinstance(block, (blocks.RichTextBlock, blocks.RawHTMLBlock))
        yield _Spot(Typed(path, names, value, rich), holder, key)
    elif isinstance(value, (dict, list)):  # a block of another's making, such as a plain table: every text in it
        yield from _texts(value, path, names)


def _texts(value: Any, path: tuple[str, ...], names: tuple[Any, ...]) -> Iterator[_Spot]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        at = (*path, str(key))
        if isinstance(inner, str) and inner:
            yield _Spot(Typed(at, names, inner, rich=False), value, key)
        elif isinstance(inner, (dict, list)):
            yield from _texts(inner, at, names)


def _table(block: Any, raw: dict[str, Any], path: tuple[str, ...], names: tuple[Any, ...]) -> Iterator[_Spot | Citing]:
    columns = raw.get("columns", [])
    for number, column in enumerate(columns):
        if column.get("heading"):
            at = (*path, "columns", str(number))
            yield _Spot(Typed(at, (*names, column["heading"]), column["heading"], rich=False), column, "heading")
    for number, row in enumerate(raw.get("rows", [])):
        for column, place in zip(columns, range(len(row["values"])), strict=False):
            inner = block.child_blocks.get(column["type"])
            if inner is not None:
                at = (*path, "rows", str(number), str(place))
                yield from _part(inner, row["values"], place, at, (*names, number + 1, column.get("heading", "")))
    if raw.get("caption"):
        yield _Spot(Typed((*path, "caption"), names, raw["caption"], rich=False), raw, "caption")
