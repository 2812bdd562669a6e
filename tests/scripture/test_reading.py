"""The reading pages: every word from the canon, every address led to one, every refusal with its reason."""

from __future__ import annotations

import html as markup
import json
import re
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hiwar.arabic.digits import to_arabic_indic
from hiwar.library import shelf
from hiwar.scripture import shown
from hiwar.scripture.canon import modern, quran
from hiwar.scripture.models import Rendering
from hiwar.scripture.models.renderings import RenderedVerse
from hiwar.scripture.reference import Reference
from tests.scripture.test_reverse_index import cutting, item

pytestmark = pytest.mark.django_db
ROOM = "islamiyat/scripture/"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()
    shelf.forget()


def get(path: str, status: int = 200) -> HttpResponse:
    answer = Client().get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer


def page(path: str, language: str = "en", status: int = 200) -> str:
    return get(f"/{language}/{ROOM}{path}", status).content.decode()


def main(path: str, language: str = "en", status: int = 200) -> str:
    """What stands between menu and footer."""
    return page(path, language, status).partition("<main")[2].partition("</main>")[0]


def words(text: str) -> str:
    """The text of some markup, one space between words."""
    bare = re.sub(r'<span class="visually-hidden".*?</span>', " ", text, flags=re.DOTALL)
    return " ".join(markup.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def part(text: str, id: str) -> str:
    """The section whose heading has this id."""
    return text.partition(f'id="{id}"')[2].partition("</section>")[0]


def cost(path: str) -> int:
    """Queries of a page that the process has served before."""
    get(path)
    with CaptureQueriesContext(connection) as queries:
        get(path)
    return len(queries)


class TestIndex:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_names_every_sura_in_both_languages(self, language):
        text = page("", language)
        for sura in quran().suras():
            assert f'href="/{language}/{ROOM}quran/{sura.number}/"' in text
            assert markup.escape(sura.name_en, quote=True) in text or sura.name_en in text
            assert sura.name(language) in markup.unescape(text)

    @pytest.mark.parametrize(
        ("typed", "to"),
        [
            ("2:255", "quran/2/255/"),
            ("٢:٢٥٥-٢٥٧", "quran/2/255-257/"),
            ("البقرة ۲۵۵", "quran/2/255/"),
            ("سورة البقرة، الآية ٢٥٥", "quran/2/255/"),
            ("Al-Baqarah 255–257", "quran/2/255-257/"),
            ("  Quran 112:1 ", "quran/112/1/"),
            ("البقرة", "quran/2/"),
            ("١١٢", "quran/112/"),
            ("Ya-Sin", "quran/36/"),
        ],
    )
    def test_leads_to_what_was_typed(self, typed, to):
        answer = Client().get(f"/ar/{ROOM}", {"reference": typed})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/ar/{ROOM}{to}")
        assert answer.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("2:287", "its last verse is 286"),
            ("115:1", "the last is 114"),
            ("115", "the last is 114"),
            ("Al-Bakara", "nearest name is Al-Baqarah"),
            ("Nobody 3", "called “Nobody 3”"),
            ("2:9-3", "backwards"),
            ("2:2\u202e55", "U+202E"),
        ],
    )
    def test_says_why_it_leads_nowhere_and_keeps_what_was_typed(self, typed, why):
        text = Client().get(f"/en/{ROOM}", {"reference": typed}).content.decode()
        form = markup.unescape(text.partition('<form class="jump"')[2].partition("</form>")[0])
        assert why in form
        assert f'value="{typed}"' in form
        assert 'aria-invalid="true"' in form
        assert '<meta name="robots" content="noindex">' in text

    def test_markup_that_was_typed_stays_text(self):
        text = Client().get(f"/en/{ROOM}", {"reference": '"><b>2:255'}).content.decode()
        assert "<b>2:255" not in text

    def test_a_hadith_that_no_one_signed_is_explained(self):
        text = Client().get(f"/en/{ROOM}", {"reference": "Bukhari 1"}).content.decode()
        assert "This hadith has no page yet" in text


