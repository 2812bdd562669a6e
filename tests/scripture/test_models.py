"""The room's tables: what the database itself holds, and that their rows are never taken for pages."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from hiwar.items.models import ItemRef
from hiwar.library.kinds import is_page, of_pages
from hiwar.library.models import Authorship, Correction, Person
from hiwar.scripture.canon import digest
from hiwar.scripture.models import Citation, Hadith, Overruling, Passage, RenderedVerse, Rendering, TextReport
from tests.library.newsroom import draft, open_newsroom, published
from tests.scripture.entries import item, values

pytestmark = pytest.mark.django_db


def rendering() -> Rendering:
    words = dict.fromkeys(("translator", "licence", "origin", "version"), "x")
    return Rendering.objects.create(
        slug="a", language="en", name={"en": "A"}, sha256="0" * 64, imported_at=timezone.now(), **words
    )


class TestOnce:
    """Two requests at one moment pass every look beforehand; the database lets one of them in."""

    def twice(self, make) -> None:
        make()
        with pytest.raises(IntegrityError), transaction.atomic():
            make()

    def test_a_number_of_a_collection(self):
        self.twice(lambda: Hadith.objects.create(**values()))

    def test_a_passage(self):
        self.twice(lambda: Passage.objects.create(sura=2, first=255, last=255))

    def test_a_verse_of_an_edition(self):
        row = rendering()
        self.twice(lambda: RenderedVerse.objects.create(rendering=row, sura=1, verse=1, text="a"))

    def test_a_place_in_the_index(self):
        ref = item()
        self.twice(lambda: Citation.objects.create(item=ref, source="quran", sura=1, first=1, last=1))

    def test_an_overruling(self):
        self.twice(
            lambda: Overruling.objects.create(
                subject_uuid="00000000-0000-0000-0000-000000000001",
                digest="0" * 64,
                reference="1:1",
                found="a",
                reason="b",
            )
        )


class TestHadith:
    def test_the_digest_follows_the_text_wherever_it_is_saved(self):
        row = Hadith.objects.create(**values(text="أ"))
        assert row.digest == digest("أ")
        row.text = "ب"
        row.save()
        assert Hadith.objects.get().digest == digest("ب")

    def test_is_named_by_its_reference_even_while_it_is_typed(self):
        assert str(Hadith(**values())) == "Sahih al-Bukhari 1"
        assert str(Hadith(collection="bukhari", number="x", scheme="y")) == "bukhari x"
        assert str(Hadith()) == ""

    def test_what_is_shown_is_decided_in_one_place(self):
        row = Hadith.objects.create(**values())
        assert not Hadith.objects.shown().exists()
        Hadith.objects.filter(pk=row.pk).update(signed_at=timezone.now())
        assert not Hadith.objects.shown().exists()
        Hadith.objects.filter(pk=row.pk).update(signed_digest=row.digest)
        stored = Hadith.objects.shown().get()
        assert stored.is_shown
        assert list(Hadith.objects.at(stored.reference)) == [stored]
        Hadith.objects.filter(pk=row.pk).update(signed_at=None)
        assert not Hadith.objects.shown().exists()

    def test_long_arabic_text_comes_back_letter_by_letter(self):
        text = "\u200dأ\u0654ٱلـ\u0670 \r\n\t" * 2000
        assert Hadith.objects.get(pk=Hadith.objects.create(**values(text=text)).pk).text == text


def test_nothing_of_the_room_is_shown_by_default():
    rendering()
    TextReport.objects.create(source="quran", problem={"en": "x"})
    assert not Rendering.objects.shown().exists()
    assert not TextReport.objects.shown().exists()


def test_the_index_is_asked_by_place():
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, Citation._meta.db_table)
    assert names["citation_verse"]["columns"] == ["source", "sura", "first"]
    assert names["citation_number"]["columns"] == ["source", "number"]


class TestNotAPage:
    """A hadith may have the number of a page: nothing of that page may answer for it."""

    @pytest.fixture
    def room(self):
        return open_newsroom()

    def test_kinds(self):
        assert {"article", "page"} <= set(of_pages())
        assert not {"verse", "hadith"} & set(of_pages())
        assert not is_page(item(kind="hadith"))

    @pytest.mark.parametrize("kind", ["hadith", "verse"])
    def test_a_draft_with_the_same_number_is_neither_printed_nor_shown(self, room, kind):
        page = draft(room.author, title="سر")
        ref = item(kind=kind, subject=page.pk)
        assert Client().get(f"/ar/pdf/{ref.code}.pdf").status_code == 404
        assert Client().get(ref.path).status_code == 404

    def test_lists_of_pages_leave_it_out(self, room):
        page = published(room.author, room.publisher)
        person = Person.objects.create(slug="p", name={"ar": "شخص"})
        Authorship.objects.create(page=page, person=person)
        Correction.objects.create(page=page, on=timezone.localdate(), text={"ar": "تصويب"})
        other = item(kind="hadith", subject=page.pk)
        ItemRef.objects.filter(pk=other.pk).update(title="غير الصفحة")
        for path in ("/ar/people/p/", "/ar/corrections/"):
            text = Client().get(path).content.decode()
            assert page.title in text, path
            assert "غير الصفحة" not in text, path
