"""The addresses outside the languages that belong to no room."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe


@require_safe
def to_language(request: HttpRequest) -> HttpResponse:
    """Lead the bare address to the visitor's language by Accept-Language; Arabic when none fits. No cookie is read."""
    chosen = "ar" if "ar" in settings.LANGUAGE_CODES else settings.LANGUAGE_CODES[0]
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            found = get_supported_language_variant(wanted)
        except LookupError:
            continue
        chosen = found
        break
    response = HttpResponseRedirect(f"/{chosen}/")
    patch_vary_headers(response, ["Accept-Language"])
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is up. Asks nothing of database or cache."""
    return JsonResponse({"status": "up"}, headers={"Cache-Control": "no-store"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: say so in words, in the office's language."""
    return render(request, "403_csrf.html", status=403)
