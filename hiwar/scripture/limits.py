"""How often one client may have a text checked, counted with no cookie and with nobody's address kept.

What is counted is a keyed hash of the client's network address. The key is random, made anew each day and kept in the
cache alone, so that yesterday's counters name nobody, and today's only to whoever reads the cache while they last, a
good minute. An IPv6 client is its /64: it may take any address in there.

The count slides: the last sixty seconds in steps of five, the oldest step by the part of it that still lies inside
(a list of moments would need a lock, which Django's cache has not). So the first sixty requests always pass, and the
next are let in at most five seconds early.
"""

from __future__ import annotations

import hmac
import math
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext

from hiwar.edge.problems import Problem

ALLOWED = 60  # requests of one client in WINDOW seconds
WINDOW = 60
STEP = 5
DAY = 86_400
# A long text takes a second or more of one core, and every server process has four threads: two such texts at once,
# so that pages are always served beside them.
LONG = 20_000  # code points
AT_ONCE = 2
PATIENCE = 3.0  # seconds a long text waits for its place
_places = threading.BoundedSemaphore(AT_ONCE)


def require_pace(request: HttpRequest, *, scope: str, allowed: int = ALLOWED) -> None:
    """Count this request to the public interface. Raises Problem 429 for a client that asks faster than allowed."""
    if wait := seconds_to_wait(request, scope=scope, allowed=allowed):
        raise Problem(
            429,
            ngettext(
                "At most %(allowed)s requests a minute. The next one is taken in %(wait)s second.",
                "At most %(allowed)s requests a minute. The next one is taken in %(wait)s seconds.",
                wait,
            )
            % {"allowed": allowed, "wait": wait},
            headers={"Retry-After": str(wait)},
        )


class Busy(Exception):
    """As many long texts are being checked as may be at once; try again in a few seconds."""


@contextmanager
def place(length: int) -> Iterator[None]:
    """A place to check a text of `length` code points; short texts need none. Raises Busy."""
    if length <= LONG:
        yield
        return
    if not _places.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _places.release()


def seconds_to_wait(request: HttpRequest, *, scope: str, allowed: int = ALLOWED, now: float | None = None) -> int:
    """Count this request. 0 when it may go on, else after how many seconds the next one may (Retry-After).

    A refused request is not counted: whoever waits as told is let in. `now` is in seconds since the epoch.
    """
    now = time.time() if now is None else now
    newest = int(now // STEP)
    client = pseudonym(address(request), now=now)
    names = {newest - age: f"limit.{scope}.{client}.{newest - age}" for age in range(WINDOW // STEP + 1)}
    own = names[newest]
    cache.add(own, 0, timeout=WINDOW + 2 * STEP)
    try:
        cache.incr(own)
    except ValueError:  # it was pushed out of a full cache between the two lines
        cache.set(own, 1, timeout=WINDOW + 2 * STEP)
    found = cache.get_many(names.values())
    counts = {step: int(found.get(name, 0)) for step, name in names.items()}
    if _used(counts, now) <= allowed:
        return 0
    counts[newest] -= 1
    try:
        cache.decr(own)
    except ValueError:
        pass
    return next((wait for wait in range(1, WINDOW + STEP) if _used(counts, now + wait) + 1 <= allowed), WINDOW + STEP)


def _used(counts: Mapping[int, int], now: float) -> int:
    """Requests of the last WINDOW seconds by the counts of the steps; only the oldest step is estimated.

    It is rounded down from below: of requests at an even pace the one exactly WINDOW seconds old has left.
    """
    newest, inside = math.floor(now / STEP), (now % STEP) / STEP
    oldest = newest - WINDOW // STEP
    leaving = max(0, math.ceil(counts.get(oldest, 0) * (1 - inside)) - 1)
    return sum(count for step, count in counts.items() if step > oldest) + leaving


def address(request: HttpRequest) -> str:
    """The client's network address, an IPv6 one as its /64; "" when it is not known.

    Behind proxies of our own (settings.PROXIES) it is the one that the outermost of them wrote into X-Forwarded-For:
    whatever stands before it in that header came from the client and may be invented.
    """
    named = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES > 0:
        chain = [entry for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry.strip()]
        if len(chain) >= settings.PROXIES:
            named = chain[-settings.PROXIES]
    named = named.strip()
    if named.startswith("["):
        named = named[1:].partition("]")[0]
    elif named.count(":") == 1:
        named = named.partition(":")[0]
    try:
        found = ip_address(named)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network((int(found), 64), strict=False).network_address)
    return str(found)


def pseudonym(address: str, *, now: float) -> str:
    """What stands for `address` in the cache on the day of `now`: 128 bits of its HMAC-SHA-256 (RFC 2104)."""
    name = f"limit.key.{int(now // DAY)}"
    key = cache.get(name)
    if key is None:
        cache.add(name, secrets.token_bytes(32), timeout=DAY + WINDOW)  # the first of several processes decides
        key = cache.get(name) or secrets.token_bytes(32)
    return hmac.digest(key, address.encode(), "sha256")[:16].hex()
