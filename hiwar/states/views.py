"""The list of Member States, and each State's page."""

from django.http import Http404, HttpRequest, HttpResponse


def state_list(request: HttpRequest) -> HttpResponse:
    raise Http404


def state(request: HttpRequest, iso2: str) -> HttpResponse:
    raise Http404
