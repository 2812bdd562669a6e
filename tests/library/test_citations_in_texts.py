"""Scripture in a text, for everything that reads texts: page, PDF, reading time, feeds, machines, translation."""

from __future__ import annotations

import io
import json
from typing import Any

import brotli
import pypdf
from django.core.cache import cache
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from hiwar.accounts.models import User
from hiwar.arabic.reading import reading_minutes, word_count
from hiwar.audit import acting
from hiwar.items.models import ItemRef
from hiwar.library import feeds, pdf, texts
from hiwar.library.demo import reading
from hiwar.scripture import actions
from hiwar.scripture.blocks import chosen
from hiwar.scripture.canon import digest, quran
from hiwar.scripture.models import Grading, Hadith
from hiwar.scripture.reference import Reference
from hiwar.ui.bylanguage import Texts
from tests.library import newsroom
from tests.library.test_pdf import copied

FIVE = ["2:255", "2:256", "109:1-6", "112:1", "4:58"]
EXPLANATION = "ما بعدها تعليل لها."


def cut(reference: str = "2:256", first: int = 5, last: int = 9) -> tuple[str, dict[str, Any]]:
    return ("misused_verse", {**chosen(reference), "first_word": first, "last_word": last, "explanation": EXPLANATION})


class InTexts(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.by = User.objects.system("demo")
        newsroom.house.prepare(by=cls.by)
        text = "نص للاختبار ليس حديثًا"
        cls.hadith = [
            Hadith.objects.create(
                collection="bukhari", number=str(number), scheme=Reference.hadith("bukhari", "1").scheme,
                text=f"{text} {number}", narrator=Texts(ar="راوٍ"), edition_note=Texts(ar="طبعة"),
                signed_at=timezone.now(), signed_digest=digest(f"{text} {number}"),
            )
            for number in range(1, 4)
        ]  # fmt: skip
        for entry in cls.hadith:
            Grading.objects.create(
                hadith=entry, grader=Texts(ar="حاكم"), grade="sahih", source=Texts(ar="كتاب"), page="3/45"
            )

    def setUp(self) -> None:
        cache.clear()

    def cited(self, entry: Hadith) -> tuple[str, dict[str, str]]:
        return ("hadith", {"hadith": str(entry.uuid), "digest": entry.digest})

    def article(self, *body: tuple[str, Any], title: str = "مقال") -> Any:
        page = newsroom.published(self.by, self.by, title=title)
        page.body = [("text", "<p>قبلها.</p>"), *body]
        with acting.acting(by=self.by):
            page.save_revision(user=self.by).publish(user=self.by)
        return newsroom.fresh(page)

    def shown(self, page: Any) -> str:
        answer = Client().get(page.shown_path)
        assert answer.status_code == 200
        return answer.content.decode()

    def cost(self, page: Any) -> int:
        self.shown(page)
        with CaptureQueriesContext(connection) as queries:
            self.shown(page)
        return len(queries)

    # --- the page ---------------------------------------------------------------------------------------

    def test_five_verses_cost_no_query_more_than_none(self) -> None:
        bare = self.article(title="بلا آيات")
        verses = self.article(*[("verse", chosen(each)) for each in FIVE], cut(), title="بآيات")
        assert self.cost(verses) == self.cost(bare)

    def test_hadith_cost_two_queries_however_many(self) -> None:
        bare = self.cost(self.article(title="بلا أحاديث"))
        one = self.article(self.cited(self.hadith[0]), title="بحديث")
        three = self.article(*map(self.cited, self.hadith), title="بأحاديث")
        assert self.cost(one) == self.cost(three) == bare + 2

    def test_the_script_that_copies_comes_with_citations_alone(self) -> None:
        assert "copy.js" not in self.shown(self.article(title="بلا آيات"))
        html = self.shown(self.article(("verse", chosen("112:1")), title="بآية"))
        assert "hiwar/copy.js" in html
        assert "hiwar-quran" not in html, "the face is asked for by the words, not ahead"

    def test_a_page_with_five_verses_stays_light(self) -> None:
        html = self.shown(self.article(*[("verse", chosen(each)) for each in FIVE]))
        assert len(brotli.compress(html.encode())) < 12_000

    def test_stored_is_reference_edition_and_digest_and_no_word_of_the_text(self) -> None:
        page = self.article(("verse", chosen("2:255")))
        stored = json.dumps(page.body.get_prep_value(), ensure_ascii=False)
        assert page.body.get_prep_value()[1]["value"] == chosen("2:255")
        assert not [word for word in quran().verse(2, 255).words if len(word) > 4 and word in stored]

    # --- words, for search and reading time ------------------------------------------------------------------

    def test_the_words_are_there_with_their_references(self) -> None:
        page = self.article(("verse", chosen("2:255-256")), cut("109:1", 2, 3), self.cited(self.hadith[0]))
        with override("ar"):
            words = page.plain_text()
        for part in (
            quran().text(Reference.parse("2:255-256")),
            "[البقرة: ٢٥٥–٢٥٦]",
            quran().verse(109, 1).text,
            EXPLANATION,
            self.hadith[0].text,
            "[صحيح البخاري، ١]",
        ):
            assert part in words, part

    def test_reading_time_counts_them(self) -> None:
        bare, long = self.article(title="قصير"), self.article(("verse", chosen("2:1-100")), title="طويل")
        assert word_count(long.plain_text()) > word_count(bare.plain_text()) + 1000
        ref = ItemRef.objects.get(subject_id=long.pk, kind="article")
        assert ref.minutes == reading_minutes(long.plain_text(), "ar") > 5

    def test_looking_for_citations_fetches_nothing(self) -> None:
        page = newsroom.fresh(self.article(("verse", chosen("2:255")), self.cited(self.hadith[0])))
        with CaptureQueriesContext(connection) as queries:
            assert [block.block_type for block in texts.citations(page.body)] == ["verse", "hadith"]
            assert page.cites_scripture
        assert len(queries) == 0

    def test_a_withdrawn_hadith_leaves_page_words_and_machines(self) -> None:
        page = self.article(self.cited(self.hadith[0]))
        assert self.hadith[0].text in self.shown(page)
        Hadith.objects.update(signed_at=None)
        html = self.shown(newsroom.fresh(page))
        assert self.hadith[0].text not in html
        assert '"Quotation"' not in html
        assert self.hadith[0].text not in newsroom.fresh(page).plain_text()

    def test_a_signature_taken_back_lets_go_of_kept_pages_and_pdfs(self) -> None:
        page = self.article(self.cited(self.hadith[0]))
        ref = ItemRef.objects.get(subject_id=page.pk, kind="article")
        before = pdf.name_of(ref)
        manager = User.objects.create_superuser("manager@example.org")
        with self.settings(PAGES_KEPT=60):
            assert self.hadith[0].text in self.shown(page)
            assert self.cost(page) == 1, "kept"
            actions.unsign_hadith(hadith=self.hadith[0], by=manager)
            assert self.hadith[0].text not in self.shown(page)
        ref.refresh_from_db()
        assert pdf.name_of(ref) != before

    # --- feeds and machines ------------------------------------------------------------------------------

    def test_feeds_carry_summaries_and_do_not_mind(self) -> None:
        self.article(("verse", chosen("2:255")), cut(), self.cited(self.hadith[0]))
        with CaptureQueriesContext(connection) as queries:
            found = feeds.feed(language="ar", section="articles")
            assert "مقال" in json.loads(feeds.json_feed(found))["items"][0]["title"]
            assert "مقال".encode() in feeds.atom(found)
        assert len(queries) == 3  # items, the last one hidden, notes of corrections

    def test_machines_are_told_what_is_quoted_once_each(self) -> None:
        page = self.article(("verse", chosen("2:256")), cut("2:256"), self.cited(self.hadith[1]))
        data = json.loads(
            self.shown(page).partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        )
        (article,) = [node for node in data["@graph"] if node["@type"] == "Article"]
        assert [each["name"] for each in article["citation"]] == ["البقرة: ٢٥٦", "صحيح البخاري، ٢"]
        assert {each["@type"] for each in article["citation"]} == {"Quotation"}

    # --- paper ------------------------------------------------------------------------------------------

    def printed(self, *body: tuple[str, Any]) -> bytes:
        page = self.article(*body)
        ref = ItemRef.objects.get(subject_id=page.pk, kind="article")
        self.addCleanup(pdf.remove, ref.code)
        return pdf.render(ref)

    def test_the_pdf_prints_reference_edition_and_grade_and_embeds_the_face(self) -> None:
        content = self.printed(("verse", chosen("112:1-4")), cut(), self.cited(self.hadith[0]))
        words = copied(content)
        for part in ("الإخلاص", "البقرة", "٢٥٦", "البخاري", "حاكم", "صحيح", "تعليل", self.hadith[0].text.split()[0]):
            assert part in words, part
        for verse in quran().passage(Reference.parse("112:1-4")):
            assert [word for word in verse.words if word not in words] == [], "letters, vowels and all can be copied"
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        fonts = {str(font.get_object()["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()}
        assert [name for name in fonts if "Quran" in name], fonts

    # --- translation --------------------------------------------------------------------------------------

    def test_a_translated_page_keeps_reference_edition_and_digest(self) -> None:
        page = self.article(("verse", chosen("2:255")), cut(), self.cited(self.hadith[0]))
        english = Locale.objects.get(language_code="en")
        with acting.acting(by=self.by):
            translate_object(page, [english])
        translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=english)
        given = {}
        for segment in translation.source.stringsegment_set.select_related("string", "context"):
            given[segment.context.path.rpartition(".")[2]] = segment.string.data
            StringTranslation.objects.create(
                translation_of=segment.string, context=segment.context, locale=english, data=f"EN {segment.order}"
            )
        assert given["explanation"] == EXPLANATION
        assert not {"reference", "digest", "edition", "hadith", "first_word"} & set(given)
        with acting.acting(by=self.by), self.captureOnCommitCallbacks(execute=True):
            translation.save_target(user=self.by, publish=True)
        other = page.get_translation(english)
        before = [each["value"] for each in page.body.get_prep_value()[1:]]
        after = [each["value"] for each in newsroom.fresh(other).body.get_prep_value()[1:]]
        assert after[1].pop("explanation").startswith("EN ")
        assert before[1].pop("explanation") == EXPLANATION
        assert after == before
        html = Client().get(other.shown_path).content.decode()
        assert "Al-Baqarah 2:255" in html
        assert '<blockquote class="verse-text" lang="ar" dir="rtl" data-copied>' in html
        assert 'class="rendering"' not in html


def test_the_demonstration_cites_verses_by_reference() -> None:
    source = "قبلها.\n\n@ 2:256\n\nبعدها."
    assert reading.blocks(source) == [
        ("text", "<p>قبلها.</p>"),
        ("verse", chosen("2:256")),
        ("text", "<p>بعدها.</p>"),
    ]
