"""Scripture in an import: an altered quotation of the Quran holds its item back, hadith is only reported."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hiwar.library import mending, scripture_check
from hiwar.library.models import ItemPage
from hiwar.library.scripture_check import Found


@dataclass(frozen=True)
class Verdict:
    """Altered quotations of an item about to be imported; `as_is` when they are to be published all the same."""

    quran: list[Found]
    hadith: list[Found]
    as_is: bool

    @property
    def holds(self) -> bool:
        return bool(self.quran) and not self.as_is

    @property
    def unchecked(self) -> bool:
        return bool(self.quran) and self.as_is

    def report(self) -> list[str]:
        """What to tell whoever prepared the file."""
        said = []
        if self.quran:
            sentence = (
                _("Published and marked “not checked”: it quotes the Quran otherwise than the edition, %(references)s.")
                if self.as_is
                else _("Kept as a draft: it quotes the Quran otherwise than the edition, %(references)s.")
            )
            said.append(sentence % {"references": _references(self.quran)})
        if self.hadith:
            said.append(
                _("Hadith that differ from the text used for checking: %(references)s.")
                % {"references": _references(self.hadith)}
            )
        return said


def verdict(page: ItemPage, *, as_is: bool) -> Verdict:
    """Check `page` as it is about to be saved. What a Scholar let pass in the item does not count."""
    altered = scripture_check.checked(page).altered
    return Verdict(
        quran=[found for found in altered if found.finding.is_quran],
        hadith=[found for found in altered if not found.finding.is_quran],
        as_is=as_is,
    )


def note_unchecked(page: ItemPage, judged: Verdict, *, by: Any) -> None:
    """Keep the decision in the item's log."""
    if judged.unchecked:
        mending.note_unchecked(page=page, found=judged.quran, by=by)


def held(digest: str) -> str:
    """What is kept instead of the digest of a line whose item waits as a draft: with `--as-is` it is not "the same"."""
    return hashlib.sha256(f"held:{digest}".encode()).hexdigest()


def waits(page: ItemPage, *, by: Any) -> bool:
    """Whether `page` is a draft that the import held back and nobody touched since."""
    latest = page.latest_revision
    return not page.live and page.first_published_at is None and latest is not None and latest.user_id == by.pk


def _references(found: list[Found]) -> str:
    """Where, and which words differ, “Al-Baqarah 2:256 («…»)”; a word left out is named as the edition has it."""
    language = get_language() or "en"
    said = {}
    for each in found:
        words = [change.found or change.canonical for change in each.finding.quotation.differences]
        said[f"{each.finding.reference.label(language)} («{' – '.join(words)}»)"] = None
    return " · ".join(said)
