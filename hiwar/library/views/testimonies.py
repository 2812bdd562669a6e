"""Testimonies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from hiwar.library.models import TestimonyPage
from hiwar.library.views import contexts


def testimony(page: TestimonyPage, request: HttpRequest) -> dict[str, Any]:
    """The context of a TestimonyPage. Of the record of consent and safety nothing is handed on."""
    data = contexts.item(page, request)
    data["speaker"] = {"name": page.pen_name, "who": page.get_who_display()}
    return data
