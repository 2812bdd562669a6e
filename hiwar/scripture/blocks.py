"""Citations of scripture in a text: a verse, a hadith, a verse with the words that are cut out of it.

What is stored is reference, edition and digest; what is shown is looked up by the reference at the moment of showing.
They are block classes of their own whose reference, edition and digest no translation can reach (decision 0006).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail import blocks

from hiwar.scripture import shown, shown_hadith
from hiwar.scripture.block_values import CitationValue, HadithValue, Shelf, VerseValue, verse_reference
from hiwar.scripture.blocks_office import HadithSelect, ReferencePicker
from hiwar.scripture.canon import modern, quran
from hiwar.scripture.models import Citation, Hadith
from hiwar.scripture.reference import BadReference, Reference


class Untranslated(blocks.FieldBlock):
    """A value that every language of an item shares: side-by-side translation is given nothing of it."""

    def __init__(self, *, required: bool = False, help_text: Any = None, **kwargs: Any) -> None:
        self.field = forms.CharField(required=required, help_text=help_text, widget=self.widget())
        super().__init__(**kwargs)

    def widget(self) -> forms.Widget:
        return forms.HiddenInput()

    def get_default(self) -> Any:
        return ""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        """The value as it is, whatever a translation brings."""
        return value


class KeptBlock(Untranslated):
    """What the server fills in; no form shows it and nothing posted reaches it."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> str:
        return ""


class ReferenceBlock(Untranslated):
    """A place in the Quran, as it was typed until the block is cleaned, then as `Reference.key`."""

    def widget(self) -> forms.Widget:
        return ReferencePicker()


class SignedHadithBlock(Untranslated):
    """The identifier of a hadith that a Scholar signed."""

    def widget(self) -> forms.Widget:
        return HadithSelect()


class WordBlock(blocks.IntegerBlock):
    """The place of a word in a passage, from 1."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        return value


class CitationBlock(blocks.StructBlock):
    """What the three blocks share. `problem` is what the publishing gate asks."""

    digest = KeptBlock(label=gettext_lazy("Digest"))

    class Meta:
        value_class = CitationValue

    def problem(self, value: Any) -> str | None:
        """Why `value` may not be published, for an editor; None when it stands as it was chosen."""
        raise NotImplementedError

    def show(self, value: Any) -> dict[str, Any] | None:
        """What the templates show, in the active language; None when there is nothing that may be shown."""
        raise NotImplementedError

    def cited(self, value: Any) -> Reference | None:
        """What is cited, as far as readers may see it; None for nothing."""
        raise NotImplementedError

    def citation(self, value: Any) -> dict[str, Any] | None:
        """The row of the reverse index: fields of `Citation` but item and order; None when nothing is cited."""
        raise NotImplementedError

    def plain(self, value: Any) -> str:
        """Its words and reference without markup, in the active language, for search and reading time."""
        raise NotImplementedError

    def bulk_to_python(self, values: Any) -> list[Any]:
        """Values that fetch what they need together."""
        found = super().bulk_to_python(values)
        shelf = Shelf(found)
        for value in found:
            value.shelf = shelf
        return found

    def get_form_state(self, value: Any) -> dict[str, Any]:
        """Only what the form shows: Wagtail's script knows no other children."""
        state = super().get_form_state(value)
        return {name: state[name] for name in self.meta.form_layout.get_sorted_block_names() if name in state}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """What `show` gives; for an office preview also `trouble`, the reason why it could not be published."""
        context = super().get_context(value, parent_context=parent_context)
        previewed = getattr((parent_context or {}).get("page"), "previewed", False)
        return {**context, "shown": self.show(value), "trouble": self.problem(value) if previewed else None}

    def get_searchable_content(self, value: Any) -> list[str]:
        return [self.plain(value)]


