"""Blocks that cite scripture: what is stored and shown, what the gate is told, what translation cannot reach."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail import blocks
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.segments.types import StringSegmentValue

from hiwar.library.blocks import BodyBlock
from hiwar.scripture import actions, shown
from hiwar.scripture.blocks import HadithBlock, MisusedVerseBlock, VerseBlock, chosen, cut_problem
from hiwar.scripture.canon import digest, modern, quran
from hiwar.scripture.models import Grading, Hadith, RenderedVerse, Rendering
from hiwar.scripture.reference import Reference
from hiwar.ui.bylanguage import Texts
from tests.scripture.entries import meanings, people

BODY = BodyBlock()


def stream(*raw: tuple[str, dict[str, Any]]) -> Any:
    """A StreamField's value as it is read from the database."""
    return BODY.to_python([{"type": kind, "value": value, "id": f"b{n}"} for n, (kind, value) in enumerate(raw)])


def typed(block: Any, **values: Any) -> Any:
    return block.to_python(values)


def rendered(kind: str, value: dict[str, Any], **context: Any) -> str:
    return str(stream((kind, value))[0].render(context))


def cut(reference: str, first: int, last: int, explanation: str = "الباقي تعليل ما قبله.") -> dict[str, Any]:
    return {**chosen(reference), "first_word": first, "last_word": last, "explanation": explanation}


def words(html: str) -> str:
    """The words of the first `.verse-text`, spaces apart."""
    inside = html.partition("data-copied>")[2].partition("</blockquote>")[0]
    return " ".join(strip_tags(inside).split())


# --- choosing ---------------------------------------------------------------------------


class TestVerseChosen:
    @pytest.mark.parametrize("text", ["2:255", "2/255", "البقرة: ٢٥٥", "سورة البقرة ٢٥٥", "Al-Baqarah 255", " 2:۲۵۵ "])
    def test_every_way_of_typing_is_stored_as_one_key_with_edition_and_digest(self, text):
        value = VerseBlock().clean(typed(VerseBlock(), reference=text))
        assert dict(value) == chosen("2:255")
        assert value["digest"] == digest(quran().text(Reference.parse("2:255")))
        assert value["edition"] == "quran@3.0"

    def test_what_the_browser_says_of_edition_and_digest_is_not_asked(self):
        posted = {"b-reference": "2:255", "b-edition": "mine", "b-digest": "0" * 64}
        value = VerseBlock().value_from_datadict(posted, {}, "b")
        assert dict(VerseBlock().clean(value)) == chosen("2:255")

    @pytest.mark.parametrize(
        ("text", "language", "reason"),
        [
            ("2:300", "en", "There is no verse 300 in Al-Baqarah: its last verse is 286."),
            ("115:1", "en", "There is no sura 115: the last is 114."),
            ("2:257-255", "en", "The range runs backwards"),
            ("البقرة", "en", "Add the number of the verse"),
            ("sahih al-bukhari 1", "en", "cannot be read"),
        ],
    )
    def test_what_names_no_verse_is_refused_with_the_reason_and_kept(self, text, language, reason):
        block, value = VerseBlock(), typed(VerseBlock(), reference=text)
        with override(language), pytest.raises(blocks.StructBlockValidationError) as caught:
            block.clean(value)
        assert reason in caught.value.block_errors["reference"].messages[0]
        assert block.get_form_state(value) == {"reference": text}

    def test_a_draft_may_wait_for_its_verse_and_publishing_may_not(self):
        block = VerseBlock()
        with pytest.raises(blocks.StructBlockValidationError):
            block.clean(typed(block, reference=""))
        block.defer_required_validation()
        try:
            value = block.clean(typed(block, reference=""))
        finally:
            block.restore_deferred_validation()
        assert value["digest"] == ""
        with override("en"):
            assert block.problem(value)

    def test_another_reference_does_not_keep_the_digest_of_the_one_before(self):
        value = typed(VerseBlock(), **{**chosen("2:255"), "reference": "2:256"})
        assert dict(VerseBlock().clean(value)) == chosen("2:256")


