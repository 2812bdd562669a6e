"""One address a place: every other form leads to it, and what does not exist is answered with the reason."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import pytest
from django.test import Client
from django.utils.translation import override

from hiwar.accounts.models import User
from hiwar.items.models import ItemRef
from hiwar.library import house, shelf
from hiwar.scripture import actions
from hiwar.scripture.canon import quran
from hiwar.scripture.models import Hadith
from hiwar.scripture.reference import Reference
from tests.scripture.entries import GRADING, SECOND, TEXT, People, people, signed
from tests.scripture.test_reading import cost, get, main, page, part, words
from tests.scripture.test_reverse_index import cutting, item

pytestmark = pytest.mark.django_db
ROOM = "islamiyat/scripture/"


class TestOtherForms:
    @pytest.mark.parametrize(
        ("asked", "to"),
        [
            ("scripture", ""),
            ("scripture/", ""),
            ("scripture/quran/2/256/", "quran/2/256/"),
            ("scripture/quran/2/", "quran/2/"),
            ("scripture/hadith/bukhari/1/", "hadith/bukhari/1/"),
            (ROOM + "quran/2:256/", "quran/2/256/"),
            (ROOM + "quran/2:256", "quran/2/256/"),
            (ROOM + "quran/2/256-256/", "quran/2/256/"),
            (ROOM + "quran/2/255–257/", "quran/2/255-257/"),
            (ROOM + "quran/002/0256/", "quran/2/256/"),
            (ROOM + "QURAN/2/256/", "quran/2/256/"),
            ("Islamiyat/Scripture/Quran/2/256/", "quran/2/256/"),
            ("SCRIPTURE/Quran/٢/٢٥٦/", "quran/2/256/"),
            (ROOM + "quran/۲:۲۵۶/", "quran/2/256/"),
            (ROOM + "2:256/", "quran/2/256/"),
            (ROOM + "quran/al-baqarah/256/", "quran/2/256/"),
            (ROOM + "quran/Al-Baqarah/", "quran/2/"),
            (ROOM + "quran/البقرة/٢٥٦/", "quran/2/256/"),
            (ROOM + "quran/", ""),
            (ROOM + "hadith/", ""),
            (ROOM + "hadith/Bukhari/", "hadith/bukhari/"),
            (ROOM + "hadith/Bukhari/١/", "hadith/bukhari/1/"),
            (ROOM + "hadith/bukhari/1@fath-al-bari/", "hadith/bukhari/1/"),
            (ROOM + "hadith/muslim/177@running", "hadith/muslim/177@running/"),
        ],
    )
    def test_lead_to_the_canonical_one_in_one_step(self, asked, to):
        for language in ("ar", "en"):
            answer = Client().get(f"/{language}/{quote(asked)}")
            assert (answer.status_code, answer.headers.get("Location")) == (301, f"/{language}/{ROOM}{to}")

    def test_canonical_ones_lead_nowhere(self):
        for path in ("", "quran/2/", "quran/2/256/", "quran/2/255-257/", "hadith/muslim/"):
            get(f"/en/{ROOM}{path}")

    def test_every_verse_of_the_canon_has_its_address(self):
        with override("en"):
            for verse in quran().verses()[::97]:
                reference = Reference.verse(verse.sura, verse.number)
                assert verse.text in words(main(reference.path))


class TestNotHere:
    @pytest.mark.parametrize(
        ("path", "english", "arabic"),
        [
            ("quran/2/287/", "its last verse is 286", "٢٨٦"),
            ("quran/2/280-290/", "its last verse is 286", "٢٨٦"),
            ("quran/115/", "the last is 114", "١١٤"),
            ("quran/115/1/", "the last is 114", "١١٤"),
            ("quran/999/", "the last is 114", "١١٤"),
            ("quran/2/9-3/", "runs backwards", "٩"),
            ("hadith/bukhari/9999/", "the last by this numbering is 7563", "٧٥٦٣"),
            ("hadith/nobody/1/", "No sura and no collection", "nobody"),
            ("quran/nobody/1/", "No sura and no collection", "nobody"),
        ],
    )
    def test_says_why_in_the_readers_language_and_where_to_go(self, path, english, arabic):
        said = words(main(path, "en", 404))
        assert english in said
        assert arabic in words(main(path, "ar", 404))
        text = page(path, "en", 404)
        assert 'name="reference"' in text
        assert '<meta name="robots" content="noindex">' in text
        assert 'rel="canonical"' not in text

    def test_a_verse_too_far_leads_to_its_sura(self):
        assert f'href="/ar/{ROOM}quran/2/"' in main("quran/2/287/", "ar", 404)

    @pytest.mark.parametrize("path", ["quran/2/255-257-259/", "quran/0/1/", "quran/2/0/", "nothing/at/all/", "%00/"])
    def test_nonsense(self, path):
        assert Client().get(f"/en/{ROOM}{path}").status_code == 404

    @pytest.mark.parametrize("path", [ROOM, f"{ROOM}quran/2/", f"{ROOM}quran/2/1/", "scripture/quran/2/1/"])
    def test_nothing_is_posted_here(self, path):
        assert Client().post(f"/en/{path}").status_code == 405


class TestHadith:
    PATH = "hadith/bukhari/1/"

    @pytest.fixture
    def who(self) -> People:
        return people()

    def entry(self, who: People, **more: object) -> Hadith:
        values = {"other_numbers": {"bugha": "3"}, "gradings": (GRADING, SECOND), **more}
        return signed(who.publisher, who.scholar, **values)

    def test_unsigned_and_unknown_look_alike(self, who):
        unknown = main(self.PATH, "en", 404)
        entry = actions.save_hadith(
            values={
                "collection": "bukhari",
                "number": "1",
                "scheme": "fath-al-bari",
                "narrator": {"en": "Someone"},
                "text": TEXT,
                "edition_note": {"en": "An edition"},
            },
            gradings=[GRADING],
            by=who.publisher,
        )
        assert main(self.PATH, "en", 404) == unknown
        actions.sign_hadith(hadith=entry, seal=actions.seal_of(entry), by=who.scholar)
        page(self.PATH)

    def test_shows_text_source_numbers_gradings_and_signature(self, who):
        self.entry(who)
        text = main(self.PATH)
        for said in (
            "From so-and-so",
            "An edition, vol. 1, p. 2",
            "Fath al-Bari numbering",
            "al-Bugha numbering",
            "So-and-so",
            "Another",
            "Sound",
            "Weak",
            who.scholar.get_full_name(),
            "The graders do not agree",
        ):
            assert said in text, said
        assert who.scholar.email not in text
        quoted = text.partition('<blockquote class="hadith-text"')[2].partition(">")[2].partition("</blockquote>")[0]
        assert re.sub(r"<br\s*/?>", "\n", quoted).split() == TEXT.split()
        assert "\u0623\u0627\u0654" in quoted, "the text was normalised on its way"

    def test_graders_who_agree_are_not_said_to_differ(self, who):
        self.entry(who, gradings=(GRADING, {**GRADING, "grader": {"en": "Another"}}))
        assert "The graders do not agree" not in main(self.PATH)

    def test_a_change_takes_it_from_readers_until_it_is_signed_again(self, who):
        entry = self.entry(who)
        page(self.PATH)
        actions.save_hadith(hadith=entry, values={"text": TEXT + "."}, by=who.publisher)
        page(self.PATH, "en", 404)
        assert self.PATH not in main("hadith/bukhari/")
        entry.refresh_from_db()
        actions.sign_hadith(hadith=entry, seal=actions.seal_of(entry), by=who.scholar)
        page(self.PATH)

    def test_a_text_changed_behind_the_actions_hides_itself(self, who):
        entry = self.entry(who)
        entry.refresh_from_db()
        entry.text = "other"
        entry.save()
        page(self.PATH, "en", 404)

    def test_reverse_index_and_misuse(self, who):
        self.entry(who)
        cut = " ".join(TEXT.split()[:2])
        reference = Reference.parse("bukhari:1")
        item(1, actions.Cited(reference, role="misused", cut_text=cut, note={"ar": "يُترك نصفه."}))
        item(2, "muslim:1")
        text = main(self.PATH, "ar")
        assert re.findall(r'href="(/ar/article/\d/)" rel="bookmark"', part(text, "uses")) == ["/ar/article/1/"]
        assert f'<mark class="cut">{cut}</mark>' in part(text, "misused")
        assert "يُترك نصفه." in part(text, "misused")

    def test_the_collection_lists_them_by_number(self, who):
        for number in ("10", "8", "9", "1"):
            self.entry(who, number=number)
        links = re.findall(rf'href="/en/{ROOM}hadith/bukhari/(\d+)/" rel="bookmark"', main("hadith/bukhari/"))
        assert links == ["1", "8", "9", "10"]
        assert "4 hadith" in words(main(""))

    def test_the_index_leads_to_it(self, who):
        self.entry(who)
        answer = Client().get(f"/en/{ROOM}", {"reference": "صحيح البخاري ١"})
        assert answer.headers["Location"] == f"/en/{ROOM}{self.PATH}"

    def test_an_empty_collection_says_so(self):
        text = page("hadith/muslim/")
        assert "No hadith of this collection is signed yet" in text
        assert "running numbering" in text
        assert '<meta name="robots" content="noindex">' in text

    def test_what_it_costs(self, who):
        self.entry(who)
        assert cost(f"/ar/{ROOM}{self.PATH}") == 4
        for number in range(1, 6):
            item(number, "bukhari:1")
        assert cost(f"/ar/{ROOM}{self.PATH}") == 6
        assert cost(f"/ar/{ROOM}hadith/bukhari/") == 2
        self.entry(who, number="2")
        assert cost(f"/ar/{ROOM}hadith/bukhari/") == 2


class TestFromElsewhere:
    def test_short_address_and_language_switch_of_a_cited_verse(self):
        item(1, "2:256", cutting(1, 4))
        ref = ItemRef.objects.get(kind="verse", language="ar")
        answer = Client().get(f"/s/{ref.code}")
        assert unquote(answer.headers["Location"]) == f"/ar/{ROOM}quran/2/256/"
        assert f'href="/en/{ROOM}quran/2/256/"' in page("quran/2/256/", "ar")
        assert Client().get(f"/en/item/{ref.code}/").headers["Location"] == f"/en/{ROOM}quran/2/256/"

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_menu_and_footer_lead_here(self, language):
        house.prepare(by=User.objects.system("demo"))
        shelf.forget()
        text = get(f"/{language}/topics/").content.decode()
        menu, footer = text.partition("<main")[0], text.partition("<footer")[2]
        hub = f"/{language}/islamiyat/"
        assert f'href="{hub}"' in menu  # from there one click leads here
        assert f'href="/{language}/{ROOM}"' in get(hub).content.decode()
        for path in (ROOM, "check/", "editions/"):
            assert f'href="/{language}/{path}"' in footer
            get(f"/{language}/{path}")

    def test_sitemap_names_suras_and_what_is_cited(self):
        item(1, "2:255-257")
        fixed, items = (b"".join(Client().get(f"/sitemaps/ar-{n}.xml").streaming_content).decode() for n in (1, 2))
        found = re.findall(r"<loc>[^<]*?/ar/([^<]*)</loc>", fixed)
        assert {f"{ROOM}quran/{n}/" for n in range(1, 115)} | {ROOM, "check/", "editions/"} <= set(found)
        assert not [path for path in found if re.search(r"quran/\d+/\d", path)]
        assert f"/ar/{ROOM}quran/2/255-257/</loc>" in items
