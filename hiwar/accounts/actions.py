"""Accounts and sign-ins: what changes, and the record of it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from hiwar.accounts import emails
from hiwar.accounts.models import User
from hiwar.audit.actions import record
from hiwar.audit.events import Event


def record_sign_in(*, user: User) -> None:
    """Write that `user` came in, all steps passed. No address and no browser is kept."""
    record(event=Event.USER_SIGNED_IN, by=user, subject_kind="user", subject=user.uuid)


def trust_session(*, request: Any, user: User, factor: str) -> None:
    """Setting up a factor proves that one has it: the session that did so need not prove it again."""
    record_authentication(request, user, "mfa", type=factor)


@transaction.atomic
def welcome(*, user: User, by: User) -> None:
    """Record that `by` made the account of `user`, and send its bearer a link to choose a password.

    The mail is written in both languages: nobody knows yet which one its reader prefers.
    Raises TypeError when `by` is missing.
    """
    record(
        event=Event.USER_CREATED,
        by=by,
        subject_kind="user",
        subject=user.uuid,
        administrator=user.is_superuser,
        groups=sorted(user.groups.values_list("name", flat=True)),
    )
    emails.welcome(user=user, link=password_link(user=user))


def password_link(*, user: User) -> str:
    """Absolute address at which `user` may choose a password once (valid for PASSWORD_RESET_TIMEOUT seconds)."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse(
        "account_reset_password_from_key", kwargs=dict(zip(("uidb36", "key"), key.split("-", 1), strict=True))
    )
    return f"{settings.SITE_URL}{path}"
