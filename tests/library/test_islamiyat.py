"""Fatwas, comparisons of fatwas, their lists, the hub and the subject index."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import TestCase

from hiwar.library import authority, house, shelf
from hiwar.library.models import EvidencePage, FatwaPage, MatterPage
from hiwar.scripture import actions
from tests.library import islamiyat_pages as made
from tests.library import newsroom
from tests.scripture import entries

QUERIES = {
    "fatwa": 10,
    "matter": 11,
    "fatwas": 9,
    "filtered fatwas": 8,
    "comparisons": 6,
    "hub": 5,
    "index": 1,
    "subject": 7,
}


def own(html: str) -> str:
    """A page without what is related to it."""
    return html.partition("related-part")[0]


class Islamiyat(made.Visit, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cache.clear()
        shelf.forget()
        house.prepare(by=made.by())
        cls.council = made.body(
            "council", ar="مجلس الإفتاء", en="Council", authority="مجلس رسمي. ولا يُلزم رأيه القضاء."
        )
        cls.academy = made.body("academy", ar="أكاديمية الفقه", en="Academy", authority="مجمع علمي.")
        cls.matter = made.page(
            MatterPage, "ما حكم نقض العقد؟", agreed="تتفقان.", differ="تختلفان.", sample=True, topics=["law"]
        )
        cls.question = made.page(
            MatterPage, "On breaking a contract", language="en", translation_key=cls.matter.translation_key
        )
        cls.first = cls.fatwa("نقض العقد", cls.council, issued=datetime.date(2020, 9, 8), number="A-1", sample=True)
        cls.second = cls.fatwa("الوفاء بالعقد", cls.academy, issued=datetime.date(2019, 2, 12), topics=["law"])
        cls.alone = cls.fatwa("مسألة مفردة", cls.academy, matter=None, issued=datetime.date(2019, 5, 1))
        cls.english = made.page(
            FatwaPage,
            "Breaking a contract",
            language="en",
            issuing_body=cls.council,
            matter=cls.matter,  # stored once: the Arabic page stands for the question in every language
            translation_key=cls.first.translation_key,
        )

    @classmethod
    def fatwa(cls, title: str, body: Any, **values: Any) -> FatwaPage:
        told: dict[str, Any] = {
            "matter": cls.matter,
            "conditions": "شرط أول\n\n شرط ثان ",
            "scope": "كل مقيم.",
            "mufti": "فلان",
            "topics": ["law", "peace"],
            "text": [
                made.verse("5:1"),
                ("scholar", {"who": "النووي", "work": "المجموع", "text": "قال بذلك.", "to_be_checked": True}),
                ("text", "<p>نص.</p>"),
                made.verse("5:1"),
            ],
            **values,
        }
        return made.page(FatwaPage, title, issuing_body=body, **told)

    # --- A fatwa ---------------------------------------------------------------------------------

    def test_a_fatwa_says_all_that_is_known_of_it(self) -> None:
        html = self.html(self.first.url_path)
        for words in ("سؤال؟", "حكم.", "مجلس الإفتاء", "فلان", "كل مقيم.", "<li>شرط أول</li><li>شرط ثان</li>"):
            assert words in html, words
        assert 'dir="ltr">A-1</bdi>' in html
        assert '<time datetime="2020-09-08">' in html
        assert f'href="{self.matter.url_path}"' in html
        assert html.count('class="notice notice--warn sample"') == 1
        assert 'class="notice notice--warn sample"' not in self.html(self.alone.url_path)
        assert self.matter.url_path not in own(self.html(self.alone.url_path))

    def test_its_proofs_stand_together_each_once(self) -> None:
        html = self.html(self.first.url_path)
        proofs = html[html.index('class="proofs"') : html.index("</section>", html.index('class="proofs"'))]
        assert proofs.count("quran/5/1/") == 1
        assert "المجموع" in proofs
        assert proofs.count("to-check") == 1
        assert proofs.count("<li>") == 2

    def test_that_an_opinion_does_not_bind_is_told_apart(self) -> None:
        html = self.html(self.first.url_path)
        assert re.search(r'class="free">.*ولا يُلزم رأيه القضاء\.', html)
        assert 'class="free"' not in self.html(self.second.url_path)

    def test_it_stands_among_the_fatwas_of_the_hub(self) -> None:
        crumbs = re.findall(r'<a href="(/ar/[^"]*)"', self.html(self.first.url_path).split('class="crumbs"')[1])
        assert crumbs[:3] == ["/ar/", "/ar/islamiyat/", "/ar/islamiyat/fatwas/"]

    # --- Bodies side by side ---------------------------------------------------------------------

    def test_bodies_stand_side_by_side_in_the_order_of_the_alphabet(self) -> None:
        html = self.html(self.matter.url_path)
        heads = re.findall(r'<th role="columnheader" scope="col"><strong>(.*?)</strong>', html)
        assert heads == ["أكاديمية الفقه", "مجلس الإفتاء"]
        assert html.count('role="rowheader" scope="row"') == 7
        assert html.count('role="cell" data-body=') == 14
        assert "تتفقان." in html
        assert "تختلفان." in html
        assert f'href="{self.first.url_path}"' in html
        assert f'href="{self.alone.url_path}"' not in own(html)
        assert '<a href="/ar/islamiyat/fatwas/">' in html.split("</nav>")[0] + html.split('class="crumbs"')[1]

    def test_the_page_of_a_language_shows_the_fatwas_of_that_language_and_says_who_else_answered(self) -> None:
        html = self.html(self.question.url_path)
        assert re.findall(r'scope="col"><strong>(.*?)</strong>', html) == ["Council"]
        assert "Academy answered this question too" in html
        assert f'<a href="{self.second.url_path}" lang="ar" hreflang="ar">' in html
        assert self.first.url_path not in html.split("</header>")[-1].split("<footer")[0]

    def test_what_is_taken_down_or_only_drafted_stands_nowhere(self) -> None:
        self.fatwa("مسودة", made.body("third", ar="جهة ثالثة"), live=False)
        made.take_down(self.second)
        html = self.html(self.matter.url_path)
        assert re.findall(r'scope="col"><strong>(.*?)</strong>', html) == ["مجلس الإفتاء"]
        assert "جهة ثالثة" not in html
        made.take_down(self.first)
        html = self.html(self.matter.url_path)
        assert "<table" not in html
        assert 'class="empty"' in html

    def test_six_bodies_and_hadith_cost_no_more_than_two(self) -> None:
        people = entries.people()
        hadith = entries.signed(people.author, people.scholar)
        cited = ("hadith", {"hadith": str(hadith.uuid), "digest": hadith.digest})
        self.fatwa("الثالثة", made.body("third", ar="جهة ثالثة"), text=[cited])
        two = self.cost(self.matter.url_path)
        for number in range(5):
            self.fatwa(f"أخرى {number}", made.body(f"b{number}", ar=f"جهة {number}"), text=[cited, made.verse()])
        assert self.cost(self.matter.url_path) == two
        html = self.html(self.matter.url_path)
        assert html.count('role="columnheader"') == 6
        assert 'class="versus-box is-wide" role="region" tabindex="0"' in html
        assert len(re.findall(r'<li><a href="[^"]*" rel="bookmark">[^<]*: ', html)) == 2  # seventh and eighth
        actions.save_hadith(hadith=hadith, values={**entries.values(), "text": "نص آخر"}, gradings=[], by=people.author)
        assert "/hadith/bukhari/1/" not in self.html(self.matter.url_path)  # unsigned, it is cited nowhere

    # --- Lists -----------------------------------------------------------------------------------

    def rows(self, path: str) -> list[str]:
        found = re.findall(r'<article class="row">.*?<h3><a href="[^"]*" rel="bookmark">(.*?)</a>', self.html(path))
        return sorted(found)

    def test_the_list_is_filtered_by_topic_body_and_year_of_the_fatwa(self) -> None:
        path = "/ar/islamiyat/fatwas/"
        assert self.rows(path) == ["الوفاء بالعقد", "مسألة مفردة", "نقض العقد"]
        assert self.rows(f"{path}?topic=peace") == ["مسألة مفردة", "نقض العقد"]
        assert self.rows(f"{path}?body=academy") == ["الوفاء بالعقد", "مسألة مفردة"]
        assert self.rows(f"{path}?year=2020") == ["نقض العقد"]
        assert self.rows(f"{path}?body=academy&year=2019&topic=peace") == ["مسألة مفردة"]
        assert self.rows(f"{path}?body=council&year=2019") == []
        html = self.html(path)
        assert (
            'href="/ar/islamiyat/fatwas/?body=academy"><span>أكاديمية الفقه</span><span class="count">٢</span>' in html
        )
        assert "مجلس الإفتاء" in html.split('class="row"')[1] + html.split('class="row"')[3]

    def test_a_filter_that_is_none_is_not_found(self) -> None:
        for query in ("topic=none", "body=none", "year=12", "year=abcd", "list=none", "page=9"):
            self.html(f"/ar/islamiyat/fatwas/?{query}", 404)

    def test_comparisons_are_offered_first_and_have_a_list(self) -> None:
        html = self.html("/ar/islamiyat/fatwas/")
        assert html.index(self.matter.url_path) < html.index('class="row"')
        assert "list=comparisons" not in html
        assert self.matter.url_path not in self.html("/ar/islamiyat/fatwas/?topic=law")
        for number in range(6):
            made.page(MatterPage, f"سؤال {number}؟")
        html = self.html("/ar/islamiyat/fatwas/")
        assert html.count('class="box teaser"') == 6
        assert 'href="/ar/islamiyat/fatwas/?list=comparisons"' in html
        assert self.html("/ar/islamiyat/fatwas/?list=comparisons").count('class="box teaser"') == 7

    # --- Hub and subjects ------------------------------------------------------------------------

    def test_every_door_of_the_hub_opens(self) -> None:
        for language in ("ar", "en"):
            html = self.html(f"/{language}/islamiyat/")
            doors = re.findall(r'class="teaser box"><h3><a href="([^"]+)"', html)
            assert len(doors) == 10, doors
            for path in doors:
                self.html(path)
        assert f'href="{self.first.url_path}"' in self.html("/ar/islamiyat/")

    def test_subjects_are_counted_and_lead_to_all_three(self) -> None:
        event = made.page(EvidencePage, "صلح", topics=["peace"], text=[made.verse("8:61"), made.verse("5:1")])
        html = self.html("/ar/islamiyat/subjects/")
        peace = html[html.index("/ar/islamiyat/subjects/peace/") :]
        amounts = re.search(r'class="amounts">(.*?)</ul>', peace)
        assert amounts
        assert [int(n) for n in re.findall(r"(\d+)", amounts[1])] == [2, 2] or amounts[1].count("<li>") == 3
        found = self.html("/ar/islamiyat/subjects/peace/")
        for path in (self.first.url_path, event.url_path, "quran/8/61/", "quran/5/1/"):
            assert path in found, path
        assert found.index("quran/5/1/") < found.index("quran/8/61/")
        assert self.second.url_path not in found
        assert re.search(r'quran/5/1/">[^<]*</a> <span class="count">٣</span>', found)  # two fatwas and the event
        self.html("/ar/islamiyat/subjects/none/", 404)

    def test_what_is_taken_down_is_no_longer_counted(self) -> None:
        assert "/ar/islamiyat/subjects/peace/" in self.html("/ar/islamiyat/subjects/")
        for page in (self.first, self.alone):
            made.take_down(page)
        cache.clear()
        assert "/ar/islamiyat/subjects/peace/" not in self.html("/ar/islamiyat/subjects/")
        assert 'class="empty"' in self.html("/ar/islamiyat/subjects/peace/")

    # --- Cost ------------------------------------------------------------------------------------

    def test_pages_cost_few_queries(self) -> None:
        found = {
            "fatwa": self.cost(self.first.url_path),
            "matter": self.cost(self.matter.url_path),
            "fatwas": self.cost("/ar/islamiyat/fatwas/"),
            "filtered fatwas": self.cost("/ar/islamiyat/fatwas/?body=academy&year=2019"),
            "comparisons": self.cost("/ar/islamiyat/fatwas/?list=comparisons"),
            "hub": self.cost("/ar/islamiyat/"),
            "index": self.cost("/ar/islamiyat/subjects/"),
            "subject": self.cost("/ar/islamiyat/subjects/law/"),
        }
        assert found == QUERIES
        for number in range(8):
            self.fatwa(f"أخرى {number}", self.academy, matter=None)
        cache.clear()
        assert self.cost("/ar/islamiyat/fatwas/") == QUERIES["fatwas"]
        assert self.cost("/ar/islamiyat/subjects/law/") == QUERIES["subject"]
        assert self.cost("/ar/islamiyat/") == QUERIES["hub"]

    def test_the_office_keeps_issuing_bodies(self) -> None:
        people = newsroom.open_newsroom()
        office = people.client("manager")
        listed = office.get("/office/snippets/library/issuingbody/")
        assert listed.status_code == 200
        assert "Council" in listed.content.decode()
        answer = office.post(f"/office/snippets/library/issuingbody/delete/{self.council.pk}/", follow=True)
        assert type(self.council).objects.filter(pk=self.council.pk).exists(), answer.status_code


@pytest.mark.parametrize(
    "text, free",
    [
        ("لجنة إفتاء رسمية، ورأيها غير ملزم للقضاء.", "لجنة إفتاء رسمية، ورأيها غير ملزم للقضاء."),
        ("هيئة أهلية. آراؤها إرشادية.", "آراؤها إرشادية."),
        ("مجمع. قراراته رأي جماعي يُستأنس به.", "قراراته رأي جماعي يُستأنس به."),
        ("محكمة عليا. أحكامها ملزمة.", ""),
        ("يجيب من يلتزم بالسؤال.", ""),
        ("A council. Its opinions do not bind the courts.", "Its opinions do not bind the courts."),
        ("A house. Its opinions are guidance.", "Its opinions are guidance."),
        ("A court. Its decisions are binding.", ""),
        ("", ""),
    ],
)
def test_force_of_an_opinion(text: str, free: str) -> None:
    known, found = authority.parted(text)
    assert found == free
    assert " ".join(part for part in (known, found) if part) == text
