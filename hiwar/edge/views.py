"""The addresses outside the languages that belong to no room."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from secrets import token_hex

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)
AUDIENCE = "outside"
NOT_KEPT = {"Cache-Control": "no-store"}
FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}


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
    return JsonResponse({"status": "up"}, headers=NOT_KEPT)


@require_safe
def readyz(request: HttpRequest, worker: Callable[[], bool], backlog: Mapping[str, Callable[[], int]]) -> HttpResponse:
    """Whether this installation can do its work: 200, or 503 with what is missing.

    `worker` says whether a worker gave a sign of life within 60 seconds; `backlog` counts what waits, and decides
    nothing. Both are handed in by the URL configuration, since the rooms they live in are not below this one.
    """
    parts = {"database": _answers(_ask_database), "cache": _answers(_ask_cache)}
    body: dict[str, object] = {**parts}
    if parts["database"]:
        parts["worker"] = body["worker"] = _answers(worker)
        body["backlog"] = {name: count() for name, count in backlog.items()}
    ready = all(parts.values()) and "worker" in parts
    return JsonResponse({"ready": ready, **body}, status=200 if ready else 503, headers=NOT_KEPT)


def _answers(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except Exception as error:  # whatever a driver raises, the answer is no
        log.warning("Not ready: %s raised %s", ask.__name__.removeprefix("_ask_"), type(error).__name__)
        return False


def _ask_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone()[0])


def _ask_cache() -> bool:
    word = token_hex(8)
    cache.set("readyz", word, 10)
    return cache.get("readyz") is not None  # another process may have written its own word in between


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). It runs out 180 to 210 days from now, and never while it is served."""
    contact = settings.SECURITY_CONTACT
    today = datetime.now(tz=UTC)
    # The same text for a month, so that caches agree.
    expires = today.replace(day=1, hour=0, minute=0, second=0, microsecond=0) + timedelta(days=210)
    lines = [
        f"Contact: {contact if '://' in contact or contact.startswith(('mailto:', 'tel:')) else 'mailto:' + contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(settings.LANGUAGE_CODES)}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers=FOR_A_DAY)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What programs that read the whole web may read (RFC 9309): everything but the closed parts."""
    lines = [
        "User-agent: *",
        "Disallow: /office/",
        "Disallow: /portal/",
        "Allow: /",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers=FOR_A_DAY)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: say so in words, in the office's language."""
    return render(request, "403_csrf.html", status=403)
