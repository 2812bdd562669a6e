"""Every address declares whom it is for, and keeps to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from hiwar.edge.audience import MOUNTED, Audience, addresses, audience, declared
from hiwar.edge.views import healthz

CLOSED = (Audience.OFFICE, Audience.ACCOUNT, Audience.PORTAL)


def walked() -> list[tuple[str, Any, Audience | None]]:
    return [(where, found, declared(path=where, view=found.callback)) for where, found in addresses()]


def test_every_address_declares_its_audience() -> None:
    silent = sorted(
        f"{where} ({found.callback.__module__}.{getattr(found.callback, '__name__', '')})"
        for where, found, whom in walked()
        if whom is None
    )
    assert not silent, "addresses that do not say whom they are for"


def test_the_walk_finds_them_all() -> None:
    found = {where for where, _found, _whom in walked()}
    assert {"healthz", "readyz", "robots.txt", "<lang>/states/"} <= found
    assert len([where for where in found if where.startswith("office/")]) > 100


def test_what_is_closed_stands_where_session_cookies_and_no_store_are() -> None:
    for where, _found, whom in walked():
        prefix = {Audience.OFFICE: "office/", Audience.ACCOUNT: "office/", Audience.PORTAL: "portal/"}
        if whom in CLOSED:
            assert where.startswith(prefix[whom]), where
        else:
            assert not where.startswith(("office/", "portal/")), where
        assert where.startswith("<lang>/") == (whom is Audience.PUBLIC), where


def test_every_mount_is_used() -> None:
    for prefix in MOUNTED:
        assert any(where.startswith(prefix) for where, _found, _whom in walked()), prefix


@pytest.mark.django_db
def test_the_office_opens_to_nobody_who_is_not_signed_in() -> None:
    """Also addresses with parameters: the door stands before the view looks anything up."""
    client = Client()
    tried = 0
    for where, _found, whom in walked():
        if whom is not Audience.OFFICE or any(sign in where for sign in "<(^$*\\"):
            continue
        for method in (client.get, client.post):
            answer = method("/" + where)
            tried += 1
            if where in ("office/login/", "office/logout/", "office/jsi18n/") or where.startswith("office/sprite"):
                continue
            assert answer.status_code in (302, 403, 404, 405), f"{where} answered {answer.status_code}"
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/office/account/login/"), where
    assert tried > 50


# --- The declaration itself -------------------------------------------------------------------------------


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def ours(function: Callable[..., Any]) -> Callable[..., Any]:
    def copy(request: HttpRequest) -> HttpResponse:
        return function(request)

    copy.__module__ = "hiwar.nothing.views"
    return copy


def test_a_view_must_say_it_unless_it_stands_behind_a_door() -> None:
    assert declared(path="elsewhere/", view=ours(view)) is None
    assert declared(path="elsewhere/", view=view) is None
    assert declared(path="elsewhere/", view=audience("outside")(ours(view))) is Audience.OUTSIDE
    assert declared(path="healthz", view=healthz) is Audience.OUTSIDE, "by its module"


def test_behind_a_door_the_longest_mount_decides() -> None:
    assert declared(path="office/x/", view=view) is Audience.OFFICE
    assert declared(path="office/account/x/", view=ours(view)) is Audience.ACCOUNT


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(ValueError, match="everybody"):
        audience("everybody")


def test_the_walk_writes_the_path_of_a_pattern() -> None:
    class Root:
        url_patterns = [path("a/<int:number>/", view)]

    assert [where for where, _found in addresses(Root())] == ["a/<int:number>/"]  # type: ignore[arg-type]
