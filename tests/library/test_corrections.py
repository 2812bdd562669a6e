"""No answer changes without a word to the reader: the demand in the gate and in the form, and where the notes stand."""

from __future__ import annotations

import datetime
import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.library import mending
from hiwar.library.models import Correction, CorrectionsPage
from hiwar.library.publishing import ChangeUnexplained, PublishRefused, ScriptureRefused
from hiwar.ui.bylanguage import Texts
from tests.library.answering import answer, changed, form_of_fatwa, open_house, publish, shown, sign
from tests.library.newsroom import draft, fresh, published
from tests.library.quoting import ANNOUNCED, body, label, misquoted, quoted, text_of

pytestmark = pytest.mark.django_db
ASKED = "What was changed?"
NOTE = "صُحِّح التاريخ."
DAY = datetime.date(2026, 3, 4)
QUERIES_OF_THE_LIST = 6


@pytest.fixture
def house():
    return open_house()


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def note(text: str = NOTE, kind: str = "correction", on: datetime.date = DAY) -> Correction:
    return Correction(on=on, kind=kind, text=Texts(ar=text))


def signed(page, house):
    sign(page, house.scholar)
    return page


def notes_of(page) -> list[tuple[str, str]]:
    rows = Correction.objects.filter(page_id=page.pk).order_by("pk")
    return [(row.kind, row.text.get("ar", "")) for row in rows]


class TestGate:
    def test_a_changed_answer_without_a_note_is_refused(self, house):
        page = signed(changed(shown(house), house.author), house)
        with pytest.raises(ChangeUnexplained, match="correction or an update"):
            publish(page, house.publisher)
        assert fresh(page).summary == "ملخص."

    @pytest.mark.parametrize("kind", ["claim", "matter", "evidence", "term"])
    def test_of_every_signed_kind(self, house, kind):
        page = signed(changed(shown(house, kind), house.author), house)
        with pytest.raises(ChangeUnexplained):
            publish(page, house.publisher)
        page = signed(changed(page, house.author, corrections=[note()]), house)
        assert publish(page, house.publisher).summary == "ملخص آخر."

    def test_articles_are_not_asked(self, house):
        page = changed(published(house.author, house.publisher), house.author)
        assert publish(page, house.publisher).summary == "ملخص آخر."

    def test_one_note_is_enough_for_a_draft_of_several_saves(self, house):
        page = changed(shown(house), house.author, corrections=[note()])
        page = changed(page, house.author, "وثالث.")
        assert publish(signed(page, house), house.publisher).summary == "وثالث."
        assert notes_of(page) == [("correction", NOTE)]

    def test_the_next_change_needs_the_next_note(self, house):
        page = publish(signed(changed(shown(house), house.author, corrections=[note()]), house), house.publisher)
        page = signed(changed(page, house.author, "وثالث."), house)
        with pytest.raises(ChangeUnexplained):
            publish(page, house.publisher)

    @pytest.mark.parametrize("others", [[], [note("غير ما نُشر.")]])
    def test_a_published_note_does_not_go_away(self, house, others):
        page = publish(signed(changed(shown(house), house.author, corrections=[note()]), house), house.publisher)
        page = signed(changed(page, house.author, page.summary, corrections=others), house)
        with pytest.raises(ChangeUnexplained, match="stays as it is"):
            publish(page, house.publisher)
        assert notes_of(page) == [("correction", NOTE)]

    def test_publishing_again_without_a_change_needs_none(self, house):
        page = shown(house)
        page.save_revision(user=house.author)
        assert publish(fresh(page), house.publisher).live

    def test_taken_down_it_may_come_back_unchanged_but_not_changed(self, house):
        page = shown(house)
        with acting.acting(by=house.publisher):
            page.unpublish(user=house.publisher)
        page = publish(fresh(page), house.publisher)
        with acting.acting(by=house.publisher):
            page.unpublish(user=house.publisher)
        page = changed(fresh(page), house.author)
        stored = page.get_latest_revision_as_object()
        stored.save(clean=False)  # as the edit form does with a page that is not shown
        with pytest.raises(ChangeUnexplained):
            publish(signed(fresh(page), house), house.publisher)
        page = changed(page, house.author, "وثالث.", corrections=[note()])
        assert publish(signed(page, house), house.publisher).live

    def test_text_of_a_live_page_changed_directly(self, house):
        page = shown(house)
        page = signed(changed(page, house.author), house)
        direct = fresh(page)
        direct.summary = "ملخص آخر."
        with acting.acting(by=house.publisher), pytest.raises(PublishRefused):
            direct.save()
        assert fresh(page).summary == "ملخص."

    def test_bringing_back_an_older_version(self, house):
        page = shown(house)
        old = page.live_revision_id
        page = publish(signed(changed(page, house.author, corrections=[note()]), house), house.publisher)
        with pytest.raises(ChangeUnexplained, match="stays as it is"):
            Revision.objects.get(pk=old).publish(user=house.publisher)
        assert fresh(page).summary == "ملخص آخر."

    def test_machinery_is_not_asked(self, house):
        page = shown(house)
        page.summary = "من الاستيراد."
        with acting.acting(by=User.objects.system("import")):
            page.save()
        assert fresh(page).summary == "من الاستيراد."

    def test_what_no_reader_reads_needs_none(self, house):
        page = changed(shown(house, "claim"), house.author, "ملخص.", archive_reference="أ/٧")
        assert publish(signed(page, house), house.publisher).archive_reference == "أ/٧"


