"""Accounts for tests, and sessions that came in with every step done."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.test import Client

from hiwar.accounts.models import User

PASSWORD = "a-long-enough-sentence"


def account(name: str, *roles: str, manager: bool = False) -> User:
    """An account `name@example.org` with a password, in the groups `roles`."""
    user = User.objects.create_user(f"{name}@example.org", PASSWORD, first_name=name.title(), is_superuser=manager)
    user.groups.set(Group.objects.filter(name__in=roles))
    assert user.groups.count() == len(roles), "the roles are not prepared"
    return user


def with_factor(user: User) -> str:
    """Give `user` an authenticator app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def signed_in(user: User, *, factor: bool = True, language: str = "") -> Client:
    """A browser in which `user` is signed in; with `factor`, the second step was done as well."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if factor:
        if not user.authenticator_set.exists():
            with_factor(user)
        session: Any = client.session
        session["account_authentication_methods_user"] = str(user.pk)
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time()},
            {"method": "mfa", "type": "totp", "at": time.time()},
        ]
        session.save()
    if language:
        client.cookies["office_language"] = language
    return client
