"""The office's door: second factor, the acting person, and refusals told in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from hiwar.audit import acting
from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused

OFFICE = "/office/"
ACCOUNT = "/office/account/"


class Office:
    """Acts below /office/ alone; public pages never read the session or the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OFFICE):
            return self.get_response(request)
        user: Any = request.user
        if user.is_authenticated and not request.path.startswith(ACCOUNT) and self.needs_second_factor(user):
            messages.warning(request, _("Your account needs a second factor before you can enter the office."))
            return redirect(reverse("mfa_index"))
        with acting.acting(by=user if user.is_authenticated else None):
            response = self.get_response(request)
        patch_cache_control(response, no_store=True, private=True)
        return response

    @staticmethod
    def needs_second_factor(user: Any) -> bool:
        """Every office account has one; only the demonstration's printed sign-ins may do without."""
        return not settings.DEMO and not get_adapter().is_mfa_enabled(user)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal becomes a sentence on the page the person came from, never an error page."""
        if not isinstance(exception, Refused) or not request.path.startswith(OFFICE):
            return None
        user: Any = request.user
        if user.is_authenticated:
            record(event=Event.PUBLICATION_REFUSED, by=user, reason=type(exception).__name__)
        messages.error(request, str(exception.reason))
        return HttpResponseRedirect(exception.back or reverse("wagtailadmin_home"))