class TestSura:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_every_sura_has_all_its_verses_word_for_word(self, language):
        for sura in quran().suras():
            text = page(f"quran/{sura.number}/", language)
            found = dict(re.findall(r'<span id="v(\d+)">(.*?) <a', text))
            assert found == {str(v.number): v.text for v in quran().span(sura.number, 1, sura.verses)}
            assert re.findall(r' href="(\d+)/"', text) == [str(n) for n in range(1, sura.verses + 1)]

    def test_basmala_stands_where_the_edition_has_it(self):
        for sura in quran().suras():
            count = main(f"quran/{sura.number}/").count('class="basmala"')
            assert count == (0 if sura.number in (1, 9) else 1), sura
        assert quran().basmala in main("quran/1/")
        assert quran().basmala not in main("quran/9/")

    def test_neighbours(self):
        first, middle, last = (main(f"quran/{n}/") for n in (1, 2, 114))
        assert 'rel="prev"' not in first
        assert f'href="/en/{ROOM}quran/1/" rel="prev"' in middle
        assert f'href="/en/{ROOM}quran/3/" rel="next"' in middle
        assert 'rel="next"' not in last

    def test_pages_and_juz_of_the_print(self):
        heads = [words(each) for each in re.findall(r"<h2>(.*?)</h2>", main("quran/2/"))]
        verses = quran().span(2, 1, 286)
        assert heads == [f"Page {n} · Juz {j}" for n, j in sorted({v.page: v.juz for v in reversed(verses)}.items())]

    def test_verses_that_something_published_cites_are_marked(self):
        assert 'class="cited"' not in main("quran/112/")
        item(1, "112:2-3")
        item(2, "112:1", live=False)
        assert re.findall(r'class="cited" href="(\d+)/"', main("quran/112/")) == ["2", "3"]

    def test_the_longest_is_light(self):
        for language in ("ar", "en"):
            sent = brotli.compress(get(f"/{language}/{ROOM}quran/2/").content, quality=settings.BROTLI_QUALITY)
            assert len(sent) < 60 * 1024


class TestVerse:
    @pytest.mark.parametrize("language", ["ar", "en"])
    @pytest.mark.parametrize("place", [(1, 1), (2, 255), (2, 282), (9, 1), (55, 13), (114, 6)])
    def test_words_context_and_both_spellings(self, language, place):
        verse = quran().verse(*place)
        text = main(f"quran/{place[0]}/{place[1]}/", language)
        figure = text.partition('<blockquote class="verse-text"')[2].partition("</blockquote>")[0]
        assert verse.text in words(f"<b {figure}")
        before, after = quran().context(Reference.verse(*place))
        for id, verses in (("before", before), ("after", after)):
            assert [v.number for v in verses] == [
                int(n) for n in re.findall(rf"quran/{place[0]}/(\d+)/", part(text, id))
            ]
            for each in verses:
                assert each.text in part(text, id)
        spellings = part(text, "editions")
        assert verse.text in spellings
        assert modern()[place] in spellings

    def test_juz_and_page_in_the_readers_digits(self):
        verse = quran().verse(2, 256)
        arabic = words(part(main("quran/2/256/", "ar"), "place").partition("</aside>")[0])
        for number in (verse.juz, verse.page):
            assert to_arabic_indic(str(number)) in arabic.split()
        assert {str(verse.juz), str(verse.page)} <= set(words(part(main("quran/2/256/"), "place")).split())

    def test_neighbours_cross_the_ends_of_suras(self):
        assert 'rel="prev"' not in main("quran/1/1/")
        assert f'href="/en/{ROOM}quran/1/7/" rel="prev"' in main("quran/2/1/")
        assert f'href="/en/{ROOM}quran/3/1/" rel="next"' in main("quran/2/286/")
        assert 'rel="next"' not in main("quran/114/6/")

    def test_a_range_holds_all_its_verses_and_leads_to_each(self):
        text = main("quran/2/255-257/")
        for verse in quran().span(2, 255, 257):
            assert verse.text in words(text)
            assert f'href="/en/{ROOM}quran/2/{verse.number}/"' in text
        assert f'href="/en/{ROOM}quran/2/254/" rel="prev"' in text
        assert f'href="/en/{ROOM}quran/2/258/" rel="next"' in text

    def test_only_a_range_that_something_cites_is_for_search_engines(self):
        robots = '<meta name="robots" content="noindex">'
        assert robots not in page("quran/2/255/")
        assert robots in page("quran/2/255-257/")
        item(1, "2:255-257")
        assert robots not in page("quran/2/255-257/")

    def test_the_longest_range_is_light(self):
        sent = brotli.compress(get(f"/ar/{ROOM}quran/2/1-286/").content, quality=settings.BROTLI_QUALITY)
        assert len(sent) < 60 * 1024

    def test_says_of_itself_what_it_holds(self):
        text = page("quran/2/256/", "ar")
        [graph] = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])["@graph"][1:]
        assert graph["text"] == quran().text(Reference.verse(2, 256))
        assert (graph["@type"], graph["inLanguage"]) == ("Quotation", "ar")
        assert f'<link rel="canonical" href="{settings.SITE_URL}/ar/{ROOM}quran/2/256/">' in text
        for language in ("ar", "en"):
            url = f"{settings.SITE_URL}/{language}/{ROOM}quran/2/256/"
            assert f'<link rel="alternate" hreflang="{language}" href="{url}">' in text

    def test_a_description_never_cuts_a_verse(self):
        for place in ((2, 256), (2, 282)):
            text = page(f"quran/{place[0]}/{place[1]}/", "ar")
            said = markup.unescape(re.search(r'<meta name="description" content="([^"]*)"', text)[1])
            whole = quran().verse(*place).text
            assert (said == whole) if len(whole) < 280 else whole[:20] not in said

    def test_a_short_address_is_offered_once_the_verse_is_cited(self):
        assert "data-share" not in main("quran/2/256/")
        item(1, "2:256")
        assert re.search(r'data-share="/s/\w{8}"', main("quran/2/256/"))


