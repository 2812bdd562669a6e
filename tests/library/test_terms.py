"""Terms of the glossary: their pages, and their first occurrences in other texts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.library import house, shelf, terms
from hiwar.library.models import ArticlePage, TermPage
from hiwar.library.terms import Glossary, Linker, Term

JIHAD = Term(1, "الجهاد", "/ar/glossary/jihad/", "بذل الوسع.", ("الجهاد", "جهاد"))
ABODE = Term(2, "دار الحرب", "/ar/glossary/abode/", "وصف فقهي.", ("دار الحرب",))
WAR = Term(3, "الحرب", "/ar/glossary/war/", "قتال.", ("الحرب",))
TAKFIR = Term(4, "Takfir", "/en/glossary/takfir/", "Calling a Muslim an unbeliever.", ("Takfir", "takfir of rulers"))


def linked(markup: str, *found: Term, but: int = 0) -> str:
    return str(Linker(Glossary(found), but=but).link(markup))


class TestLinking:
    def test_first_occurrence_alone_is_linked_with_its_definition(self) -> None:
        made = linked("<p>معنى الجهاد، ثم الجهاد مرة أخرى.</p>", JIHAD)
        assert made.count('href="/ar/glossary/jihad/"') == 1
        assert made.startswith(
            '<p>معنى <span class="term"><a href="/ar/glossary/jihad/" aria-describedby="term-1">الجهاد</a>'
        )
        assert '<span class="term-note" role="tooltip" id="term-1">بذل الوسع.</span>' in made
        assert "ثم الجهاد مرة" in made

    def test_a_linker_remembers_from_piece_to_piece(self) -> None:
        linker = Linker(Glossary((JIHAD,)))
        assert "href" in linker.link("<p>الجهاد</p>")
        assert "href" not in linker.link("<p>الجهاد</p>")
        assert linker.linked

    @pytest.mark.parametrize(
        "markup",
        [
            '<p><a href="/x/">الجهاد</a></p>',
            "<h2>الجهاد</h2>",
            "<h3>معنى <b>الجهاد</b></h3>",
            "<blockquote><p>الجهاد</p></blockquote>",
            '<p title="الجهاد">غير ذلك</p>',
        ],
    )
    def test_nothing_is_linked_where_a_link_would_do_harm(self, markup: str) -> None:
        assert linked(markup, JIHAD) == markup

    def test_after_a_closed_part_linking_goes_on(self) -> None:
        assert "href" in linked("<h3>الجهاد</h3><p>الجهاد</p>", JIHAD)

    @pytest.mark.parametrize("word", ["مجاهد", "جهادي", "الجهادية", "اجتهاد"])
    def test_a_form_is_a_whole_word(self, word: str) -> None:
        assert "href" not in linked(f"<p>{word}</p>", JIHAD)

    @pytest.mark.parametrize("word", ["الجِهَادُ", "الجهـاد", "جهادٌ"])
    def test_vowel_marks_do_not_hide_a_term(self, word: str) -> None:
        assert f">{word}</a>" in linked(f"<p>{word}</p>", JIHAD)

    def test_the_longer_form_is_read_first(self) -> None:
        made = linked("<p>تقسيم دار الحرب ثم الحرب</p>", WAR, ABODE)
        assert ">دار الحرب</a>" in made
        assert ">الحرب</a>" in made

    def test_english_capitals_and_white_space(self) -> None:
        assert ">takfir</a>" in linked("<p>On takfir.</p>", TAKFIR)
        assert ">Takfir  of\nrulers</a>" in linked("<p>Takfir  of\nrulers</p>", TAKFIR)

    def test_its_own_page_links_not_to_itself(self) -> None:
        assert "href" not in linked("<p>الجهاد</p>", JIHAD, but=1)

    def test_signs_stay_escaped(self) -> None:
        odd = Term(9, "a&b", "/en/glossary/ab/", '<script>"', ("a&amp;b", "plain"))
        made = linked("<p>x &lt;b&gt; plain</p>", odd)
        assert "&lt;b&gt;" in made
        assert "<script>" not in made
        assert "&lt;script&gt;&quot;" in made
        assert str(terms.plain_linked("<b>", None)) == "&lt;b&gt;"

    def test_an_empty_glossary_changes_nothing(self) -> None:
        assert linked("<p>الجهاد</p>") == "<p>الجهاد</p>"
        assert not Linker(Glossary(()))


def add(model: Any, where: str, title: str, **values: Any) -> Any:
    by = User.objects.system("demo")
    parent = Page.objects.get(url_path=where).specific
    with acting.acting(by=by):
        page = model(
            title=title,
            slug=values.pop("slug"),
            summary=values.pop("summary", "تعريف."),
            locale=parent.locale,
            live=False,
            **values,
        )
        parent.add_child(instance=page)
        page.save_revision().publish(user=by)
    terms.forget()
    return page


@pytest.fixture
def prepared(db: None) -> Client:
    cache.clear()
    shelf.forget()
    terms.forget()
    house.prepare(by=User.objects.system("demo"))
    return Client()


class TestPages:
    def test_an_article_links_terms_only_where_its_editor_wants_it(self, prepared: Client) -> None:
        add(TermPage, "/ar/glossary/", "الجهاد", slug="jihad", forms="جهاد\nللجهاد", distortion="يُقصر على القتال.")
        body = [("text", "<p>باب في جهاد النفس.</p>")]
        plain = add(ArticlePage, "/ar/articles/", "بلا روابط", slug="plain", body=body)
        wanted = add(ArticlePage, "/ar/articles/", "بروابط", slug="wanted", body=body, link_terms=True)
        assert 'class="term"' not in prepared.get(plain.url_path).content.decode()
        html = prepared.get(wanted.url_path).content.decode()
        assert '<a href="/ar/glossary/jihad/" aria-describedby="term-' in html
        assert "hiwar/terms.css" in html
        assert "hiwar/terms.js" in html

    def test_a_term_taken_down_is_linked_no_more(
        self, prepared: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        term = add(TermPage, "/ar/glossary/", "الجهاد", slug="jihad")
        page = add(ArticlePage, "/ar/articles/", "نص", slug="text", body=[("text", "<p>الجهاد</p>")], link_terms=True)
        assert 'class="term"' in prepared.get(page.url_path).content.decode()
        with django_capture_on_commit_callbacks(execute=True), acting.acting(by=User.objects.system("demo")):
            TermPage.objects.get(pk=term.pk).unpublish()
        assert 'class="term"' not in prepared.get(page.url_path).content.decode()

    def test_the_glossary_is_in_the_order_of_the_alphabet(self, prepared: Client) -> None:
        for title, slug in (("الولاء", "wala"), ("الأمان", "aman"), ("تكفير", "takfir")):
            add(TermPage, "/ar/glossary/", title, slug=slug, gloss="مقابل")
        html = prepared.get("/ar/glossary/").content.decode()
        assert re.findall(r'rel="bookmark">([^<]+)</a>', html) == ["الأمان", "تكفير", "الولاء"]
        assert re.findall(r'<h2 id="letter-\d">([^<]+)</h2>', html) == ["أ", "ت", "و"]
        assert "مقابل" in html

    def test_the_glossary_costs_as_much_for_many_as_for_one(self, prepared: Client) -> None:
        add(TermPage, "/ar/glossary/", "الجهاد", slug="jihad")

        def cost() -> int:
            prepared.get("/ar/glossary/")
            with CaptureQueriesContext(connection) as queries:
                assert prepared.get("/ar/glossary/").status_code == 200
            return len(queries)

        assert cost() == 5
        add(TermPage, "/ar/glossary/", "الأمان", slug="aman")
        assert cost() == 5

    def test_a_term_tells_meaning_distortion_and_its_name_elsewhere(self, prepared: Client) -> None:
        arabic = add(
            TermPage, "/ar/glossary/", "الجهاد", slug="jihad", gloss="بذل الوسع", distortion="يُقصر على القتال."
        )
        add(TermPage, "/en/glossary/", "Jihad", slug="jihad", translation_key=arabic.translation_key)
        html = prepared.get(arabic.url_path).content.decode()
        for words in ("بذل الوسع", "يُقصر على القتال.", 'href="/en/glossary/jihad/" lang="en"'):
            assert words in html, words
        assert html.count("<h1>") == 1
