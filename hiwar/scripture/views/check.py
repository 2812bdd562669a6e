"""Checking a text, for everyone: the page with the field, and its result. Nothing that is sent is stored or logged."""

from __future__ import annotations

import base64
import re
import zlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hiwar.scripture import editions, findings, limits, marking
from hiwar.scripture.answer import LIMIT, fault
from hiwar.scripture.detect import detect
from hiwar.scripture.found import Quotation
from hiwar.ui import frame
from hiwar.ui.templatetags.ui import digits

AUDIENCE = "public"
# The longest body of a form with LIMIT code points: four bytes each, each byte as %XX; and a little for other fields.
BODY = 12 * LIMIT + 4096
# Characters of an address that programs still pass on whole.
LINK = 2000
SCOPE = "check"


class Refused(Exception):
    """A text that is not checked: status, what to tell, what was typed, and headers."""

    def __init__(self, status: int, message: str, text: str = "", **headers: str) -> None:
        super().__init__(message)
        self.status, self.message, self.text, self.headers = status, message, text, headers


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """The field to paste a text into, how the check works, and what it does not do."""
    return frame.answer(request, "scripture/check.html", _shell(_("Check a quotation")) | {"text": ""})


# Without a token: the post changes nothing and reads no cookie, and this page can be kept by anyone (rule 4).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest) -> HttpResponse:
    """The text marked up, quotation by quotation; `as=text` gives it corrected, `as=page` the result as one file."""
    if request.method != "POST":
        return redirect("check")
    try:
        text = _typed(request)
        found = _found(text)
    except Refused as refused:
        return _refusal(request, refused)
    wanted = request.POST.get("as", "")
    if wanted == "text":
        return _file(marking.corrected(text, found), "txt", "text/plain")
    data = _result(text, found)
    if wanted == "page":
        data |= {"in_file": True, "origin": settings.SITE_URL, "now": timezone.now()}
        data["style"] = _style(any(each.quran for each in data["findings"]))
        return _file(render_to_string("scripture/check_file.html", data), "html", "text/html")
    response = frame.answer(request, "scripture/check_result.html", data)
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(text: str) -> list[Quotation]:
    """The quotations of a text that may be checked. Raises Refused."""
    try:
        with limits.place(len(text)):
            return detect(text)
    except limits.Busy as error:
        message = _("Other long texts are being checked right now. Send the text again in a few seconds.")
        raise Refused(503, message, text, **{"Retry-After": "5"}) from error


def _typed(request: HttpRequest) -> str:
    """The text of the form. Raises Refused, with the text where it can be shown again."""
    if wait := limits.seconds_to_wait(request, scope=SCOPE):
        text = "" if _too_large(request) else _lines(request.POST.get("text", ""))
        raise Refused(429, _too_often(wait), text, **{"Retry-After": str(wait)})
    if _too_large(request):
        raise Refused(413, _too_long() + " " + _("The text is so long that it could not be kept in the field."))
    body = request.body
    text = _lines(request.POST.get("text", ""))
    if not _is_utf8(body, text):
        raise Refused(422, _not_text(), text)
    if fault(text):
        raise Refused(422, _not_text(), text.replace("\x00", ""))
    if not text.strip():
        raise Refused(422, _("No text was sent. Paste the text into the field, then check it."))
    if len(text) > LIMIT:
        raise Refused(413, _too_long(len(text)) + " " + _("What you typed is kept."), text)
    return text


def _too_large(request: HttpRequest) -> bool:
    return int(request.META.get("CONTENT_LENGTH") or 0) > BODY


def _lines(text: str) -> str:
    """Forms send every line end as CRLF (HTML, 4.10.21.4); a field shows and counts it as one."""
    return text.replace("\r\n", "\n")


def _is_utf8(body: bytes, text: str) -> bool:
    """Whether a form came in UTF-8. Django puts replacement signs for bytes that are not, or takes them for Latin-1."""
    try:
        body.decode()
        if "\ufffd" in text:  # then it must stand in the form itself
            unquote_to_bytes(body).decode()
    except UnicodeDecodeError:
        return False
    return True


