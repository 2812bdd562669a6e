"""Imported quotations: an altered verse keeps its item back, hadith is only reported, `--as-is` is a decision."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import PageLogEntry

from hiwar.accounts.models import User
from hiwar.audit.events import Event
from hiwar.audit.models import Entry
from hiwar.library.imports.running import run
from hiwar.library.imports.writing import Counts
from hiwar.library.mending import UNCHECKED
from hiwar.library.models import ArticlePage
from hiwar.library.publishing import ScriptureRefused
from tests.library.newsroom import Newsroom, entries, form_of, fresh, is_public, open_newsroom
from tests.library.quoting import STRANGE, label, misquoted, misquoted_hadith, quoted

pytestmark = pytest.mark.django_db
ADDRESS = "https://old.example/archives/7"
WORD = "كلام قصير كتب للتجربة."


def item(words: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "article",
        "locale": "ar",
        "title": "مقال منقول",
        "body_html": f"<p>{WORD}</p><p>قال تعالى: {words}</p>",
        "summary": WORD,
        "date": "2018-07-29",
        "source_url": ADDRESS,
        **more,
    }


def load(*lines: dict[str, Any], as_is: bool = False) -> tuple[Counts, list[tuple[int, str]]]:
    told: list[tuple[int, str]] = []
    stream = io.BytesIO("\n".join(json.dumps(line) for line in lines).encode())
    by = User.objects.system("import")
    return run(stream=stream, by=by, tell=lambda *said: told.append(said), as_is=as_is), told


def article() -> ArticlePage:
    return ArticlePage.objects.get()


@pytest.fixture
def newsroom() -> Newsroom:
    return open_newsroom()


def test_an_altered_verse_keeps_the_item_as_a_draft_and_is_reported(newsroom):
    other = item(quoted(), title="آخر", source_url=ADDRESS + "0")
    counts, told = load(other, item(misquoted()))
    assert counts == Counts(new=2, held=1)
    [(line, reason)] = told
    assert line == 2
    assert f"{label()} («{STRANGE}»)" in reason
    page = ArticlePage.objects.get(title="مقال منقول")
    assert not is_public(page)
    assert page.first_published_at is None
    assert page.has_unpublished_changes
    assert page.live_revision_id is None
    assert misquoted() in str(page.get_latest_revision_as_object().body)
    assert not entries(Event.ITEM_PUBLISHED, page)
    assert is_public(ArticlePage.objects.get(title="آخر"))


def test_the_draft_that_waits_opens_in_the_office_with_its_panel(newsroom):
    load(item(misquoted()))
    page = article()
    answer = newsroom.client("publisher").get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    assert len(answer.context["quotations"].altered) == 1


def test_an_exact_verse_is_published(newsroom):
    assert load(item(quoted())) == (Counts(new=1), [])
    assert is_public(article())


def test_hadith_is_only_reported(newsroom):
    counts, [(line, reason)] = load(item(misquoted_hadith()))
    assert counts == Counts(new=1)
    assert line == 1
    assert "Sahih al-Bukhari" in reason
    assert is_public(article())
    assert not article().scripture_unchecked


def test_an_altered_verse_in_title_or_summary_counts_too(newsroom):
    counts, _told = load(item(WORD, summary=f"قال تعالى: {misquoted()}"))
    assert counts.held == 1


def test_the_same_file_again_leaves_what_waits_alone(newsroom):
    load(item(misquoted()))
    before = article().latest_revision_id
    assert load(item(misquoted())) == (Counts(unchanged=1), [])
    assert not is_public(article())
    assert article().latest_revision_id == before


def test_a_corrected_line_is_published(newsroom):
    load(item(misquoted()))
    assert load(item(quoted())) == (Counts(updated=1), [])
    assert is_public(article())
    assert misquoted() not in str(article().body)


def test_a_live_item_keeps_its_text_while_the_altered_one_waits(newsroom):
    load(item(quoted()))
    counts, told = load(item(misquoted()))
    assert counts == Counts(updated=1, held=1)
    assert len(told) == 1
    page = article()
    assert is_public(page)
    assert misquoted() not in str(page.body)
    assert misquoted() in str(page.get_latest_revision_as_object().body)


def test_what_waits_does_not_come_out_by_itself(newsroom):
    load(item(misquoted()))
    with pytest.raises(ScriptureRefused):
        article().get_latest_revision().publish(user=newsroom.publisher)
    assert not is_public(article())


class TestAsIs:
    def test_publishes_and_marks_the_item(self, newsroom):
        counts, [(_line, reason)] = load(item(misquoted()), as_is=True)
        assert counts == Counts(new=1)
        assert "not checked" in reason
        page = article()
        assert is_public(page)
        assert page.scripture_unchecked
        assert "not checked" in page.get_admin_display_title()
        [line] = PageLogEntry.objects.filter(page=page.pk, action=UNCHECKED)
        assert line.data["references"] == ["2:256"]
        assert entries(Event.ITEM_UNCHECKED, page)[0].detail == {"references": ["2:256"]}

    def test_the_office_shows_the_mark(self, newsroom):
        load(item(misquoted()), as_is=True)
        page, client = article(), newsroom.client("publisher")
        for address in (
            reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ):
            assert "not checked" in client.get(address).content.decode()
        history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
        assert label() in history

    def test_marks_only_what_differs(self, newsroom):
        load(item(quoted()), as_is=True)
        assert not article().scripture_unchecked

    def test_takes_up_what_waited(self, newsroom):
        load(item(misquoted()))
        assert load(item(misquoted()), as_is=True)[0] == Counts(updated=1)
        assert is_public(article())
        assert article().scripture_unchecked
        assert load(item(misquoted()), as_is=True)[0] == Counts(unchanged=1)
        assert load(item(misquoted()))[0] == Counts(unchanged=1)

    def test_leaves_alone_what_the_office_mended_meanwhile(self, newsroom):
        load(item(misquoted()))
        client, page = newsroom.client("publisher"), article()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        [row] = client.get(edit).context["quotations"].altered
        client.post(reverse("quotation_mend", args=[page.pk]), row.key)
        assert load(item(misquoted()), as_is=True) == (Counts(unchanged=1), [])
        assert misquoted() not in str(article().get_latest_revision_as_object().body)

    def test_a_person_does_not_publish_it_again_as_it_is(self, newsroom):
        load(item(misquoted()), as_is=True)
        page = article()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        answer = newsroom.client("publisher").post(edit, {**form_of(page), "action-publish": "1"})
        assert answer["Location"] == edit + "#quotations"

    def test_the_next_clean_publication_takes_the_mark_away(self, newsroom):
        load(item(misquoted()), as_is=True)
        client, page = newsroom.client("publisher"), article()
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        [row] = client.get(edit).context["quotations"].altered
        client.post(reverse("quotation_mend", args=[page.pk]), row.key)
        assert client.post(edit, {**form_of(fresh(page)), "action-publish": "1"}).status_code == 302
        assert is_public(page)
        assert not fresh(page).scripture_unchecked
        assert "not checked" not in client.get(edit).content.decode()
        assert PageLogEntry.objects.filter(page=page.pk, action=UNCHECKED).count() == 1

    def test_a_copy_is_not_marked(self, newsroom):
        load(item(misquoted()), as_is=True)
        copied = article().copy(update_attrs={"slug": "copy"}, user=newsroom.publisher, keep_live=False)
        assert not copied.scripture_unchecked


def test_the_command(newsroom, tmp_path: Path):
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps(item(misquoted())), "utf-8")
    out, err = io.StringIO(), io.StringIO()
    call_command("import_pages", str(path), stdout=out, stderr=err)
    assert "1 new" in out.getvalue()
    assert "1 of them" in out.getvalue()
    assert err.getvalue().startswith("line 1: ")
    assert Entry.objects.get(event=Event.IMPORT_RUN).detail["held"] == 1
    call_command("import_pages", str(path), as_is=True, stdout=out, stderr=err)
    assert article().scripture_unchecked