class TestVerseAtTheGate:
    def problem(self, **values: Any) -> str | None:
        with override("en"):
            return VerseBlock().problem(typed(VerseBlock(), **values))

    def test_what_was_chosen_stands(self):
        assert self.problem(**chosen("2:255-257")) is None

    def test_a_text_that_is_not_the_one_chosen_is_said(self):
        assert "is not the one that was chosen" in str(self.problem(**{**chosen("2:255"), "digest": digest("x")}))

    def test_what_came_past_the_office_is_said(self):
        assert "was not chosen in the office" in str(self.problem(reference="2:255"))

    @pytest.mark.parametrize("reference", ["", "2:999", "x", "bukhari:1"])
    def test_a_reference_to_nothing_is_said(self, reference):
        assert self.problem(reference=reference, digest=digest("x"))

    @pytest.mark.django_db
    @pytest.mark.parametrize("raw", [{}, {"reference": None}, {"reference": 5, "digest": []}, {"reference": "2:255"}])
    def test_no_stored_nonsense_breaks_a_page(self, raw):
        for kind in ("verse", "misused_verse", "hadith"):
            value = stream((kind, raw))[0]
            value.render({})
            assert isinstance(value.block.plain(value.value), str)


class TestCut:
    def test_words_are_counted_over_the_ends_of_verses(self):
        reference = Reference.parse("109:1-2")
        total = shown.count_words(quran().passage(reference))
        assert cut_problem((1, total), reference) is None
        with override("en"):
            assert cut_problem((1, total + 1), reference) == f"The passage has {total} words."
            assert cut_problem((3, 2), reference) == "The last word stands before the first."

    def test_a_cut_beyond_the_passage_is_refused_at_the_field(self):
        block = MisusedVerseBlock()
        with override("en"), pytest.raises(blocks.StructBlockValidationError) as caught:
            block.clean(typed(block, **cut("112:1", 1, 99)))
        assert "last_word" in caught.value.block_errors

    def test_the_gate_asks_for_the_words(self):
        block = MisusedVerseBlock()
        with override("en"):
            assert block.problem(typed(block, **{**cut("2:256", 1, 4), "first_word": None}))
            assert block.problem(typed(block, **cut("2:256", 1, 999)))
            assert block.problem(typed(block, **cut("2:256", 1, 4))) is None

    def test_the_cut_is_a_row_of_the_reverse_index(self):
        block = MisusedVerseBlock()
        verse = quran().verse(2, 256)
        with override("ar"):
            row = block.citation(typed(block, **cut("2:256", 5, 9, "تعليل.")))
        assert row == {
            "source": "quran", "sura": 2, "first": 256, "last": 256, "role": "misused",
            "cut_text": " ".join(verse.words[4:9]), "note": {"ar": "تعليل."},
        }  # fmt: skip


# --- showing ---------------------------------------------------------------------------


