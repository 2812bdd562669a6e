"""The office's forms for hadith and reported errors. They read what was typed; actions decide and store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from hiwar.arabic.digits import to_latin
from hiwar.arabic.folding import fold
from hiwar.scripture import names
from hiwar.scripture.actions.hadith import FIELDS, GRADED, seal_of
from hiwar.scripture.collections import collection, collections
from hiwar.scripture.grades import grades
from hiwar.scripture.models import Rendering, TextReport
from hiwar.ui.bylanguage import ByLanguageFormField

# The text of a hadith is Arabic: its meaning is entered in the other languages.
ORIGINAL = "ar"
MEANINGS = [code for code, _name in settings.LANGUAGES if code != ORIGINAL]


def book_choices() -> Iterator[tuple[str, Any]]:
    """Collections with their numbering systems, grouped, in the reader's language."""
    language = get_language() or ORIGINAL
    yield "", "—"
    for held in collections().values():
        yield (
            held.name(language),
            [(f"{held.slug}/{each.slug}", f"{held.name(language)}: {each.name(language)}") for each in held.schemes],
        )


def grade_choices() -> Iterator[tuple[str, str]]:
    """The scale in the reader's language, strongest first."""
    yield "", "—"
    for slug, grade in grades().items():
        yield slug, grade.name()


class GradeSelect(forms.Select):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=CallableChoiceIterator(grade_choices))


class HadithForm(WagtailAdminModelForm):
    """Fields of a hadith as an editor types them. `values()` and `gradings()` are what save_hadith takes."""

    book = forms.ChoiceField(label=gettext_lazy("Collection and numbering"), choices=book_choices)
    # No trimming: the text is stored as it was typed.
    text = forms.CharField(
        label=gettext_lazy("Text of the hadith"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "lang": ORIGINAL, "dir": "rtl", "spellcheck": "false"}),
        help_text=gettext_lazy("In Arabic, exactly as the edition prints it. It is stored as you type it."),
    )
    rendering = ByLanguageFormField(
        label=gettext_lazy("Meaning in other languages"), rows=4, codes=MEANINGS, required=False
    )
    others = forms.CharField(
        label=gettext_lazy("Numbers in other systems"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line: name of the numbering, colon, number."),
    )
    # What the form was filled from: two editors at once must not undo each other's work unseen.
    seal = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if row.pk:
            self.initial["book"] = f"{row.collection}/{row.scheme}"
            self.initial["others"] = others_as_lines(row.collection, row.other_numbers)
            self.initial["seal"] = seal_of(row)
        number: Any = self.fields["number"]
        number.widget.attrs["dir"] = "auto"

    def clean_number(self) -> str:
        return to_latin(self.cleaned_data["number"]).strip()

    def clean_text(self) -> str:
        """A form sends each new line as two signs (HTML, 4.10.21.4): what was typed, and is stored, is one."""
        typed = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        stored = self.instance.text if self.instance.pk else ""
        return stored if stored.replace("\r\n", "\n").replace("\r", "\n") == typed else typed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        book, _slash, scheme = cleaned.get("book", "").partition("/")
        cleaned["collection"], cleaned["scheme"] = book, scheme
        if book:
            try:
                cleaned["other_numbers"] = others_from_lines(book, cleaned.get("others", ""))
            except ValidationError as error:
                self.add_error("others", error)
        if self.instance.pk and cleaned.get("seal") != seal_of(self.instance):
            raise ValidationError(
                _(
                    "Somebody else changed this hadith while you were editing it. Open it in another window, bring the "
                    "two together, and save it from there."
                )
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    def gradings(self) -> list[dict[str, Any]]:
        """The gradings that are to stand, in the order the editor gave them."""
        formset = self.formsets["gradings"]
        kept = [
            form.cleaned_data
            for form in formset.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE") and (form.instance.pk or form.has_changed())
        ]
        kept.sort(key=lambda row: (row.get("ORDER") is None, row.get("ORDER") or 0))
        return [{name: row.get(name) for name in GRADED} for row in kept]


def others_as_lines(slug: str, numbers: dict[str, str]) -> str:
    """{scheme: number} as an editor types it, a line each, names in the reader's language."""
    language = get_language() or ORIGINAL
    known = collections().get(slug)
    found = []
    for scheme, number in numbers.items():
        name = scheme
        if known is not None and any(each.slug == scheme for each in known.schemes):
            name = known.scheme(scheme).name(language)
        found.append(f"{name}: {number}")
    return "\n".join(found)


def others_from_lines(slug: str, text: str) -> dict[str, str]:
    """The other way round. Raises ValidationError for a line that names no numbering of the collection."""
    held = collection(slug)
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        name, colon, number = line.rpartition(":")
        scheme = names.scheme(held, fold(name.strip())) if colon else None
        if scheme is None:
            raise ValidationError(
                _("“%(line)s” names no numbering of this collection. Its numberings: %(names)s")
                % {
                    "line": line.strip(),
                    "names": ordered(each.name(get_language() or ORIGINAL) for each in held.schemes),
                }
            )
        found[scheme] = to_latin(number).strip()
    return found


def ordered(words: Iterator[str]) -> str:
    """Words parted as the reader's language parts a list."""
    return pgettext("between the words of a list", ", ").join(words)


def source_choices() -> Iterator[tuple[str, str]]:
    """Every text the site holds or shows: the Quran, the collections, the editions of the meanings. One query."""
    language = get_language() or ORIGINAL
    yield "", "—"
    yield names.QURAN, _("The Quran")
    for slug, held in collections().items():
        yield slug, held.name(language)
    for edition in Rendering.objects.all():
        yield edition.slug, str(edition.name)


class ReportForm(forms.ModelForm):
    """A reported error as it is written down."""

    source = forms.ChoiceField(label=pgettext_lazy("that an error is in", "Text"), choices=source_choices)
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Such as 2:255 or the number of a hadith. Leave it empty for the whole text."),
    )

    class Meta:
        model = TextReport
        fields = ["received", "source", "reference", "problem"]


class AnswerForm(forms.Form):
    """The answer to a reported error, and whether readers see both."""

    answer = ByLanguageFormField(label=pgettext_lazy("to a report", "Answer"), rows=4)
    state = forms.ChoiceField(label=gettext_lazy("Outcome"), widget=forms.RadioSelect)
    shown = forms.BooleanField(label=gettext_lazy("Show in the public log"), required=False)

    def __init__(self, *args: Any, report: TextReport, **kwargs: Any) -> None:
        initial = {"answer": report.answer, "shown": report.shown}
        if report.state != TextReport.State.OPEN:
            initial["state"] = report.state
        super().__init__(*args, **{**kwargs, "initial": initial})
        state: Any = self.fields["state"]
        state.choices = [each for each in TextReport.State.choices if each[0] != TextReport.State.OPEN]
