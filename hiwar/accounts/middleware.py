"""The office's door: sign-in, second factor, language, the acting person, and refusals told in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import get_adapter
from csp.constants import HEADER, NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from hiwar.audit import acting
from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused

OFFICE = "/office/"
ACCOUNT = "/office/account/"
# What a person sees before signing in: words of the scripts, signs, and the way to the sign-in page.
BEFORE_SIGN_IN = ("/office/jsi18n/", "/office/sprite/", "/office/login/", "/office/logout/")
LANGUAGE_COOKIE = "office_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60

# What Wagtail 7.4 cannot work without, beside the public policy (decision 0012).
WIDER = {
    "script-src": [UNSAFE_INLINE],
    "script-src-attr": [NONE],
    "style-src": [UNSAFE_INLINE],
    "style-src-attr": [NONE],
    "img-src": ["blob:"],
    "frame-src": [SELF],
}
FRAMED = {"frame-ancestors": [SELF]}
# Our own sign-in pages need one thing: the picture of the code a telephone reads.
SIGN_IN = {"img-src": ["data:"]}


class Office:
    """Acts below /office/ alone; public pages never read the session or the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OFFICE):
            return self.get_response(request)
        user: Any = request.user
        language = choose_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        request.demo = settings.DEMO  # type: ignore[attr-defined]
        response = self.at_the_door(request)
        if response is None:
            with acting.acting(by=user if user.is_authenticated else None):
                response = self.get_response(request)
        if request.GET.get("language") == language:
            response.set_cookie(
                LANGUAGE_COOKIE,
                language,
                max_age=LANGUAGE_COOKIE_AGE,
                path=OFFICE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        self.set_policy(request, response)
        patch_cache_control(response, no_store=True, private=True)
        return response

    def at_the_door(self, request: HttpRequest) -> HttpResponse | None:
        """The answer to somebody who may not come in (yet), or None for whoever may."""
        user: Any = request.user
        if not user.is_authenticated:
            if is_account_page(request.path) or request.path in BEFORE_SIGN_IN:
                return None
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return HttpResponseForbidden()
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        enrolled = get_adapter().is_mfa_enabled(user)
        if enrolled and not settings.DEMO and not proved_second_factor(request):
            # A session that came in by the password alone, from before the factor was set up.
            logout(request)
            messages.warning(request, _("Sign in again: your account has a second factor now."))
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if is_account_page(request.path) or request.path in BEFORE_SIGN_IN:
            return None
        if not enrolled and not settings.DEMO:
            messages.warning(request, _("Your account needs a second factor before you can enter the office."))
            return redirect(reverse("mfa_index"))
        if not user.is_staff:
            return render(request, "account/no_role.html", status=403)
        return None

    @staticmethod
    def set_policy(request: HttpRequest, response: Any) -> None:
        """Widen the strict policy of the public site by what this page needs and nothing more."""
        if is_account_page(request.path):
            response._csp_update = SIGN_IN
            return
        response._csp_replace = FRAMED
        if HEADER in response:
            # A preview went through the public site's own door: it keeps that policy, in a frame of ours.
            del response[HEADER]
        else:
            response._csp_update = WIDER

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal becomes a sentence on the page the person came from, never an error page."""
        if not isinstance(exception, Refused) or not request.path.startswith(OFFICE):
            return None
        user: Any = request.user
        if user.is_authenticated:
            record(event=Event.PUBLICATION_REFUSED, by=user, reason=type(exception).__name__)
        messages.error(request, str(exception.reason))
        return HttpResponseRedirect(exception.back or reverse("wagtailadmin_home"))


def is_account_page(path: str) -> bool:
    """Whether `path` is one of the sign-in pages. Wagtail's own page at exactly /office/account/ is not."""
    return path.startswith(ACCOUNT) and path != ACCOUNT


def proved_second_factor(request: HttpRequest) -> bool:
    """Whether this session showed a second factor, or a passkey, when it began or when the factor was set up."""
    records = get_authentication_records(request, request.user)
    return any(entry.get("method") == "mfa" for entry in records)


def choose_language(request: HttpRequest) -> str:
    """The office's language for this request: asked for, kept in the cookie, chosen in the profile, or the first."""
    codes = [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES]
    for wanted in (request.GET.get("language"), request.COOKIES.get(LANGUAGE_COOKIE), profile_language(request)):
        if wanted in codes:
            return str(wanted)
    return codes[0]


def profile_language(request: HttpRequest) -> str:
    """What a signed-in person chose in their profile, or ''."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    return str(profile.preferred_language) if profile else ""
