"""The office's pages for scripture, with a real browser's requests: who enters, who signs, and what is told."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from hiwar.audit.models import Entry
from hiwar.items.models import ItemRef
from hiwar.scripture import actions, editions
from hiwar.scripture.models import Hadith, Rendering, TextReport
from tests.scripture.entries import GRADING, SECOND, TEXT, events, hadith, meanings, people, signed

pytestmark = pytest.mark.django_db
SENT = TEXT.replace("\n", "\r\n")  # as a browser sends it


@pytest.fixture
def who():
    return people()


def by_language(name: str, texts: dict[str, str], codes: tuple[str, ...] = ("ar", "en")) -> dict[str, str]:
    return {f"{name}_{code}": texts.get(code, "") for code in codes}


def grading_form(row: dict[str, Any], **more: Any) -> dict[str, Any]:
    texts = [by_language(name, row[name]) for name in ("grader", "wording", "source")]
    found: dict[str, Any] = {"grade": row["grade"], "page": row["page"], **more}
    for each in texts:
        found.update(each)
    return found


def form(row: Hadith | None = None, gradings: Any = (GRADING,), **more: Any) -> dict[str, Any]:
    """What the form posts: empty, or as it stands for `row`, with changes."""
    rows = list(row.gradings.all()) if row else []
    given = [grading_form(each, id=rows[n].pk if n < len(rows) else "") for n, each in enumerate(gradings)]
    data: dict[str, Any] = {
        "book": "bukhari/fath-al-bari",
        "number": "1",
        "others": "",
        **by_language("narrator", {"ar": "عن فلان", "en": "From so-and-so"}),
        "text": SENT,
        **by_language("edition_note", {"en": "An edition, vol. 1, p. 2"}),
        **by_language("rendering", {}, ("en",)),
        "translator": "",
        "note": "",
        "seal": actions.seal_of(row) if row else "",
        "gradings": inline_formset(given, initial=len(rows)),
        **more,
    }
    return nested_form_data(data)


def text_of(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def faults(answer: Any) -> Any:
    found = answer.context["form"]
    return found.errors, [each.errors for each in getattr(found, "formsets", {}).values()]


def enter(client: Client, **more: Any) -> Hadith:
    answer = client.post(reverse("hadith:add"), form(**more))
    assert answer.status_code == 302, faults(answer)
    row = Hadith.objects.latest("pk")
    assert answer["Location"] == reverse("hadith:edit", args=[row.pk])
    return row


def sign(client: Client, row: Hadith, **more: str) -> str:
    answer = client.post(reverse("hadith:sign", args=[row.pk]), {"seal": actions.seal_of(row), **more}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


class TestEntering:
    def test_an_author_enters_a_hadith_and_it_is_stored_as_typed(self, who):
        row = enter(who.client("author"), gradings=[GRADING, SECOND], others="al-Bugha numbering: ١٠")
        assert row.text == TEXT
        assert (row.collection, row.scheme, row.number) == ("bukhari", "fath-al-bari", "1")
        assert row.other_numbers == {"bugha": "10"}
        assert row.narrator == {"ar": "عن فلان", "en": "From so-and-so"}
        assert [(g.grade, g.grader) for g in row.gradings.all()] == [
            ("sahih", GRADING["grader"]),
            ("daif", SECOND["grader"]),
        ]
        assert row.edited_by == who.author
        assert not Hadith.objects.shown().exists()
        assert [entry.actor for entry in events("hadith.saved", row.uuid)] == [who.author.uuid]

    def test_the_form_shows_what_is_stored_and_saving_it_changes_nothing(self, who):
        row = signed(who.author, who.scholar, other_numbers={"bugha": "10"}, gradings=[GRADING, SECOND])
        html = text_of(who.client("publisher"), "hadith:edit", row.pk)
        assert '<option value="bukhari/fath-al-bari" selected>' in html
        assert "al-Bugha numbering: 10" in html
        assert TEXT.split("\n")[0] in html
        seen = Hadith.objects.get(pk=row.pk)
        answer = who.client("publisher").post(
            reverse("hadith:edit", args=[row.pk]),
            form(seen, gradings=[GRADING, SECOND], others="al-Bugha numbering: 10"),
        )
        assert answer.status_code == 302
        after = Hadith.objects.get(pk=row.pk)
        assert after.is_shown
        assert after.edited_by == who.author

    def test_a_text_that_came_with_other_line_ends_survives_the_form(self, who):
        row = signed(who.author, who.scholar, text="سطر\r\nآخر\rثالث")
        answer = who.client("author").post(
            reverse("hadith:edit", args=[row.pk]), form(row, text="سطر\r\nآخر\r\nثالث", note="a note")
        )
        assert answer.status_code == 302
        after = Hadith.objects.get(pk=row.pk)
        assert (after.text, after.is_shown, after.note) == ("سطر\r\nآخر\rثالث", True, "a note")

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"number": "7564"}, "There is no hadith 7564"),
            ({"number": "first"}, "is not the number of a hadith"),
            ({"book": ""}, "required"),
            ({"book": "bukhari/nowhere"}, "valid choice"),
            ({"others": "running: 5"}, "names no numbering of this collection"),
            ({"others": "al-Bugha numbering: x"}, "is not the number of a hadith"),
            ({"text": "نص\u202eنص"}, "U+202E"),
            ({"text": ""}, "required"),
            ({"rendering_en": "A meaning"}, "Name whoever rendered"),
        ],
    )
    def test_a_mistake_is_told_and_what_was_typed_is_kept(self, who, more, told):
        answer = who.client("author").post(reverse("hadith:add"), form(**more))
        assert answer.status_code == 200
        html = answer.content.decode()
        assert told in html
        assert "From so-and-so" in html
        assert not Hadith.objects.exists()

    def test_a_number_that_is_entered_already_is_told(self, who):
        hadith(who.author)
        answer = who.client("author").post(reverse("hadith:add"), form())
        assert "A hadith with this number is entered already." in answer.content.decode()
        assert Hadith.objects.count() == 1

    def test_a_grade_that_is_not_on_the_scale_is_told(self, who):
        answer = who.client("author").post(reverse("hadith:add"), form(gradings=[{**GRADING, "grade": "excellent"}]))
        assert "not on the scale" in answer.content.decode()
        assert not Hadith.objects.exists()

    def test_gradings_are_moved_and_taken_away(self, who):
        row = hadith(who.author, gradings=[GRADING, SECOND])
        data = form(row, gradings=[GRADING, SECOND])
        data |= {"gradings-0-ORDER": "2", "gradings-1-ORDER": "1"}
        assert who.client("author").post(reverse("hadith:edit", args=[row.pk]), data).status_code == 302
        row = Hadith.objects.get(pk=row.pk)
        assert [g.grade for g in row.gradings.all()] == ["daif", "sahih"]
        data = form(row, gradings=[SECOND, GRADING]) | {"gradings-0-DELETE": "on"}
        assert who.client("author").post(reverse("hadith:edit", args=[row.pk]), data).status_code == 302
        assert [g.grade for g in Hadith.objects.get(pk=row.pk).gradings.all()] == ["sahih"]

    def test_two_editors_at_once_do_not_undo_each_other(self, who):
        row = hadith(who.author)
        late = form(row, number="2")
        actions.save_hadith(hadith=row, values={"text": "غيره"}, by=who.publisher)
        answer = who.client("author").post(reverse("hadith:edit", args=[row.pk]), late)
        assert "Somebody else changed this hadith" in answer.content.decode()
        assert Hadith.objects.get(pk=row.pk).text == "غيره"
        assert Hadith.objects.get(pk=row.pk).number == "1"

    def test_an_edit_after_signing_hides_it(self, who):
        row = signed(who.author, who.scholar)
        who.client("author").post(reverse("hadith:edit", args=[row.pk]), form(row, text=SENT + "."))
        assert not Hadith.objects.shown().exists()
        assert not ItemRef.objects.shown().filter(kind="hadith").exists()


class TestSigning:
    def test_an_editor_cannot_sign_and_a_scholar_can(self, who):
        row = enter(who.client("author"))
        for name in ("author", "publisher", "manager"):
            client = who.client(name)
            assert 'name="seal"' not in text_of(client, "hadith:sign", row.pk)
            assert "Only a Scholar signs a hadith." in sign(client, row)
        assert not Hadith.objects.shown().exists()
        client = who.client("scholar")
        html = text_of(client, "hadith:sign", row.pk)
        assert f'name="seal" value="{actions.seal_of(row)}"' in html
        assert f'<blockquote class="entry-text" lang="ar" dir="rtl">{TEXT}</blockquote>' in html
        assert "Signed by Scholar" in sign(client, row)
        assert Hadith.objects.shown().get().signed_by == who.scholar
        assert ItemRef.objects.shown().filter(kind="hadith").count() == 2

    def test_a_scholar_cannot_sign_their_own_edit(self, who):
        client = who.client("scholar")
        row = enter(client)
        assert "You edited this hadith last" in text_of(client, "hadith:sign", row.pk)
        assert "Two persons are needed" in sign(client, row)
        assert not Hadith.objects.shown().exists()
        assert "Signed by Second" in sign(who.client("second_scholar"), row)
        assert Hadith.objects.shown().exists()

    def test_what_changed_while_reading_is_not_signed(self, who):
        row = enter(who.client("author"))
        seal = re.search(r'name="seal" value="(\w+)"', text_of(who.client("scholar"), "hadith:sign", row.pk))[1]
        actions.save_hadith(hadith=row, values={"text": "غيره"}, by=who.author)
        assert "was changed while you were reading" in sign(who.client("scholar"), row, seal=seal)
        assert not Hadith.objects.shown().exists()

    def test_reading_signs_nothing(self, who):
        row = enter(who.client("author"))
        who.client("scholar").get(reverse("hadith:sign", args=[row.pk]), {"seal": actions.seal_of(row)})
        assert not Hadith.objects.shown().exists()

    def test_a_signature_is_taken_back_with_its_reason(self, who):
        row = signed(who.author, who.scholar)
        address = reverse("hadith:sign", args=[row.pk])
        refused = who.client("author").post(address, {"take_back": "1", "reason": "x"}, follow=True).content.decode()
        assert "Your role does not take a signed hadith away" in refused
        assert Hadith.objects.shown().exists()
        who.client("publisher").post(address, {"take_back": "1", "reason": "A reader asked"})
        assert not Hadith.objects.shown().exists()
        assert events("hadith.unsigned", row.uuid)[0].detail["reason"] == "A reader asked"

    def test_deleting_asks_the_same_rules(self, who):
        row = signed(who.author, who.scholar)
        address = reverse("hadith:delete", args=[row.pk])
        assert who.client("author").post(address).status_code == 302
        assert "Take the signature back first" in who.client("publisher").post(address, follow=True).content.decode()
        assert Hadith.objects.exists()
        actions.unsign_hadith(hadith=row, by=who.publisher)
        assert who.client("publisher").post(address).status_code == 302
        assert not Hadith.objects.exists()

    def test_a_hadith_that_is_not_there_answers_404(self, who):
        assert who.client("scholar").get(reverse("hadith:sign", args=[99])).status_code == 404


def lone(words: list[str]) -> int:
    """Place of a long word in the middle that no other word holds."""
    return next(n for n in range(30, len(words)) if len(words[n]) > 9 and sum(words[n] in each for each in words) == 1)


class TestComparison:
    """What the detector finds is told and changes nothing. The words come from the text held for checking."""

    @pytest.fixture(scope="class")
    def words(self) -> list[str]:
        """The words of the second hadith of Bukhari, as the checking text has them."""
        with editions.hadith_file().open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if (record["collection"], record["hadith_number"]) == ("bukhari", "2"):
                    return str(record["text"]).split()
        raise AssertionError("the text held for checking has no second hadith")

    def told(self, who: Any, text: str, **more: Any) -> str:
        row = enter(who.client("author"), text=text, **more)
        assert row.text == text
        html = text_of(who.client("author"), "hadith:edit", row.pk)
        assert Hadith.objects.get(pk=row.pk).text == text
        return html

    def test_the_same_words(self, who, words):
        html = self.told(who, " ".join(words), number="2")
        assert "The text agrees word by word." in html
        assert "another number" not in html

    def test_another_number(self, who, words):
        html = self.told(who, " ".join(words), number="3")
        assert "The text agrees word by word." in html
        assert "This number differs from the one entered." in html

    def test_other_words_are_named_as_entered_and_the_held_ones_are_not_shown(self, who, words):
        place = lone(words)
        entered = [*words]
        entered[place] = "زنجبيلات"
        html = self.told(who, " ".join(entered), number="2")
        assert "The text differs in the words below." in html
        assert re.search(r"Substituted word</th><td[^>]*>زنجبيلات</td>", html)
        assert words[place] not in html

    def test_a_missing_word_is_told_and_not_shown(self, who, words):
        place = lone(words)
        html = self.told(who, " ".join(words[:place] + words[place + 1 :]), number="2")
        assert re.search(r"Missing word</th><td[^>]*>–</td>", html)
        assert words[place] not in html

    def test_a_text_that_is_not_there(self, who):
        assert "Not found." in self.told(who, "نصٌّ لا يوجد في أي كتاب من كتب الحديث المعروفة")

    def test_a_collection_whose_text_is_not_held(self, who):
        html = self.told(who, "نص", book="abudawud/abd-al-hamid")
        assert "No text of this collection is held for checking." in html

    def test_another_numbering_is_not_compared(self, who):
        with editions.hadith_file().open(encoding="utf-8") as lines:
            record = next(r for r in map(json.loads, lines) if r["collection"] == "muslim" and len(r["text"]) > 400)
        html = self.told(who, record["text"], book="muslim/abd-al-baqi", number="8")
        assert "so the numbers are not compared" in html


class TestDoors:
    TABLE = [
        ("hadith:index", {"author", "publisher", "scholar", "manager"}),
        ("hadith:add", {"author", "publisher", "scholar", "manager"}),
        ("renderings:index", {"publisher", "scholar", "manager"}),
        ("renderings:add", set()),
        ("text_reports:index", {"publisher", "scholar", "manager"}),
        ("text_reports:add", {"publisher", "scholar", "manager"}),
    ]

    @pytest.mark.parametrize(("name", "allowed"), TABLE, ids=[row[0] for row in TABLE])
    def test_who_sees_what(self, who, name, allowed):
        for role in ("author", "publisher", "scholar", "manager"):
            answer = who.client(role).get(reverse(name))
            assert (answer.status_code == 200) is (role in allowed), (role, answer.status_code)

    def test_lists_cost_the_same_however_long(self, who, django_assert_num_queries):
        client = who.client("scholar")
        for number in range(1, 4):
            signed(who.author, who.scholar, number=str(number))
        client.get(reverse("hadith:index"))
        with django_assert_num_queries(12):
            html = text_of(client, "hadith:index")
        for number in range(4, 12):
            signed(who.author, who.scholar, number=str(number))
        assert "Sahih al-Bukhari 3" in html
        with django_assert_num_queries(12):
            text_of(client, "hadith:index")

    def test_the_list_is_narrowed(self, who):
        signed(who.author, who.scholar)
        hadith(who.author, number="2")
        hadith(who.author, collection="muslim", scheme="abd-al-baqi", number="8a")
        client = who.client("author")

        def listed(**query: str) -> set[str]:
            html = client.get(reverse("hadith:index_results"), query).content.decode()
            return set(re.findall(r"Sahih (?:al-Bukhari|Muslim) \w+", html))

        assert listed() == {"Sahih al-Bukhari 1", "Sahih al-Bukhari 2", "Sahih Muslim 8a"}
        assert listed(signed="yes") == {"Sahih al-Bukhari 1"}
        assert listed(collection="muslim") == {"Sahih Muslim 8a"}
        assert listed(q="8a") == {"Sahih Muslim 8a"}
        for row in Hadith.objects.all():
            assert reverse("hadith:sign", args=[row.pk]) in text_of(client, "hadith:index")

    @pytest.mark.parametrize(("language", "word"), [("ar", "صحيح البخاري، ١"), ("en", "Sahih al-Bukhari 1")])
    def test_every_page_opens_in_both_languages(self, who, language, word):
        row = signed(who.author, who.scholar, gradings=[GRADING, SECOND])
        client = who.client("scholar", language=language)
        for name, args in (("hadith:index", ()), ("hadith:edit", (row.pk,)), ("hadith:sign", (row.pk,))):
            assert word in text_of(client, name, *args), name
        text_of(client, "hadith:add")


class TestRenderings:
    @pytest.fixture
    def row(self, who) -> Rendering:
        return actions.import_rendering(
            slug="a",
            language="en",
            name={"en": "A first edition"},
            translator="T",
            licence="CC0",
            origin="https://example.org/",
            version="1",
            verses=meanings(),
            sha256="0" * 64,
            by=who.scholar,
        ).rendering

    def test_a_scholar_shows_and_hides(self, who, row):
        client, address = who.client("scholar"), reverse("renderings:one", args=[row.pk])
        assert "No verse is missing." in text_of(client, "renderings:one", row.pk)
        client.post(address)
        assert Rendering.objects.shown().exists()
        client.post(address, {"hide": "1"})
        assert not Rendering.objects.shown().exists()

    def test_others_look(self, who, row):
        address = reverse("renderings:one", args=[row.pk])
        assert "A Scholar shows or hides" in text_of(who.client("publisher"), "renderings:one", row.pk)
        assert "Only a Scholar" in who.client("publisher").post(address, follow=True).content.decode()
        assert who.client("author").get(address).status_code == 404
        assert not Rendering.objects.shown().exists()

    def test_gaps_are_told(self, who, row):
        row.verses.filter(sura=2, verse__in=[255, 256]).delete()
        assert "2:255 2:256" in text_of(who.client("scholar"), "renderings:one", row.pk)
        html = who.client("scholar").post(reverse("renderings:one", args=[row.pk]), follow=True).content.decode()
        assert "These verses are missing: 2:255 2:256." in html
        assert not Rendering.objects.shown().exists()


class TestReports:
    def record(self, client: Client, **more: str) -> TextReport:
        data = {
            "received": "2026-11-01",
            "source": "quran",
            "reference": "2:255",
            **by_language("problem", {"en": "A word"}),
        }
        answer = client.post(reverse("text_reports:add"), {**data, **more})
        assert answer.status_code == 302, faults(answer)
        return TextReport.objects.latest("pk")

    def test_recorded_answered_and_shown(self, who):
        row = self.record(who.client("publisher"))
        client = who.client("scholar")
        assert "A word" in text_of(client, "text_reports:answer", row.pk)
        data = {**by_language("answer", {"en": "It is there."}), "state": "answered"}
        client.post(reverse("text_reports:answer", args=[row.pk]), data)
        assert not TextReport.objects.shown().exists()
        client.post(reverse("text_reports:answer", args=[row.pk]), {**data, "shown": "on"})
        row = TextReport.objects.shown().get()
        assert (str(row.answer), row.state) == ("It is there.", "answered")
        html = client.post(
            reverse("text_reports:edit", args=[row.pk]),
            {"received": "2026-11-01", "source": "quran", **by_language("problem", {"en": "Other"})},
        ).content.decode()
        assert "Take it out of the log before you change it." in html
        assert str(TextReport.objects.get().problem) == "A word"

    def test_a_place_that_is_not_there_is_told(self, who):
        data = {"received": "2026-11-01", "source": "quran", **by_language("problem", {"en": "A word"})}
        client, address = who.client("publisher"), reverse("text_reports:add")
        assert "its last verse is 286" in client.post(address, {**data, "reference": "2:287"}).content.decode()
        assert "valid choice" in client.post(address, {**data, "source": "elsewhere"}).content.decode()
        assert not TextReport.objects.exists()
        self.record(client)
        assert "البقرة: ٢٥٥" in text_of(who.client("scholar", "ar"), "text_reports:index")

    def test_an_answer_needs_words_and_an_outcome(self, who):
        row = self.record(who.client("publisher"))
        for data in ({"state": "answered"}, by_language("answer", {"en": "x"})):
            answer = who.client("scholar").post(reverse("text_reports:answer", args=[row.pk]), data)
            assert answer.status_code == 200
        assert TextReport.objects.get().state == "open"

    def test_an_author_has_no_part_in_it(self, who):
        row = self.record(who.client("publisher"))
        address = reverse("text_reports:answer", args=[row.pk])
        assert who.client("author").get(address).status_code == 404
        assert who.client("author").post(address, {"state": "answered"}).status_code == 404

    def test_the_log_names_nobody_who_reported(self, who):
        self.record(who.client("publisher"))
        assert {field.name for field in TextReport._meta.get_fields()} == {
            *("id", "uuid", "received", "source", "reference", "problem", "answer", "state", "answered", "shown")
        }


def test_every_change_made_in_the_office_is_in_the_audit_log(who):
    row = enter(who.client("author"))
    sign(who.client("scholar"), row)
    names = set(Entry.objects.filter(subject=str(row.uuid)).values_list("event", flat=True))
    assert names == {"hadith.saved", "hadith.signed"}
