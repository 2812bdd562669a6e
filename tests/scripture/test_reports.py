"""Reported errors and their public log, and findings that a Scholar lets pass."""

from __future__ import annotations

import datetime
import hashlib
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from hiwar.audit.refusal import Refused
from hiwar.scripture import actions
from hiwar.scripture.models import Overruling, TextReport
from tests.accounts.people import signed_in
from tests.scripture import quoting
from tests.scripture.entries import events, people

pytestmark = pytest.mark.django_db
PROBLEM = {"ar": "كلمة ناقصة", "en": "A word is missing"}


@pytest.fixture
def who():
    return people()


def report(by, **more: object) -> TextReport:
    values = {"source": "quran", "reference": "2:255", "problem": PROBLEM, **more}
    return actions.record_report(by=by, **values)


class TestLog:
    def test_an_entry_is_answered_and_shown(self, who):
        row = report(who.publisher, received=datetime.date(2026, 11, 1))
        assert (row.state, row.answered, row.shown) == ("open", None, False)
        assert not TextReport.objects.shown().exists()
        row = actions.answer_report(
            report=row, answer={"en": " It is there. ", "ar": ""}, state="answered", by=who.scholar
        )
        assert (row.answer, row.state, row.answered) == ({"en": "It is there."}, "answered", timezone.localdate())
        assert not TextReport.objects.shown().exists()
        actions.show_report(report=row, shown=True, by=who.scholar)
        assert list(TextReport.objects.shown()) == [row]
        actions.show_report(report=row, shown=False, by=who.scholar)
        assert not TextReport.objects.shown().exists()
        assert [e.event for e in reversed(events_of(row))] == [
            "report.recorded",
            "report.answered",
            "report.shown",
            "report.hidden",
        ]

    @pytest.mark.parametrize("where", ["problem", "answer"])
    def test_a_misquotation_comes_into_it_by_a_scholar_alone(self, who, where):
        wrong = {"en": f"It had: {quoting.quoted(quoting.substituted())}"}
        row = report(who.publisher, problem=wrong if where == "problem" else PROBLEM)
        answer = wrong if where == "answer" else {"en": "Mended."}
        row = actions.answer_report(report=row, answer=answer, state="corrected", by=who.publisher)
        with pytest.raises(Refused, match="differs from the edition"):
            actions.show_report(report=row, shown=True, by=who.publisher)
        assert not TextReport.objects.shown().exists()
        actions.show_report(report=row, shown=True, by=who.scholar)
        assert list(TextReport.objects.shown()) == [row]

    def test_nor_into_an_entry_that_is_shown_already(self, who):
        row = actions.answer_report(
            report=report(who.publisher), answer={"en": "No."}, state="answered", by=who.scholar
        )
        actions.show_report(report=row, shown=True, by=who.scholar)
        with pytest.raises(Refused):
            actions.answer_report(
                report=row, answer={"ar": quoting.quoted(quoting.shortened())}, state="corrected", by=who.publisher
            )
        row.refresh_from_db()
        assert row.answer == {"en": "No."}

    def test_newest_first(self, who):
        days = [datetime.date(2026, 1, day) for day in (3, 9, 5)]
        for day in days:
            actions.show_report(report=report(who.publisher, received=day), shown=True, by=who.scholar)
        assert [row.received.day for row in TextReport.objects.shown()] == [9, 5, 3]

    def test_a_second_answer_replaces_the_first_and_both_are_in_the_audit_log(self, who):
        row = report(who.publisher)
        for answer, state in (("No.", "answered"), ("Yes, mended.", "corrected"), ("Yes, mended.", "corrected")):
            row = actions.answer_report(report=row, answer={"en": answer}, state=state, by=who.scholar)
        assert (str(row.answer), row.state) == ("Yes, mended.", "corrected")
        assert [e.detail["state"] for e in events("report.answered", row.uuid)] == ["corrected", "answered"]

    @pytest.mark.parametrize(
        ("answer", "state"), [({}, "answered"), ({"en": " "}, "corrected"), ({"en": "x"}, "open"), ({"en": "x"}, "y")]
    )
    def test_no_answer_without_words_and_outcome(self, who, answer, state):
        row = report(who.publisher)
        with pytest.raises(ValidationError):
            actions.answer_report(report=row, answer=answer, state=state, by=who.scholar)
        assert TextReport.objects.get().state == "open"

    def test_what_readers_see_is_not_rewritten(self, who):
        row = report(who.publisher)
        actions.record_report(report=row, by=who.publisher, problem={"en": "Two words"})
        actions.show_report(report=row, shown=True, by=who.scholar)
        with pytest.raises(Refused, match="public log"):
            actions.record_report(report=row, by=who.publisher, problem={"en": "Nothing"})
        assert str(TextReport.objects.get().problem) == "Two words"

    @pytest.mark.parametrize(
        ("source", "typed", "key", "label"),
        [
            ("quran", "البقرة: ٢٥٥", "2:255", "Al-Baqarah 2:255"),
            ("quran", "", "", "The Quran"),
            ("bukhari", "١", "bukhari:1", "Sahih al-Bukhari 1"),
            ("bukhari", "bukhari:1", "bukhari:1", "Sahih al-Bukhari 1"),
            ("muslim", "177@running", "muslim:177@running", "Sahih Muslim 177 (running numbering)"),
            ("muslim", "", "", "Sahih Muslim"),
            ("some-edition", "2:255", "2:255", "Al-Baqarah 2:255"),
            ("some-edition", "", "", "some-edition"),
        ],
    )
    def test_the_place_is_kept_in_one_form(self, who, source, typed, key, label):
        row = report(who.publisher, source=source, reference=typed)
        assert (row.reference, row.place_here) == (key, label)
        assert str(actions.record_report(report=row, by=who.publisher, reference=key)) == label

    @pytest.mark.parametrize(
        ("source", "typed"),
        [
            ("quran", "2:287"),
            ("quran", "bukhari:1"),
            ("bukhari", "7564"),
            ("bukhari", "x"),
            ("some-edition", "muslim:1"),
        ],
    )
    def test_a_place_that_is_not_there_is_refused(self, who, source, typed):
        with pytest.raises(ValidationError) as error:
            report(who.publisher, source=source, reference=typed)
        assert "reference" in error.value.message_dict
        assert not TextReport.objects.exists()

    def test_who_may(self, who):
        with pytest.raises(Refused):
            report(who.author)
        row = report(who.publisher)
        with pytest.raises(Refused):
            actions.answer_report(report=row, answer={"en": "x"}, state="answered", by=who.author)
        with pytest.raises(Refused):
            actions.show_report(report=row, shown=True, by=who.author)
        with pytest.raises(ValidationError):
            report(who.publisher, problem={})


