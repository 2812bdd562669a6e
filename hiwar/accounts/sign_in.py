"""Sign-in by e-mail with django-allauth: nobody signs up, a manager creates each account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address counts attempts in memory for a minute; it is written nowhere."""
        return str(super().get_client_ip(request))

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no username."""
