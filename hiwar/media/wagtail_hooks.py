"""What the office learns of this room."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, path
from wagtail import hooks

from hiwar.media import views
from hiwar.media.models import Attachment


@hooks.register("register_admin_urls")
def office_files() -> list[URLPattern]:
    """The office's twin of /files/. Wagtail asks for office access before the view is reached."""
    return [path("files/<path:name>", views.office_file, name="office_file")]


@hooks.register("before_serve_document")
def only_who_may(document: Attachment, request: HttpRequest) -> HttpResponseRedirect:
    """Wagtail's document address would hand a private document to anybody who guesses number and name."""
    user = request.user
    if not document.open_to_all and not (user.is_authenticated and user.is_staff):
        raise Http404
    return HttpResponseRedirect(document.url)
