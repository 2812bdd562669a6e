"""No log keeps a client's address, referrer or agent."""

from __future__ import annotations

import logging
import time

import pytest

from hiwar.edge.logs import NoPerson, veil


@pytest.mark.parametrize(
    "address",
    ["192.0.2.7", "2001:db8::1", "2001:db8:0:0:0:0:0:1", "::1", "::ffff:192.0.2.7", "a.b+c@example.org", "fe80::1"],
)
def test_addresses_are_taken_out(address: str) -> None:
    for text in (f"from {address}", f"({address})", f"[{address}] asked", f"{address}, then", f"'{address}'"):
        assert address not in veil(text)
        assert "[address]" in veil(text)


@pytest.mark.parametrize(
    "text", ["at 12:30:45 o'clock", "version 5.2.19", "std::vector", "a:b:c", "/ar/2018/", "2:255"]
)
def test_what_is_no_address_stays(text: str) -> None:
    assert veil(text) == text


def test_the_request_the_arguments_and_the_traceback_are_cleaned() -> None:
    try:
        raise ValueError("no mail for reader@example.org at 192.0.2.7")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "from %s", ("192.0.2.7",), (type(error), error, None))
    record.request = object()
    assert NoPerson().filter(record)
    line = logging.Formatter().format(record)
    assert "192.0.2.7" not in line
    assert "reader@example.org" not in line
    assert "ValueError: no mail for [address]" in line
    assert not hasattr(record, "request")


@pytest.mark.parametrize("piece", ["a", "a-", "a.", ":", "1.", "a@", "@a.b"])
def test_a_long_address_costs_little(piece: str) -> None:
    """Anybody may ask for an address of 60,000 signs; each is a line of the log."""
    text = "Not Found: /ar/" + "x@" + piece * (60_000 // len(piece))
    began = time.perf_counter()
    veil(text)
    assert time.perf_counter() - began < 1.0
