"""What an editor does about a quotation in the office: sees it, mends it, makes it a block; a Scholar lets it pass."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import PageLogEntry

from hiwar.audit import acting
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused
from hiwar.library import mending, scripture_check
from hiwar.library.models import ArticlePage
from hiwar.library.publishing import PublishRefused, ScriptureRefused
from hiwar.scripture.blocks import chosen
from hiwar.scripture.detect import detect
from hiwar.scripture.models import Overruling
from hiwar.scripture.permissions import SCHOLARS
from tests.accounts.people import account, signed_in
from tests.library.newsroom import draft, entries, form_of, fresh, is_public, open_newsroom, published
from tests.library.quoting import (
    ANNOUNCED,
    STRANGE,
    body,
    label,
    misquoted,
    misquoted_hadith,
    quoted,
    text_of,
    uthmani,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom():
    return open_newsroom()


@pytest.fixture
def scholar(newsroom):
    return account("scholar", SCHOLARS)


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def written(by, *paragraphs: str, **values) -> ArticlePage:
    """A draft by `by` whose text is `paragraphs`."""
    page = draft(by, **values)
    page.body = body(*paragraphs)
    page.save_revision(user=by)
    return fresh(page)


def latest(page) -> ArticlePage:
    return fresh(page).get_latest_revision_as_object()


def panel(client, page):
    return client.get(edit(page)).context["quotations"]


def mend(client, page, row):
    return client.post(reverse("quotation_mend", args=[page.pk]), row.key)


class TestPanel:
    def test_says_place_words_and_differences_in_the_editors_language(self, newsroom):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        client = newsroom.client("publisher")
        shown = client.get(edit(page)).content.decode()
        assert 'id="quotations"' in shown
        assert label() in shown
        assert "Substituted word" in shown
        assert f'<del class="w-wrong">{STRANGE}</del>' in shown
        client.cookies["office_language"] = "ar"
        assert label(language="ar") in client.get(edit(page)).content.decode()

    def test_names_the_field_or_block(self, newsroom):
        page = written(newsroom.author, "نص.")
        page.summary = misquoted()
        page.body = [("text", "<p>نص.</p>"), ("callout", {"text": misquoted()})]
        page.save_revision(user=newsroom.author)
        rows = panel(newsroom.client("publisher"), page).altered
        assert [row.place for row in rows] == ["Summary", "Text › 2 › Call-out › Sentence"]

    def test_nothing_found_nothing_shown(self, newsroom):
        page = draft(newsroom.author)
        assert 'id="quotations"' not in newsroom.client("author").get(edit(page)).content.decode()

    def test_no_form_stands_in_another(self, newsroom):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}", quoted(112, 1))
        shown = newsroom.client("publisher").get(edit(page)).content.decode()
        tags = re.findall(r"<(/?form)\b", shown)
        assert "quotation" in shown
        assert tags == ["form", "/form"] * (len(tags) // 2)

    def test_what_was_typed_cannot_become_markup(self, newsroom):
        page = written(newsroom.author, "نص.")
        page.summary = f"<img src=x> {misquoted()}"
        page.save_revision(user=newsroom.author)
        shown = newsroom.client("publisher").get(edit(page)).content.decode()
        assert escape("<img src=x>") in shown
        assert "<img src=x>" not in shown


class TestMend:
    def test_one_click_makes_a_clean_draft_that_its_publisher_may_publish(self, newsroom):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()} والسلام.", "فقرة أخرى.")
        client = newsroom.client("publisher")
        [row] = panel(client, page).altered
        answer = mend(client, page, row)
        assert answer["Location"] == edit(page) + "#quotations"
        found = text_of(latest(page))
        assert found == f"<p>{ANNOUNCED} {quoted(last=12)} والسلام.</p><p>فقرة أخرى.</p>"
        assert not scripture_check.checked(latest(page)).altered
        assert not is_public(page)
        assert client.post(edit(page), {**form_of(fresh(page)), "action-publish": "1"}).status_code == 302
        assert is_public(page)

    def test_whoever_types_vowels_gets_the_editions_spelling(self, newsroom):
        wrong = uthmani(last=12).split(" ")
        wrong[6] = STRANGE
        page = written(newsroom.author, f"{ANNOUNCED} {' '.join(wrong)}")
        client = newsroom.client("publisher")
        mend(client, page, panel(client, page).altered[0])
        assert uthmani(last=12) in text_of(latest(page))

    @pytest.mark.parametrize("at", ["first", "second"])
    def test_exactly_this_passage_and_no_other(self, newsroom, at):
        first, second = misquoted(), misquoted(49, 13, at=5, last=11)
        page = written(newsroom.author, f"{ANNOUNCED} {first}", f"ثم {ANNOUNCED} {second}")
        client = newsroom.client("publisher")
        rows = panel(client, page).altered
        assert len(rows) == 2
        mend(client, page, rows[at == "second"])
        found = text_of(latest(page))
        assert (first in found) == (at == "second")
        assert (second in found) == (at == "first")

    def test_all_at_once(self, newsroom):
        pair = f"{ANNOUNCED} {misquoted()} ثم {ANNOUNCED} {misquoted(49, 13, at=5, last=11)}."
        page = latest(written(newsroom.author, pair))
        page.summary = misquoted(3, 103, at=4, last=10)
        page.save_revision(user=newsroom.author)
        client = newsroom.client("publisher")
        client.post(reverse("quotation_mend", args=[page.pk]), {"all": "1"})
        made = latest(page)
        assert not scripture_check.checked(made).altered
        assert made.summary == quoted(3, 103, last=10)
        assert text_of(made) == f"<p>{ANNOUNCED} {quoted(last=12)} ثم {ANNOUNCED} {quoted(49, 13, last=11)}.</p>"

    def test_words_in_bold_and_over_two_paragraphs_leave_whole_markup(self, newsroom):
        wrong = misquoted().split(" ")
        page = draft(newsroom.author)
        parts = [" ".join(wrong[a:b]) for a, b in ((0, 4), (4, 8), (8, 12))]
        page.body = [("text", f"<p>قال: <b>«{parts[0]}</b> {parts[1]}</p><p>{parts[2]}». ثم مضى.</p>")]
        page.save_revision(user=newsroom.author)
        client = newsroom.client("publisher")
        mend(client, page, panel(client, page).altered[0])
        assert text_of(latest(page)) == f"<p>قال: <b>«{quoted(last=12)}</b></p><p>». ثم مضى.</p>"

    def test_a_word_left_out_or_put_in(self, newsroom):
        right = words(2, 256)[:12]
        for wrong in ([*right[:6], *right[7:]], [*right[:6], STRANGE, *right[6:]]):
            page = written(newsroom.author, f"{ANNOUNCED} {' '.join(wrong)}", title=f"مقال {len(wrong)}")
            client = newsroom.client("publisher")
            mend(client, page, panel(client, page).altered[0])
            assert text_of(latest(page)) == f"<p>{ANNOUNCED} {' '.join(right)}</p>"

    def test_a_text_that_changed_meanwhile_is_left_alone(self, newsroom):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        client = newsroom.client("publisher")
        [row] = panel(client, page).altered
        page.body = body(f"كلام جديد. {ANNOUNCED} {misquoted()}")
        page.save_revision(user=newsroom.author)
        before = fresh(page).latest_revision_id
        answer = mend(client, page, row)
        assert "changed here" in client.get(answer["Location"]).content.decode()
        assert fresh(page).latest_revision_id == before

    def test_what_stands_in_the_live_page_is_not_touched(self, newsroom):
        page = published(newsroom.author, newsroom.publisher)
        page.summary = misquoted()
        page.save_revision(user=newsroom.author)
        client = newsroom.client("publisher")
        mend(client, page, panel(client, page).altered[0])
        assert fresh(page).summary == "ملخص."
        assert latest(page).summary == quoted(last=12)

    def test_is_told_in_the_items_log_and_the_audit(self, newsroom):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        client = newsroom.client("publisher")
        mend(client, page, panel(client, page).altered[0])
        [line] = PageLogEntry.objects.filter(page=page.pk, action=mending.MEND)
        assert line.user == newsroom.publisher
        assert line.data["references"] == ["2:256"]
        [entry] = entries(Event.QUOTATION_MENDED, page)
        assert entry.actor == newsroom.publisher.uuid
        history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
        assert label() in history

    def test_hadith_has_no_such_button(self, newsroom):
        page = written(newsroom.author, f"في الحديث: {misquoted_hadith()}")
        client = newsroom.client("publisher")
        [row] = panel(client, page).altered
        assert not row.mended
        shown = client.get(edit(page)).content.decode()
        assert "hadith block" in shown
        assert "Mend the quotation" not in shown
        with pytest.raises(ScriptureRefused):
            page.get_latest_revision().publish(user=newsroom.publisher)

    def test_every_verse_can_be_mended_in_either_spelling(self):
        """Whatever word of whatever verse is wrong, what is put in its place is found unaltered."""
        from hiwar.scripture.canon import quran
        from hiwar.scripture.verify import Passage, findings, mended

        tried = 0
        for verse in quran().verses()[7::97]:
            for text in (words(verse.sura, verse.number), list(verse.words)):
                if not 6 <= len(text) <= 40:
                    continue
                text[len(text) // 2] = STRANGE
                for finding in findings([Passage("", " ".join(text))], sources=("quran",)):
                    if finding.altered:
                        tried += 1
                        again = detect(mended(finding), sources=("quran",))
                        assert all(found.status != "altered" for found in again), verse.key
        assert tried > 40


class TestMendingIsNobodysWriting:
    """One click puts the edition's words in place: the author stays the writer, and the publisher the second person."""

    def mended(self, newsroom, writer, by):
        page = written(writer, f"{ANNOUNCED} {misquoted()}")
        [found] = scripture_check.checked(latest(page)).altered
        with acting.acting(by=by):
            mending.mend(page=page, key=found.key, by=by)
        return fresh(page)

    def test_the_publisher_may_mend_and_publish(self, newsroom):
        page = self.mended(newsroom, newsroom.author, newsroom.publisher)
        page.get_latest_revision().publish(user=newsroom.publisher)
        assert is_public(page)

    def test_the_publishers_own_text_is_not_made_anothers_by_anothers_mending(self, newsroom):
        page = self.mended(newsroom, newsroom.publisher, newsroom.reviewer)
        with pytest.raises(PublishRefused, match="Two persons"):
            page.get_latest_revision().publish(user=newsroom.publisher)

    def test_a_word_written_after_mending_counts(self, newsroom):
        page = self.mended(newsroom, newsroom.author, newsroom.publisher)
        revision = page.get_latest_revision()
        changed = revision.as_object()
        changed.summary = "كتبه مسؤول النشر وحده."
        changed.save_revision(user=newsroom.publisher, overwrite_revision=revision)
        assert fresh(page).latest_revision_id == revision.pk
        with pytest.raises(PublishRefused, match="Two persons"):
            fresh(page).get_latest_revision().publish(user=newsroom.publisher)


