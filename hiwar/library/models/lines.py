"""Several short texts in one field, a line each."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

ADDRESS = re.compile(r"(?i)https?:|www\.|\bt\.me\b|\b[a-z0-9-]+\.(?:com|net|org|info|io|me|tv|co|app|onion)\b")


def no_address(value: str) -> None:
    """Validator: raises ValidationError when `value` leads anywhere. The original of a claim is never linked to."""
    if ADDRESS.search(value or ""):
        raise ValidationError(
            _("No address may stand here: the site never leads to the original. Use the archive reference.")
        )


class LinesField(models.TextField):
    """A text whose lines are read one by one; `lines_of` gives them."""

    def formfield(self, **kwargs: Any) -> Any:
        field = super().formfield(**kwargs)
        field.widget.attrs.setdefault("rows", 5)
        return field


def lines_of(value: str) -> list[str]:
    """The lines that hold something, tidied."""
    return [line for line in (" ".join(each.split()) for each in (value or "").splitlines()) if line]
