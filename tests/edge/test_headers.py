"""What every answer bears, by audience; and compression where it betrays nothing."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from hiwar.edge.middleware import SMALLEST, Compress

pytestmark = pytest.mark.django_db
PUBLIC = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy(response: HttpResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


@pytest.mark.parametrize("path", ["/ar/states/", "/en/states/sa/", "/ar/no-such-page/", "/", "/robots.txt", "/healthz"])
def test_what_a_visitor_gets(path: str) -> None:
    answer = Client().get(path)
    assert policy(answer) == PUBLIC
    headers = answer.headers
    assert "Set-Cookie" not in headers
    assert not answer.cookies
    assert "cookie" not in headers.get("Vary", "").lower()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_even_a_visitor_who_brings_cookies_gets_none() -> None:
    client = Client(headers={"cookie": "sessionid=0123456789abcdef; csrftoken=abcdef; django_language=fr"})
    answer = client.get("/en/states/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "cookie" not in answer.headers.get("Vary", "").lower()


def test_public_pages_may_be_kept_and_errors_may_not() -> None:
    assert Client().get("/en/states/").headers["Cache-Control"] == "public, max-age=60"
    assert Client().get("/en/no-such-page/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/office/", "/office/account/login/", "/office/pages/", "/office/no-such/"])
def test_nothing_of_the_office_is_kept(path: str) -> None:
    answer = Client().get(path)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Content-Encoding" not in answer.headers


# --- Compression ------------------------------------------------------------------------------------------

LONG = "حوار " * SMALLEST


def compressed(
    *, accept: str, path: str = "/ar/", kind: str = "text/html; charset=utf-8", text: str = LONG, **headers: str
) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(text, content_type=kind, headers=headers)

    return Compress(view)(RequestFactory().get(path, headers={"accept-encoding": accept}))


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", None), ("", None)],
)
def test_the_best_encoding_a_client_takes(accept: str, encoding: str | None) -> None:
    answer = compressed(accept=accept)
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert decode(answer.content).decode() == LONG
    if encoding:
        assert answer.headers["Content-Length"] == str(len(answer.content))
        assert len(answer.content) < len(LONG)


def test_a_strong_tag_becomes_a_weak_one() -> None:
    assert compressed(accept="br", ETag='"a"').headers["ETag"] == 'W/"a"'
    assert compressed(accept="", ETag='"a"').headers["ETag"] == '"a"'


@pytest.mark.parametrize(
    "given",
    [
        {"path": "/office/pages/"},
        {"path": "/portal/"},
        {"Cache-Control": "no-store"},
        {"kind": "image/webp"},
        {"text": "short"},
        {"Content-Encoding": "br"},
    ],
)
def test_what_is_left_alone(given: dict[str, str]) -> None:
    answer = compressed(accept="br", **given)  # type: ignore[arg-type]
    assert answer.content.decode() == given.get("text", LONG)
