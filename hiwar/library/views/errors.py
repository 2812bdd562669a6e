"""Pages that say what went wrong, in the language of the address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from hiwar.ui import frame as shell


def _language(request: HttpRequest) -> str:
    first = request.path.strip("/").partition("/")[0]
    return first if first in settings.LANGUAGE_CODES else settings.LANGUAGE_CODES[0]


def _page(request: HttpRequest, template: str, title: str, status: int) -> HttpResponse:
    data = shell.context(path=f"/{shell.language()}/", title=title, robots="noindex")
    response = shell.answer(request, template, data, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    with override(_language(request)):
        return _page(request, "404.html", _("Page not found"), 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    with override(_language(request)):
        return _page(request, "403.html", _("You do not have access"), 403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a template that needs nothing, since anything may be broken."""
    return HttpResponse(get_template("500.html").render(), status=500, headers={"Cache-Control": "no-store"})
