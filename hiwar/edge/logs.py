"""Keeps persons out of the logs."""

from __future__ import annotations

import logging
import re
from ipaddress import ip_address

# Only from the first sign of a word: tried from each, a long address without an @ would take the square of its length.
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# What may be a network address; whether it is one, the standard library decides (12:30:45 is not).
NETWORK = re.compile(
    r"(?<![\w.])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\.\d{1,3}){0,3})(?![\w:])",
    re.IGNORECASE,
)
VEIL = "[address]"


def veil(text: str) -> str:
    """`text` with every e-mail, IPv4 and IPv6 address taken out."""

    def judged(match: re.Match[str]) -> str:
        try:
            ip_address(match.group())
        except ValueError:
            return match.group()
        return VEIL

    return NETWORK.sub(judged, MAIL.sub(VEIL, text))


class NoPerson(logging.Filter):
    """Takes network and e-mail addresses out of every line, and the request (referrer, agent) off the record."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        cleaned = veil(text)
        if cleaned != text:
            record.msg, record.args = cleaned, None
        if record.exc_info:
            record.exc_text = veil(record.exc_text or logging.Formatter().formatException(record.exc_info))
        record.__dict__.pop("request", None)
        return True