def events_of(row: TextReport) -> list:
    return [
        entry for name in ("recorded", "answered", "shown", "hidden") for entry in events(f"report.{name}", row.uuid)
    ][::-1]


class TestOverruling:
    def overrule(self, by, **more: object) -> Overruling:
        values = {"subject": uuid.UUID(int=1), "found": "كلام", "reference": "2:255", "reason": "A paraphrase", **more}
        return actions.overrule(by=by, **values)

    def test_holds_for_these_words_in_this_item_alone(self, who):
        row = self.overrule(who.scholar)
        assert row.digest == hashlib.sha256("كلام".encode()).hexdigest()
        pairs = [(row.digest, "2:255"), (row.digest, "2:256"), ("0" * 64, "2:255")]
        covered = Overruling.objects.covered
        assert covered(subject=uuid.UUID(int=1), pairs=pairs) == {(row.digest, "2:255")}
        assert covered(subject=uuid.UUID(int=2), pairs=pairs) == set()
        (entry,) = events("quotation.overruled", uuid.UUID(int=1))
        assert (entry.actor, entry.detail["reason"], entry.detail["reference"]) == (
            who.scholar.uuid,
            "A paraphrase",
            "2:255",
        )

    def test_again_changes_nothing_and_another_reason_is_recorded(self, who):
        first = self.overrule(who.scholar)
        assert self.overrule(who.second_scholar).by == who.scholar
        again = self.overrule(who.second_scholar, reason="A title")
        assert (again.pk, again.reason, again.by) == (first.pk, "A title", who.second_scholar)
        assert len(events("quotation.overruled")) == 2

    def test_only_a_scholar_and_only_with_a_reason(self, who):
        for name in ("author", "publisher", "manager"):
            with pytest.raises(Refused, match="Scholar"):
                self.overrule(getattr(who, name))
        with pytest.raises(ValidationError):
            self.overrule(who.scholar, reason=" \n")
        assert not Overruling.objects.exists()

    def test_an_account_may_go_and_the_overruling_stays(self, who):
        self.overrule(who.scholar)
        who.scholar.delete()
        assert Overruling.objects.get().by is None


def test_the_office_says_why_and_keeps_the_answer(who):
    wrong = quoting.quoted(quoting.substituted())
    row = report(who.publisher)
    client = signed_in(who.publisher, language="en")
    form = {"answer_ar": wrong, "answer_en": "", "state": "corrected", "shown": "on"}
    answer = client.post(reverse("text_reports:answer", args=[row.pk]), form)
    assert answer.status_code == 200
    assert "Only a Scholar puts such an entry" in answer.content.decode()
    assert "الصناديق" in answer.content.decode()
    row.refresh_from_db()
    assert (row.shown, row.state) == (False, "open")
