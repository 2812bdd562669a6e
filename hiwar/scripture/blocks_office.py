"""How an editor chooses scripture in the office: by typing or picking a reference, with the text in sight.

The markup is that of two custom elements (static/hiwar/office-scripture.js); the fields in it work by themselves.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import get_language

from hiwar.scripture.canon import quran

PREVIEW = reverse_lazy("scripture_preview")


class Previewed(forms.Widget):
    """A field with what it names shown below it."""

    class Media:
        js = ("hiwar/office-scripture.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "preview": PREVIEW}


class ReferencePicker(Previewed, forms.TextInput):
    """A reference as text, with the suras to pick from beside it."""

    template_name = "blocks/office/reference.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "dir": "auto", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        language = get_language() or "ar"
        suras = [(sura.number, sura.name(language), sura.verses) for sura in quran().suras()]
        return {**super().get_context(name, value, attrs), "suras": suras}


class HadithSelect(Previewed, forms.Select):
    """The hadith that may be cited: those whose signature holds."""

    template_name = "blocks/office/hadith.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=CallableChoiceIterator(signed_hadith))


def signed_hadith() -> list[tuple[str, str]]:
    """(identifier, reference and first words) of every signed hadith, by collection and number. One query."""
    from hiwar.scripture.models import Hadith

    language = get_language() or "ar"
    rows = Hadith.objects.shown().only("uuid", "collection", "number", "scheme", "text")
    found = sorted(rows, key=lambda row: row.reference)
    return [("", "—"), *((str(row.uuid), f"{row.reference.label(language)}: {first_words(row.text)}") for row in found)]


def first_words(text: str, most: int = 60) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] + "…"
