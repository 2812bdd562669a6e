"""Headers that every answer bears, and compression for slow lines."""

from __future__ import annotations

from collections.abc import Callable

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

Next = Callable[[HttpRequest], HttpResponse]
POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer autoplay bluetooth camera display-capture geolocation gyroscope magnetometer microphone midi "
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


class Headers:
    """Permissions-Policy, CORP and Cache-Control by audience."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(PRIVATE):
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
    """Brotli for text answers that hold no secret.

    The office and the portal are left alone: a page that mixes a token with what a visitor sends must not be
    compressed (BREACH).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.streaming
            or response.headers.get("Content-Encoding")
            or request.path.startswith(PRIVATE)
            or response.headers.get("Content-Type", "").partition(";")[0] not in TEXT
        ):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if len(response.content) < SMALLEST or "br" not in request.headers.get("Accept-Encoding", ""):
            return response
        response.content = brotli.compress(response.content, quality=settings.BROTLI_QUALITY)
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(response.content))
        return response
