"""Handing out files: to everybody what is public, to the office everything."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from hiwar.media import access, serving

AUDIENCE = "outside"

# A file has no language: with its own addresses named, LocaleMiddleware does not answer a missing one with a
# redirect to /en/files/….
NO_LANGUAGES = "hiwar.media.urls"


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A public file; 404 for one that is private, exactly as for one that does not exist."""
    request.urlconf = NO_LANGUAGES
    found = access.find(name)
    if found is None or not found.public:
        raise Http404
    return serving.answer(request, found, lasting=True)


@require_safe
def office_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Any file, for whoever may enter the office (wagtail_hooks.py lets nobody else through); never kept."""
    request.urlconf = NO_LANGUAGES
    found = access.find(name)
    if found is None:
        raise Http404
    return serving.answer(request, found, lasting=False)
