"""A hadith of which some words are usually quoted alone, shown whole with the words marked, and the answer."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail import blocks

from hiwar.arabic.folding import bare_letters
from hiwar.scripture.blocks import HadithBlock, Untranslated
from hiwar.scripture.models import Citation

WORD = re.compile(r"\w+")


class WordsBlock(Untranslated):
    """Words of a text in its own language, the same in every language of an item."""

    def widget(self) -> forms.Widget:
        return forms.Textarea(attrs={"rows": 2, "dir": "rtl", "lang": "ar"})


class MisusedHadithBlock(HadithBlock):
    """A signed hadith with the words that are cut out of it. They are kept as the signed text has them, letter for
    letter, and no others pass: `problem` looks them up again whenever the item is published."""

    words = WordsBlock(
        label=gettext_lazy("Words quoted alone"),
        help_text=gettext_lazy("As they stand in the hadith, one after the other; vowel marks may be left out"),
    )
    explanation = blocks.TextBlock(
        label=gettext_lazy("How it is cut"),
        help_text=gettext_lazy("What is lost when these words stand alone, and what the whole says"),
        rows=4,
    )

    class Meta:
        icon = "cut"
        label = gettext_lazy("Misused hadith")
        template = "blocks/misused_hadith.html"
        form_layout = ["hadith", "words", "explanation"]

    def clean(self, value: Any) -> Any:
        """Raises StructBlockValidationError for words that do not stand so in the hadith."""
        cleaned = super().clean(value)
        typed = (cleaned.get("words") or "").strip()
        if typed and cleaned.entry is not None:
            cleaned["words"] = piece_of(cleaned.entry.text, typed)
            if not cleaned["words"]:
                raise blocks.StructBlockValidationError({"words": ValidationError(not_in_it())})
        return cleaned

    def problem(self, value: Any) -> str | None:
        if wrong := super().problem(value):
            return wrong
        words = value.get("words") or ""
        if not words:
            return _("Write the words that are quoted alone.")
        return None if _stands(value) else not_in_it()

    def show(self, value: Any) -> dict[str, Any] | None:
        found = super().show(value)
        if found is None or found["withdrawn"] or not _stands(value):
            return found
        before, words, after = value.entry.text.partition(value["words"])
        return {**found, "text": format_html('{}<mark class="cut">{}</mark>{}', before, words, after)}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "explanation": value.get("explanation") or ""}

    def citation(self, value: Any) -> dict[str, Any] | None:
        found = super().citation(value)
        if found is None or not _stands(value):
            return found
        note = {get_language() or "ar": value["explanation"]} if value.get("explanation") else {}
        return {**found, "role": Citation.Role.MISUSED, "cut_text": value["words"], "note": note}

    def plain(self, value: Any) -> str:
        return "\n".join(part for part in (super().plain(value), value.get("explanation") or "") if part)


def _stands(value: Any) -> bool:
    """Whether the stored words are a piece of the signed text, letter for letter and in whole words."""
    words, entry = value.get("words") or "", value.entry
    return bool(words) and entry is not None and piece_of(entry.text, words) == words


def not_in_it() -> str:
    """What an editor is told of words that are not in the hadith."""
    return _("These words do not stand so in the hadith, one after the other. Copy them from its text.")


def piece_of(text: str, typed: str) -> str:
    """The first piece of `text` whose words are those of `typed`, vowel marks and signs between them apart, as it
    stands in `text`; "" when there is none. Only whole words are a piece."""
    held, wanted = _words(text), [word for word, _start, _end in _words(typed)]
    if not wanted:
        return ""
    letters = [word for word, _start, _end in held]
    for start in range(len(letters) - len(wanted) + 1):
        if letters[start : start + len(wanted)] == wanted:
            return text[held[start][1] : held[start + len(wanted) - 1][2]]
    return ""


def _words(text: str) -> list[tuple[str, int, int]]:
    """(letters, start, end) of each word; its marks are within its bounds."""
    found = []
    for piece in re.finditer(r"\S+", text):
        letters = "".join(WORD.findall(bare_letters(piece.group())))
        if not letters:
            continue
        # Signs at the ends (quotation marks, commas) are no part of the word; vowel marks are.
        first = next(n for n, sign in enumerate(piece.group()) if sign.isalnum())
        last = max(n for n, sign in enumerate(piece.group()) if sign.isalnum() or _is_mark(sign))
        found.append((letters, piece.start() + first, piece.start() + last + 1))
    return found


def _is_mark(sign: str) -> bool:
    return not sign.isspace() and not bare_letters(sign).strip()
