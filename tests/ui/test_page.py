"""The shell: what every page prints around its content."""

from __future__ import annotations

import re

from django.template.loader import render_to_string
from django.test import override_settings
from django.utils.translation import override

from hiwar.ui.page import shell


def printed(language: str = "ar", **changes: object) -> str:
    context = shell(**{"language": language, "title": "T & U", "path": f"/{language}/x/", **changes})
    with override(language):
        return render_to_string("base.html", context)


@override_settings(SITE_URL="https://centre.example", DEMO=False)
def test_head_tells_language_address_and_alternates():
    html = printed(
        description="D",
        image="https://centre.example/i.webp",
        kind="article",
        alternates=[{"language": "en", "url": "https://centre.example/en/x/"}],
        feeds=[{"title": "F", "path": "/ar/feeds/articles.xml", "type": "application/atom+xml"}],
    )
    for part in (
        '<html lang="ar" dir="rtl">',
        "<title>T &amp; U · ",
        '<link rel="canonical" href="https://centre.example/ar/x/">',
        '<link rel="alternate" hreflang="en" href="https://centre.example/en/x/">',
        '<link rel="alternate" type="application/atom+xml" title="F" href="/ar/feeds/articles.xml">',
        '<meta property="og:type" content="article">',
        '<meta property="og:locale" content="ar_SA">',
        '<meta property="og:image" content="https://centre.example/i.webp">',
    ):
        assert part in html
    assert 'class="demo"' not in html
    assert 'name="robots"' not in html


def test_page_has_one_main_reached_by_the_first_link():
    html = printed()
    assert html.count("<main") == 1
    body = html.split("<body>")[1]
    assert re.match(r'\s*<a class="skip" href="#main">', body)


def test_demonstration_bar_stands_first_when_the_setting_says_so():
    with override_settings(DEMO=True):
        html = printed("en")
    assert html.index('class="demo"') < html.index('class="site-header"')
    assert "not the site of the Organisation of Islamic Cooperation" in html


def test_language_switch_names_each_language_in_itself():
    html = printed("en", switch=[{"language": "ar", "name": "العربية", "path": "/ar/x/", "translated": True}])
    assert '<a href="/ar/x/" lang="ar" hreflang="ar" dir="rtl">' in html
    assert "العربية</a>" in html


def test_crumbs_mark_the_page_itself_and_do_not_link_it():
    html = printed("en", crumbs=[{"title": "Home", "path": "/en/"}, {"title": "Here", "path": "/en/x/"}])
    assert '<a href="/en/">Home</a>' in html
    assert '<span aria-current="page">Here</span>' in html


def test_page_that_is_not_to_be_found_has_no_canonical_address():
    html = printed(robots="noindex")
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html


def test_french_page_reads_from_the_start_side_of_its_language():
    html = printed("fr")
    assert '<html lang="fr" dir="ltr">' in html
    assert "hiwar-serif" in html
    assert "hiwar-naskh" not in html


@override_settings(DEMO=False)
def test_error_pages_need_no_context_of_a_page():
    for name in ("404.html", "403.html"):
        with override("ar"):
            html = render_to_string(name, shell(language="ar", title="", path="/ar/", robots="noindex"))
        assert "<h1>" in html
        assert 'href="/ar/"' in html
    html = render_to_string("500.html")
    assert 'lang="ar" dir="rtl"' in html
    assert 'lang="en" dir="ltr"' in html
    assert "<script" not in html