class TestMending:
    def test_a_misquotation_that_readers_saw_is_told_by_itself(self, house):
        page = shown(house)
        page.body, page.scripture_unchecked = body(f"{ANNOUNCED} {misquoted()}"), True
        importer = User.objects.system("import")
        with acting.acting(by=importer):
            page.save_revision(user=house.author).publish(user=importer)
        assert misquoted() in text_of(fresh(page))
        sign(fresh(page), house.scholar)
        mending.mend(page=fresh(page), key=None, by=house.publisher)
        page = publish(fresh(page), house.publisher)
        assert quoted(last=12) in text_of(page)
        [told] = Correction.objects.filter(page_id=page.pk)
        assert told.kind == "correction"
        for code in ("ar", "en"):
            assert label(language=code) in told.text[code]

    def test_one_that_only_the_draft_has_is_nobodys_business(self, house):
        page = changed(shown(house), house.author, body=body(f"{ANNOUNCED} {misquoted()}"), corrections=[note()])
        sign(page, house.scholar)
        with pytest.raises(ScriptureRefused):
            publish(page, house.publisher)
        mending.mend(page=page, key=None, by=house.publisher)
        page = publish(fresh(page), house.publisher)
        assert notes_of(page) == [("correction", NOTE)]


class TestForm:
    def post(self, house, role, page, action="action-publish", **changes):
        data = form_of_fatwa(fresh(page), **{k: v for k, v in changes.items() if not k.startswith("change_")})
        told = {k: v for k, v in changes.items() if k.startswith("change_")}
        return house.client(role).post(edit(page), {**data, **told, **({action: "1"} if action else {})})

    def test_the_panel_stands_in_the_form_of_a_live_answer_alone(self, house):
        page = shown(house)
        client = house.client("author")
        assert 'name="change_note"' in house.client("scholar").get(edit(page)).content.decode()
        assert 'name="change_note"' not in client.get(edit(answer(house.author, title="مسودة"))).content.decode()
        assert 'name="change_note"' not in client.get(edit(draft(house.author))).content.decode()

    def test_submitting_a_change_without_a_word_is_refused_and_what_was_typed_is_kept(self, house):
        page = shown(house)
        before = Revision.objects.count()
        told = self.post(house, "author", page, "action-submit", ruling="حكم كُتب للتو.")
        assert told.status_code == 200
        assert ASKED in told.content.decode()
        assert "change_note" in told.context["form"].errors
        assert "حكم كُتب للتو." in told.content.decode()
        assert Revision.objects.count() == before

    def test_saving_a_draft_without_a_word_is_not(self, house):
        assert self.post(house, "author", shown(house), "", ruling="حكم آخر.").status_code == 302

    @pytest.mark.parametrize(("kind", "text"), [("", NOTE), ("update", "")])
    def test_half_a_word_is_none(self, house, kind, text):
        told = self.post(
            house, "author", shown(house), "action-submit", ruling="آخر.", change_kind=kind, change_note=text
        )
        assert told.status_code == 200
        if text:
            assert text in told.content.decode()

    def test_the_note_goes_with_the_draft_to_the_public(self, house):
        page = shown(house)
        told = self.post(
            house, "author", page, "action-submit", ruling="آخر.", change_kind="update", change_note=f" {NOTE}\r\n"
        )
        assert told.status_code == 302, told.context["form"].errors
        assert notes_of(page) == []
        page = fresh(page)
        publish(signed(page, house), house.publisher)
        assert notes_of(page) == [("update", NOTE)]

    def test_a_draft_that_is_saved_while_one_types_has_one_note(self, house):
        page = shown(house)
        for typed in ("ص", "صُحِّح", NOTE, NOTE):
            self.post(house, "author", page, "", ruling="آخر.", change_kind="correction", change_note=typed)
        found = fresh(page).get_latest_revision_as_object().corrections.all()
        assert [each.text["ar"] for each in found] == [NOTE]

    def test_taken_back_it_is_gone(self, house):
        page = shown(house)
        self.post(house, "author", page, "", ruling="آخر.", change_kind="correction", change_note=NOTE)
        self.post(house, "author", page, "", ruling="آخر.")
        assert not fresh(page).get_latest_revision_as_object().corrections.all()

    def test_the_publisher_is_asked_for_a_draft_that_came_without(self, house):
        page = signed(changed(shown(house), house.author), house)
        told = self.post(house, "publisher", page)
        assert told.status_code == 200
        assert "change_note" in told.context["form"].errors

    def test_what_a_second_person_wrote_goes_out_as_it_is(self, house):
        page = shown(house)
        self.post(house, "author", page, "", ruling="آخر.", change_kind="correction", change_note=NOTE)
        page = signed(fresh(page), house)
        told = self.post(house, "publisher", page, change_kind="correction", change_note=NOTE)
        assert told.status_code == 302, told.context["form"].errors
        assert fresh(page).ruling == "آخر."
        assert notes_of(page) == [("correction", NOTE)]


