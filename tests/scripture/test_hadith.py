"""A hadith: two persons, gradings side by side, and a signature that no change survives."""

from __future__ import annotations

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from hiwar.accounts.models import User
from hiwar.audit.refusal import Refused
from hiwar.items.models import ItemRef
from hiwar.scripture import actions, permissions
from hiwar.scripture.grades import BANDS, grades
from hiwar.scripture.models import Grading, Hadith
from tests.scripture.entries import GRADING, SECOND, TEXT, events, hadith, item, people, signed, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return people()


def fresh(row: Hadith) -> Hadith:
    return Hadith.objects.get(pk=row.pk)


def rows(row: Hadith) -> dict[str, ItemRef]:
    return {ref.language: ref for ref in ItemRef.objects.filter(kind="hadith", subject_id=row.pk)}


def sign(row: Hadith, by: User) -> Hadith:
    return actions.sign_hadith(hadith=row, seal=actions.seal_of(row), by=by)


def change(row: Hadith, by: User, **changes: object) -> Hadith:
    return actions.save_hadith(hadith=row, values=changes, by=by)


class TestScale:
    def test_every_grade_has_its_names_and_its_band(self):
        assert {"sahih", "hasan", "hasan-li-ghayrihi", "daif", "daif-jiddan", "mawdu", "munkar", "shadh"} <= set(
            grades()
        )
        for slug, grade in grades().items():
            assert grade.slug == slug
            assert grade.band in BANDS
            assert grade.name("ar") != grade.name("en")
            assert not set("abcdefghijklmnopqrstuvwxyz") & set(grade.name("ar"))
        assert len({grade.name("ar") for grade in grades().values()}) == len(grades())

    def test_a_word_that_hides_another_sense_is_never_alone(self):
        # «موضوع» also means subject, «موقوف» suspended: terms.csv.
        assert grades()["mawdu"].name("ar") == "حديث موضوع"
        assert grades()["mawquf"].name("ar").startswith("موقوف ")


class TestText:
    def test_is_stored_as_typed(self, who):
        row = fresh(hadith(who.author))
        assert row.text == TEXT
        assert row.digest == hashlib.sha256(TEXT.encode()).hexdigest()

    def test_is_not_normalised(self, who):
        apart, together = "ا\u0654", "\u0623"
        one = hadith(who.author, text=apart, number="2")
        other = hadith(who.author, text=together, number="3")
        assert (fresh(one).text, fresh(other).text) == (apart, together)
        assert fresh(one).digest != fresh(other).digest

    def test_marks_that_reorder_nothing_are_kept(self, who):
        text = "نص \u200f\u200e\u061c\u200c\u200d\ufeff نص"
        assert fresh(hadith(who.author, text=text)).text == text

    @pytest.mark.parametrize("sign", ["\0", "\ud800", "\u202a", "\u202e", "\u2066", "\u2069"])
    def test_invisible_signs_are_refused_by_name(self, who, sign):
        with pytest.raises(ValidationError, match=f"U\\+{ord(sign):04X}"):
            hadith(who.author, text=f"نص{sign}نص")
        assert not Hadith.objects.exists()


class TestFields:
    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("number", {"number": "7564"}),  # the last of Fath al-Bari is 7563
            ("number", {"number": ""}),
            ("number", {"number": "one"}),
            ("scheme", {"scheme": "running"}),
            ("collection", {"collection": "quran-verses"}),
            ("text", {"text": ""}),
            ("narrator", {"narrator": {}}),
            ("edition_note", {"edition_note": {"en": " "}}),
            ("other_numbers", {"other_numbers": {"bugha": "x"}}),
            ("other_numbers", {"other_numbers": {"nowhere": "1"}}),
            ("translator", {"rendering": {"en": "A meaning"}}),
        ],
    )
    def test_what_cannot_stand_is_named(self, who, field, wrong):
        with pytest.raises(ValidationError) as error:
            hadith(who.author, **wrong)
        assert field in error.value.message_dict
        assert not Hadith.objects.exists()

    def test_figures_of_any_kind_become_one(self, who):
        row = hadith(who.author, number=" ١٠٧ ", other_numbers={"bugha": "٠١٠٨", "fath-al-bari": "5"})
        assert (row.number, row.other_numbers) == ("107", {"bugha": "108"})
        assert row.reference.label("ar") == "صحيح البخاري، ١٠٧"

    def test_one_number_one_hadith(self, who):
        hadith(who.author)
        with pytest.raises(ValidationError, match="entered already"):
            hadith(who.author)
        hadith(who.author, scheme="bugha")

    def test_gradings_stand_side_by_side_in_their_order(self, who):
        row = hadith(who.author, gradings=[GRADING, SECOND])
        assert [(str(g.grader), g.grade, g.scale.band) for g in row.gradings.all()] == [
            ("So-and-so", "sahih", "sound"),
            ("Another", "daif", "weak"),
        ]
        actions.save_hadith(hadith=row, values={}, gradings=[SECOND, GRADING], by=who.author)
        assert [g.grade for g in Grading.objects.filter(hadith=row)] == ["daif", "sahih"]

    @pytest.mark.parametrize("wrong", [{"grade": "good enough"}, {"grader": {}}, {"source": {"en": ""}}])
    def test_a_grading_without_grader_grade_or_source_is_refused(self, who, wrong):
        with pytest.raises(ValidationError, match="Grading 1"):
            hadith(who.author, gradings=[{**GRADING, **wrong}])
        assert not Hadith.objects.exists()

    def test_only_who_may_enters(self, who):
        nobody = User.objects.create_user("nobody@example.org", "x")
        with pytest.raises(Refused):
            hadith(nobody)
        for user in (who.author, who.publisher, who.scholar, who.manager, User.objects.system("import")):
            assert permissions.may_edit_hadith(user), user


