"""The collections of hadith and the schemes by which their hadith are numbered, as data.

Two schemes of one book give one hadith different numbers, so a number without its scheme names nothing for certain.
Nothing here turns one scheme into another. Pure Python, no framework.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way of numbering one collection. Texts are kept by language."""

    slug: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    highest: int | None
    """The last number of the scheme, where it is generally agreed."""

    def name(self, language: str) -> str:
        """«ترقيم فتح الباري», "Fath al-Bari numbering"."""
        return here(self.names, language)

    def description(self, language: str) -> str:
        """Whose numbers these are and what a reader should know about them."""
        return here(self.descriptions, language)


@dataclass(frozen=True, slots=True)
class Collection:
    """One book of hadith."""

    slug: str
    names: Mapping[str, str]
    authors: Mapping[str, str]
    died: int
    """Year of the compiler's death, AH."""
    aliases: tuple[str, ...]
    """What else people type, in any script."""
    schemes: tuple[Scheme, ...]
    """The first is meant when none is named."""
    text_scheme: str | None
    """Scheme of the text used for checking, ``None`` where no text is held."""

    def name(self, language: str) -> str:
        """«صحيح البخاري», "Sahih al-Bukhari"."""
        return here(self.names, language)

    def author(self, language: str) -> str:
        """The compiler's name."""
        return here(self.authors, language)

    @property
    def default(self) -> Scheme:
        """The scheme meant when none is named."""
        return self.schemes[0]

    def scheme(self, slug: str) -> Scheme:
        """The scheme of a slug. Raises KeyError."""
        return next((scheme for scheme in self.schemes if scheme.slug == slug), None) or _missing(slug)


def _missing(slug: str) -> Scheme:
    raise KeyError(slug)


def here(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in English."""
    return texts.get(language.partition("-")[0]) or texts[LANGUAGE]


@cache
def collections() -> Mapping[str, Collection]:
    """{slug: collection}, in the order in which they are usually named."""
    text = (files(__package__) / "data" / "collections.toml").read_text("utf-8")
    return MappingProxyType({slug: _collection(slug, row) for slug, row in tomllib.loads(text).items()})


def collection(slug: str) -> Collection:
    """One collection. Raises KeyError."""
    return collections()[slug]


def _collection(slug: str, row: Mapping[str, Any]) -> Collection:
    return Collection(
        slug=slug,
        names=row["name"],
        authors=row["author"],
        died=row["died"],
        aliases=tuple(row["aliases"]),
        schemes=tuple(
            Scheme(
                slug=scheme["slug"],
                names=scheme["name"],
                descriptions=scheme["description"],
                highest=scheme.get("highest"),
            )
            for scheme in row["schemes"]
        ),
        text_scheme=row.get("text_scheme"),
    )
