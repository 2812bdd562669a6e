"""The outbox in the office: superusers look, nobody writes, and no address is shown whole."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from hiwar.accounts.models import User
from hiwar.post import actions
from hiwar.post.models import Delivery
from tests.accounts.people import signed_in


@pytest.fixture
def delivery(db: None) -> Delivery:
    return actions.put_in_outbox(
        sender="centre@example.org", recipients=["reader@example.org"], subject="رسالة", text="نص"
    ).deliveries.get()


def someone(*, superuser: bool) -> Client:
    user = User.objects.create_user("someone@example.org", "a long password", is_superuser=superuser)
    return signed_in(user)


def test_a_superuser_sees_states_and_no_address(delivery: Delivery) -> None:
    client = someone(superuser=True)
    page = client.get(reverse("outbox:index"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "رسالة" in text
    assert "r…@example.org" in text
    assert "reader@example.org" not in text
    one = client.get(reverse("outbox:inspect", args=[delivery.pk]))
    assert one.status_code == 200
    assert "reader@example.org" not in one.content.decode()


def test_nobody_writes(delivery: Delivery) -> None:
    client = someone(superuser=True)
    for name, arguments in (("add", []), ("edit", [delivery.pk]), ("delete", [delivery.pk])):
        before = Delivery.objects.values().get()
        answer = client.post(reverse(f"outbox:{name}", args=arguments), {"state": "sent"})
        assert answer.status_code in (302, 403)
        assert Delivery.objects.values().get() == before


def test_others_do_not_even_look(delivery: Delivery) -> None:
    assert someone(superuser=False).get(reverse("outbox:index")).status_code in (302, 403)
    assert Client().get(reverse("outbox:index")).status_code == 302
