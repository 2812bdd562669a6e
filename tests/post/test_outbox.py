"""The outbox against a real SMTP server on the loopback: each message arrives, and arrives once."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.utils import timezone

from hiwar.post import actions
from hiwar.post.models import Delivery, Message
from tests.edge.installation import Installation, free_port, until

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Server:
    """Answers as told and keeps what it was given."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self.recipients: list[str] = []
        self.answer_rcpt = self.answer_data = "250 OK"
        self.hang = 0.0
        self.drop = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer_rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer_rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.hang:
            await asyncio.sleep(self.hang)
        if self.answer_data.startswith("2"):
            self.kept.append(message_from_bytes(envelope.content))
            self.recipients += envelope.rcpt_tos
        if self.drop:
            server.transport.abort()
        return self.answer_data


@pytest.fixture
def smtp(settings: Any) -> Iterator[Server]:
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.POST_TRANSPORT, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", controller.port
    settings.EMAIL_TIMEOUT = 2
    yield server
    controller.stop()


def put(**fields: Any) -> Delivery:
    values = {
        "sender": "centre@example.org",
        "recipients": ["reader@example.org"],
        "subject": "رسالة",
        "text": "نص الرسالة",
        **fields,
    }
    return actions.put_in_outbox(**values).deliveries.get()


def make_due() -> None:
    Delivery.objects.update(due=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_it_is_sent_once(smtp: Server) -> None:
    put(html="<p>نص</p>")
    assert actions.send_due() == 1
    assert actions.send_due() == 0
    [mail] = smtp.kept
    assert mail["To"] == "reader@example.org"
    assert mail["Message-ID"] == Message.objects.get().headers["Message-ID"]
    assert [part.get_content_type() for part in mail.get_payload()] == ["text/plain", "text/html"]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 1, "")
    assert delivery.sent is not None


@pytest.mark.django_db
def test_the_same_key_is_the_same_message_and_each_recipient_has_a_copy_alone(smtp: Server) -> None:
    for _again in range(2):
        actions.put_in_outbox(
            sender="a@example.org",
            recipients=["one@example.org", "two@example.org", "one@example.org"],
            subject="s",
            text="t",
            key="k",
        )
    assert actions.send_due() == 2
    assert sorted(mail["To"] for mail in smtp.kept) == ["one@example.org", "two@example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["answer_rcpt", "answer_data"])
def test_a_temporary_refusal_is_tried_again_later(smtp: Server, where: str) -> None:
    setattr(smtp, where, "451 try later")
    put()
    assert actions.send_due() == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.error) == ("waiting", 1, "451")
    assert timedelta(seconds=40) < delivery.due - timezone.now() < timedelta(seconds=80)
    assert actions.send_due() == 0, "its time has not come"
    setattr(smtp, where, "250 OK")
    make_due()
    assert actions.send_due() == 1
    assert len(smtp.kept) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 2, "")


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["answer_rcpt", "answer_data"])
def test_a_refusal_for_good_is_given_up(smtp: Server, where: str, caplog: pytest.LogCaptureFixture) -> None:
    setattr(smtp, where, "550 no such reader@example.org")
    put()
    assert actions.send_due() == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.error) == ("failed", 1, "550")
    assert "given up" in caplog.text
    assert "reader@example.org" not in caplog.text
    make_due()
    assert actions.send_due() == 0


@pytest.mark.django_db
def test_a_server_that_hangs_stops_nothing(smtp: Server, settings: Any) -> None:
    smtp.hang, settings.EMAIL_TIMEOUT = 20, 0.5
    put()
    assert actions.send_due() == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert delivery.error


@pytest.mark.django_db
def test_no_server_at_all_is_a_reason_to_wait(settings: Any) -> None:
    settings.POST_TRANSPORT, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", free_port()
    put()
    assert actions.send_due() == 0
    assert Delivery.objects.get().error == "ConnectionRefusedError"
    for _attempt in range(actions.MOST_ATTEMPTS - 1):
        make_due()
        actions.send_due()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("failed", actions.MOST_ATTEMPTS)


@pytest.mark.django_db
def test_a_line_dropped_after_the_text_gives_the_same_message_again(smtp: Server) -> None:
    smtp.drop = True
    put()
    assert actions.send_due() == 0
    assert Delivery.objects.get().state == "waiting"
    smtp.drop = False
    make_due()
    assert actions.send_due() == 1
    first, second = smtp.kept
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