class TestVerseBlock:
    def make(self, client, page, row):
        return client.post(reverse("quotation_block", args=[page.pk]), row.key)

    def shape(self, page):
        return [
            (block.block_type, block.value.source if block.block_type == "text" else block.value["reference"])
            for block in latest(page).body
        ]

    def test_the_text_is_parted_round_the_verse(self, newsroom):
        page = written(newsroom.author, f"قال تعالى: ﴿{quoted(2, 256)}﴾ [البقرة: ٢٥٦]. ثم مضى.", "فقرة أخرى.")
        client = newsroom.client("author")
        [row] = panel(client, page).unaltered
        self.make(client, page, row)
        assert self.shape(page) == [
            ("text", "<p>قال تعالى:</p>"),
            ("verse", "2:256"),
            ("text", "<p>ثم مضى.</p><p>فقرة أخرى.</p>"),
        ]
        assert not scripture_check.checked(latest(page)).problems
        page.get_latest_revision()
        fresh(page).get_latest_revision().publish(user=newsroom.publisher)
        assert is_public(page)

    def test_a_verse_alone_becomes_the_block_alone(self, newsroom):
        page = written(newsroom.author, quoted(112, 1) + " " + quoted(112, 2))
        client = newsroom.client("author")
        self.make(client, page, panel(client, page).unaltered[0])
        assert self.shape(page) == [("verse", "112:1-2")]

    def test_a_piece_becomes_the_whole_verse(self, newsroom):
        page = written(newsroom.author, f"{ANNOUNCED} {quoted(last=8)}")
        client = newsroom.client("author")
        assert "with the whole verse" in client.get(edit(page)).content.decode()
        self.make(client, page, panel(client, page).unaltered[0])
        assert self.shape(page)[1] == ("verse", "2:256")

    def test_not_offered_outside_the_text(self, newsroom):
        page = written(newsroom.author, "نص.")
        page.summary = quoted(last=12)
        page.save_revision(user=newsroom.author)
        client = newsroom.client("author")
        [row] = panel(client, page).unaltered
        assert not row.may_be_block
        self.make(client, page, row)
        assert self.shape(page) == [("text", "<p>نص.</p>")]

    def test_a_block_whose_text_is_not_the_editions_refuses_publication(self, newsroom):
        page = draft(newsroom.author)
        page.body = [("verse", {**chosen("2:256"), "digest": "0" * 64})]
        page.save_revision(user=newsroom.author)
        with pytest.raises(ScriptureRefused, match="compare"):
            page.get_latest_revision().publish(user=newsroom.publisher)
        shown = newsroom.client("publisher").get(edit(page)).content.decode()
        assert "quotations__problems" in shown


