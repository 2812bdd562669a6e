"""The manners of the public interface: errors as problem documents (RFC 9457), any origin, no cookie, no token."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

log = logging.getLogger(__name__)
TYPE = "application/problem+json"
PREFLIGHT_SECONDS = 86_400
View = Callable[..., HttpResponse]


class Problem(Exception):
    """A request that cannot be answered: status, a sentence for the reader, further members and headers."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        self.status, self.detail = status, detail
        self.headers, self.members = dict(headers or {}), members
        super().__init__(detail)


def titles() -> dict[int, str]:
    """The name of each status, in the language of the answer."""
    return {
        400: _("The request cannot be read"),
        404: _("Not found"),
        405: _("This address does not take this method"),
        413: _("Too long"),
        415: _("This kind of content is not taken"),
        422: _("The request is not as expected"),
        429: _("Too many requests"),
        500: _("Something went wrong on our side"),
        503: _("Busy"),
    }


def document(problem: Problem) -> HttpResponse:
    """The problem document of RFC 9457 in the active language.

    Its type is always about:blank (4.2.1): the status says what happened, `detail` how to mend it.
    """
    body = {"type": "about:blank", "title": titles()[problem.status], "status": problem.status}
    return JsonResponse(
        {**body, "detail": problem.detail, **problem.members},
        status=problem.status,
        content_type=TYPE,
        json_dumps_params={"ensure_ascii": False},
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def interface(*methods: str) -> Callable[[View], View]:
    """Make a view an address of the public interface that takes `methods` (HEAD goes with GET).

    A page of any site may ask it (Fetch standard, 3.2): it reads no cookie and no sign-in, so that what a script gets
    is what anybody gets. For the same reason there is no token to forge. What the view raises as Problem is
    answered as its document, and so is a fault of ours.
    """
    allowed = [*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"]

    def wrap(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                if request.method == "OPTIONS":
                    response = HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
                    response.headers["Access-Control-Allow-Methods"] = ", ".join(allowed)
                    response.headers["Access-Control-Allow-Headers"] = "Content-Type"
                    response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
                elif request.method not in allowed:
                    raise Problem(
                        405,
                        _("This address takes %(methods)s.") % {"methods": ", ".join(methods)},
                        headers={"Allow": ", ".join(allowed)},
                    )
                else:
                    response = view(request, *args, **kwargs)
            except Problem as problem:
                response = document(problem)
            except Exception:  # whatever it is, a program that asked gets an answer it can read
                log.exception("%s failed", view.__name__)
                response = document(
                    Problem(500, _("The fault is on our side and is in our log. The same request may work later."))
                )
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            return response

        return answer

    return wrap