@pytest.mark.django_db
class TestVerseShown:
    def test_every_verse_has_a_printed_word_for_each_word_and_loses_no_sign(self):
        for verse in quran().verses():
            printed = shown.printed_words(verse)
            assert len(printed) == len(verse.words), verse.key
            assert " ".join(printed) == verse.text, verse.key

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_the_text_is_the_editions_whatever_the_language_of_the_page(self, language):
        with override(language):
            html = rendered("verse", chosen("2:255"))
        assert words(html) == "\ufd3f" + quran().verse(2, 255).text + "\ufd3e"
        assert '<blockquote class="verse-text" lang="ar" dir="rtl" data-copied>' in html

    def test_a_range_has_its_marks_between_the_verses(self):
        with override("ar"):
            html = rendered("verse", chosen("109:1-3"))
        first, second, third = quran().passage(Reference.parse("109:1-3"))
        assert words(html) == f"\ufd3f{first.text} {first.mark} {second.text} {second.mark} {third.text}\ufd3e"

    @pytest.mark.parametrize(
        ("language", "label", "copied"),
        [("ar", "البقرة: ٢٥٥", "[البقرة: ٢٥٥]"), ("en", "Al-Baqarah 2:255", "(Al-Baqarah 2:255)")],
    )
    def test_the_reference_is_the_readers_and_is_copied_with_the_words(self, language, label, copied):
        with override(language):
            html = rendered("verse", chosen("2:255"))
        assert re.search(rf">{re.escape(label)}(</a>)?\s*</figcaption>", html)
        assert f'data-copies="{copied}"' in html

    def test_the_seal_names_edition_version_hash_and_day(self):
        from hiwar.scripture import editions

        edition = editions.quran()
        with override("en"):
            seal = rendered("verse", chosen("2:255")).partition('class="seal"')[2].partition("</details>")[0]
        for part in (edition.name.here("en"), edition.version, edition.sha256[:12], edition.checked.isoformat()):
            assert part in seal, part

    def test_a_text_that_is_not_the_one_chosen_bears_no_seal(self):
        with override("en"):
            html = rendered("verse", {**chosen("2:255"), "digest": digest("x")})
        assert 'class="seal"' not in html
        assert words(html) == "\ufd3f" + quran().verse(2, 255).text + "\ufd3e", "the canon is shown all the same"

    def test_only_a_preview_says_what_is_wrong(self):
        class Page:
            previewed = False

        wrong = {**chosen("2:255"), "digest": digest("x")}
        with override("en"):
            assert "notice" not in rendered("verse", wrong, page=Page())
            Page.previewed = True
            assert "is not the one that was chosen" in rendered("verse", wrong, page=Page())
            assert "notice" not in rendered("verse", chosen("2:255"), page=Page())

    def test_context_is_a_link_without_a_script(self):
        with override("ar"):
            html = rendered("verse", chosen("2:255"))
        assert 'href="/ar/islamiyat/scripture/quran/2/255/#context"' in html

    def test_a_whole_sura_has_no_context(self):
        with override("en"):
            assert "#context" not in rendered("verse", chosen("112:1-4"))
            assert "#context" in rendered("verse", chosen("112:1"))

    def test_the_cut_words_are_marked_in_the_whole_verse(self):
        verse = quran().verse(2, 256)
        with override("en"):
            html = rendered("misused_verse", cut("2:256", 5, 9))
        assert words(html) == "\ufd3f" + verse.text + "\ufd3e"
        marked = html.partition('<mark class="cut">')[2].partition("</mark>")[0]
        assert marked == " ".join(shown.printed_words(verse)[4:9])
        assert html.count("<mark") == 1
        assert f"5 words of {len(verse.words)} are quoted alone" in html
        assert "الباقي تعليل ما قبله." in html

    def test_a_search_finds_both_spellings(self):
        (block,) = stream(("verse", chosen("2:255")))
        found = block.block.get_searchable_content(block.value)
        assert quran().verse(2, 255).text in found[0]
        assert found[1] == modern()[2, 255] != quran().verse(2, 255).text

    def test_what_an_editor_types_is_escaped(self):
        assert "<script>" not in rendered("misused_verse", cut("2:256", 1, 2, "<script>1</script>"))


# --- translation ---------------------------------------------------------------------------


