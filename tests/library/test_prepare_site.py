"""An installation without a demonstration, and one that was made before the answers came."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, WorkflowPage

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.items import registry
from hiwar.library import roles, shelf
from hiwar.library.models import SectionPage

pytestmark = pytest.mark.django_db


def prepare() -> str:
    said = io.StringIO()
    call_command("prepare_site", stdout=said)
    cache.clear()
    shelf.forget()
    return said.getvalue()


def test_a_new_installation_gets_every_section_role_and_workflow():
    prepare()
    for language in ("ar", "en"):
        for kind in registry.kinds():
            if kind.section:
                assert Client().get(f"/{language}/{kind.place}/").status_code == 200, kind.slug
    assert set(Group.objects.values_list("name", flat=True)) >= set(roles.NAMES)
    assert Page.objects.get(url_path="/ar/claims/").specific.get_workflow().name == roles.SIGNED_WORKFLOW


def test_an_older_installation_gets_what_came_since_and_keeps_the_rest():
    prepare()
    with acting.acting(by=User.objects.system("demo")):
        articles = Page.objects.get(url_path="/ar/articles/").specific
        articles.title = "مقالات بعنوان آخر"
        articles.save()
        for path in ("/ar/claims/", "/en/claims/", "/ar/islamiyat/", "/en/islamiyat/"):
            Page.objects.get(url_path=path).delete()
    cache.clear()
    shelf.forget()
    assert Client().get("/ar/claims/").status_code == 404
    assert "8 pages made" in prepare()
    assert Client().get("/ar/islamiyat/fatwas/").status_code == 200
    assert Page.objects.get(url_path="/ar/articles/").title == "مقالات بعنوان آخر"
    assert WorkflowPage.objects.filter(page__url_path="/ar/islamiyat/").exists()


def test_run_again_it_changes_nothing():
    prepare()
    before = list(SectionPage.objects.order_by("pk").values_list("pk", "title", "latest_revision_created_at"))
    assert "0 pages made" in prepare()
    assert list(SectionPage.objects.order_by("pk").values_list("pk", "title", "latest_revision_created_at")) == before
