"""Headers that every answer bears, and compression for slow lines."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, InvalidTokenFormat
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path

Next = Callable[[HttpRequest], HttpResponse]
POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi "
        "payment usb browsing-topics"
    ).split()
)
# The office and the portal are private: nothing of them is kept anywhere.
PRIVATE = ("/office/", "/portal/")
TEXT = (
    "text/html",
    "application/json",
    "application/feed+json",
    "application/atom+xml",
    "application/xml",
    "text/plain",
    "image/svg+xml",
    "application/ld+json",
    "text/vtt",
)
SMALLEST = 700  # bytes; below this the frame costs more than it saves


class Language(LocaleMiddleware):
    """As Django's, save that an address without a language that leads nowhere stays 404.

    Django would send it on to the same path below a guessed language, since the tree of pages takes any path.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if get_language_from_path(request.path_info) is None:
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", get_language() or "")
        return response


class NoNul:
    """An address with a NUL is not found: PostgreSQL keeps none in a text and would answer with an error."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        return self.get_response(request)


class Sessions(SessionMiddleware):
    """As Django's, below the office and the portal alone.

    Elsewhere Django would answer a session cookie that names no session with another cookie, and with Vary.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if request.path.startswith(PRIVATE) else response


class Csrf(CsrfViewMiddleware):
    """As Django's, save that a cookie that is no token counts as none.

    Django would answer it with a new one, also on a public page, which sets no cookie for anybody.
    """

    def _get_secret(self, request: HttpRequest) -> str | None:
        try:
            return super()._get_secret(request)
        except InvalidTokenFormat:
            return None


class Headers:
    """Permissions-Policy, CORP, X-Frame-Options and Cache-Control by audience."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        private = request.path.startswith(PRIVATE)
        # For browsers that do not know frame-ancestors; the office shows previews in a frame of its own.
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if private else "DENY")
        if private:
            response.headers["Cache-Control"] = "no-store, private"
        elif "Cache-Control" not in response.headers:
            # A minute in a browser, so that a correction is seen at once by whoever looks again.
            fresh = (
                "public, max-age=60"
                if response.status_code == 200 and request.method in ("GET", "HEAD")
                else "no-store"
            )
            response.headers["Cache-Control"] = fresh
        return response


class Compress:
    """Brotli, or gzip for what knows no Brotli, for text answers that hold no secret.

    The office, the portal and whatever may not be stored are left alone: a page that mixes a token with what a
    visitor sends must not be compressed (BREACH).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.streaming
            or response.headers.get("Content-Encoding")
            or request.path.startswith(PRIVATE)
            or "no-store" in response.headers.get("Cache-Control", "")
            or response.headers.get("Content-Type", "").partition(";")[0] not in TEXT
        ):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        accepted = _accepted(request.headers.get("Accept-Encoding", ""))
        if len(response.content) < SMALLEST or not accepted & {"br", "gzip"}:
            return response
        if "br" in accepted:
            response.headers["Content-Encoding"] = "br"
            response.content = brotli.compress(response.content, quality=settings.BROTLI_QUALITY)
        else:
            response.headers["Content-Encoding"] = "gzip"
            response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
        response.headers["Content-Length"] = str(len(response.content))
        if (tag := response.headers.get("ETag")) and not tag.startswith("W/"):
            response.headers["ETag"] = f"W/{tag}"  # the bytes are others, the content is the same
        return response


def _accepted(header: str) -> set[str]:
    """Names of the encodings a client takes (RFC 9110, 12.5.3); one with `q=0` is refused."""
    names = set()
    for part in header.lower().split(","):
        name, _semicolon, weight = part.strip().partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            names.add(name.strip())
    return names
