"""Files open with the page that shows them, and close when the last one is taken down."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Locale, Page

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.items.models import ItemRef
from hiwar.library.models import ArticlePage, HomePage, SectionPage
from hiwar.media.models import Attachment, Picture
from tests.media.conftest import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine() -> User:
    return User.objects.system("import")


@pytest.fixture
def section(machine: User) -> SectionPage:
    Locale.objects.get_or_create(language_code="en")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    with acting.acting(by=machine):
        home = HomePage.objects.first() or root.add_child(
            instance=HomePage(title="Home", slug="en", locale=Locale.objects.get(language_code="en"))
        )
        return SectionPage.objects.filter(slug="articles").first() or home.add_child(
            instance=SectionPage(title="Articles", slug="articles", lists="article", locale=home.locale)
        )


def article(section: SectionPage, machine: User, title: str, **more: Any) -> ArticlePage:
    """A draft."""
    with acting.acting(by=machine):
        page = ArticlePage(title=title, summary="A summary.", live=False, locale=section.locale, **more)
        return section.add_child(instance=page)


def publish(page: ArticlePage, machine: User) -> None:
    with acting.acting(by=machine):
        page.save_revision(user=machine).publish(user=machine)


def take_down(page: ArticlePage, machine: User) -> None:
    with acting.acting(by=machine):
        ArticlePage.objects.get(pk=page.pk).unpublish()


def test_a_picture_follows_the_pages_that_use_it(
    section: SectionPage, machine: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    picture = make_picture()
    name = picture.get_rendition("fill-720x360|format-webp").file.name
    first = article(section, machine, "First", image=picture)
    second = article(section, machine, "Second", image=picture)

    def status() -> int:
        return client.get(f"/files/{name}").status_code

    assert status() == 404  # drafts open nothing
    with django_capture_on_commit_callbacks(execute=True):
        publish(first, machine)
    assert status() == 200
    assert Picture.objects.get().get_rendition("fill-720x360|format-webp").url == f"/files/{name}"
    with django_capture_on_commit_callbacks(execute=True):
        publish(second, machine)
        take_down(first, machine)
    assert status() == 200  # the second page still shows it
    with django_capture_on_commit_callbacks(execute=True):
        take_down(second, machine)
    assert status() == 404


def test_the_card_of_a_page_bears_the_public_address(section: SectionPage, machine: User) -> None:
    page = article(section, machine, "First", image=make_picture())
    publish(page, machine)
    assert ItemRef.objects.get(subject_id=page.pk).image_url.startswith("/files/images/")


def test_a_document_in_the_text(
    section: SectionPage, machine: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    document = Attachment.objects.create(title="Paper", file=ContentFile(b"%PDF-1.7", "paper.pdf"))
    body = [{"type": "document", "value": {"document": document.pk, "label": ""}}]
    page = article(section, machine, "First", body=body)
    assert client.get(f"/files/{document.file.name}").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, machine)
    assert client.get(f"/files/{document.file.name}").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        take_down(page, machine)
    assert client.get(f"/files/{document.file.name}").status_code == 404


def test_a_picture_that_a_new_version_drops_is_private_again(
    section: SectionPage, machine: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    picture = make_picture()
    name = picture.get_rendition("fill-720x360|format-webp").file.name
    page = article(section, machine, "First", image=picture)
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, machine)
    assert client.get(f"/files/{name}").status_code == 200
    page = ArticlePage.objects.get(pk=page.pk)
    page.image = None
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, machine)
    assert client.get(f"/files/{name}").status_code == 404
