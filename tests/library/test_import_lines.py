"""What is wrong with a line is said with its number; nothing of it is kept, the rest is imported."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from wagtail.models import Page

from hiwar.accounts.models import User
from hiwar.items.models import ItemRef, Topic
from hiwar.library import house
from hiwar.library.imports import reading
from hiwar.library.imports.checking import checked
from hiwar.library.imports.reading import LineRefused, lines, parsed
from hiwar.library.imports.running import run
from hiwar.library.models import ArticlePage, OldAddress

GOOD: dict[str, Any] = {
    "kind": "article",
    "locale": "en",
    "title": "A good line",
    "body_html": "<p>Words of it.</p>",
    "date": "2018-07-29",
    "source_url": "https://old.example/archives/1",
}


def line(**changes: Any) -> bytes:
    """A good line with changes; None takes a field away."""
    values = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


class BadLines(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.by = User.objects.system("import")
        house.prepare(by=cls.by)

    def refused(self, *raw: bytes) -> list[tuple[int, str]]:
        """Refusals of `raw` followed by a good line, which must be the only thing that was imported."""
        told: list[tuple[int, str]] = []
        good = line(source_url="https://old.example/archives/good", title="The last line", translation_key="last")
        before = ItemRef.objects.filter(kind="article").count()
        counts = run(stream=io.BytesIO(b"".join(raw) + good), by=self.by, tell=lambda *a: told.append(a))
        assert counts.refused == len(told)
        assert counts.new == 1
        assert ItemRef.objects.filter(kind="article").count() == before + 1
        assert ArticlePage.objects.get().title == "The last line"
        return told

    def test_each_kind_of_bad_line_is_named(self) -> None:
        cases: list[tuple[bytes, str]] = [
            (b"{not json\n", "not JSON"),
            (b'"only words"\n', "not an object"),
            (b"[1, 2]\n", "not an object"),
            (b'{"title": "\xff\xfe"}\n', "not UTF-8 (byte 12)"),
            (b"[" * 100_000 + b"\n", "nested too deeply"),
            (b'{"a": ' + b"9" * 5000 + b"}\n", "not JSON"),
            (b'{"kind": "article", "title": "\\ud83d"}\n', "half a character"),
            (line(kind=None), "no kind"),
            (line(kind="poem"), "“poem” is unknown"),
            (line(kind="home"), "made in the office"),
            (line(kind="about"), "made in the office"),
            (line(kind="topic"), "made in the office"),
            (line(locale=None), "no locale"),
            (line(locale="xx"), "“xx” is not one of this site's"),
            (line(title=None), "no title"),
            (line(title=" \u200f\u0640 "), "no title"),
            (line(title=["a"]), "title is not a text"),
            (line(title="x" * 256), "title is longer than 255"),
            (line(title="؟!"), "can stand in an address"),
            (line(body_html=None), "no body_html"),
            (line(body_html=7), "body_html is not a text"),
            (line(body_html="<script>x</script>"), "There is no text"),
            (line(summary="x" * 401), "summary is longer than 400"),
            (line(date=None), "no date"),
            (line(date="29/07/2018"), "not an ISO date"),
            (line(date="2018-02-30"), "not an ISO date"),
            (line(date="0001-01-01"), "cannot be right"),
            (line(date="9999-12-31T23:59:59-12:00"), "cannot be right"),
            (line(topics="media"), "topics is not a list"),
            (line(topics=["سلام"]), "is not a slug"),
            (line(topics=["x" * 51]), "is not a slug"),
            (line(source_url="ftp://old.example/1"), "source_url is not a web address"),
            (line(source_url="/archives/1"), "source_url is not a web address"),
            (line(source_url="https://[::1"), "source_url is not a web address"),
            (line(source_url="https://old.example/"), "names no page"),
            (line(kind="video", source_url="https://old.example/v1"), "A video needs the address"),
            (
                line(kind="video", source_url="https://old.example/v2", video_url="https://a.example/v.mp4"),
                "A video needs the address",
            ),
            (line(kind="news", source_url=None, title="News"), "News needs a source"),
            (
                line(kind="press_release", source_url="https://old.example/p", contact="nobody"),
                "contact is not an e-mail address",
            ),
        ]
        told = self.refused(*(raw for raw, _reason in cases))
        assert [number for number, _reason in told] == list(range(1, len(cases) + 1))
        for (_raw, expected), (number, reason) in zip(cases, told, strict=True):
            assert expected in reason, f"line {number}: {reason}"
        assert not Topic.objects.exists()

    def test_kinds_of_later_work_are_refused_in_words(self) -> None:
        from hiwar.items import registry
        from hiwar.library.imports.checking import KINDS

        missing = [kind for kind in KINDS if kind not in {known.slug for known in registry.kinds()}]
        told = self.refused(*(line(kind=kind) for kind in missing))
        assert [reason for _n, reason in told] == [
            f"The kind “{kind}” is not yet a kind of this site." for kind in missing
        ]

    def test_a_line_of_any_length_costs_no_memory_and_the_next_is_read(self) -> None:
        huge = line(body_html="x" * (reading.LONGEST_LINE + 10))
        ((number, reason),) = self.refused(huge)
        assert (number, reason) == (1, "The line is longer than 5 megabytes.")

    def test_one_identity_twice_is_an_error_on_the_later_line(self) -> None:
        told: list[tuple[int, str]] = []
        stream = io.BytesIO(
            line(title="First")
            + b"\n"
            + line(title="Second", source_url="http://www.old.example/archives/1/?utm_source=x")
            + line(title="Key", source_url=None, translation_key="k")
            + line(title="Key again", source_url=None, translation_key="k")
            + line(title="Slug", source_url=None)
            + line(title="Slug!", source_url=None)
        )
        counts = run(stream=stream, by=self.by, tell=lambda *a: told.append(a))
        assert told == [
            (3, "The same item stands on line 1 already."),
            (5, "The same item stands on line 4 already."),
            (7, "The same item stands on line 6 already."),
        ]
        assert (counts.new, counts.refused) == (3, 3)
        assert set(ArticlePage.objects.values_list("title", flat=True)) == {"First", "Key", "Slug"}

    def test_two_items_of_a_language_cannot_share_a_translation_key(self) -> None:
        told: list[tuple[int, str]] = []
        stream = io.BytesIO(
            line(translation_key="k")
            + line(translation_key="k", source_url="https://old.example/2")
            + line(translation_key="k", source_url="https://old.example/3", locale="ar", title="بالعربية")
        )
        run(stream=stream, by=self.by, tell=lambda *a: told.append(a))
        assert told == [(2, "Another item in this language has the same translation_key.")]

    def test_what_the_database_refuses_takes_only_its_own_line_with_it(self) -> None:
        told: list[tuple[int, str]] = []
        first = line(topics=["kept"])
        # Two lines of one batch that differ for Python and not for the tree: the second finds its path taken.
        run(stream=io.BytesIO(first), by=self.by, tell=lambda *a: told.append(a))
        taken = ArticlePage.objects.get()
        from hiwar.library.imports import places

        original = places.Place.next_path
        paths = iter([taken.path])
        places.Place.next_path = lambda place: next(paths, None) or original(place)  # type: ignore[method-assign]
        try:
            counts = run(
                stream=io.BytesIO(
                    line(source_url="https://old.example/2", title="Two", topics=["gone"])
                    + line(source_url="https://old.example/3", title="Three", topics=["gone"])
                ),
                by=self.by,
                tell=lambda *a: told.append(a),
            )
        finally:
            places.Place.next_path = original  # type: ignore[method-assign]
        assert (counts.new, counts.refused) == (1, 1)
        assert told[0][0] == 1
        assert "The database refused it" in told[0][1]
        assert set(ArticlePage.objects.values_list("title", flat=True)) == {"A good line", "Three"}
        assert ItemRef.objects.get(title="Three").topics.get().slug == "gone"
        assert not OldAddress.objects.filter(key="/2/").exists()
        assert not Page.find_problems()[0]

    def test_a_missing_section_is_said(self) -> None:
        Page.objects.get(url_path="/en/press/").delete()
        ((_number, reason),) = self.refused(line(kind="press_release"))
        assert reason == "The site has no section /en/press/ yet."


class TheCommand(TestCase):
    def call(self, path: Path) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_pages", str(path), stdout=out, stderr=err)
        except SystemExit as stop:
            return int(stop.code or 0), out.getvalue(), err.getvalue()
        return 0, out.getvalue(), err.getvalue()

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def file(self, content: bytes) -> Path:
        path = self.folder / "items.jsonl"
        path.write_bytes(content)
        return path

    def test_all_well_is_0_and_an_empty_installation_gets_its_sections(self) -> None:
        assert self.call(self.file(b"\xef\xbb\xbf" + line())) == (0, "1 new, 0 updated, 0 unchanged, 0 refused\n", "")
        assert self.call(self.file(line()))[1] == "0 new, 0 updated, 1 unchanged, 0 refused\n"

    def test_a_bad_line_is_1_with_its_number(self) -> None:
        code, out, err = self.call(self.file(line() + b"\n\nnot json\n"))
        assert code == 1
        assert out == "1 new, 0 updated, 0 unchanged, 1 refused\n"
        assert err.startswith("line 4: The line is not JSON")

    def test_an_empty_file_is_said_and_no_error(self) -> None:
        code, out, err = self.call(self.file(b"\n \n"))
        assert (code, out) == (0, "0 new, 0 updated, 0 unchanged, 0 refused\n")
        assert err.endswith("items.jsonl holds no items.\n")

    def test_a_missing_file_and_a_folder_are_clear_errors(self) -> None:
        for path in (self.folder / "none.jsonl", self.folder):
            with pytest.raises(CommandError, match="cannot be read"):
                self.call(path)


def test_lines_are_numbered_as_an_editor_counts_them() -> None:
    read = list(lines(io.BytesIO(b'\n{"a": 1}\r\n\n[]\n{"b": 2}')))
    assert [(entry.number, entry.data) for entry in read] == [(2, {"a": 1}), (4, None), (5, {"b": 2})]


def test_a_day_is_the_sites_own_day_and_a_moment_is_kept() -> None:
    assert checked(1, GOOD).date == datetime(2018, 7, 28, 21, tzinfo=UTC)
    assert checked(1, {**GOOD, "date": "2018-07-29T10:00:00Z"}).date == datetime(2018, 7, 29, 10, tzinfo=UTC)


def test_a_number_may_be_a_translation_key() -> None:
    key = checked(1, {**GOOD, "translation_key": 7}).translation_key
    assert key == checked(1, {**GOOD, "translation_key": "7"}).translation_key
    assert key != checked(1, {**GOOD, "translation_key": "8"}).translation_key


@override_settings(LANGUAGES=[("ar", "Arabic"), ("en", "English"), ("fr", "French")])
def test_french_is_a_matter_of_the_settings() -> None:
    assert checked(1, {**GOOD, "locale": "fr"}).locale == "fr"


def test_a_valid_pair_of_surrogates_is_a_character() -> None:
    assert parsed(b'{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}
    with pytest.raises(LineRefused):
        parsed(b'{"\\ude00": 1}')
