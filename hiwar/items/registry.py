"""The kinds of item. A kind says what it is called and where its list stands; rooms above register theirs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """One kind of published thing.

    `slug` names it in addresses, feeds and the API; `label` and `plural` are translated; `section` is the
    Latin slug of its list ('' when it has none), `under` that of the page the list stands below ('' for the
    home page); `feed` whether the list has feeds; `schema` the schema.org type; `two_persons` whether publishing
    takes a second person; `scholar` whether that takes a Scholar's signature as well, and each change of what is
    shown a word on what was changed.
    """

    slug: str
    label: str | Promise
    plural: str | Promise
    model: type[Model]
    section: str = ""
    feed: bool = False
    schema: str = "WebPage"
    two_persons: bool = True
    under: str = ""
    scholar: bool = False

    @property
    def place(self) -> str:
        """Path of the list below the language, without slashes at its ends; '' when there is none."""
        return f"{self.under}/{self.section}" if self.under and self.section else self.section


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add `kind`; raises ValueError when another model already has its slug."""
    known = _kinds.get(kind.slug)
    if known and known.model is not kind.model:
        raise ValueError(f"kind {kind.slug!r} is registered twice: {known.model} and {kind.model}")
    _kinds[kind.slug] = kind


def kind(slug: str) -> Kind:
    """The kind named `slug`; raises KeyError when there is none."""
    return _kinds[slug]


def kinds() -> list[Kind]:
    """All kinds in the order of their registration."""
    return list(_kinds.values())


def kind_of(model: type[Model]) -> Kind | None:
    """The kind that shows `model`, or None."""
    return next((k for k in _kinds.values() if k.model is model), None)