class TestOverruling:
    def overrule(self, client, page, row, reason="قراءة أخرى متواترة."):
        return client.post(reverse("quotation_overrule", args=[page.pk]), {**row.key, "reason": reason})

    def test_a_scholar_lets_the_words_stand_and_it_is_kept(self, newsroom, scholar):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        client = signed_in(scholar, language="en")
        [row] = panel(client, page).altered
        address = reverse("quotation_overrule", args=[page.pk])
        assert address in client.get(edit(page)).content.decode()
        assert STRANGE in client.get(address, row.key).content.decode()
        assert self.overrule(client, page, row)["Location"] == edit(page) + "#quotations"
        [kept] = Overruling.objects.all()
        assert (kept.reference, kept.found, kept.by) == ("2:256", misquoted(), scholar)
        [line] = PageLogEntry.objects.filter(page=page.pk, action=mending.OVERRULE)
        assert line.user == scholar
        assert line.data["reason"] == "قراءة أخرى متواترة."
        assert entries(Event.QUOTATION_OVERRULED)
        page.get_latest_revision().publish(user=newsroom.publisher)
        assert is_public(page)

    @pytest.mark.parametrize("role", ["author", "translator", "reviewer", "publisher", "manager"])
    def test_nobody_else_may(self, newsroom, role):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        client = newsroom.client(role)
        [row] = panel(client, page).altered
        assert reverse("quotation_overrule", args=[page.pk]) not in client.get(edit(page)).content.decode()
        assert self.overrule(client, page, row).status_code == 404
        assert not Overruling.objects.exists()
        with pytest.raises(Refused):
            mending.overrule(page=page, key=row.found.key, reason="x", by=getattr(newsroom, role))

    def test_a_reason_is_required(self, newsroom, scholar):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        client = signed_in(scholar, language="en")
        [row] = panel(client, page).altered
        for reason in ("", "   "):
            assert self.overrule(client, page, row, reason).status_code == 200
        assert not Overruling.objects.exists()

    def test_changed_words_need_another_decision(self, newsroom, scholar):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        client = signed_in(scholar, language="en")
        self.overrule(client, page, panel(client, page).altered[0])
        page.body = body(f"{ANNOUNCED} {misquoted(at=7)}")
        page.save_revision(user=newsroom.author)
        with pytest.raises(ScriptureRefused):
            fresh(page).get_latest_revision().publish(user=newsroom.publisher)

    def test_another_item_needs_another_decision(self, newsroom, scholar):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        client = signed_in(scholar, language="en")
        self.overrule(client, page, panel(client, page).altered[0])
        other = written(newsroom.author, f"{ANNOUNCED} {misquoted()}", title="مقال آخر")
        with pytest.raises(ScriptureRefused):
            other.get_latest_revision().publish(user=newsroom.publisher)

    def test_a_hadith_as_well(self, newsroom, scholar):
        page = written(newsroom.author, f"في الحديث: {misquoted_hadith()}")
        client = signed_in(scholar, language="en")
        self.overrule(client, page, panel(client, page).altered[0])
        page.get_latest_revision().publish(user=newsroom.publisher)
        assert is_public(page)


