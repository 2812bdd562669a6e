"""Serving the page tree: one look-up by path, then what each class of page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseGone, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail.models import Page

from hiwar.edge.audience import audience
from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.library import kinds
from hiwar.library.models import BasePage
from hiwar.library.views import kept, making
from hiwar.ui import frame as shell

AUDIENCE = "public"


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The live page at /<language>/<path>, or 404.

    An item is found by its registry row, which also says whether the page made a moment ago still holds.
    """
    address = f"/{shell.language()}/{path}"
    ref = ItemRef.objects.shown().filter(path=address).order_by().first() if path.count("/") > 1 else None
    if ref is not None and kinds.is_page(ref):
        return kept.page(ref, lambda: show(request, _item(ref)))
    # Wagtail indexes the slug and not the path: the last part finds the few rows, the path chooses among them.
    slug = path.rstrip("/").rpartition("/")[2] or shell.language()
    found = Page.objects.live().filter(slug=slug, url_path=address).values_list("pk", "content_type_id")
    number, type_id = found.order_by().first() or (0, 0)
    model = ContentType.objects.get_for_id(type_id).model_class() if number else None
    if model is None or not issubclass(model, BasePage):
        raise Http404
    return show(request, _page(model, number))


def _item(ref: ItemRef) -> BasePage:
    """The page of a registry row; its class when the kind has one, else what the tree says."""
    model = registry.kind(ref.kind).model
    if registry.kind(ref.kind).section:
        return _page(model, ref.subject_id)
    return _page(Page.objects.only("content_type_id").get(pk=ref.subject_id).specific_class, ref.subject_id)


def _page(model: type[BasePage], number: int) -> BasePage:
    related = [name for name in ("locale", "image", "video") if _has(model, name)]
    return get_object_or_404(model._base_manager.select_related(*related), pk=number, live=True)


def _has(model: type[BasePage], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def show(request: HttpRequest, page: BasePage, preview: bool = False) -> HttpResponse:
    """Render `page`; also for the office's preview, where nothing has been published yet."""
    data = making.of(page, request, stored=not preview)
    response = shell.answer(request, data.pop("template", page.template), data)
    if shows_outside_video(page):
        response._csp_update = {"frame-src": settings.OUTSIDE_VIDEO_HOSTS}
    if preview:
        response.headers["Cache-Control"] = "no-store, private"
    return response


def shows_outside_video(page: Any) -> bool:
    """Whether a click on the page may load a player of another site."""
    return bool(getattr(page, "outside", "")) or any(
        block.block_type == "video" for block in getattr(page, "body", None) or []
    )


@audience("outside")
@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """/s/<code>: 301 to the item; 410 when it was taken down."""
    ref = get_object_or_404(ItemRef, code=code.upper())
    if not ref.live:
        return HttpResponseGone(status=410)
    return redirect(ref.path, permanent=True)


@require_safe
def in_language(request: HttpRequest, code: str) -> HttpResponse:
    """The same item in this language; when there is none, a page that says so and shows what exists."""
    ref = get_object_or_404(ItemRef, code=code.upper(), live=True)
    versions = list(ItemRef.objects.shown().filter(translation_key=ref.translation_key, kind=ref.kind))
    here = next((each for each in versions if each.language == shell.language()), None)
    if here is not None:
        return HttpResponseRedirect(here.path)
    data: dict[str, Any] = shell.context(
        path=request.path, title=ref.title, ref=ref, translations=versions, robots="noindex"
    )
    return shell.answer(request, "library/missing_translation.html", {**data, "available": versions})