class TestMeanings:
    def edition(self, **more: Any) -> Rendering:
        values = {
            "slug": "sample",
            "language": "en",
            "name": {"en": "Sample edition"},
            "translator": "A. Translator",
            "licence": "Licence of tests",
            "version": "1.2",
            "imported_at": timezone.now(),
            "shown": True,
        }
        row = Rendering.objects.create(**{**values, **more})
        RenderedVerse.objects.bulk_create(
            RenderedVerse(rendering=row, sura=2, verse=n, text=f"meaning {n} of {row.slug}") for n in (255, 256)
        )
        return row

    def test_english_pages_say_plainly_that_none_is_shown(self):
        assert "No translation of the meaning is shown in this language" in main("quran/2/256/")
        self.edition(shown=False)
        text = main("quran/2/256/")
        assert "No translation of the meaning is shown in this language" in text
        assert "meaning 256" not in text
        assert 'id="meaning"' not in main("quran/2/256/", "ar")

    def test_a_shown_edition_stands_with_its_name_translator_and_licence(self):
        self.edition()
        self.edition(slug="french", language="fr", name={"fr": "Traduction"})
        text = part(main("quran/2/256/"), "meaning")
        for said in ("meaning 256 of sample", "Sample edition", "A. Translator", "Licence of tests"):
            assert said in text
        assert 'lang="fr" dir="ltr">meaning 256 of french' in text
        assert "No translation" not in text
        assert "meaning 256 of sample" in part(main("quran/2/256/", "ar"), "meaning")

    def test_a_range_is_shown_whole_or_not_at_all(self):
        self.edition()
        assert "meaning 255 of sample meaning 256 of sample" in main("quran/2/255-256/")
        assert "of sample" not in main("quran/2/255-257/")


class TestCitedBy:
    def test_lists_items_by_kind_with_the_rest_one_step_away(self):
        for number in range(1, 9):
            item(number, "2:256")
        item(1, "2:255-257", language="en")
        text = main("quran/2/256/", "ar")
        assert len(re.findall(r'rel="bookmark"', part(text, "uses"))) == 6
        assert 'href="/en/islamiyat/scripture/quran/2/256/#uses"' in text
        listed = main("quran/2/256/?kind=article", "ar")
        assert re.findall(r'<a href="(/ar/article/\d/)" rel="bookmark"', listed) == [
            f"/ar/article/{n}/" for n in range(1, 9)
        ]
        assert '<meta name="robots" content="noindex">' in page("quran/2/256/?kind=article", "ar")

    @pytest.mark.parametrize("query", ["kind=video", "kind=nothing", "kind=article&page=2", "kind=article&page=x"])
    def test_a_list_that_is_not_there_answers_404(self, query):
        item(1, "2:256")
        page(f"quran/2/256/?{query}", "ar", 404)

    def test_says_so_when_there_is_none(self):
        assert "Nothing published here in this language" in part(main("quran/2/256/"), "uses")

    def test_the_cut_words_are_marked_between_what_stands_around_them(self):
        item(1, cutting(5, 9, en="The reason is dropped."), language="en")
        held = shown.printed_words(quran().verse(2, 256))
        text = markup.unescape(part(main("quran/2/256/"), "misused"))
        before, cut, after = " ".join(held[:4]), " ".join(held[4:9]), " ".join(held[9:])
        assert f'{before} <mark class="cut">{cut}</mark> {after}' in text
        assert "The reason is dropped." in text
        assert 'href="/en/article/1/" rel="bookmark"' in text
        assert 'id="misused"' not in main("quran/2/255/")


class TestCost:
    """Once a process has served one page, which fills what it keeps of the tree of pages."""

    def test_suras_and_index(self):
        item(1, "2:255-257")
        assert cost(f"/ar/{ROOM}") == 1
        assert cost(f"/ar/{ROOM}quran/2/") == 1
        assert cost(f"/ar/{ROOM}quran/112/") == 1

    def test_a_verse_that_nobody_cites(self):
        assert cost(f"/ar/{ROOM}quran/2/256/") == 3
        assert cost(f"/ar/{ROOM}quran/2/1-286/") == 3

    @pytest.mark.parametrize("many", [1, 25])
    def test_a_verse_that_somebody_cites(self, many):
        for number in range(1, many + 1):
            item(number, "2:255-257", cutting(1, 4))
        assert cost(f"/ar/{ROOM}quran/2/256/") == 5
        assert cost(f"/ar/{ROOM}quran/2/256/?kind=article") == 2


@pytest.mark.parametrize("path", ["", "quran/2/", "quran/2/256/", "quran/2/999/", "hadith/bukhari/", "?reference=x"])
def test_anonymous_pages_set_no_cookie_and_hold_no_token(path):
    answer = Client().get(f"/ar/{ROOM}{path}")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "csrfmiddlewaretoken" not in answer.content.decode()
