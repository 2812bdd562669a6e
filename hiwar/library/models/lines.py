"""Several short texts in one field, a line each."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# What leads somewhere: a scheme, the beginning or the end of a host's name, a host with a path, a name on a platform.
ADDRESS = re.compile(
    r"(?i)\b[a-z][a-z0-9+.-]+://|\bh[tx]{2}ps?:|\b(?:magnet|tg|mailto|javascript|data):\S|(?<![:/\w])//[\w-]+\.|\bwww\."
    r"|\bt\.me\b|[\w-]+\.(?:com|net|org|info|io|me|tv|co|app|onion|ru|ly|ph|xyz|biz|cc|ws|gl)\b"
    r"|[\w-]+\.[a-z]{2,}(?::\d+)?/\S|\b\d{1,3}(?:\.\d{1,3}){3}[:/]|(?<![\w.])@[a-z0-9_]{4,}"
)
DRESSED_DOT = re.compile(r"\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?", re.IGNORECASE)


def leads_somewhere(text: str) -> bool:
    """Whether an address stands in `text`, also one that is disguised: in full-width letters, with signs in it that
    nobody sees, with its dots in brackets."""
    plain = unicodedata.normalize("NFKC", text or "")
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return bool(ADDRESS.search(DRESSED_DOT.sub(".", plain)))


def no_address(value: str) -> None:
    """Validator: raises ValidationError when `value` leads anywhere. The original of a claim is never linked to."""
    if leads_somewhere(value):
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
