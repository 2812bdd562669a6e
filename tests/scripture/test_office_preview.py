"""What the office shows below a reference while an editor types it: the verse, or why there is none."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from hiwar.scripture import shown
from hiwar.scripture.canon import digest, quran
from hiwar.scripture.reference import Reference
from tests.library.newsroom import draft, form_of, fresh
from tests.scripture.entries import People, people, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> People:
    return people()


def ask(client: Client, **query: str) -> Any:
    return client.get(f"{reverse('scripture_preview')}?{urlencode(query)}")


def words(html: str) -> str:
    return " ".join(strip_tags(html).split())


class TestPreview:
    @pytest.mark.parametrize("typed", ["2:255", "البقرة: ٢٥٥", "Al-Baqarah 255", "[البقرة: ٢٥٥]", "۲:۲۵۵"])
    def test_any_form_shows_the_verse(self, staff, typed):
        answer = ask(staff.client("author"), reference=typed)
        assert answer.status_code == 200
        data = answer.json()
        assert (data["key"], data["sura"], data["first"], data["last"]) == ("2:255", 2, 255, 255)
        assert quran().verse(2, 255).text in words(data["html"])
        assert "Al-Baqarah 2:255" in data["html"]

    @pytest.mark.parametrize(("language", "reason"), [("en", "There is no verse 300 in Al-Baqarah"), ("ar", "البقرة")])
    def test_a_reference_to_nothing_says_why_in_the_office_language(self, staff, language, reason):
        answer = ask(staff.client("author", language), reference="2:300")
        assert answer.status_code == 200
        assert "html" not in answer.json()
        assert reason in answer.json()["error"]

    @pytest.mark.parametrize(
        "typed", ["", " ", "x" * 5000, "2:255\u202e", "\u0000", "bukhari:1", "2:1-2-3", "<script>", "٢٥٥:٢"]
    )
    def test_bad_input_has_an_answer(self, staff, typed):
        answer = ask(staff.client("author"), reference=typed)
        assert answer.status_code in (200, 400)  # 400: a sign no database takes is turned away at the door
        if answer.status_code == 200:
            assert list(answer.json()) == ["error"]
            assert answer.json()["error"]

    def test_words_are_numbered_for_the_cut(self, staff):
        data = ask(staff.client("author"), reference="2:255-256", words="1").json()
        found = re.findall(r'data-word="(\d+)" aria-pressed="false">([^<]+)</button>', data["html"])
        passage = quran().passage(Reference.parse("2:255-256"))
        assert [word for _number, word in found] == [word for verse in passage for word in shown.printed_words(verse)]
        assert [int(number) for number, _word in found] == list(range(1, shown.count_words(passage) + 1))

    def test_a_verse_asks_nothing_of_the_database_but_who_is_there(self, staff):
        client = staff.client("author")
        ask(client, reference="2:255")
        with CaptureQueriesContext(connection) as queries:
            ask(client, reference="2:1-286")
        assert not [query for query in queries if "scripture_" in query["sql"]]

    def test_it_is_for_the_office_alone_and_is_not_kept(self, staff):
        answer = ask(staff.client("author"), reference="2:255")
        assert "no-store" in answer.headers["Cache-Control"]
        outside = ask(Client(), reference="2:255")
        assert outside.status_code == 302
        assert outside.headers["Location"].startswith("/office/account/login/")
        assert staff.client("author").post(reverse("scripture_preview")).status_code == 405

    def test_a_signed_hadith_is_shown_and_another_is_not(self, staff):
        entry = signed(staff.author, staff.scholar)
        client = staff.client("author")
        answer = ask(client, hadith=str(entry.uuid))
        assert answer.status_code == 200
        assert words(entry.text) in words(answer.json()["html"])
        type(entry).objects.update(signed_at=None)
        for wrong in (str(entry.uuid), "", "x", "a7b1a1f0-0000-4000-8000-000000000001"):
            answer = ask(client, hadith=wrong)
            assert list(answer.json()) == ["error"], wrong
            assert entry.text not in answer.content.decode()


class TestForm:
    """The page's form, as Wagtail's editor posts it."""

    def posted(self, page: Any, reference: str, **more: str) -> dict[str, str]:
        data = form_of(page)
        for name in [name for name in data if name.startswith("body-")]:
            del data[name]
        block = {"deleted": "", "order": "0", "type": "verse", "id": "", "value-reference": reference, **more}
        return {**data, "body-count": "1", **{f"body-0-{name}": value for name, value in block.items()}}

    def edit(self, page: Any) -> str:
        return reverse("wagtailadmin_pages:edit", args=[page.pk])

    def test_a_typed_reference_is_saved_as_key_edition_and_digest(self, staff):
        page = draft(staff.author)
        more = {"value-digest": "0" * 64, "value-edition": "mine"}
        answer = staff.client("author").post(self.edit(page), self.posted(page, "سورة البقرة ٢٥٥", **more))
        assert answer.status_code == 302, answer.context["form"].errors
        (block,) = fresh(page).get_latest_revision_as_object().body
        text = quran().text(Reference.parse("2:255"))
        assert dict(block.value) == {
            "reference": "2:255", "edition": shown.edition_key(), "digest": digest(text),
        }  # fmt: skip

    def test_a_reference_to_nothing_stops_the_save_with_the_reason_and_stays_in_the_field(self, staff):
        page = draft(staff.author)
        answer = staff.client("author").post(self.edit(page), self.posted(page, "البقرة ٣٠٠"))
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "There is no verse 300 in Al-Baqarah" in text.replace("\\u0026", "&")
        assert "\\u0627\\u0644\\u0628\\u0642\\u0631\\u0629 \\u0663\\u0660\\u0660" in text or "البقرة ٣٠٠" in text

    def test_the_form_brings_the_picker_and_its_script(self, staff):
        text = staff.client("author").get(self.edit(draft(staff.author))).content.decode()
        assert "office-scripture.js" in text
        assert "hiwar-scripture" in text
        assert reverse("scripture_preview") in text

    def test_two_versions_can_be_compared_and_previewed(self, staff):
        page = draft(staff.author)
        client = staff.client("author")
        for reference in ("2:255", "2:256"):
            assert client.post(self.edit(page), self.posted(page, reference)).status_code == 302
        old, new = page.revisions.order_by("-pk")[:2]
        compared = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, new.pk, old.pk]))
        assert compared.status_code == 200
        assert "2:256" in compared.content.decode()
        data = self.posted(page, "2:256")
        preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        assert client.post(preview, data).json()["is_valid"]
        shown_page = client.get(preview).content.decode()
        assert quran().verse(2, 256).words[0] in shown_page
        assert 'class="verse-text"' in shown_page
