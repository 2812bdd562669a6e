"""Feeds, sitemap and PDFs. All are for everybody, set no cookie and read none."""

from __future__ import annotations

import hashlib
from datetime import datetime

from csp.decorators import csp_exempt
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from hiwar.edge.audience import audience
from hiwar.items.models import ItemRef
from hiwar.library import feeds, kinds, pdf, sitemaps
from hiwar.library.origin import absolute
from hiwar.ui import frame

AUDIENCE = "public"

FEED_SECONDS = 300
SITEMAP_SECONDS = 3600
PDF_SECONDS = 300


@require_safe
def feed(request: HttpRequest, section: str, format: str) -> HttpResponse:
    """Atom or JSON Feed of a section; 304 when the reader has it already. Two queries."""
    try:
        found = feeds.feed(language=frame.language(), section=section)
    except KeyError as error:
        raise Http404 from error
    body = feeds.atom(found) if format == "xml" else feeds.json_feed(found)
    response = HttpResponse(body, content_type=feeds.TYPES[format])
    return _kept(request, response, tag=hashlib.sha256(body).hexdigest()[:32], changed=found.changed)


def _kept(request: HttpRequest, response: HttpResponse, *, tag: str, changed: datetime | None) -> HttpResponse:
    """`response` with its validators, or 304. The tag is weak: the body may be compressed on its way."""
    etag = f"W/{quote_etag(tag)}"
    modified = int(changed.timestamp()) if changed else None
    response.headers["ETag"] = etag
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    patch_cache_control(response, public=True, max_age=FEED_SECONDS)
    return get_conditional_response(request, etag, modified, response) or response


@audience("outside")
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of all sitemap files. One query."""
    response = HttpResponse(sitemaps.index(), content_type="application/xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=SITEMAP_SECONDS)
    return response


@audience("outside")
@require_safe
def sitemap_file(request: HttpRequest, language: str, number: int) -> HttpResponseBase:
    """One file of the sitemap, written while it is read."""
    if not 1 <= number <= sitemaps.files().get(language, 0):
        raise Http404
    response = StreamingHttpResponse(sitemaps.written(language, number), content_type="application/xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=SITEMAP_SECONDS)
    return response


# A PDF runs nothing of ours, and some readers inside browsers fail under a policy made for pages.
@csp_exempt()
@require_safe
def item_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """The PDF of a live item in the language of the address; 404 where PDFs cannot be made."""
    if not pdf.available():
        raise Http404
    ref = get_object_or_404(
        ItemRef.objects.shown().in_language(frame.language()).filter(kind__in=kinds.of_pages()), code=code
    )
    try:
        name = pdf.ensure(ref)
    except pdf.Busy:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    etag = quote_etag(name.rpartition("/")[2].removesuffix(".pdf"))
    known = get_conditional_response(request, etag, None, None)
    response: HttpResponseBase = known or FileResponse(
        default_storage.open(name), content_type="application/pdf", filename=f"{ref.title[:80]}.pdf"
    )
    response.headers["ETag"] = etag
    response.headers["Link"] = f'<{absolute(ref.path)}>; rel="canonical"'
    patch_cache_control(response, public=True, max_age=PDF_SECONDS)
    return response
