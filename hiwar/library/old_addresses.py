"""Addresses of the earlier sites, of imported items and of pages that moved: each answers 301.

The middleware stands before routing and before sessions, so its answers set no cookie and vary by nothing.
An ordinary address costs no query: before routing only a query that names a page of the old sites is looked
up, everything else after the site itself had no answer.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri

from hiwar.library.models.addresses import OldAddress

TABLE = Path(__file__).parent / "data" / "old_addresses.csv"
LONGEST_KEY = 700
# Parameters that name a page: pID and tID of the first site, p and page_id of the second, id of many others.
NAMES_A_PAGE = frozenset({"pid", "tid", "p", "page_id", "id"})
SAYS_NOTHING = frozenset({"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "ref"})
OURS = ("/office/", "/portal/", "/static/", "/files/", "/api/", "/s/")


def key_of(address: str) -> str:
    """The key of an old address: path and query without host, fragment and tracking parameters.

    Percent-encoding is undone, letters are composed (NFC), the path ends with a slash, parameters are sorted and
    their names in lower case: one page was linked in many spellings.
    """
    parts = urlsplit(address)
    return _key(parts.path, _parameters(parts.query))


def _key(path: str, parameters: Iterable[tuple[str, str]]) -> str:
    plain = unicodedata.normalize("NFC", unquote(path, errors="replace"))
    segments = [segment for segment in plain.split("/") if segment]
    tail = "&".join(f"{name}={quote(value, safe='/:')}" for name, value in sorted(parameters))
    return "/" + "".join(f"{segment}/" for segment in segments) + (f"?{tail}" if tail else "")


def _parameters(query: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return []
    lowered = [(name.lower(), value) for name, value in pairs]
    return [(n, v) for n, v in lowered if n not in SAYS_NOTHING and not n.startswith("utm_")]


def keys_asked(path: str, query: str) -> list[str]:
    """Keys under which the address asked for may be known, the most exact first."""
    parameters = _parameters(query)
    naming = [(name, value) for name, value in parameters if name in NAMES_A_PAGE]
    keys = [_key(path, parameters), _key(path, naming)]
    for name, value in naming:
        if name == "p":
            # The second site numbered its pages across languages: ?p=N says the same in front of each.
            fronts = ["/", *(f"/{code}/" for code, _name in settings.LANGUAGES)]
            keys += [_key(front, [(name, value)]) for front in fronts]
    if not naming:
        keys.append(_key(path, []))
    return [key for key in dict.fromkeys(keys) if len(key) <= LONGEST_KEY and "\x00" not in key]


def destination(path: str, query: str) -> str:
    """Where the old address leads now, as a path of this site, or '' when it is not known. One query."""
    keys = keys_asked(path, query)
    rows = {
        key: page_path if live else own_path
        for key, own_path, page_path, live in OldAddress.objects.filter(key__in=keys).values_list(
            "key", "path", "page__url_path", "page__live"
        )
    }
    found = next((rows[key] for key in keys if rows.get(key)), "")
    # Never to another site, never to itself.
    ours = found.startswith("/") and not found.startswith("//")
    return "" if not ours or (found == path and not query) else found


def load_table() -> int:
    """Write the table of real addresses whose page is not imported (home, about, tags); returns how many it has.

    Idempotent. An address that an imported item has taken keeps leading to the item.
    """
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = {key_of(row["address"]): row["path"] for row in csv.DictReader(file)}
    known = {row.key: row for row in OldAddress.objects.filter(key__in=rows)}
    OldAddress.objects.bulk_create(OldAddress(key=key, path=path) for key, path in rows.items() if key not in known)
    for key, row in known.items():
        if row.page_id is None and row.path != rows[key]:
            row.path = rows[key]
            row.save(update_fields=["path"])
    return len(rows)


class OldAddresses:
    """Middleware; see the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(OURS):
            return self.get_response(request)
        query = request.META.get("QUERY_STRING", "")
        asked = bool(query) and any(name in NAMES_A_PAGE for name, _value in _parameters(query))
        if asked and (target := destination(request.path_info, query)):
            return HttpResponsePermanentRedirect(iri_to_uri(target))
        response = self.get_response(request)
        # Not found, or about to be sent to the same path with a language or a slash added, which may not exist.
        if not asked and response.status_code in (404, 301, 302) and request.path_info != "/":
            target = destination(request.path_info, query)
            if target:
                return HttpResponsePermanentRedirect(iri_to_uri(target))
        return response
