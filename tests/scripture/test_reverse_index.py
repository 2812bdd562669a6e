"""Who cites a verse: found by verse, range and hadith, in few queries, and right after publish, edit and unpublish."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.items import actions as items
from hiwar.items import registry
from hiwar.items.actions import Card
from hiwar.items.models import ItemRef
from hiwar.library import house
from hiwar.scripture import actions, citations, layout, shown
from hiwar.scripture.actions import Cited
from hiwar.scripture.blocks import chosen
from hiwar.scripture.canon import quran
from hiwar.scripture.reference import Reference
from tests.library import newsroom

pytestmark = pytest.mark.django_db
VERSE = Reference.verse(2, 256)
PATH = "/ar/islamiyat/scripture/quran/2/256/"


def item(number: int, *cited: Any, language: str = "ar", kind: str = "article", **more: Any) -> ItemRef:
    """A published item that cites `cited`; the higher its number, the older it is."""
    values = {
        "kind": kind,
        "subject_id": number,
        "language": language,
        "translation_key": uuid.UUID(int=number),
        "live": True,
        "title": f"{kind} {number} {language}",
        "path": f"/{language}/{kind}/{number}/",
        "date": datetime(2026, 6, 1, tzinfo=UTC) - timedelta(days=number),
        **more,
    }
    ref = items.put(Card(**values))
    found = [each if isinstance(each, Cited) else Cited(Reference.parse(each)) for each in cited]
    actions.record_citations(item=ref, citations=found)
    return ref


def cutting(first: int, last: int, key: str = "2:256", **note: str) -> Cited:
    """A citation that shows the words `first` to `last` of a passage cut out."""
    reference = Reference.parse(key)
    words = shown.cut_words(quran().passage(reference), first=first, last=last)
    return Cited(reference, role="misused", cut_text=words, note=note)


def titles(uses: citations.Uses) -> list[str]:
    return [card.title for group in uses.groups for card in group.cards]


class TestAsked:
    def test_by_the_verse_by_a_range_over_it_and_by_nothing_else(self):
        item(1, "2:256")
        item(2, "2:255-257")
        item(3, "2:254-255", "2:257")
        item(4, "3:256" if quran().sura(3).verses >= 256 else "3:100")
        item(5, "bukhari:256")
        assert titles(citations.uses(VERSE, language="ar")) == ["article 1 ar", "article 2 ar"]

    def test_a_range_finds_what_cites_any_of_its_verses(self):
        item(1, "2:1-5")
        item(2, "2:6")
        item(3, "2:3")
        assert titles(citations.uses(Reference.verse(2, 3, 5), language="ar")) == ["article 1 ar", "article 3 ar"]

    def test_an_item_that_cites_it_twice_is_named_once(self):
        item(1, "2:256", "2:255-257", cutting(1, 4))
        uses = citations.uses(VERSE, language="ar")
        assert titles(uses) == ["article 1 ar"]
        assert uses.count == 1

    def test_what_is_not_published_is_not_there(self):
        ref = item(1, "2:256", cutting(1, 4), live=False)
        assert citations.uses(VERSE, language="ar") == citations.Uses([], [], [])
        assert citations.cited_verses(2) == set()
        ItemRef.objects.filter(pk=ref.pk).update(live=True)
        assert citations.uses(VERSE, language="ar").count == 1

    def test_grouped_by_kind_in_the_order_of_the_kinds_newest_first(self):
        for number in range(1, 9):
            item(number, "2:256")
        item(20, "2:256", kind="video")
        uses = citations.uses(VERSE, language="ar")
        order = [kind.slug for kind in registry.kinds()]
        assert [group.kind for group in uses.groups] == sorted(["article", "video"], key=order.index)
        articles = next(group for group in uses.groups if group.kind == "article")
        assert [card.title for card in articles.cards] == [f"article {n} ar" for n in range(1, citations.A_KIND + 1)]
        assert (articles.count, articles.more) == (8, 8 - citations.A_KIND)

    def test_other_languages_are_counted(self):
        item(1, "2:256")
        item(1, "2:256", language="en")
        item(2, "2:256", language="en")
        assert citations.uses(VERSE, language="ar").elsewhere == [("en", 2)]
        only = citations.uses(Reference.verse(2, 256), language="fr")
        assert (only.count, only.elsewhere) == (0, [("ar", 1), ("en", 2)])

    def test_hadith(self):
        item(1, "bukhari:1")
        item(2, "muslim:1")
        assert titles(citations.uses(Reference.parse("bukhari:1"), language="ar")) == ["article 1 ar"]

    def test_verses_of_a_sura(self):
        item(1, "2:255-257")
        item(2, "2:3", "3:4", language="en")
        assert citations.cited_verses(2) == {3, 255, 256, 257}


class TestCost:
    def test_one_query_when_nobody_cites_it(self, django_assert_num_queries):
        item(1, "2:1")
        with django_assert_num_queries(1):
            citations.uses(VERSE, language="ar")

    @pytest.mark.parametrize("many", [1, 30])
    def test_three_queries_however_many_do(self, django_assert_num_queries, many):
        for number in range(1, many + 1):
            item(number, "2:256", cutting(1, 4), kind="article" if number % 2 else "news")
        with django_assert_num_queries(3):
            uses = citations.uses(VERSE, language="ar")
            assert [row.item.title for row in uses.misused]

    def test_one_query_for_a_sura(self, django_assert_num_queries):
        for number in range(1, 12):
            item(number, f"2:{number}-{number + 3}")
        with django_assert_num_queries(1):
            assert citations.cited_verses(2) == set(range(1, 15))


class TestMisused:
    def test_an_item_in_two_languages_is_named_in_the_readers(self):
        item(1, cutting(1, 4, ar="وجهه", en="how"), language="ar")
        item(1, cutting(1, 4, ar="وجهه", en="how"), language="en")
        for language in ("ar", "en"):
            [row] = citations.uses(VERSE, language=language).misused
            assert row.item.language == language

    def test_an_item_in_another_language_alone_is_named_all_the_same(self):
        item(1, cutting(1, 4), language="en")
        [row] = citations.uses(VERSE, language="ar").misused
        with override("ar"):
            assert layout.misuse(row, VERSE)["elsewhere"] == "en"

    def test_plain_citations_are_not_among_them(self):
        item(1, "2:256")
        assert citations.uses(VERSE, language="ar").misused == []

    @pytest.mark.parametrize(("first", "last"), [(1, 4), (5, 9), (18, 18)])
    def test_the_words_are_found_in_the_verse(self, first, last):
        item(1, cutting(first, last))
        [row] = citations.uses(VERSE, language="ar").misused
        found = layout.misuse(row, VERSE)
        assert found["cut"] == (first, last)
        assert str(found["shown"]["text"]).count('<mark class="cut">') == 1

    def test_words_over_the_end_of_a_verse_are_found(self):
        verses = quran().span(2, 255, 256)
        over = len(verses[0].words)
        assert layout.place_of(verses, shown.cut_words(verses, first=over - 1, last=over + 2)) == (over - 1, over + 2)

    def test_words_that_are_not_in_the_verse_are_marked_nowhere(self):
        words = quran().verse(2, 255).words[:3]
        assert layout.place_of(quran().span(2, 256, 256), " ".join(words)) is None
        assert layout.place_of(quran().span(2, 256, 256), "") is None


def published(by: User, *body: tuple[str, Any]) -> Any:
    page = newsroom.published(by, by, title="مقال فيه آية")
    return publish(page, by, *body)


def publish(page: Any, by: User, *body: tuple[str, Any]) -> Any:
    page.body = [("text", "<p>نص.</p>"), *body]
    with acting.acting(by=by):
        page.save_revision(user=by).publish(user=by)
    return newsroom.fresh(page)


def listed(path: str = PATH) -> bool:
    answer = Client().get(path)
    assert answer.status_code == 200
    return "مقال فيه آية" in answer.content.decode()


class TestKeptRight:
    """Through the one gate of publishing, as an editor's item goes."""

    @pytest.fixture
    def by(self):
        user = User.objects.system("demo")
        house.prepare(by=user)
        return user

    def test_on_publish_edit_and_unpublish(self, by):
        assert not listed()
        page = published(by, ("verse", chosen("2:255-257")))
        assert listed()
        assert listed("/ar/islamiyat/scripture/quran/2/255-257/")
        page = publish(page, by, ("verse", chosen("112:1")))
        assert not listed()
        assert listed("/ar/islamiyat/scripture/quran/112/1/")
        with acting.acting(by=by):
            page.unpublish()
        assert not listed("/ar/islamiyat/scripture/quran/112/1/")

    def test_on_deletion(self, by):
        page = published(by, ("verse", chosen("2:256")))
        assert listed()
        with acting.acting(by=by):
            page.delete()
        assert not listed()

    def test_a_cut_verse_shows_how_it_is_cut(self, by):
        cut = {**chosen("2:256"), "first_word": 1, "last_word": 4, "explanation": "يُترك ما بعدها."}
        published(by, ("misused_verse", cut))
        html = Client().get(PATH).content.decode()
        section = html.partition('id="misused"')[2].partition("</section>")[0]
        words = shown.printed_words(quran().verse(2, 256))
        assert f'<mark class="cut">{" ".join(words[:4])}</mark> {words[4]}' in section
        assert "يُترك ما بعدها." in section
        assert "مقال فيه آية" in section
        for neighbour in (255, 257):
            assert quran().verse(2, neighbour).words[-1] in section
