"""The reverse index: it says what an item uses, no more, and follows the item."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils.translation import override

from hiwar.items import registry
from hiwar.items.models import ItemRef
from hiwar.scripture import actions, kinds
from hiwar.scripture.actions import Cited
from hiwar.scripture.models import Citation, Hadith, Passage
from hiwar.scripture.reference import Reference
from tests.scripture.entries import item

pytestmark = pytest.mark.django_db
VERSE, RANGE = Reference.verse(2, 256), Reference.verse(2, 255, 257)
HADITH = Reference.hadith("bukhari", "1")


def index(ref: ItemRef) -> list[str]:
    return [str(row) for row in Citation.objects.filter(item=ref)]


class TestRecording:
    def test_replaces_all_and_keeps_the_order(self):
        ref = item()
        assert actions.record_citations(item=ref, citations=[Cited(HADITH), Cited(VERSE), Cited(VERSE)]) == 2
        assert index(ref) == ["bukhari:1", "2:256"]
        actions.record_citations(item=ref, citations=[Cited(RANGE)])
        assert index(ref) == ["2:255-257"]
        actions.record_citations(item=ref, citations=[])
        assert index(ref) == []

    def test_the_same_again_writes_nothing(self, django_assert_num_queries):
        ref = item()
        cited = [Cited(VERSE), Cited(HADITH, role="misused", cut_text="x", note={"ar": "كذا", "en": ""})]
        actions.record_citations(item=ref, citations=cited)
        before = list(Citation.objects.values_list("pk", flat=True))
        # Savepoint, lock, index, rows of the verse, release.
        with django_assert_num_queries(5):
            actions.record_citations(item=ref, citations=cited)
        assert list(Citation.objects.values_list("pk", flat=True)) == before
        assert Citation.objects.get(role="misused").note == {"ar": "كذا"}

    def test_of_another_item_stays(self):
        one, other = item(subject=1), item(subject=2)
        actions.record_citations(item=one, citations=[Cited(VERSE)])
        actions.record_citations(item=other, citations=[Cited(VERSE)])
        actions.record_citations(item=one, citations=[])
        assert index(other) == ["2:256"]

    def test_goes_with_its_item(self):
        ref = item()
        actions.record_citations(item=ref, citations=[Cited(VERSE)])
        ref.delete()
        assert not Citation.objects.exists()

    def test_follows_the_items_own_visibility(self):
        ref = item(live=False)
        actions.record_citations(item=ref, citations=[Cited(VERSE)])
        assert not Citation.objects.shown().exists()
        ItemRef.objects.filter(pk=ref.pk).update(live=True)
        assert Citation.objects.shown().get().reference == VERSE

    def test_a_role_that_does_not_exist_is_refused(self):
        with pytest.raises(ValueError):
            actions.record_citations(item=item(), citations=[Cited(VERSE, role="likes")])
        assert not Citation.objects.exists()


class TestAsking:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("2:255", True),
            ("2:256", True),
            ("2:257-260", True),
            ("2:1-286", True),
            ("2:254", False),
            ("2:258", False),
            ("3:200", False),
            ("bukhari:256", False),
        ],
    )
    def test_verses_that_overlap(self, asked, found):
        actions.record_citations(item=item(), citations=[Cited(RANGE)])
        asked = Reference.parse(asked)
        assert Citation.objects.of(asked).exists() is found
        assert RANGE.overlaps(asked) is found

    @pytest.mark.parametrize("held", ["8", "8a", "8b", "80", "88", "81a"])
    @pytest.mark.parametrize("asked", ["8", "8a", "80"])
    def test_hadith_with_and_without_a_letter(self, held, asked):
        held, asked = Reference.hadith("muslim", held), Reference.hadith("muslim", asked)
        actions.record_citations(item=item(), citations=[Cited(held)])
        assert Citation.objects.of(asked).exists() is held.overlaps(asked)

    def test_another_numbering_is_another_hadith(self):
        actions.record_citations(item=item(), citations=[Cited(Reference.hadith("muslim", "8"))])
        assert not Citation.objects.of(Reference.hadith("muslim", "8", "running")).exists()
        assert not Citation.objects.of(Reference.hadith("bukhari", "8")).exists()

    def test_reading_the_index_costs_one_query(self, django_assert_num_queries):
        for subject in range(1, 5):
            actions.record_citations(item=item(subject=subject), citations=[Cited(VERSE)])
        with django_assert_num_queries(1):
            assert len([row.item.title for row in Citation.objects.shown().of(VERSE).select_related("item")]) == 4


class TestVerseItems:
    def test_made_when_first_cited_in_every_language(self):
        assert not ItemRef.objects.filter(kind="verse").exists()
        actions.record_citations(item=item(), citations=[Cited(VERSE), Cited(HADITH)])
        rows = {ref.language: ref for ref in ItemRef.objects.shown().filter(kind="verse")}
        assert set(rows) == {code for code, _name in settings.LANGUAGES}
        assert (rows["ar"].title, rows["ar"].path) == ("البقرة: ٢٥٦", "/ar/islamiyat/scripture/quran/2/256/")
        assert (rows["en"].title, rows["en"].path) == ("Al-Baqarah 2:256", "/en/islamiyat/scripture/quran/2/256/")
        assert len({ref.translation_key for ref in rows.values()}) == 1
        assert all(ref.summary == "" for ref in rows.values())
        actions.record_citations(item=item(subject=2), citations=[Cited(VERSE)])
        assert ItemRef.objects.filter(kind="verse").count() == len(rows)

    def test_stay_when_the_citation_goes(self):
        ref = item()
        actions.record_citations(item=ref, citations=[Cited(VERSE)])
        code = ItemRef.objects.get(kind="verse", language="ar").code
        actions.record_citations(item=ref, citations=[])
        assert actions.verse_item(reference=VERSE, language="ar").code == code

    def test_a_range_is_an_item_of_its_own(self):
        verse = actions.verse_item(reference=VERSE, language="en")
        passage = actions.verse_item(reference=RANGE, language="en")
        assert verse.subject_id != passage.subject_id
        assert passage.title == "Al-Baqarah 2:255–257"
        assert passage.path.endswith("/quran/2/255-257/")
        assert actions.verse_item(reference=VERSE, language="en") == verse
        assert Passage.objects.count() == 2

    def test_a_hadith_has_none(self):
        with pytest.raises(ValueError):
            actions.verse_item(reference=HADITH, language="ar")


def test_both_kinds_are_registered():
    assert registry.kind("verse").model is Passage
    assert registry.kind("hadith").model is Hadith
    assert registry.kind("hadith").two_persons
    for slug in ("verse", "hadith"):
        kind = registry.kind(slug)
        assert (kind.section, kind.feed) == ("", False)
        assert registry.kind_of(kind.model) is kind


@pytest.mark.parametrize("language", ["ar", "en"])
def test_paths_are_those_of_the_reading_pages(language):
    other = Reference.hadith("muslim", "177", "running")
    expected = {
        VERSE: "scripture_verse",
        RANGE: "scripture_verse",
        HADITH: "scripture_hadith",
        other: "scripture_hadith",
    }
    with override(language):
        for reference, name in expected.items():
            assert resolve(kinds.path_of(reference, language)).url_name == name