class TestSigning:
    def test_puts_it_before_readers_in_every_language(self, who):
        row = hadith(who.author, gradings=[GRADING, SECOND])
        assert not Hadith.objects.shown().exists()
        assert rows(row) == {}
        row = sign(row, who.scholar)
        assert list(Hadith.objects.shown()) == [row]
        assert row.is_shown
        found = rows(row)
        assert {code: (ref.title, ref.path, ref.live) for code, ref in found.items()} == {
            "ar": ("صحيح البخاري، ١", "/ar/islamiyat/scripture/hadith/bukhari/1/", True),
            "en": ("Sahih al-Bukhari 1", "/en/islamiyat/scripture/hadith/bukhari/1/", True),
        }
        assert {ref.translation_key for ref in found.values()} == {row.uuid}
        assert all(ref.date == row.signed_at and TEXT.strip()[:5] not in ref.summary for ref in found.values())
        (entry,) = events("hadith.signed", row.uuid)
        assert (entry.actor, entry.detail["digest"]) == (who.scholar.uuid, row.digest)

    @pytest.mark.parametrize("name", ["author", "publisher", "manager"])
    def test_only_a_scholar_signs(self, who, name):
        row = hadith(who.second_scholar)
        with pytest.raises(Refused, match="Only a Scholar"):
            sign(row, getattr(who, name))
        with pytest.raises(Refused):
            sign(row, User.objects.system("demo"))
        assert not Hadith.objects.shown().exists()

    def test_a_scholar_who_no_longer_is_one_does_not_sign(self, who):
        row = hadith(who.author)
        who.scholar.groups.clear()
        with pytest.raises(Refused):
            sign(row, who.scholar)
        who.second_scholar.is_active = False
        with pytest.raises(Refused):
            sign(row, who.second_scholar)

    def test_nobody_signs_their_own_edit(self, who):
        row = hadith(who.scholar)
        with pytest.raises(Refused, match="Two persons"):
            sign(row, who.scholar)
        assert sign(row, who.second_scholar).is_shown

    def test_a_note_of_another_does_not_make_two_persons(self, who):
        row = hadith(who.scholar)
        change(row, who.author, note="seen")
        with pytest.raises(Refused, match="Two persons"):
            sign(fresh(row), who.scholar)

    def test_without_a_grading_there_is_nothing_to_sign(self, who):
        row = hadith(who.author, gradings=[])
        with pytest.raises(Refused, match="no grading"):
            sign(row, who.scholar)

    def test_what_changed_meanwhile_is_not_signed(self, who):
        row = hadith(who.author)
        seen = actions.seal_of(row)
        actions.save_hadith(hadith=row, values={}, gradings=[SECOND], by=who.author)
        with pytest.raises(Refused, match="changed while"):
            actions.sign_hadith(hadith=row, seal=seen, by=who.scholar)
        assert not Hadith.objects.shown().exists()


CHANGES = [
    {"text": TEXT + " "},
    {"text": TEXT.replace("ن", "ب", 1)},
    {"number": "2"},
    {"scheme": "bugha"},
    {"collection": "muslim", "scheme": "abd-al-baqi"},
    {"other_numbers": {"bugha": "9"}},
    {"narrator": {"ar": "عن غيره"}},
    {"edition_note": {"en": "Another edition"}},
    {"rendering": {"en": "A meaning"}, "translator": "T"},
]


