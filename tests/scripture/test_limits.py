"""Requests of one client are counted without a cookie and without its address; runs on whatever cache is set."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from hiwar.scripture import limits
from hiwar.scripture.limits import ALLOWED, AT_ONCE, DAY, LONG, STEP, WINDOW, Busy, address, place, pseudonym

# A moment at the very beginning of a step and of a minute, some days in.
NOON = 20_000.5 * DAY


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def request(peer: str = "192.0.2.7", forwarded: str = "") -> HttpRequest:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return RequestFactory().post("/", REMOTE_ADDR=peer, headers=headers)


def ask(now: float, peer: str = "192.0.2.7", scope: str = "check") -> int:
    return limits.seconds_to_wait(request(peer), scope=scope, now=now)


# --- The count ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [NOON, NOON + 4.99, NOON + 57.3, NOON + 59.9])
def test_the_sixty_first_of_a_burst_is_refused_wherever_in_the_minute_it_begins(start: float) -> None:
    answers = [ask(start + number * 0.2) for number in range(ALLOWED + 1)]
    assert answers[:ALLOWED] == [0] * ALLOWED
    assert 0 < answers[ALLOWED] <= WINDOW + STEP


def test_who_waits_as_told_is_let_in_and_who_comes_a_second_early_is_not() -> None:
    for _number in range(ALLOWED):
        assert ask(NOON) == 0
    wait = ask(NOON)
    assert ask(NOON + wait - 1) > 0
    assert ask(NOON + wait) == 0


def test_no_minute_holds_more_than_sixty_but_for_the_last_step() -> None:
    """A client that asks four times a second for five minutes."""
    let_in = [moment for moment in (NOON + number / 4 for number in range(1200)) if ask(moment) == 0]
    for first in let_in:
        assert len([moment for moment in let_in if first <= moment < first + WINDOW - STEP]) <= ALLOWED
    # Nor is it starved: it gets what a minute allows, five times over.
    assert 5 * ALLOWED <= len(let_in) <= 6 * ALLOWED


def test_a_steady_client_within_its_rate_is_never_refused() -> None:
    assert {ask(NOON + number) for number in range(300)} == {0}


def test_refused_requests_are_not_counted() -> None:
    for _number in range(ALLOWED * 5):
        ask(NOON)
    assert ask(NOON + WINDOW + STEP) == 0


def test_clients_and_scopes_are_counted_apart() -> None:
    for _number in range(ALLOWED):
        ask(NOON)
    assert ask(NOON) > 0
    assert ask(NOON, peer="192.0.2.8") == 0
    assert ask(NOON, scope="other") == 0


def test_threads_at_once_get_sixty_between_them() -> None:
    gate = threading.Barrier(8)

    def run(_number: int) -> int:
        gate.wait()
        return sum(ask(NOON) == 0 for _each in range(20))

    with ThreadPoolExecutor(8) as threads:
        let_in = sum(threads.map(run, range(8)))
    # Each of the eight may stand in another's way by one while it takes its own back; never is it more than allowed.
    assert ALLOWED - 8 <= let_in <= ALLOWED


# --- Whose it is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", ""),
        ("nonsense", ""),
    ],
)
def test_the_address_of_the_connection(named: str, expected: str) -> None:
    assert address(request(named)) == expected


def test_without_proxies_of_ours_the_header_is_the_clients_own_invention() -> None:
    assert settings.PROXIES == 0
    assert address(request("192.0.2.7", "203.0.113.1")) == "192.0.2.7"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "198.51.100.9, 203.0.113.1", "203.0.113.1"),
        (2, "198.51.100.9, 203.0.113.1, 10.0.0.3", "203.0.113.1"),
        (2, "203.0.113.1", "192.0.2.7"),
        (1, "", "192.0.2.7"),
        (1, "203.0.113.1:4711", "203.0.113.1"),
        (1, "[2001:db8::1]:4711", "2001:db8::"),
        (1, "unknown", ""),
    ],
)
def test_behind_proxies_the_entry_of_the_outermost_one_counts(proxies: int, forwarded: str, expected: str) -> None:
    with override_settings(PROXIES=proxies):
        assert address(request("192.0.2.7", forwarded)) == expected


def test_an_invented_header_does_not_make_a_new_client() -> None:
    with override_settings(PROXIES=1):
        answers = [
            limits.seconds_to_wait(request("10.0.0.1", f"198.51.100.{number}, 203.0.113.1"), scope="check", now=NOON)
            for number in range(ALLOWED + 1)
        ]
    assert answers[-1] > 0


# --- What is kept ------------------------------------------------------------------------------------------


def test_the_address_stands_nowhere_in_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is written to the cache is noted on its way, on any back end."""
    written: list[object] = []
    for name in ("add", "set", "incr", "decr", "get_many"):
        real = getattr(cache, name)

        def note(*args: object, real=real, **kwargs: object):
            written.append((args, kwargs))
            return real(*args, **kwargs)

        monkeypatch.setattr(cache, name, note)
    ask(NOON, peer="192.0.2.7")
    ask(NOON, peer="2001:db8:1:2:3:4:5:6")
    kept = repr(written) + repr(pickle.dumps([list(map(str, each[0])) for each in written]))
    assert "limit.check." in kept
    for trace in ("192.0.2", "2001:db8", "c0000207", "3221225991"):
        assert trace not in kept


def test_the_name_is_the_same_all_day_and_another_the_next_day_and_elsewhere() -> None:
    today = pseudonym("192.0.2.7", now=NOON)
    assert today == pseudonym("192.0.2.7", now=NOON + 3600)
    assert len(today) == 32
    assert pseudonym("192.0.2.7", now=NOON + DAY) != today
    assert pseudonym("192.0.2.8", now=NOON) != today
    cache.clear()  # another installation has another key
    assert pseudonym("192.0.2.7", now=NOON) != today


# --- Long texts --------------------------------------------------------------------------------------------


def test_long_texts_have_so_many_places_and_short_ones_need_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0.05)
    held = [place(LONG + 1) for _number in range(AT_ONCE)]
    for each in held:
        each.__enter__()
    with pytest.raises(Busy), place(LONG + 1):
        pass
    with place(LONG):
        pass
    for each in held:
        each.__exit__(None, None, None)
    with place(LONG + 1):
        pass


def test_a_place_is_given_back_when_the_check_fails() -> None:
    for _number in range(AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), place(LONG + 1):
            raise ZeroDivisionError
