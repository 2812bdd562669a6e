"""Serving files."""

from django.http import Http404, HttpRequest, HttpResponse


def file(request: HttpRequest, name: str) -> HttpResponse:
    raise Http404