class TestWhereTheyStand:
    @pytest.fixture
    def told(self, house):
        pages = []
        yesterday = timezone.now() - datetime.timedelta(days=1)
        for number in range(4):
            page = shown(house, title=f"فتوى {number}", date=yesterday + datetime.timedelta(minutes=number))
            rows = [note(f"قيل {number}", "update" if number % 2 else "correction", DAY.replace(day=number + 1))]
            page = publish(signed(changed(page, house.author, corrections=rows), house), house.publisher)
            pages.append(page)
        with acting.acting(by=house.publisher):
            pages[3].unpublish(user=house.publisher)
        list_page = CorrectionsPage.objects.get(url_path="/ar/corrections/")
        list_page.intro, list_page.body = "مقدمة الصفحة.", body("نص الصفحة.")
        with acting.acting(by=User.objects.system("demo")):
            list_page.save()
        return pages

    def test_the_list_has_its_own_text_and_every_note_of_what_is_shown(self, told):
        text = Client().get("/ar/corrections/").content.decode()
        assert "مقدمة الصفحة." in text
        assert "نص الصفحة." in text
        places = [text.index(f"قيل {number}") for number in (2, 1, 0)]
        assert places == sorted(places)
        assert "قيل 3" not in text
        assert told[0].url_path in text

    def test_by_kind(self, told):
        text = Client().get("/ar/corrections/", {"kind": "update"}).content.decode()
        assert "قيل 1" in text
        assert "قيل 0" not in text
        assert Client().get("/ar/corrections/", {"kind": "other"}).status_code == 404

    def test_in_other_languages_there_are_none(self, told):
        assert "قيل" not in Client().get("/en/corrections/").content.decode()

    def test_the_item_has_its_own_notes_and_when_it_began(self, told):
        text = Client().get(told[0].url_path).content.decode()
        assert "قيل 0" in text
        assert "قيل 1" not in text

    @pytest.mark.parametrize("query", ["", "?kind=update"])
    def test_what_the_list_costs(self, told, query):
        Client().get("/ar/corrections/")
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"/ar/corrections/{query}")
        assert len(queries) == QUERIES_OF_THE_LIST, [each["sql"] for each in queries]

    def test_the_feed_of_corrections(self, told):
        feed = json.loads(Client().get("/ar/feeds/corrections.json").content)
        assert [item["content_text"] for item in feed["items"]] == ["قيل 2", "قيل 1", "قيل 0"]
        assert len({item["id"] for item in feed["items"]}) == 3
        assert feed["items"][0]["date_published"].startswith("2026-03-03")
        assert feed["home_page_url"].endswith("/ar/corrections/")
        atom = ElementTree.fromstring(Client().get("/ar/feeds/corrections.xml").content)  # noqa: S314  our own output
        assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 3

    def test_an_empty_feed(self, house):
        answer_ = Client().get("/en/feeds/corrections.json")
        assert json.loads(answer_.content)["items"] == []

    @pytest.mark.parametrize(("section", "count"), [("corrections", 3), ("fatwas", 3), ("all", 3)])
    def test_what_a_feed_costs(self, told, section, count):
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(f"/ar/feeds/{section}.xml").status_code == 200
        assert len(queries) == count, [each["sql"] for each in queries]

    def test_the_feed_of_a_section_tells_of_them(self, told):
        feed = json.loads(Client().get("/ar/feeds/fatwas.json").content)
        entry = next(item for item in feed["items"] if item["title"] == "فتوى 0")
        assert entry["summary"] == "ملخص آخر."
        assert entry["content_text"].startswith("ملخص آخر.\n")
        assert "قيل 0" in entry["content_text"]
        assert entry["date_modified"] > entry["date_published"]
        atom = Client().get("/ar/feeds/fatwas.xml").content.decode()
        assert "قيل 0" in atom

    def test_a_note_keeps_its_identifier(self, house, told):
        def ids():
            return [item["id"] for item in json.loads(Client().get("/ar/feeds/corrections.json").content)["items"]]

        before = ids()
        page = changed(
            told[0], house.author, "وثالث.", corrections=[note("قيل 0", on=DAY.replace(day=1)), note("جديد")]
        )
        publish(signed(page, house), house.publisher)
        assert set(before) < set(ids())