@pytest.mark.django_db
def test_a_lease_that_another_worker_took_over_is_not_sent_by_the_first(smtp: Server) -> None:
    put()
    [mine] = actions.lease_due()
    assert actions.lease_due() == [], "leased"
    Delivery.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    [theirs] = actions.lease_due()
    assert actions.send(delivery=mine) is False
    assert smtp.kept == []
    assert actions.send(delivery=theirs) is True


@pytest.mark.django_db
def test_what_cannot_be_sent_is_given_up_and_the_others_go_on(smtp: Server) -> None:
    put(headers={"X-Bad": "line\nbreak"})
    put()
    assert actions.send_due() == 1
    assert sorted(Delivery.objects.values_list("state", "error")) == [("failed", "BadHeaderError"), ("sent", "")]


@pytest.mark.django_db
def test_what_the_framework_sends_goes_through_the_outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "hiwar.post.backend.OutboxBackend"  # the test runner puts its own in place
    send_mail("s", "t", "a@example.org", ["b@example.org"], html_message="<p>t</p>")
    EmailMultiAlternatives("s", "t", "a@example.org", ["c@example.org"], reply_to=["r@example.org"]).send()
    assert Delivery.objects.count() == 2
    assert Message.objects.filter(html="<p>t</p>").count() == 1
    assert Message.objects.get(html="").headers["Reply-To"] == "r@example.org"
    with pytest.raises(ValueError, match="attachments"):
        EmailMessage("s", "t", "a@example.org", ["d@example.org"], attachments=[("a.txt", "x", "text/plain")]).send()


# --- With real processes --------------------------------------------------------------------------------

PUT = """
from hiwar.post.actions import put_in_outbox
put_in_outbox(sender="a@example.org", recipients=[f"r{n}@example.org" for n in range(%d)], subject="s", text="t")
"""
KILLED = """
import os, signal
from hiwar.post.actions import lease_due
assert len(lease_due()) == 1
os.kill(os.getpid(), signal.SIGKILL)
"""


def transport(port: int) -> dict[str, str]:
    return {"POST_TRANSPORT": SMTP, "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port)}


def test_killed_between_lease_and_sending_it_is_sent_when_the_lease_ends(
    installation: Installation, smtp: Server, settings: Any
) -> None:
    installation.python(PUT % 1)
    killed = installation.call([sys.executable, "-c", f"import django; django.setup()\n{KILLED}"])
    assert killed.returncode == -9
    assert installation.sql("SELECT state, attempts FROM post_delivery") == [("leased", 0)]
    assert installation.manage("worker", "--once", **transport(settings.EMAIL_PORT)).returncode == 0
    assert smtp.kept == [], "the lease still holds"
    # Five minutes pass.
    installation.sql("UPDATE post_delivery SET leased_until = '2026-01-01 00:00:00+00:00'")
    installation.sql("DELETE FROM tasks_slot")
    assert installation.manage("worker", "--once", **transport(settings.EMAIL_PORT)).returncode == 0
    assert len(smtp.kept) == 1
    assert installation.sql("SELECT state, attempts FROM post_delivery") == [("sent", 1)]


def test_two_workers_at_once_send_nothing_twice(installation: Installation, smtp: Server, settings: Any) -> None:
    installation.python(PUT % 60)
    workers = [installation.start("worker", **transport(settings.EMAIL_PORT)) for _ in range(2)]
    until(
        lambda: installation.sql("SELECT count(*) FROM post_delivery WHERE state <> 'sent'") == [(0,)],
        what="everything to be sent",
    )
    for worker in workers:
        worker.terminate()
        assert worker.wait(15) == 0, installation.output(worker)
        assert "@example.org" not in installation.output(worker)
    assert sorted(smtp.recipients) == sorted(f"r{number}@example.org" for number in range(60))


def test_the_demonstration_writes_its_mail_to_files(installation: Installation) -> None:
    installation.python(PUT % 1, DEMO="1")
    assert installation.manage("worker", "--once", DEMO="1").returncode == 0
    folder = installation.python("from django.conf import settings; print(settings.EMAIL_FILE_PATH)", DEMO="1")
    [path] = Path(folder).iterdir()
    assert "r0@example.org" in path.read_text("utf-8")
