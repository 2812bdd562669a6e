"""From a verse or a hadith to the claims that cut it: the block for a hadith, verdicts beside cuts, the list."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils.translation import override

from hiwar.library import house, scripture_check, shelf
from hiwar.library.evidence_blocks import AnswerBlock
from hiwar.library.models import ClaimPage
from hiwar.scripture import actions, shown
from hiwar.scripture.blocks_misused import MisusedHadithBlock, piece_of
from hiwar.scripture.canon import quran
from hiwar.scripture.models import Citation
from hiwar.scripture.reference import Reference
from tests.library import islamiyat_pages as made
from tests.scripture import entries

LIST = "islamiyat/scripture/misused/"
QUERIES = {"list": 5, "verse": 6}

# Not a hadith: letters to look for pieces in, with vowel marks, signs and a second line.
TEXT = "«أَوَّلُ كَلِمَةٍ، ثُمَّ ثَانِيَةٌ\nوَثَالِثَةٌ» في السطر: كَلِمَةٍ أُخْرَى"


class TestPiece:
    @pytest.mark.parametrize(
        "typed, piece",
        [
            ("أول كلمة", "أَوَّلُ كَلِمَةٍ"),
            ("أَوَّلُ كَلِمَةٍ،", "أَوَّلُ كَلِمَةٍ"),
            ("ثم ثانية وثالثة", "ثُمَّ ثَانِيَةٌ\nوَثَالِثَةٌ"),
            ("كلمة ثم", "كَلِمَةٍ، ثُمَّ"),
            ("كلمة أخرى", "كَلِمَةٍ أُخْرَى"),
            ("في", "في"),
        ],
    )
    def test_is_taken_as_the_text_has_it(self, typed: str, piece: str) -> None:
        assert piece_of(TEXT, typed) == piece
        assert piece in TEXT
        assert piece_of(TEXT, piece) == piece

    @pytest.mark.parametrize("typed", ["", "  ", "،", "كلم", "لمة", "أول ثم", "ثم كلمة", "اول كلمة", "كلمة غيرها"])
    def test_other_words_parts_of_words_and_other_orders_are_none(self, typed: str) -> None:
        assert piece_of(TEXT, typed) == ""


class Cuts(made.Visit, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cache.clear()
        shelf.forget()
        house.prepare(by=made.by())
        cls.people = entries.people()
        cls.hadith = entries.signed(cls.people.author, cls.people.scholar, text=TEXT)
        cls.words = "ثُمَّ ثَانِيَةٌ\nوَثَالِثَةٌ"
        cls.block = {
            "hadith": str(cls.hadith.uuid),
            "digest": cls.hadith.digest,
            "words": cls.words,
            "explanation": "وجه.",
        }
        cls.claim = made.page(
            ClaimPage,
            "شبهة أولى",
            verdict="cut_from_context",
            text=[made.cut("4:43", 1, 6, "تمامها شرط."), ("misused_hadith", cls.block)],
        )
        cls.other = made.page(ClaimPage, "شبهة ثانية", verdict="unfounded", text=[made.cut("4:43", 1, 6, "وجه آخر.")])

    def value(self, **changes: Any) -> Any:
        return MisusedHadithBlock().to_python({**self.block, **changes})

    # --- The block -------------------------------------------------------------------------------

    def test_typed_words_are_kept_as_the_signed_text_has_them(self) -> None:
        block = MisusedHadithBlock()
        cleaned = block.clean(self.value(words=" ثم ثانية وثالثة "))
        assert cleaned["words"] == self.words
        assert block.problem(cleaned) is None
        assert str(block.show(cleaned)["text"]) == TEXT.replace(self.words, f'<mark class="cut">{self.words}</mark>')
        assert block.citation(cleaned) | {"note": None} == {
            "source": "bukhari",
            "number": "1",
            "scheme": "fath-al-bari",
            "role": Citation.Role.MISUSED,
            "cut_text": self.words,
            "note": None,
        }

    def test_other_words_are_refused_in_the_form_and_past_it(self) -> None:
        block = MisusedHadithBlock()
        with pytest.raises(ValidationError) as refused:
            block.clean(self.value(words="ثم كلمة أخرى"))
        assert list(refused.value.block_errors) == ["words"]
        for words in ("ثم ثانية", "ثُمَّ ثَانِيَ", "<b>", ""):  # without its marks, a part of a word, anything, nothing
            assert block.problem(self.value(words=words)), words
            assert "<mark" not in str(block.show(self.value(words=words))["text"])
        assert block.problem(self.value()) is None

    def test_publication_is_refused_once_the_text_has_changed(self) -> None:
        assert not scripture_check.objections(self.claim)
        changed = {**entries.values(), "text": TEXT.replace("ثَانِيَةٌ", "أُخْرَى")}
        actions.save_hadith(hadith=self.hadith, values=changed, gradings=[], by=self.people.author)
        assert scripture_check.objections(ClaimPage.objects.get(pk=self.claim.pk))

    def test_every_text_and_answer_may_hold_it_and_no_translation_reaches_the_words(self) -> None:
        assert isinstance(AnswerBlock().child_blocks["misused_hadith"], MisusedHadithBlock)
        block = MisusedHadithBlock()
        segments = block.child_blocks["words"].get_translatable_segments(self.words)
        assert segments == []
        assert block.child_blocks["words"].restore_translated_segments(self.words, ["x"]) == self.words

    def test_what_stands_in_the_text_is_escaped(self) -> None:
        row = entries.signed(self.people.author, self.people.scholar, number="2", text="قال <b>كلمة</b> هنا")
        value = self.value(hadith=str(row.uuid), digest=row.digest, words="هنا")
        assert "<b>" not in str(MisusedHadithBlock().show(value)["text"])
        assert '<mark class="cut">هنا</mark>' in str(MisusedHadithBlock().show(value)["text"])

    # --- From the text to the claims -------------------------------------------------------------

    def test_the_page_of_a_verse_shows_each_cut_with_the_verdict_on_its_claim(self) -> None:
        html = self.html("/ar/islamiyat/scripture/quran/4/43/")
        misuses = html.split('class="misuse"')[1:]
        assert len(misuses) == 2
        with override("ar"):
            first = shown.uthmani(quran().passage(Reference.parse("4:43")), cut=(1, 6))
        for misuse, page, note in zip(misuses, (self.other, self.claim), ("وجه آخر.", "تمامها شرط."), strict=True):
            assert str(first) in misuse
            assert note in misuse
            assert f'href="{page.url_path}"' in misuse
        assert "#empty" in misuses[0]  # the sign of "unfounded"
        assert "#cut" in misuses[1]
        assert all(each.count('class="verdict"') == 1 for each in misuses)

    def test_the_page_of_a_hadith_does_too(self) -> None:
        html = self.html("/ar/islamiyat/scripture/hadith/bukhari/1/")
        assert f'<mark class="cut">{self.words}</mark>' in html
        assert "#cut" in html.split('class="misuse"')[1]
        assert f'href="{self.claim.url_path}"' in html

    def test_an_item_that_is_no_claim_has_no_verdict(self) -> None:
        from hiwar.library.models import ArticlePage
        from tests.library import newsroom

        made.SECTIONS[ArticlePage] = "articles"
        newsroom.fresh(made.page(ArticlePage, "مقال", text=[made.cut("9:5", 1, 4)]))
        html = self.html("/ar/islamiyat/scripture/quran/9/5/")
        assert 'class="misuse"' in html
        assert 'class="verdict"' not in html

    # --- The list --------------------------------------------------------------------------------

    def test_the_list_holds_every_cut_once_with_all_its_claims(self) -> None:
        html = self.html(f"/ar/{LIST}")
        texts = html.split('class="misused-text"')[1:]
        assert len(texts) == 2
        assert 'href="/ar/islamiyat/scripture/quran/4/43/"' in texts[0]
        assert texts[0].count('class="misuse"') == 1  # one cut, two claims
        assert re.findall(r'<h3><a href="([^"]*)"', texts[0]) == [self.other.url_path, self.claim.url_path]
        assert texts[0].count('class="verdict"') == 2
        assert 'class="around"' in texts[0]
        assert 'href="/ar/islamiyat/scripture/hadith/bukhari/1/"' in texts[1]
        assert '<mark class="cut">' in texts[1]

    def test_a_translation_names_its_claim_once_and_in_the_readers_language(self) -> None:
        english = made.page(
            ClaimPage,
            "First claim",
            language="en",
            translation_key=self.claim.translation_key,
            text=[made.cut("4:43", 1, 6, "What is lost.")],
        )
        html = self.html(f"/en/{LIST}")
        assert f'href="{english.url_path}" rel="bookmark"><bdi>First claim' in html
        assert self.claim.url_path not in html.split('class="misused-text"')[1]
        assert f'href="{self.other.url_path}" rel="bookmark" lang="ar" hreflang="ar"' in html
        assert english.url_path not in self.html(f"/ar/{LIST}").split('class="misused-text"')[1]

    def test_another_cut_of_the_same_verse_stands_beside_it(self) -> None:
        made.page(ClaimPage, "شبهة ثالثة", text=[made.cut("4:43", 7, 9)])
        texts = self.html(f"/ar/{LIST}").split('class="misused-text"')[1:]
        assert texts[0].count('class="misuse"') == 2

    def test_what_is_taken_down_or_unsigned_is_not_there(self) -> None:
        changed = {**entries.values(), "text": "نص آخر"}
        actions.save_hadith(hadith=self.hadith, values=changed, gradings=[], by=self.people.author)
        assert "bukhari" not in self.html(f"/ar/{LIST}").split("<footer")[0]
        made.take_down(self.claim)
        made.take_down(self.other)
        assert 'class="empty"' in self.html(f"/ar/{LIST}")

    def test_its_address_is_its_own_and_the_others_lead_where_they_did(self) -> None:
        assert self.client.get(f"/en/{LIST}").status_code == 200
        for path in ("/ar/islamiyat/scripture/missing/", "/ar/islamiyat/scripture/misused/x/"):
            assert self.client.get(path).status_code == 404
        assert self.client.get("/ar/scripture/quran/2:256/").status_code == 301
        assert f'href="/ar/{LIST}"' in self.html("/ar/islamiyat/scripture/")

    def test_pages_cost_few_queries(self) -> None:
        assert self.cost(f"/ar/{LIST}") == QUERIES["list"]
        assert self.cost("/ar/islamiyat/scripture/quran/4/43/") == QUERIES["verse"]
        for number in range(5):
            made.page(ClaimPage, f"أخرى {number}", text=[made.cut("4:43", 1, 6), made.cut("9:5", 1, number + 2)])
        assert self.cost(f"/ar/{LIST}") == QUERIES["list"]
        assert self.cost("/ar/islamiyat/scripture/quran/4/43/") == QUERIES["verse"]
