"""Sizes of files as people read them."""

from __future__ import annotations

from django.utils.translation import gettext, override

from hiwar.arabic.digits import localise_number


def file_size_label(size: int, language: str) -> str:
    """A size in bytes as kilobytes or megabytes of 1000 (SI), in the words and digits of `language`.

    One decimal below ten, none above; never less than 1 KB. Raises ValueError for a negative size.
    """
    if size < 0:
        raise ValueError(f"a file cannot have {size} bytes")
    with override(language):
        if size >= 950_000:
            return gettext("%(size)s MB") % {"size": localise_number(_round(size / 1_000_000), language)}
        return gettext("%(size)s KB") % {"size": localise_number(max(1, _round(size / 1000)), language)}


def _round(value: float) -> float:
    return round(value, 1) if value < 10 else round(value)