class TestTranslation:
    def raw(self) -> list[tuple[str, dict[str, Any]]]:
        return [
            ("verse", chosen("2:255")),
            ("hadith", {"hadith": "a7b1a1f0-0000-4000-8000-000000000001", "digest": "d"}),
            ("misused_verse", cut("2:256", 5, 9)),
        ]

    def test_only_the_explanation_is_given_to_a_translator(self):
        for overridable in (False, True):
            segments = StreamFieldSegmentExtractor(None, include_overridables=overridable).handle_stream_block(
                stream(*self.raw())
            )
            assert [(each.path, each.string.data) for each in segments] == [("b2.explanation", "الباقي تعليل ما قبله.")]

    def test_a_translation_that_brings_another_reference_changes_nothing(self):
        before = stream(*self.raw())
        brought = [
            StringSegmentValue("b0.reference", "1:1"),
            StringSegmentValue("b0.digest", "0"),
            StringSegmentValue("b1.hadith", "other"),
            StringSegmentValue("b2.first_word", "1"),
            StringSegmentValue("b2.explanation", "The rest gives the reason."),
        ]
        after = StreamFieldSegmentsWriter(None, None, None).handle_stream_block(before, brought)
        stored = [each["value"] for each in BODY.get_prep_value(after)]
        wanted = [value for _kind, value in self.raw()]
        wanted[2] = {**wanted[2], "explanation": "The rest gives the reason."}
        assert json.loads(json.dumps(stored)) == wanted


# --- hadith and meanings: what the database holds ---------------------------------------------------------------------


def hadith(number: str = "1", *, signed: bool = True, **values: Any) -> Hadith:
    """An invented text of no collection's; only its shape matters."""
    from django.utils import timezone

    text = values.pop("text", f"نص للاختبار رقم {number}")
    entry = Hadith.objects.create(
        collection="bukhari", number=number, scheme=Reference.hadith("bukhari", number).scheme, text=text,
        narrator=Texts(ar="راوٍ للاختبار", en="A narrator for tests"), edition_note=Texts(ar="طبعة", en="An edition"),
        signed_at=timezone.now() if signed else None, signed_digest=digest(text) if signed else "", **values,
    )  # fmt: skip
    for grade in ("sahih", "daif"):
        Grading.objects.create(
            hadith=entry,
            grader=Texts(ar="حاكم", en=f"Grader of {grade}"),
            grade=grade,
            source=Texts(en="A book"),
            page="3/45",
        )
    return entry


def of(entry: Hadith) -> dict[str, str]:
    return {"hadith": str(entry.uuid), "digest": entry.digest}


@pytest.mark.django_db
class TestHadith:
    def test_only_signed_hadith_are_offered_and_taken(self):
        from hiwar.scripture.blocks_office import signed_hadith

        entry, other = hadith("1"), hadith("2", signed=False)
        assert [identifier for identifier, _label in signed_hadith()] == ["", str(entry.uuid)]
        block = HadithBlock()
        assert dict(block.clean(typed(block, hadith=str(entry.uuid), digest="x"))) == of(entry)
        for wrong in (str(other.uuid), "a7b1a1f0-0000-4000-8000-000000000001", "x"):
            with pytest.raises(blocks.StructBlockValidationError) as caught:
                block.clean(typed(block, hadith=wrong))
            assert "hadith" in caught.value.block_errors

    def test_graders_stand_side_by_side_and_their_difference_is_said(self):
        entry = hadith("1")
        with override("en"):
            html = rendered("hadith", of(entry))
        assert html.count('<th scope="row">') == 2
        assert 'class="grade grade--sound"' in html
        assert 'class="grade grade--weak"' in html
        assert "the graders differ" in html
        assert entry.text in html
        assert "A narrator for tests" in html
        assert "An edition" in html

    def test_a_text_without_signature_is_not_shown_and_may_not_be_published(self):
        entry = hadith("1")
        value = of(entry)
        Hadith.objects.update(signed_at=None)
        with override("en"):
            html = rendered("hadith", value)
            assert entry.text not in html
            assert "waits for the signature" in html
            assert "signature" in str(HadithBlock().problem(stream(("hadith", value))[0].value))
        assert HadithBlock().plain(stream(("hadith", value))[0].value) == ""

    def test_a_text_that_changed_since_is_said(self):
        entry = hadith("1")
        value = {**of(entry), "digest": digest("x")}
        with override("en"):
            assert "is not the one that was chosen" in str(HadithBlock().problem(stream(("hadith", value))[0].value))
            assert 'class="seal"' not in rendered("hadith", value)
        assert HadithBlock().problem(stream(("hadith", of(entry)))[0].value) is None

    def test_a_hadith_that_is_gone_leaves_nothing_behind(self):
        value = of(hadith("1"))
        Hadith.objects.all().delete()
        assert rendered("hadith", value).strip() == ""

    def test_many_cost_as_much_as_one(self):
        entries = [hadith(str(number)) for number in range(1, 6)]
        for some in (entries[:1], entries):
            found = stream(*[("hadith", of(each)) for each in some])
            with override("ar"), CaptureQueriesContext(connection) as queries:
                for each in found:
                    each.render({})
                    each.block.problem(each.value)
                    each.block.plain(each.value)
            assert len(queries) == 2

    def test_the_row_of_the_reverse_index(self):
        entry = hadith("1")
        assert HadithBlock().citation(stream(("hadith", of(entry)))[0].value) == {
            "source": "bukhari", "number": "1", "scheme": entry.scheme, "role": "cites",
        }  # fmt: skip


