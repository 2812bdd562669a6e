"""An act that a rule refuses, with the sentence that says why."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """`reason` is for the person who tried; `back` is where the office leads them afterwards."""

    def __init__(self, reason: str | Promise, back: str = "") -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.back = back
