"""Into the outbox, and out of it: lease, send, retry with backoff, give up."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hiwar.post.models import Delivery, Message

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 12  # with doubling waits, about two days
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=8)


def put_in_outbox(
    *,
    sender: str,
    recipients: Iterable[str],
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    key: str = "",
) -> Message:
    """Keep a message for sending, one delivery a recipient, in the caller's transaction.

    The same `key` twice is the same message: the first is returned and nothing is added.
    """
    with transaction.atomic():
        number = uuid.uuid4()
        message, made = Message.objects.get_or_create(
            key=key or str(number),
            defaults={
                "uuid": number,
                "sender": sender,
                "subject": " ".join(subject.split())[:255],
                "text": text,
                "html": html,
                # One Message-ID for ever: should a server drop the line after DATA, the second copy is
                # recognised as the first.
                "headers": {"Message-ID": make_msgid(idstring=number.hex, domain="hiwar"), **(headers or {})},
            },
        )
        if made:
            Delivery.objects.bulk_create(
                Delivery(message=message, recipient=address) for address in dict.fromkeys(recipients)
            )
    return message


def lease_due(*, most: int = 20) -> list[Delivery]:
    """Take up to `most` deliveries that are due, or whose lease has run out, and mark them as ours."""
    now = timezone.now()
    lease = uuid.uuid4()
    open_ = Q(state=Delivery.State.WAITING, due__lte=now) | Q(state=Delivery.State.LEASED, leased_until__lt=now)
    with transaction.atomic():
        rows = Delivery.objects.filter(open_).select_for_update(skip_locked=True, of=("self",)).order_by("due")
        numbers = list(rows.values_list("pk", flat=True)[:most])
        Delivery.objects.filter(pk__in=numbers).update(
            state=Delivery.State.LEASED, lease=lease, leased_until=now + LEASE
        )
    return list(Delivery.objects.filter(lease=lease).select_related("message"))


def send(*, delivery: Delivery) -> bool:
    """Hand one leased delivery to the transport and write down the outcome; True when it was taken."""
    message = delivery.message
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        message.sender,
        [delivery.recipient],
        headers=message.headers,
        connection=get_connection(settings.POST_TRANSPORT),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        _not_sent(delivery, error)
        return False
    mine = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease)
    mine.update(state=Delivery.State.SENT, sent=timezone.now(), attempts=delivery.attempts + 1, error="", lease=None)
    return True


def _not_sent(delivery: Delivery, error: Exception) -> None:
    attempts = delivery.attempts + 1
    final = _permanent(error) or attempts >= MOST_ATTEMPTS
    wait = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311
    Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease).update(
        state=Delivery.State.FAILED if final else Delivery.State.WAITING,
        attempts=attempts,
        due=timezone.now() + wait,
        lease=None,
        leased_until=None,
        error=_words(error)[:500],
    )


def _permanent(error: Exception) -> bool:
    codes = [code for code, _text in error.recipients.values()] if isinstance(error, SMTPRecipientsRefused) else []
    if isinstance(error, SMTPResponseException):
        codes = [error.smtp_code]
    return bool(codes) and all(500 <= code < 600 for code in codes)


def _words(error: Exception) -> str:
    """What the server answered, without the recipient's address."""
    if isinstance(error, SMTPRecipientsRefused):
        return "; ".join(f"{code}" for code, _text in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return f"{error.smtp_code}"
    return type(error).__name__


def send_due(*, most: int = 200) -> int:
    """Send what is due, at most `most` deliveries; returns how many were taken by the server."""
    sent = 0
    for _round in range(0, most, 20):
        leased = lease_due()
        if not leased:
            break
        sent += sum(send(delivery=delivery) for delivery in leased)
    return sent
