"""The addresses that machines ask: up, ready, whom to tell of a weakness, what to read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hiwar.post.actions import put_in_outbox
from hiwar.tasks.models import Beat

pytestmark = pytest.mark.django_db


def beat(age: float) -> None:
    Beat.objects.create(worker="w", at=timezone.now() - timedelta(seconds=age))


def test_up_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "up"})


def test_not_ready_before_the_first_beat_and_after_a_silence() -> None:
    assert Client().get("/readyz").status_code == 503
    beat(61)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["worker"] is False
    assert answer.headers["Cache-Control"] == "no-store"


def test_ready_with_the_backlog_in_the_body() -> None:
    beat(50)
    DBTaskResult.objects.create(args_kwargs={}, task_path="x", backend_name="default", run_after=timezone.now())
    put_in_outbox(sender="a@example.org", recipients=["b@example.org", "c@example.org"], subject="s", text="t")
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "database": True,
        "cache": True,
        "worker": True,
        "backlog": {"jobs": 1, "mail": 2},
    }


def test_not_ready_when_the_cache_does_not_answer(settings: Any) -> None:
    beat(1)
    # Nothing listens on port 1 of the loopback.
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["cache"] is False
    assert answer.json()["database"] is True


def test_not_ready_when_the_database_does_not_answer() -> None:
    def silent(*_: Any) -> None:
        raise OperationalError("on purpose")

    with connection.execute_wrapper(silent):
        answer = Client().get("/readyz")
        assert Client().get("/healthz").status_code == 200
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": False, "cache": True}


def test_security_txt(settings: Any) -> None:
    settings.SECURITY_CONTACT, settings.SITE_URL = "security@example.org", "https://www.example.org"
    for month in range(1, 13):
        now = datetime(2027, month, 28, 22, tzinfo=UTC)
        with time_machine.travel(now, tick=False):
            answer = Client().get("/.well-known/security.txt")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
        expires = datetime.fromisoformat(fields.pop("Expires"))
        assert timedelta(days=150) < expires - now < timedelta(days=365)
        assert fields == {
            "Contact": "mailto:security@example.org",
            "Preferred-Languages": "ar, en",
            "Canonical": "https://www.example.org/.well-known/security.txt",
        }
    settings.SECURITY_CONTACT = "https://www.example.org/report"
    assert b"Contact: https://www.example.org/report\n" in Client().get("/.well-known/security.txt").content


def test_robots_txt(settings: Any) -> None:
    settings.SITE_URL = "https://www.example.org"
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /office/", "Disallow: /portal/", "Allow: /"} <= set(lines)
    assert lines[-1] == "Sitemap: https://www.example.org/sitemap.xml"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/.well-known/security.txt", "/robots.txt"])
def test_they_are_for_reading_only(path: str) -> None:
    assert Client().post(path).status_code == 405
