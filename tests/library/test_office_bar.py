"""Every page of a demonstration says that it is one, the office's own pages included."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from hiwar.accounts.models import User

ADDRESSES = ("/office/", "/office/pages/", "/office/images/", "/office/reports/workflow/", "/office/account/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("demo", [True, False])
def test_the_bar_stands_in_a_demonstration_alone(address: str, demo: bool) -> None:
    manager = User.objects.create_superuser("manager@example.org", "a-long-enough-password")
    with override_settings(DEMO=demo):
        client = Client()
        if not address.endswith("/login/"):
            client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
        html = client.get(address).content.decode()
    assert ('class="demo"' in html) is demo