class VerseBlock(CitationBlock):
    """A verse, or verses that follow one another."""

    reference = ReferenceBlock(label=pgettext_lazy("scripture", "Reference"), required=True)
    edition = KeptBlock(label=pgettext_lazy("of a text", "Edition"))

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Verse of the Quran")
        template = "blocks/verse.html"
        value_class = VerseValue
        form_layout = ["reference"]
        label_format = "{reference}"

    role = Citation.Role.CITES

    def clean(self, value: Any) -> Any:
        """The reference in its stored form, with edition and digest as they are now.

        Raises StructBlockValidationError with the reason why what was typed names no verse.
        """
        cleaned = super().clean(value)
        typed = (cleaned.get("reference") or "").strip()
        cleaned["edition"] = cleaned["digest"] = ""
        if not typed:  # a draft; publishing asks for it
            return cleaned
        try:
            reference = verse_reference(typed)
        except BadReference as error:
            raise blocks.StructBlockValidationError({"reference": ValidationError(error.message())}) from error
        self.check_cut(cleaned, reference)
        cleaned["reference"] = reference.key
        cleaned["edition"], cleaned["digest"] = shown.edition_key(), shown.digest_of(reference)
        return cleaned

    def check_cut(self, value: Any, reference: Reference) -> None:
        """Nothing is cut out of a plain citation."""

    def problem(self, value: Any) -> str | None:
        try:
            reference = verse_reference(value.get("reference") or "")
        except BadReference as error:
            return error.message()
        if not value.get("digest"):
            return _("%(reference)s was not chosen in the office: open the block, compare the text and save.") % {
                "reference": shown.label(reference)
            }
        if not self.is_sealed(value, reference):
            return _("The text of %(reference)s is not the one that was chosen. Open the block, compare and save.") % {
                "reference": shown.label(reference)
            }
        return None

    def is_sealed(self, value: Any, reference: Reference) -> bool:
        """Whether the text is still the one that was chosen."""
        return bool(value.get("digest")) and value.get("digest") == shown.digest_of(reference)

    def show(self, value: Any) -> dict[str, Any] | None:
        reference = value.reference
        if reference is None:
            return None
        meaning = value.shelf.meaning(reference)
        cut = value.cut if value.cut and not cut_problem(value.cut, reference) else None
        return shown.passage(reference, sealed=self.is_sealed(value, reference), cut=cut, meaning=meaning)

    def cited(self, value: Any) -> Reference | None:
        found: Reference | None = value.reference
        return found

    def citation(self, value: Any) -> dict[str, Any] | None:
        reference = value.reference
        if reference is None:
            return None
        return {
            "source": reference.source,
            "sura": reference.sura,
            "first": reference.first,
            "last": reference.last,
            "role": self.role,
        }

    def plain(self, value: Any) -> str:
        reference = value.reference
        return f"{quran().text(reference)} {shown.bracketed(reference)}" if reference else ""

    def get_searchable_content(self, value: Any) -> list[str]:
        """Its words, and the same verses in modern spelling, which is what people type."""
        verses = quran().passage(value.reference) if value.reference else ()
        return [self.plain(value), " ".join(modern()[verse.sura, verse.number] for verse in verses)]


class MisusedVerseBlock(VerseBlock):
    """A verse of which some words are usually quoted alone, shown whole with the words marked, and the answer."""

    first_word = WordBlock(label=gettext_lazy("First word quoted alone"), min_value=1)
    last_word = WordBlock(label=gettext_lazy("Last word quoted alone"), min_value=1)
    explanation = blocks.TextBlock(
        label=gettext_lazy("How it is cut"),
        help_text=gettext_lazy("What is lost when these words stand alone, and what the whole says"),
        rows=4,
    )

    class Meta:
        icon = "cut"
        label = gettext_lazy("Misused verse")
        template = "blocks/misused_verse.html"
        form_layout = ["reference", "first_word", "last_word", "explanation"]

    role = Citation.Role.MISUSED

    def check_cut(self, value: Any, reference: Reference) -> None:
        if value.cut and (wrong := cut_problem(value.cut, reference)):
            raise blocks.StructBlockValidationError({"last_word": ValidationError(wrong)})

    def problem(self, value: Any) -> str | None:
        if wrong := super().problem(value):
            return wrong
        if value.cut is None:
            return _("Mark the words that are quoted alone.")
        return cut_problem(value.cut, value.reference)

    def show(self, value: Any) -> dict[str, Any] | None:
        found = super().show(value)
        if found is None or value.cut is None or cut_problem(value.cut, value.reference):
            return found
        return {**found, "how": shown.how_it_is_cut(value.reference, value.cut)}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "explanation": value.get("explanation") or ""}

    def citation(self, value: Any) -> dict[str, Any] | None:
        found = super().citation(value)
        if found is None or value.cut is None:
            return found
        first, last = value.cut
        cut = shown.cut_words(quran().passage(value.reference), first=first, last=last)
        note = {get_language() or "ar": value["explanation"]} if value.get("explanation") else {}
        return {**found, "cut_text": cut, "note": note}

    def plain(self, value: Any) -> str:
        return "\n".join(part for part in (super().plain(value), value.get("explanation") or "") if part)


