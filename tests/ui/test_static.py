"""Styles and scripts: light, logical, and pointing at files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest

ROOT = Path(__file__).resolve().parents[2] / "hiwar"
STATIC = ROOT / "static" / "hiwar"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PUBLIC_CSS = [STATIC / "site.css"]
SCRIPTS = [STATIC / "share.js", STATIC / "copy.js", STATIC / "context.js", STATIC / "video.js"]


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def test_all_public_styles_together_weigh_under_15_kb():
    assert sum(len(brotli.compress(path.read_bytes())) for path in PUBLIC_CSS) < 15_000


def test_scripts_of_reading_pages_weigh_under_10_kb_and_the_player_under_4():
    assert sum(path.stat().st_size for path in SCRIPTS) < 10_000
    assert (STATIC / "video.js").stat().st_size < 4_000


@pytest.mark.parametrize("path", PUBLIC_CSS, ids=lambda path: path.name)
def test_styles_name_no_side_of_the_screen(path):
    css = without_comments(path.read_text("utf-8"))
    assert not re.findall(r"\b(?:left|right)\b", css)
    assert not re.findall(r"(?<![\w-])(?:margin|padding|border)-(?:top|bottom)\b|(?<![\w-])(?:top|bottom)\s*:", css)
    assert "!important" not in css


@pytest.mark.parametrize("path", PUBLIC_CSS, ids=lambda path: path.name)
def test_styles_point_at_files_beside_them(path):
    targets = re.findall(r'url\("([^"]+)"\)', path.read_text("utf-8"))
    assert targets
    assert [target for target in targets if not (path.parent / target).is_file()] == []


def test_a_public_page_can_ask_for_two_fonts_at_most_in_one_language():
    faces = re.findall(r'font-family: "(Hiwar \w+)"; src', (STATIC / "site.css").read_text("utf-8"))
    # Sans, and one face for reading; the face of the Quran where a verse stands, asked for by its words alone.
    assert sorted(faces) == ["Hiwar Naskh", "Hiwar Quran", "Hiwar Sans", "Hiwar Serif"]


def test_the_face_of_the_quran_is_asked_for_by_verses_alone():
    css = without_comments((STATIC / "site.css").read_text("utf-8"))
    users = re.findall(r"([^{}]+)\{[^{}]*var\(--font-quran\)", css)
    assert users
    assert all(re.search(r"verse|quran", each) for each in users)
    assert not any("hiwar-quran" in path.read_text("utf-8") for path in TEMPLATES), "preloaded"


def test_every_font_has_its_licence_beside_it():
    fonts = sorted((STATIC / "fonts").glob("*.woff2"))
    assert fonts
    for font in fonts:
        family = re.sub(r"-\d+$", "", font.stem)
        assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / f"OFL-{family}.txt").read_text("utf-8").upper()


def test_every_icon_named_in_a_template_is_in_the_sprite():
    shapes = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text("utf-8")))
    named = {name for path in TEMPLATES for name in re.findall(r'{% icon "(\w+)"', path.read_text("utf-8"))}
    assert named
    assert named - shapes == set()
    assert "mark" in shapes


def test_every_class_of_a_component_has_its_style():
    css = (STATIC / "site.css").read_text("utf-8")
    styled = set(re.findall(r"\.([a-z][\w-]*)", without_comments(css)))
    bare = {"nav", "main", "wide", "related-part"}  # a list without bullets by its class; a hook of the print sheet
    for path in (ROOT / "templates" / "ui").glob("*.html"):
        for value in re.findall(r'class="([^"]*)"', path.read_text("utf-8")):
            words = re.sub(r"{%.*?%}|{{.*?}}", " ", value).split()
            assert [word for word in words if word not in styled | bare and not word.endswith("--")] == [], path.name


def test_sprite_has_no_style_of_its_own():
    # The content security policy of a page also binds styles inside the pictures it uses.
    for path in STATIC.glob("*.svg"):
        assert not re.search("<style|<script", path.read_text("utf-8")), path.name
