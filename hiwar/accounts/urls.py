"""Sign-in stands under /office/, where alone session cookies exist.

Of the sign-in library's addresses only those named here are open. The others keep their names, because its
code leads to them, and answer 404.
"""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account import urls as account
from allauth.mfa import urls as second_factor
from django.urls import URLPattern, URLResolver, path

from hiwar.accounts import views

OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_login_webauthn",
    }
)


def chosen(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> list[URLPattern | URLResolver]:
    """`patterns`, every address that is not in OPEN closed."""
    found: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = chosen(pattern.url_patterns)
            found.append(
                URLResolver(pattern.pattern, inner, pattern.default_kwargs, pattern.app_name, pattern.namespace)
            )
        elif pattern.name in OPEN:
            found.append(pattern)
        else:
            found.append(URLPattern(pattern.pattern, views.closed, pattern.default_args, pattern.name))
    return found


urlpatterns = [
    path("office/login/", views.to_sign_in, name="office_login"),
    path("office/account/", (chosen(account.urlpatterns), None, None)),
    path("office/account/2fa/", (chosen(second_factor.urlpatterns), None, None)),
]
