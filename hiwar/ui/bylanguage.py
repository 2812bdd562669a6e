"""A text in several languages on a thing that is not a page: one JSON column keyed by language code.

A new language is a matter of the LANGUAGES setting alone: the form grows a field, the column does not change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hiwar.arabic.direction import direction, strip_bidi


class Texts(dict[str, str]):
    """Texts by language code."""

    def here(self, language: str | None = None) -> str:
        """The text in `language` (the active one by default), else in the first language that has one, else ''."""
        wanted = language or (get_language() or "").partition("-")[0]
        return self.get(wanted) or next((self[code] for code, _name in settings.LANGUAGES if self.get(code)), "")

    def __str__(self) -> str:
        return self.here()


def _languages(codes: Iterable[str] | None) -> list[tuple[str, Any]]:
    """The site's languages, or those of them that `codes` names."""
    wanted = None if codes is None else set(codes)
    return [(code, name) for code, name in settings.LANGUAGES if wanted is None or code in wanted]


class ByLanguageWidget(forms.MultiWidget):
    """One input a language, each in its own direction. `codes` limits it to some of the languages."""

    template_name = "ui/forms/by_language.html"

    def __init__(
        self, *, rows: int = 1, codes: Iterable[str] | None = None, attrs: dict[str, Any] | None = None
    ) -> None:
        self.languages = _languages(codes)
        self.codes = [code for code, _name in self.languages]
        kind = forms.Textarea if rows > 1 else forms.TextInput
        extra = {"rows": rows} if rows > 1 else {}
        widgets = {c: kind(attrs={"lang": c, "dir": direction(c), **extra}) for c in self.codes}
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[str]:
        return [(value or {}).get(code, "") for code in self.codes]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, (_code, label) in zip(context["widget"]["subwidgets"], self.languages, strict=True):
            part["language"] = label
        return context


class ByLanguageFormField(forms.MultiValueField):
    """Cleans to Texts; when required, at least one language must be filled in. `codes`: some of the languages only."""

    def __init__(
        self, *, rows: int = 1, max_length: int | None = None, codes: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        kwargs.pop("encoder", None), kwargs.pop("decoder", None)
        kwargs["widget"] = ByLanguageWidget(rows=rows, codes=codes)
        self.languages = _languages(codes)
        fields = [forms.CharField(required=False, max_length=max_length) for _code in self.languages]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> Texts:
        values = zip(self.languages, data_list or [], strict=False)
        return Texts({code: strip_bidi(text).strip() for (code, _name), text in values if text and text.strip()})

    def clean(self, value: Any) -> Texts:
        cleaned = super().clean(value) or Texts()
        if self.required and not cleaned:
            raise ValidationError(_("Write this in at least one language."), code="required")
        return cleaned

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.compress(list(data or [])) != Texts(initial or {})


class ByLanguageField(models.JSONField):
    """Model field holding Texts. `rows` makes the form inputs taller."""

    def __init__(self, *args: Any, rows: int = 1, max_length: int | None = None, **kwargs: Any) -> None:
        self.rows = rows
        kwargs.setdefault("default", Texts)
        super().__init__(*args, max_length=max_length, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if kwargs.get("default") is Texts:
            del kwargs["default"]
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Texts | None:
        loaded = super().from_db_value(value, expression, connection)
        return None if loaded is None else Texts(loaded)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return Texts(value) if isinstance(value, dict) else value

    def formfield(self, **kwargs: Any) -> Any:
        options = {
            "form_class": ByLanguageFormField,
            "rows": self.rows,
            "required": not self.blank,
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
            **kwargs,
        }
        # Wagtail hands over a widget for JSON; ours is the only one that fits.
        options.pop("widget", None), options.pop("initial", None)
        form_class = options.pop("form_class")
        return form_class(max_length=self.max_length, **options)
