"""Sign-in by e-mail with django-allauth: nobody signs up, a manager creates each account."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hiwar.arabic.direction import direction


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address counts attempts in memory for a minute; it is written nowhere."""
        return str(super().get_client_ip(request))

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have no username."""

    def is_reauthentication_required(self, app: str) -> bool:
        """Whoever signed in a moment ago is not asked again: setting up the second factor comes right after."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((entry.get("at", 0) for entry in records), default=0)
        return time.time() - latest > app_settings.REAUTHENTICATION_TIMEOUT

    def render_mail(self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None) -> Any:
        """As allauth does it, with the direction its templates need."""
        from django.utils.translation import get_language

        language = get_language() or "ar"
        return super().render_mail(
            template_prefix, email, {**context, "lang": language, "dir": direction(language)}, headers
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not valid. Enter the one the app shows now; each is valid for half a minute."
        ),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host alone; the name is shown by the browser when one is made."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Sawt Al-Hikma"}
