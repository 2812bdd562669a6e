"""The blocks an answer is built of besides scripture: what scholars say, what history records, what the law says."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from hiwar.library import instruments
from hiwar.library.blocks import BodyBlock


class KeptSourceBlock(blocks.StructBlock):
    """Abstract: something said on the word of a source. What nobody held against the book says so."""

    text = blocks.TextBlock(label=_("What it says"), help_text=_("In the Centre's own words"))
    page = blocks.CharBlock(label=_("Page"), required=False, max_length=40)
    to_be_checked = blocks.BooleanBlock(
        label=_("To be checked"),
        required=False,
        default=True,
        help_text=_("Nobody has yet held this source against the book itself"),
    )


class ScholarBlock(KeptSourceBlock):
    """A position of a scholar, with work and page."""

    who = blocks.CharBlock(label=_("Scholar"), max_length=160)
    work = blocks.CharBlock(label=_("Work"), max_length=200)

    class Meta:
        icon = "user"
        label = _("What scholars say")
        template = "blocks/scholar.html"
        form_layout = ["who", "work", "page", "text", "to_be_checked"]


class HistoryBlock(KeptSourceBlock):
    """An event, with its date in words and the source that records it."""

    when = blocks.CharBlock(label=_("When"), max_length=120)
    work = blocks.CharBlock(label=_("Author and work"), max_length=250, required=False)

    class Meta:
        icon = "history"
        label = _("What history records")
        template = "blocks/history.html"
        form_layout = ["when", "text", "work", "page", "to_be_checked"]


@cache
def _titles(language: str) -> tuple[tuple[str, str], ...]:
    rows = instruments.rows()
    return tuple((slug, row.get(f"title_{language}") or row["title_en"]) for slug, row in rows.items())


def instrument_choices() -> list[tuple[str, str]]:
    """Slug and title of every instrument, in the active language."""
    return list(_titles((get_language() or "en").partition("-")[0]))


class LawBlock(blocks.StructBlock):
    """A legal instrument and what it says, in our words."""

    instrument = blocks.ChoiceBlock(label=_("Instrument"), choices=instrument_choices)
    article = blocks.CharBlock(label=_("Article"), required=False, max_length=40)
    text = blocks.TextBlock(label=_("What it says"), help_text=_("In the Centre's own words"))
    to_be_checked = blocks.BooleanBlock(label=_("To be checked"), required=False, default=True)

    class Meta:
        icon = "doc-full"
        label = _("Law or treaty")
        template = "blocks/law.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "title": dict(instrument_choices()).get(value["instrument"], value["instrument"])}


# What a block of each kind rests on; running text and pictures are no evidence by themselves.
RESTS_ON = {
    "verse": pgettext_lazy("kind of evidence", "From the Quran"),
    "misused_verse": pgettext_lazy("kind of evidence", "From the Quran"),
    "hadith": pgettext_lazy("kind of evidence", "From the Sunnah"),
    "misused_hadith": pgettext_lazy("kind of evidence", "From the Sunnah"),
    "scholar": pgettext_lazy("kind of evidence", "From the words of scholars"),
    "history": pgettext_lazy("kind of evidence", "From history"),
    "law": pgettext_lazy("kind of evidence", "From law"),
}


@dataclass
class Part:
    """A part of an answer: its number from 1 (0 for what stands before the first heading), heading and blocks."""

    number: int
    id: str = ""
    title: str = ""
    blocks: list[Any] = field(default_factory=list)

    @property
    def kinds(self) -> list[str | Promise]:
        """What the part rests on, each kind once, in the order in which it comes."""
        return list(dict.fromkeys(RESTS_ON[b.block_type] for b in self.blocks if b.block_type in RESTS_ON))


def parts_of(stream: Any) -> list[Part]:
    """The parts of an answer: each begins at a heading. Two headings of the same words get fragments of their own."""
    found = [Part(0)]
    seen: dict[str, int] = {}
    for block in stream:
        if block.block_type == "heading":
            anchor = block.value.id
            seen[anchor] = seen.get(anchor, 0) + 1
            own = anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"
            found.append(Part(len(found), own, block.value["text"]))
        else:
            found[-1].blocks.append(block)
    return [part for part in found if part.number or part.blocks]


class AnswerBlock(BodyBlock):
    """The text of an answer: a heading begins a part, and what follows is its evidence. No player of another site:
    an answer never shows the original of what it answers."""

    scholar = ScholarBlock()
    history = HistoryBlock()
    law = LawBlock()
    video = None  # type: ignore[assignment]  # Wagtail's way of leaving out an inherited block