@pytest.mark.django_db
class TestMeanings:
    @pytest.fixture(autouse=True)
    def _nothing_kept(self):
        from django.core.cache import cache

        cache.clear()

    def edition(self, *, shown: bool, verses: range = range(1, 7)) -> Rendering:
        from django.utils import timezone

        made = Rendering.objects.create(
            slug="test", language="en", name=Texts(en="An edition for tests"), translator="T", licence="L", origin="O",
            version="1", sha256="0" * 64, imported_at=timezone.now(), shown=shown,
        )  # fmt: skip
        RenderedVerse.objects.bulk_create(
            RenderedVerse(rendering=made, sura=109, verse=number, text=f"Meaning {number}.") for number in verses
        )
        return made

    def page(self, language: str = "en", reference: str = "109:1-2") -> str:
        with override(language):
            return rendered("verse", chosen(reference))

    def test_none_until_an_edition_is_shown(self):
        self.edition(shown=False)
        assert "Meaning" not in self.page()

    def test_its_words_come_with_its_name(self):
        self.edition(shown=True)
        html = self.page()
        assert "Meaning 1. Meaning 2." in html
        assert "An edition for tests" in html
        assert "Meaning" not in self.page("ar")

    def test_showing_and_hiding_it_is_seen_at_once(self, django_capture_on_commit_callbacks):
        scholar = people().scholar
        edition = self.edition(shown=False, verses=range(1))
        RenderedVerse.objects.bulk_create(
            RenderedVerse(rendering=edition, sura=sura, verse=verse, text=text)
            for (sura, verse), text in meanings().items()
        )
        for act, seen in ((actions.show_rendering, True), (actions.hide_rendering, False)):
            self.page()  # keeps what it found before
            with django_capture_on_commit_callbacks(execute=True):
                act(rendering=edition, by=scholar)
            assert ("meaning of 109:1 meaning of 109:2" in self.page()) == seen

    def test_a_gap_in_it_shows_nothing_of_the_passage(self):
        self.edition(shown=True, verses=range(1, 2))
        assert "Meaning" not in self.page()

    def test_five_verses_cost_no_query_without_an_edition_and_one_with(self):
        raw = [("verse", chosen(f"109:{number}")) for number in range(1, 6)]

        def cost() -> int:
            with override("en"):
                stream(raw[0])[0].render({})
                found = stream(*raw)
                with CaptureQueriesContext(connection) as queries:
                    assert all(each.render({}) for each in found)
            return len(queries)

        assert cost() == 0
        from django.core.cache import cache

        cache.clear()
        self.edition(shown=True)
        assert cost() == 1


def test_the_seal_is_a_component_of_its_own():
    with override("ar"):
        html = render_to_string("ui/seal.html", {"seal": shown.quran_seal()})
    assert html.startswith('<details class="seal">')
    assert " open" not in html
