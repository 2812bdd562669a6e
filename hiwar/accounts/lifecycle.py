"""Signals of the framework, each bound in one line to an action. No rule stands here."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authenticator_added

from hiwar.accounts import actions


def signed_in(*, user: Any, **_: Any) -> None:
    actions.record_sign_in(user=user)


def factor_added(*, request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    actions.trust_session(request=request, user=user, factor=authenticator.type)


def bind() -> None:
    """Connect each signal once."""
    user_logged_in.connect(signed_in, dispatch_uid="accounts.signed_in")
    authenticator_added.connect(factor_added, dispatch_uid="accounts.factor_added")
