"""The gallery shows every component, and is shut where nothing is demonstrated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import Http404
from django.template.loader import get_template
from django.test import RequestFactory, override_settings
from django.utils.translation import override

from hiwar.ui.gallery import components, gallery, specimens
from hiwar.ui.samples import samples

TEMPLATES = Path(__file__).resolve().parents[2] / "hiwar" / "templates"
PUBLIC = sorted(
    [
        *TEMPLATES.glob("*.html"),
        *(path for room in ("ui", "library", "states", "blocks") for path in TEMPLATES.glob(f"{room}/*.html")),
    ]
)


def page(language: str) -> str:
    with override(language):
        return gallery(RequestFactory().get(f"/{language}/gallery/")).content.decode()


def test_components_are_the_files_of_the_folder():
    assert components() == sorted(path.name for path in (TEMPLATES / "ui").glob("*.html"))
    assert {"card.html", "player.html", "facade.html", "pagination.html"} <= set(components())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_component_is_shown_and_shows_something(language):
    assert set(samples(language)) == set(components())
    with override(language):
        for row in specimens(language):
            assert row["shown"], f"{row['name']} has no sample"
            assert all(part.strip() for part in row["shown"]), f"{row['name']} shows nothing"


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_gallery_page_is_whole(language, direction):
    html = page(language)
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert html.count("data-component=") == len(specimens(language)) > len(components())
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    identifiers = re.findall(r'\bid="([^"]+)"', html)
    assert len(identifiers) == len(set(identifiers))


def test_rooms_above_show_their_parts_too():
    with override("en"):
        shown = {row["name"]: row["shown"] for row in specimens("en")}
    assert {"blocks/verse.html", "blocks/hadith.html", "blocks/misused_verse.html"} <= set(shown)
    assert all(part.strip() for parts in shown.values() for part in parts)


def test_gallery_is_shut_outside_demonstration_and_tests():
    request = RequestFactory().get("/ar/gallery/")
    with override_settings(DEMO=False, TESTING=False), pytest.raises(Http404):
        gallery(request)
    with override_settings(DEMO=True, TESTING=False):
        assert gallery(request).status_code == 200


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_compiles_and_carries_no_style_or_handler(path):
    get_template(str(path.relative_to(TEMPLATES)))
    text = path.read_text("utf-8")
    assert not re.search(r"<style\b|\sstyle=|\son(click|load|error|submit|change)=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_buttons_that_need_a_script_are_hidden_until_it_runs():
    html = page("ar")
    for attribute in ("data-copy=", "data-share="):
        (button,) = re.findall(rf"<button[^>]*{attribute}[^>]*>", html)
        assert button.endswith("hidden>")


def test_facade_asks_nothing_of_another_site_before_a_click():
    html = page("ar")
    assert "<iframe" not in html
    assert 'data-embed="https://video.example/embed/1"' in html
    assert not re.search(r'\b(?:src|srcset|poster)="https?:', html)
