"""Into the outbox, and out of it: lease, send, retry with backoff, give up."""

from __future__ import annotations

import logging
import random
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime, parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from hiwar.post.models import Delivery, Message

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)  # longer than the slowest conversation with a server: EMAIL_TIMEOUT for each of its steps
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
                "headers": {"Message-ID": f"<{number.hex}@{_domain(sender)}>", **(headers or {})},
            },
        )
        if made:
            Delivery.objects.bulk_create(
                Delivery(message=message, recipient=address) for address in dict.fromkeys(recipients)
            )
    return message


def _domain(sender: str) -> str:
    """Right-hand side of a Message-ID (RFC 5322, 3.6.4): the sender's own domain."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def lease_due(*, most: int = 20) -> list[Delivery]:
    """Take up to `most` deliveries that are due, or whose lease has run out, and mark them as ours."""
    now = timezone.now()
    if not _due(now).exists():  # spares SQLite a write lock every few seconds
        return []
    lease = uuid.uuid4()
    with transaction.atomic():
        rows = _due(now).select_for_update(skip_locked=True, of=("self",)).order_by("due")
        numbers = list(rows.values_list("pk", flat=True)[:most])
        Delivery.objects.filter(pk__in=numbers).update(
            state=Delivery.State.LEASED, lease=lease, leased_until=now + LEASE
        )
    return list(Delivery.objects.filter(lease=lease).select_related("message").order_by("due"))


def _due(now: datetime) -> QuerySet[Delivery]:
    open_ = Q(state=Delivery.State.WAITING, due__lte=now) | Q(state=Delivery.State.LEASED, leased_until__lt=now)
    return Delivery.objects.filter(open_)


def waiting() -> int:
    """How many deliveries are due and not taken by the server yet."""
    return _due(timezone.now()).count()


def send(*, delivery: Delivery) -> bool:
    """Hand one leased delivery to the transport and write down the outcome; True when it was taken.

    The attempt is counted and the lease renewed before anything is sent: a delivery that kills its worker is
    counted too, and one that waited long behind a slow server is left alone when another worker has taken it.
    """
    message = delivery.message
    mine = Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease, state=Delivery.State.LEASED)
    if not mine.update(attempts=delivery.attempts + 1, leased_until=timezone.now() + LEASE):
        return False
    delivery.attempts += 1
    try:
        mail = EmailMultiAlternatives(
            message.subject,
            message.text,
            message.sender,
            [delivery.recipient],
            # The date too stays that of the first attempt: the copies are one message.
            headers={"Date": format_datetime(message.made), **message.headers},
            connection=get_connection(settings.POST_TRANSPORT),
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        mail.send()
    except Exception as error:  # whatever a transport raises, the outcome is written and the others go on
        _not_sent(delivery, mine, error)
        return False
    mine.update(state=Delivery.State.SENT, sent=timezone.now(), error="", lease=None, leased_until=None)
    return True


def _not_sent(delivery: Delivery, mine: QuerySet[Delivery], error: Exception) -> None:
    final = _permanent(error) or delivery.attempts >= MOST_ATTEMPTS
    wait = min(FIRST_WAIT * 2 ** (delivery.attempts - 1), LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311
    mine.update(
        state=Delivery.State.FAILED if final else Delivery.State.WAITING,
        due=timezone.now() + wait,
        lease=None,
        leased_until=None,
        error=_words(error)[:500],
    )
    log.log(
        logging.ERROR if final else logging.WARNING,
        "Delivery %s: attempt %s not taken (%s), %s",
        delivery.uuid,
        delivery.attempts,
        _words(error),
        "given up" if final else "will be tried again",
    )


def _permanent(error: Exception) -> bool:
    """Whether trying again is of no use: the server refused for good (RFC 5321, 5yz), or the text cannot be sent.

    A refused sign-in or greeting is not: it is the operator's to mend, and the mail must survive that.
    """
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return bool(codes) and all(500 <= code < 600 for code in codes)
    if isinstance(error, (SMTPSenderRefused, SMTPDataError)):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError)  # a header with a line break, an address that cannot be encoded


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