class TestChangeAfterSigning:
    @pytest.mark.parametrize("changes", CHANGES, ids=[next(iter(c)) + str(n) for n, c in enumerate(CHANGES)])
    def test_drops_the_signature_and_hides_it(self, who, changes):
        row = signed(who.author, who.scholar)
        codes = {ref.code for ref in rows(row).values()}
        change(row, who.author, **changes)
        row = fresh(row)
        assert (row.signed_by, row.signed_at, row.is_shown) == (None, None, False)
        assert not Hadith.objects.shown().exists()
        assert not ItemRef.objects.shown().filter(kind="hadith").exists()
        (entry,) = events("hadith.unsigned", row.uuid)
        assert entry.detail["signer"] == str(who.scholar.uuid)
        sign(row, who.scholar)
        again = rows(row)
        assert {ref.code for ref in again.values()} == codes
        assert again["en"].path == f"/en/islamiyat/scripture/{fresh(row).reference.path}"

    @pytest.mark.parametrize(
        "gradings",
        [[], [SECOND], [GRADING, SECOND], [{**GRADING, "page": "3/46"}]],
        ids=["none", "other", "two", "page"],
    )
    def test_so_do_other_gradings(self, who, gradings):
        row = signed(who.author, who.scholar)
        actions.save_hadith(hadith=row, values={}, gradings=gradings, by=who.author)
        assert not Hadith.objects.shown().exists()
        assert not any(ref.live for ref in rows(row).values())

    def test_items_that_cite_the_place_it_had_are_made_anew(self, who):
        row = signed(who.author, who.scholar)
        citing = item()
        actions.record_citations(item=citing, citations=[actions.Cited(row.reference)])
        before = ItemRef.objects.get(pk=citing.pk).changed
        change(row, who.author, number="2")
        assert ItemRef.objects.get(pk=citing.pk).changed > before

    def test_the_order_of_gradings_counts(self, who):
        row = signed(who.author, who.scholar, gradings=[GRADING, SECOND])
        actions.save_hadith(hadith=row, values={}, gradings=[SECOND, GRADING], by=who.author)
        assert not fresh(row).is_shown

    def test_saving_the_same_changes_nothing(self, who):
        row = signed(who.author, who.scholar, gradings=[GRADING, SECOND])
        before = (fresh(row).__dict__.copy(), len(events("hadith.saved")))
        keys = list(Grading.objects.values_list("pk", flat=True))
        actions.save_hadith(hadith=row, values=values(), gradings=[GRADING, SECOND], by=who.publisher)
        after = fresh(row)
        assert after.is_shown
        assert after.edited_by == who.author
        assert (before[0]["edited_at"], before[1]) == (after.edited_at, len(events("hadith.saved")))
        assert list(Grading.objects.values_list("pk", flat=True)) == keys

    def test_a_note_is_no_change(self, who):
        row = signed(who.author, who.scholar)
        change(row, who.publisher, note="for us")
        assert fresh(row).is_shown
        assert fresh(row).note == "for us"

    def test_a_text_changed_past_the_actions_hides_itself(self, who):
        row = signed(who.author, who.scholar)
        stored = fresh(row)
        stored.text += "."
        stored.save()
        assert not Hadith.objects.shown().exists()

    def test_the_signer_may_be_deleted_and_the_signature_stands(self, who):
        row = signed(who.author, who.scholar)
        who.scholar.delete()
        assert fresh(row).is_shown
        assert fresh(row).signed_by is None

    def test_what_fails_leaves_all_as_it_was(self, who):
        row = signed(who.author, who.scholar)
        with pytest.raises(ValidationError):
            actions.save_hadith(hadith=row, values={"text": "x"}, gradings=[{"grade": "none"}], by=who.author)
        assert fresh(row).is_shown
        assert fresh(row).text == TEXT


class TestTakingBack:
    def test_a_scholar_or_a_publisher_takes_it_from_readers(self, who):
        for name in ("scholar", "publisher"):
            row = signed(who.author, who.scholar, number="5" if name == "scholar" else "6")
            actions.unsign_hadith(hadith=row, by=getattr(who, name), reason="asked for")
            assert not fresh(row).is_shown
            assert events("hadith.unsigned", row.uuid)[0].detail["reason"] == "asked for"

    def test_an_author_does_not(self, who):
        row = signed(who.author, who.scholar)
        with pytest.raises(Refused):
            actions.unsign_hadith(hadith=row, by=who.author)
        assert fresh(row).is_shown

    def test_only_what_nobody_sees_is_deleted(self, who):
        row = signed(who.author, who.scholar)
        with pytest.raises(Refused, match="signed"):
            actions.delete_hadith(hadith=row, by=who.publisher)
        actions.unsign_hadith(hadith=row, by=who.publisher)
        actions.record_citations(item=item(live=False), citations=[actions.Cited(row.reference)])
        with pytest.raises(Refused, match="cites"):
            actions.delete_hadith(hadith=row, by=who.publisher)
        actions.record_citations(item=item(live=False), citations=[])
        with pytest.raises(Refused, match="role"):
            actions.delete_hadith(hadith=row, by=who.author)
        codes = {ref.code for ref in rows(row).values()}
        actions.delete_hadith(hadith=row, by=who.publisher)
        assert not Hadith.objects.exists()
        assert set(ItemRef.objects.filter(live=False).values_list("code", flat=True)) >= codes


def test_the_list_of_shown_hadith_costs_one_query(who, django_assert_num_queries):
    for number in "123":
        signed(who.author, who.scholar, number=number)
    with django_assert_num_queries(1):
        assert len(Hadith.objects.shown()) == 3
    with django_assert_num_queries(2):
        assert all(len(row.gradings.all()) == 1 for row in Hadith.objects.shown().prefetch_related("gradings"))
    assert connection.vendor in ("sqlite", "postgresql")