def _too_long(length: int = 0) -> str:
    if not length:
        return _("The text was not checked: it has more than %(limit)s characters.") % {"limit": digits(LIMIT)}
    return ngettext(
        "The text was not checked: it has %(length)s character, and the limit is %(limit)s. "
        "Shorten it, or check it in parts.",
        "The text was not checked: it has %(length)s characters, and the limit is %(limit)s. "
        "Shorten it, or check it in parts.",
        length,
    ) % {"length": digits(length), "limit": digits(LIMIT)}


def _not_text() -> str:
    return _(
        "What was sent is not plain text: it holds signs that no text has, as a file of another kind does. "
        "Copy the words themselves and paste them into the field."
    )


def _too_often(wait: int) -> str:
    return ngettext(
        "The text was not checked: too many checks within a minute from this connection. "
        "Send it again in %(wait)s second. What you typed is kept.",
        "The text was not checked: too many checks within a minute from this connection. "
        "Send it again in %(wait)s seconds. What you typed is kept.",
        wait,
    ) % {"wait": digits(wait)}


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page with the field, what is wrong, and what was typed."""
    data = _shell(_("Check a quotation"), robots="noindex") | {"text": refused.text, "trouble": refused.message}
    response = frame.answer(request, "scripture/check.html", data, status=refused.status)
    response.headers["Cache-Control"] = "no-store"
    for name, value in refused.headers.items():
        response.headers[name] = value
    return response


def _shell(title: str, *, robots: str = "") -> dict[str, Any]:
    """What both pages need: frame, limit, and the editions that are compared with."""
    path = reverse("check")
    crumbs = [(_("Check a quotation"), path)]
    data = frame.context(
        path=path,
        title=title,
        description=_(
            "Paste a text and see which words are quoted from the Quran or from the two Sahihs, and whether they "
            "stand as in the edition."
        ),
        crumbs=crumbs if title == crumbs[0][0] else [*crumbs, (title, "")],
        robots=robots,
    )
    return data | {"limit": LIMIT, "editions": [editions.quran(), *editions.hadith()]}


def _result(text: str, found: list[Quotation]) -> dict[str, Any]:
    title = _("Result of the check")
    data = _shell(title, robots="noindex")
    link = _link(text)
    for each in data["switch"]:  # the other language's page checks the same text, when it fits into an address
        each["path"] += link
    return data | {
        "title": title,
        "text": text,
        "tally": findings.tally(found),
        "marked": findings.marked(text, found),
        "findings": findings.findings(text, found),
        "left_out": max(0, len(found) - findings.SET_OUT),
        "hidden": marking.hidden_signs(text),
        "mendable": marking.mendable(found),
        "hadith_altered": any(each.status == "altered" and each.source != "quran" for each in found),
        "share_path": f"{reverse('check')}{link}" if link else "",
    }


def _link(text: str) -> str:
    """The fragment of an address that holds the whole text, deflated (RFC 1951) and in base64url; "" when too long.

    A browser never sends a fragment to a server (RFC 3986, 3.5): whoever gets the link brings the text along.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = base64.urlsafe_b64encode(packer.compress(text.encode()) + packer.flush()).decode().rstrip("=")
    link = f"#z={packed}"
    return link if len(link) <= LINK else ""


def _file(content: str, ending: str, kind: str) -> HttpResponse:
    """A file to keep; never shown as a page of this site."""
    return HttpResponse(
        content,
        content_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="checked-text.{ending}"',
            "Cache-Control": "no-store",
        },
    )


@cache
def _style(verses: bool) -> str:
    """The styles of the file as one address that holds them; the Quran's face is in it where a verse stands."""
    css = "".join(_static(name).decode() for name in ("hiwar/site.css", "hiwar/check.css"))
    css = re.sub(r"@font-face\s*{[^}]*}", "", css)
    if verses:
        face = base64.b64encode(_static("hiwar/fonts/hiwar-quran.woff2")).decode()
        css += f'@font-face {{ font-family: "Hiwar Quran"; src: url("data:font/woff2;base64,{face}"); }}'
    return f"data:text/css;base64,{base64.b64encode(css.encode()).decode()}"


def _static(name: str) -> bytes:
    return Path(finders.find(name) or name).read_bytes()
