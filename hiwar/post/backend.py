"""Django's mail door: whatever the framework sends is written into the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from hiwar.post.actions import put_in_outbox


class OutboxBackend(BaseEmailBackend):
    """Keeps each message in the caller's transaction; the worker sends it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html: Any = next(
                (str(part[0]) for part in getattr(message, "alternatives", []) if part[1] == "text/html"), ""
            )
            put_in_outbox(
                sender=message.from_email,
                recipients=message.recipients(),
                subject=message.subject,
                text=str(message.body),
                html=html,
                headers={str(k): str(v) for k, v in message.extra_headers.items()},
            )
        return len(email_messages)
