"""Keeps persons out of the logs."""

from __future__ import annotations

import logging
import re

ADDRESS = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b|[\w.+-]+@[\w-]+\.[\w.]+", re.I
)


class NoPerson(logging.Filter):
    """Takes network and e-mail addresses out of every line, and the request (referrer, agent) off the record."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        cleaned = ADDRESS.sub("[address]", text)
        if cleaned != text:
            record.msg, record.args = cleaned, None
        if record.exc_info and record.exc_text is None:
            record.exc_text = ADDRESS.sub("[address]", logging.Formatter().formatException(record.exc_info))
        record.__dict__.pop("request", None)
        return True
