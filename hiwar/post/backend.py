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
        """Write each message into the outbox; raises ValueError for one with attachments, which it does not hold."""
        for message in email_messages:
            if message.attachments:
                raise ValueError("the outbox keeps no attachments: link to the file instead")
            html: Any = next(
                (str(part[0]) for part in getattr(message, "alternatives", []) if part[1] == "text/html"), ""
            )
            headers = {str(name): str(value) for name, value in message.extra_headers.items()}
            if message.reply_to:
                headers.setdefault("Reply-To", ", ".join(str(address) for address in message.reply_to))
            put_in_outbox(
                sender=message.from_email,
                recipients=message.recipients(),
                subject=str(message.subject),
                text=str(message.body),
                html=html,
                headers=headers,
            )
        return len(email_messages)