class TestDoors:
    def test_who_may_not_edit_the_page_finds_nothing(self, newsroom):
        page = written(newsroom.publisher, f"{ANNOUNCED} {misquoted()}")
        [row] = panel(newsroom.client("publisher"), page).altered
        client = newsroom.client("author")  # an author edits only what is their own
        for name in ("quotation_mend", "quotation_block", "quotation_overrule"):
            assert client.post(reverse(name, args=[page.pk]), row.key).status_code == 404
        assert misquoted() in text_of(latest(page))

    def test_a_locked_page_is_not_mended(self, newsroom):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        client = newsroom.client("publisher")
        [row] = panel(client, page).altered
        page.locked, page.locked_by = True, newsroom.reviewer
        page.save(update_fields=["locked", "locked_by"])
        answer = mend(client, page, row)
        assert "locked" in client.get(answer["Location"]).content.decode()
        assert misquoted() in text_of(latest(page))

    @pytest.mark.parametrize("name", ["quotation_mend", "quotation_block"])
    def test_looking_changes_nothing(self, newsroom, name):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        assert newsroom.client("publisher").get(reverse(name, args=[page.pk])).status_code == 405

    @pytest.mark.parametrize(
        "data", [{}, {"place": "x", "start": "1", "digest": "0" * 64}, {"place": "x", "start": "-1"}]
    )
    def test_nonsense_is_refused_in_words(self, newsroom, data):
        page = written(newsroom.author, f"{ANNOUNCED} {misquoted()}")
        answer = newsroom.client("publisher").post(reverse("quotation_mend", args=[page.pk]), data)
        assert answer["Location"] == edit(page) + "#quotations"

    def test_no_session_no_answer(self, client, newsroom):
        page = written(newsroom.author, misquoted())
        answer = client.post(reverse("quotation_mend", args=[page.pk]), {"all": "1"})
        assert answer.status_code == 302
        assert "/login" in answer["Location"]


class TestWhatHasNoDraft:
    """People and topics are public as soon as they are saved."""

    @pytest.mark.parametrize(("name", "field"), [("items_topic", "summary"), ("library_person", "biography")])
    def test_a_misquotation_is_refused_with_the_right_words(self, newsroom, name, field):
        data = {"name_ar": "اسم", "name_en": "", "slug": "a-name", "order": "1", f"{field}_ar": "", f"{field}_en": ""}
        client = newsroom.client("manager")
        address = reverse(f"wagtailsnippets_{name}:add")
        answer = client.post(address, {**data, f"{field}_ar": f"{ANNOUNCED} {misquoted()}"})
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert quoted(last=12) in shown
        assert misquoted() in shown, "what was typed is lost"
        assert client.post(address, {**data, f"{field}_ar": f"{ANNOUNCED} {quoted(last=12)}"}).status_code == 302
