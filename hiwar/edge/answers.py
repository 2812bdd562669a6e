"""Answers of the public interface: JSON, or CSV where rows are asked for, each with a validator (RFC 9110, 8.8.3)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

SECONDS = 300  # for which an answer may be kept
FORMULAS = frozenset("=+-@\t\r")
Row = dict[str, Any]


def wants_csv(request: HttpRequest) -> bool:
    """Whether rows are to be CSV: by `?format=csv`, else by Accept when it prefers text/csv."""
    if wanted := request.GET.get("format"):
        return wanted.lower() == "csv"
    return request.get_preferred_type(["application/json", "text/csv"]) == "text/csv"


def flat(value: Any) -> str:
    """A cell: what is no plain value (a text by language, a list) as one JSON text, so that nothing is lost."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def _no_formula(value: Any) -> Any:
    """A cell that a spreadsheet takes for a text: before what would be a formula stands an apostrophe (OWASP, CSV
    injection)."""
    return f"'{value}" if isinstance(value, str) and value[:1] in FORMULAS else value


def rows(request: HttpRequest, found: Sequence[Row], *, name: str, columns: Sequence[str] = ()) -> HttpResponse:
    """RFC 4180, with a header line; `columns` when there may be no row. 304 when the client has it already."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(columns or found[0]))
    writer.writeheader()
    writer.writerows({name: _no_formula(value) for name, value in row.items()} for row in found)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8; header=present")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return tagged(request, response)


def answer(data: Any, headers: Mapping[str, str] | None = None) -> JsonResponse:
    """`data` as JSON in UTF-8, letters as themselves."""
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False}, headers=dict(headers or {}))


def kept(request: HttpRequest, data: Any) -> HttpResponse:
    """`data` as JSON that may be kept; 304 when the client has it already."""
    return tagged(request, answer(data))


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` with its validator, or 304 when the client has it already (RFC 9110, 8.8.3).

    The tag is weak: the body may be compressed on its way.
    """
    etag = f"W/{quote_etag(hashlib.sha256(response.content).hexdigest()[:32])}"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    patch_vary_headers(response, ["Accept"])
    return get_conditional_response(request, etag, None, response) or response
