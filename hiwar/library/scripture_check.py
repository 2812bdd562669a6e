"""What the publishing gate asks about scripture, and what an editor is shown of the answer.

Every typed text of a page is searched for quotations (`typed`, `scripture.verify`), every citation block asked for its
problem. What is altered, and not overruled by a Scholar for exactly these words in this item, refuses publication.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from hiwar.arabic.digits import localise_number
from hiwar.library.typed import Citing, Typed, block_at, citations_in, typed_in
from hiwar.scripture import verify
from hiwar.scripture.actions import Cited
from hiwar.scripture.models import Overruling
from hiwar.scripture.reference import Reference
from hiwar.scripture.verify import ALTERED, EXACT, Finding, Passage

if TYPE_CHECKING:
    from hiwar.library.models.base import BasePage

VERSE = "verse"  # name of the verse block in a text


@dataclass(frozen=True)
class Found:
    """A quotation in a typed text of a page. `overruled`: a Scholar lets it pass."""

    typed: Typed
    finding: Finding
    overruled: bool = False

    @property
    def stands_in_the_way(self) -> bool:
        return self.finding.altered and not self.overruled

    @property
    def is_mendable(self) -> bool:
        return self.finding.altered and bool(verify.mended(self.finding))

    @property
    def key(self) -> tuple[str, int, str]:
        """What names exactly this passage in one version of the page: place, offset, digest of the words."""
        return self.typed.place, self.finding.quotation.start, self.finding.digest


@dataclass(frozen=True)
class Problem:
    """A citation block that may not be published as it stands, and why."""

    cited: Citing
    reason: str


@dataclass(frozen=True)
class Checked:
    """Everything of scripture in one version of a page."""

    found: tuple[Found, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def altered(self) -> list[Found]:
        """Altered quotations that nobody overruled."""
        return [found for found in self.found if found.stands_in_the_way]

    @cached_property
    def unaltered(self) -> list[Found]:
        return [found for found in self.found if not found.finding.altered]

    @cached_property
    def overruled(self) -> list[Found]:
        return [found for found in self.found if found.overruled]

    def at(self, key: tuple[str, int, str]) -> Found | None:
        """The quotation that `Found.key` names, if it still stands there."""
        return next((found for found in self.found if found.key == key), None)


def checked(page: BasePage) -> Checked:
    """Search `page` as it is given, stored or not. One query when something is altered, none else for verses alone."""
    typed = {text.place: text for text in typed_in(page)}
    findings = verify.findings(Passage(place, text.text) for place, text in typed.items())
    passed: set[tuple[str, str]] = set()
    if altered := [finding for finding in findings if finding.altered]:
        passed = Overruling.objects.covered(subject=page.translation_key, pairs=[finding.pair for finding in altered])
    return Checked(
        found=tuple(
            Found(typed[finding.place], finding, overruled=finding.altered and finding.pair in passed)
            for finding in findings
        ),
        problems=tuple(_problems(page)),
    )


def _problems(page: BasePage) -> Iterable[Problem]:
    for cited in citations_in(page):
        if reason := cited.block.problem(cited.block.to_python(cited.value)):
            yield Problem(cited, reason)


def objections(page: BasePage, *, hadith: bool = True) -> list[str]:
    """Why `page` may not be shown as it is given, in the active language: quotations first, then citation blocks.

    Without `hadith`, altered quotations of the Quran alone.
    """
    result = checked(page)
    return [objection(found) for found in result.altered if hadith or found.finding.is_quran] + [
        _("%(place)s: %(reason)s") % {"place": place_of(problem.cited), "reason": problem.reason}
        for problem in result.problems
    ]


def objections_to(texts: Iterable[str]) -> list[str]:
    """Why texts that stand in no page may not be shown, in the active language."""
    language = get_language() or "ar"
    said = []
    for finding in verify.findings(Passage("", text) for text in texts):
        if finding.altered:
            label = finding.reference.label(language)
            words = verify.mended(finding)
            said.append(
                _("A quotation differs from the edition, %(reference)s. The edition has: %(words)s")
                % {"reference": label, "words": words}
                if words
                else _("A quotation differs from the edition: %(reference)s.") % {"reference": label}
            )
    return said


def objection(found: Found) -> str:
    """One sentence on an altered quotation, for the person who wanted to publish it."""
    return _("A quotation differs from the edition: %(reference)s, in “%(place)s”.") % {
        "reference": found.finding.reference.label(get_language() or "ar"),
        "place": place_of(found.typed),
    }


def place_of(what: Typed | Citing) -> str:
    """Where a text stands, as the edit form names it: field, number and kind of the block, part of it."""
    language = get_language() or "ar"
    names = [localise_number(name, language) if isinstance(name, int) else str(name) for name in what.names]
    return " › ".join([capfirst(name) for name in names if name])


def may_become_block(page: BasePage, found: Found) -> bool:
    """Whether a quotation of the Quran stands in a text that can be parted round a verse of its own."""
    if not found.finding.is_quran or found.finding.altered or not found.typed.rich:
        return False
    place = block_at(page, found.typed.path)
    return place is not None and VERSE in place[0].child_blocks


def citations_of(page: BasePage) -> list[Cited]:
    """What the reverse index keeps of `page`, in its order: citation blocks, then quotations of the Quran that were
    typed as the edition has them.

    A piece that stands in several verses names none of them; hadith are cited by blocks alone, because the number of
    one that was typed is not sure.
    """
    with override(page.language):  # what is said of a verse is kept under the language of the page
        blocks = [citing.block.citation(citing.block.to_python(citing.value)) for citing in citations_in(page)]
    typed = [Cited(found.finding.reference) for found in checked(page).found if _names_its_verse(found.finding)]
    return [*(_cited(row) for row in blocks if row), *typed]


def _names_its_verse(finding: Finding) -> bool:
    status, others = finding.quotation.status, finding.quotation.others
    return finding.is_quran and status != ALTERED and (status == EXACT or not others)


def _cited(row: dict[str, Any]) -> Cited:
    place = {name: row.get(name) for name in ("source", "sura", "first", "last", "number", "scheme")}
    return Cited(Reference(**place), role=row["role"], cut_text=row.get("cut_text", ""), note=row.get("note") or {})