def cut_problem(cut: tuple[int, int], reference: Reference) -> str | None:
    """Why these words cannot be marked in the passage, for an editor; None when they can."""
    first, last = cut
    if first < 1:
        return _("Words are counted from one.")
    highest = shown.count_words(quran().passage(reference))
    if first > last:
        return _("The last word stands before the first.")
    if last > highest:
        return _("The passage has %(highest)s words.") % {"highest": shown.figures(highest)}
    return None


class HadithBlock(CitationBlock):
    """A hadith that an editor entered and a Scholar signed."""

    hadith = SignedHadithBlock(label=pgettext_lazy("scripture", "Hadith"), required=True)

    class Meta:
        icon = "openquote"
        label = pgettext_lazy("scripture", "Hadith")
        template = "blocks/hadith.html"
        value_class = HadithValue
        form_layout = ["hadith"]

    def clean(self, value: Any) -> Any:
        """Raises StructBlockValidationError for a hadith that is gone or whose signature does not hold."""
        cleaned = super().clean(value)
        cleaned["digest"] = ""
        if not cleaned.get("hadith"):  # a draft; publishing asks for it
            return cleaned
        entry = cleaned.entry
        if entry is None or not entry.is_shown:
            raise blocks.StructBlockValidationError({"hadith": ValidationError(unsigned(entry))})
        cleaned["hadith"], cleaned["digest"] = str(entry.uuid), entry.digest
        return cleaned

    def problem(self, value: Any) -> str | None:
        entry = value.entry
        if entry is None or not entry.is_shown:
            return unsigned(entry) if value.get("hadith") else _("Choose a hadith.")
        if value.get("digest") != entry.digest:
            return _("The text of %(reference)s is not the one that was chosen. Open the block, compare and save.") % {
                "reference": shown.label(entry.reference)
            }
        return None

    def show(self, value: Any) -> dict[str, Any] | None:
        entry = value.entry
        return shown_hadith.hadith(entry, sealed=value.get("digest") == entry.digest) if entry else None

    def cited(self, value: Any) -> Reference | None:
        entry: Hadith | None = value.entry
        return entry.reference if entry and entry.is_shown else None

    def citation(self, value: Any) -> dict[str, Any] | None:
        entry = value.entry
        if entry is None:
            return None
        return {"source": entry.collection, "number": entry.number, "scheme": entry.scheme, "role": Citation.Role.CITES}

    def plain(self, value: Any) -> str:
        entry = value.entry
        if entry is None or not entry.is_shown:
            return ""
        words = [entry.narrator.here(get_language()), entry.text, shown.bracketed(entry.reference)]
        return " ".join(part for part in words if part)


def unsigned(entry: Hadith | None) -> str:
    """Why a hadith may not be cited, for an editor."""
    if entry is None:
        return _("This hadith is no longer entered. Choose another.")
    return _("No Scholar’s signature holds for %(reference)s. It can be cited once it is signed.") % {
        "reference": shown.label(entry.reference)
    }


def chosen(reference: str) -> dict[str, str]:
    """What a VerseBlock stores for verses chosen now, as data for a StreamField. Raises BadReference."""
    found = verse_reference(reference)
    return {"reference": found.key, "edition": shown.edition_key(), "digest": shown.digest_of(found)}
