"""The office's list of accounts, and addresses that stay closed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from wagtail.users.views.users import CreateView, IndexView, UserViewSet

from hiwar.accounts import actions
from hiwar.accounts.forms import AccountCreationForm, AccountEditForm
from hiwar.accounts.models import User


class AccountIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        """Accounts of people: machinery's accounts cannot sign in and are not for anybody to change."""
        return super().get_base_queryset().filter(is_system=False)


class AccountCreateView(CreateView):
    def save_instance(self) -> User:
        with transaction.atomic():
            user = super().save_instance()
            actions.welcome(user=user, by=self.request.user)
        return user


class AccountViewSet(UserViewSet):
    index_view_class = AccountIndexView
    add_view_class = AccountCreateView

    def get_form_class(self, for_update: bool = False) -> Any:
        return AccountEditForm if for_update else AccountCreationForm


def closed(request: HttpRequest, **_: Any) -> HttpResponse:
    """An address the sign-in library names and this office does not offer."""
    raise Http404


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in page knows no second factor: everybody is led to ours."""
    following = request.GET.get("next", "")
    query = "?" + urlencode({"next": following}) if following else ""
    response = redirect("account_login")
    response["Location"] += query
    return response
