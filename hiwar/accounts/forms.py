"""The manager's forms for accounts: an e-mail address, one name, roles. No username, and no password to pass on."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from hiwar.accounts.models import User


class AccountFields(forms.ModelForm):
    """What creation and change share. Who has the account chooses the password, by a link in a mail."""

    first_name = forms.CharField(label=_("Name"), max_length=150, help_text=_("As its bearer writes it"))
    last_name = forms.CharField(label=_("Further name"), max_length=150, required=False)

    password_enabled = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["dir"] = "ltr"
        roles: Any = self.fields["groups"]
        roles.label_from_instance = role_name

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().casefold()


def role_name(group: Any) -> str:
    """A role's name as a person reads it. The roles are named by the room that gives them their meaning."""
    from django.utils.translation import gettext

    return gettext(group.name)


class AccountCreationForm(AccountFields, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = ["email", "first_name", "last_name", "is_superuser", "groups"]

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit=commit)


class AccountEditForm(AccountFields, UserEditForm):
    class Meta(UserEditForm.Meta):
        model = User
        fields = ["email", "first_name", "last_name", "is_active", "is_superuser", "groups"]


class Readable:
    """What a browser sends of a passkey may be anything: nonsense is a wrong passkey, not a fault of the site."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, forms.ValidationError):
                raise
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeySignInForm(Readable, LoginWebAuthnForm):
    pass


class PasskeySecondStepForm(Readable, AuthenticateWebAuthnForm):
    pass


class PasskeyConfirmForm(Readable, ReauthenticateWebAuthnForm):
    pass


class PasskeyForm(AddWebAuthnForm):
    """Adding: the answer of the browser is read in `clean`, after the name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, forms.ValidationError):
                raise
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
