"""The rules a look at the files can hold: each is shown a bad file, then all are held against the tree."""

from __future__ import annotations

import pytest

from scripts import house_check
from scripts.check import tracked

BAD = [
    ("hiwar/items/long.py", "x = 1\n" * 401),
    ("tests/items/test_long.py", "x = 1\n" * 601),
    ("hiwar/utils.py", ""),
    ("hiwar/items/helpers/dates.py", ""),
    ("hiwar/core/models.py", ""),
    ("hiwar/static/hiwar/site.css", "a { margin-left: 1rem }"),
    ("hiwar/static/hiwar/site.css", "a{left:0}"),
    ("hiwar/static/hiwar/site.css", "a { text-align: right }"),
    ("hiwar/templates/a.html", '<p style="color: red">'),
    ("hiwar/templates/a.html", "<style>p {}</style>"),
    ("hiwar/templates/a.html", "<script>alert(1)</script>"),
    ("hiwar/templates/a.html", '<button type="button" onclick="go()">'),
    ("docs/a.md", "see /" + "work/main"),
    ("requirements-note.md", "pypi" + ".org"),
    ("hiwar/items/a.py", "# TO" + "DO later"),
    ("hiwar/library/a.py", "ArticlePage.objects.filter(pk=1).update(live=True)"),
]
GOOD = [
    ("hiwar/items/models.py", "x = 1\n" * 400),
    ("tests/items/test_long.py", "x = 1\n" * 600),
    ("hiwar/scoreboard.py", ""),
    ("hiwar/static/hiwar/site.css", "a { margin-inline-start: 1rem; inset-inline-start: 0; text-align: start }"),
    ("hiwar/templates/a.html", "<script src=\"{% static 'a.js' %}\" defer></script>"),
    ("hiwar/templates/a.html", '<script type="application/ld+json">{}</script><p data-style="x">'),
    ("hiwar/templates/post/mail/a.html", '<td style="color: red">'),
    ("hiwar/items/actions.py", "ItemRef.objects.update(live=False)"),
    ("docs/a.md", "the work/life of a framework/"),
]
FIRST = ("hiwar/items/migrations/0001_items.py", "dependencies = []")


@pytest.mark.parametrize(("path", "text"), BAD)
def test_a_bad_file_is_seen(path, text):
    assert len(list(house_check.complaints([(path, text)]))) >= 1


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_a_good_file_passes(path, text):
    assert list(house_check.complaints([(path, text)])) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("hiwar/items/migrations/0003_topics.py", "dependencies = [('items', '0001_items')]"),
        ("hiwar/items/migrations/0001_twice.py", "dependencies = [('items', '0001_items')]"),
        ("hiwar/items/migrations/0002_auto_20260101.py", "dependencies = [('items', '0001_items')]"),
        ("hiwar/items/migrations/0002_topics.py", "dependencies = [('library', '0001_items')]"),
    ],
)
def test_a_migration_out_of_line_is_seen(path, text):
    assert len(list(house_check.migrations([FIRST, (path, text)]))) >= 1


def test_migrations_in_line_pass():
    second = ("hiwar/items/migrations/0002_topics.py", "dependencies = [('items', '0001_items')]")
    assert list(house_check.migrations([second, FIRST])) == []


def test_the_tree_keeps_the_rules():
    files = list(house_check.read(tracked()))
    assert len(files) > 50
    assert list(house_check.complaints(files)) == []
