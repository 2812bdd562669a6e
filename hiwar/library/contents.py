"""What a reader sees of a page, in a form in which two versions can be compared, and its digest."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, ManyToManyField
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

if TYPE_CHECKING:
    from wagtail.models import Revision

    from hiwar.library.models.base import BasePage

# Columns that Wagtail and treebeard keep for themselves: a change in them shows no new content.
BOOKKEEPING = frozenset(
    "page_ptr page_ptr_id id path depth numchild url_path slug draft_title live has_unpublished_changes "
    "latest_revision live_revision locked locked_at locked_by owner go_live_at expire_at expired first_published_at "
    "last_published_at latest_revision_created_at content_type translation_key locale alias_of show_in_menus "
    "scripture_unchecked".split()
)
# Keys of a revision's content that say nothing about what a reader sees.
UNSEEN = BOOKKEEPING | {"pk", "wagtail_admin_comments", "page_schedule", "expire_at"}
ROW_NUMBERS = frozenset({"pk", "page", "sort_order"})
CORRECTIONS = "corrections"
# The rich-text editor marks each paragraph; text that was imported has no marks until a form saves it. Only what stands
# inside a tag of rich text is a mark: the same signs anywhere else are words that a reader sees.
TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
ATTRIBUTE = re.compile(r"\s+([^\s=<>/]+)(?:=(?:\"[^\"]*\"|'[^']*'))?")
EDITOR_MARK = "data-block-key"


def seen(page: BasePage) -> dict[str, Any]:
    """Of a page's content, what a reader sees, in the form in which revisions are stored.

    Revisions are turned into pages before they are compared: the same moment is written in several ways.
    """
    shown = {key: value for key, value in page.serializable_data().items() if key not in UNSEEN}
    stored = json.loads(json.dumps(shown, cls=DjangoJSONEncoder))
    fields = {field.name: field for field in page._meta.get_fields() if isinstance(field, Field)}
    return {key: _unmarked(fields.get(key), value) for key, value in stored.items()}


def _unmarked(field: Field | None, value: Any) -> Any:
    """A stored value of `field` without the marks of the rich-text editor."""
    if isinstance(field, StreamField):
        value = opened(value)
        return _bare_block(field.stream_block, value) if isinstance(value, list) else value
    return without_marks(value) if isinstance(field, RichTextField) else value


def _bare_block(block: Any, raw: Any) -> Any:
    """The same of the stored value of a block, and of the blocks in it."""
    if isinstance(block, blocks.RichTextBlock):
        return without_marks(raw)
    if isinstance(block, blocks.BaseStreamBlock) and isinstance(raw, list):
        known = block.child_blocks
        return [
            {**child, "value": _bare_block(known[child["type"]], child["value"])}
            if child.get("type") in known
            else child
            for child in raw
        ]
    if isinstance(block, blocks.BaseStructBlock) and isinstance(raw, dict):
        known = block.child_blocks
        return {name: _bare_block(known[name], inner) if name in known else inner for name, inner in raw.items()}
    if isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        return [
            {**child, "value": _bare_block(block.child_block, child["value"])}
            if isinstance(child, dict) and "value" in child
            else _bare_block(block.child_block, child)
            for child in raw
        ]
    return raw


def without_marks(source: Any) -> Any:
    """Rich text without the editor's marks."""
    if not isinstance(source, str) or EDITOR_MARK not in source:
        return source
    return TAG.sub(lambda tag: ATTRIBUTE.sub(lambda part: "" if part[1] == EDITOR_MARK else part[0], tag[0]), source)


def opened(value: Any) -> Any:
    """The blocks of a text instead of their JSON: PostgreSQL gives the keys back in an order of its own."""
    if isinstance(value, str) and value.startswith("[{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def rows(value: Any) -> list[str]:
    """The rows of a relation by what is typed and chosen in them; numbers of new ones are given by the save itself."""
    return sorted(_bare(row) if isinstance(row, dict) else json.dumps(row) for row in value or [])


def digest(page: BasePage, *, without: frozenset[str] = frozenset()) -> str:
    """SHA-256, in hexadecimal, over canonical JSON of what a reader sees of `page`, the keys `without` left out.

    Rows that belong to the page keep their order and lose their numbers, which publishing gives them.
    """
    content = {key: _ordered(key, value) for key, value in seen(page).items() if key not in without}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def plain(field: Field, value: Any) -> str:
    """A value of a field as canonical JSON, without the editor's marks."""
    stored = json.dumps(field.get_prep_value(getattr(value, "pk", value)), cls=DjangoJSONEncoder)
    return json.dumps(_unmarked(field, json.loads(stored)), sort_keys=True)


def same_value(field: Field, one: Any, other: Any) -> bool:
    """Whether two values of a field show a reader the same."""
    if isinstance(field, ManyToManyField):
        return {row.pk for row in one} == {row.pk for row in other.all()}
    return plain(field, one) == plain(field, other)


def same(one: Revision, other: Revision) -> bool:
    """Whether two revisions show a reader the same."""
    return digest(one.as_object()) == digest(other.as_object())


def _ordered(key: str, value: Any) -> Any:
    """`value`; rows of a relation in the order a reader sees, numbers of chosen things in the order of numbers."""
    if not isinstance(value, list) or not value:
        return value
    if key == CORRECTIONS:  # shown by date, in whatever order they are stored
        return rows(value)
    if all(isinstance(each, int) for each in value):
        return sorted(value)
    if all(isinstance(each, dict) and each.keys() >= ROW_NUMBERS for each in value):
        bare = [(row["sort_order"] or 0, _bare(row)) for row in value]
        return [text for _place, text in sorted(bare)]
    return value


def _bare(row: dict[str, Any]) -> str:
    return json.dumps({key: inner for key, inner in row.items() if key not in ROW_NUMBERS}, sort_keys=True)
