"""No answer is shown that no Scholar signed who wrote none of it: one test a path, and who may sign."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused
from hiwar.items import registry
from hiwar.library import mending, schedule, signing
from hiwar.library.models import Signature
from hiwar.library.publishing import PublishRefused, ScholarRefused
from hiwar.scripture.permissions import SCHOLARS
from tests.library.answering import OWN, answer, changed, form_of_fatwa, open_house, publish, shown, sign
from tests.library.newsroom import draft, entries, fresh, is_public, row
from tests.library.quoting import ANNOUNCED, body, misquoted, quoted, text_of

pytestmark = pytest.mark.django_db
SIGNS = "A Scholar who did not write this version signs it"
PERSONS = ["author", "translator", "reviewer", "publisher", "manager", "other_scholar"]


@pytest.fixture
def house():
    return open_house()


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def kept_out(page) -> None:
    assert not is_public(page)
    assert row(page) is None
    assert not entries(Event.ITEM_PUBLISHED, page)
    assert fresh(page).live_revision_id is None


def test_the_kinds_that_are_signed():
    assert {kind.slug for kind in registry.kinds() if kind.scholar} == set(OWN)


class TestSigning:
    @pytest.mark.parametrize("kind", OWN)
    def test_unsigned_it_is_refused_and_signed_it_goes_out(self, house, kind):
        page = answer(house.author, kind)
        with pytest.raises(ScholarRefused, match=SIGNS):
            page.get_latest_revision().publish(user=house.publisher)
        kept_out(page)
        sign(page, house.scholar)
        assert publish(page, house.publisher).live
        assert is_public(page)

    @pytest.mark.parametrize("role", ["author", "translator", "reviewer", "publisher", "manager"])
    def test_who_is_no_scholar_signs_nothing(self, house, role):
        page = answer(house.author)
        with pytest.raises(Refused, match="do not have that role"):
            sign(page, getattr(house, role))
        assert not Signature.objects.exists()
        assert not entries(Event.VERSION_SIGNED)

    def test_nobody_signs_nothing(self, house):
        with pytest.raises(Refused):
            signing.sign(page=answer(house.author), by=None)

    @pytest.mark.parametrize("account", ["import", "demo", "schedule"])
    def test_machinery_signs_nothing(self, house, account):
        with pytest.raises(Refused):
            sign(answer(house.author), User.objects.system(account))

    def test_other_kinds_are_not_signed_and_need_it_not(self, house):
        page = draft(house.author)
        with pytest.raises(Refused, match="not signed"):
            sign(page, house.scholar)
        assert publish(page, house.publisher).live

    def test_a_scholar_does_not_sign_what_they_wrote(self, house):
        page = answer(house.other_scholar)
        with pytest.raises(Refused, match="You wrote part"):
            sign(page, house.other_scholar)
        sign(page, house.scholar)
        assert publish(page, house.publisher).live

    def test_nor_what_they_wrote_a_part_of(self, house):
        page = answer(house.author)
        page = changed(page, house.other_scholar, "كتبه عالم.")
        page = changed(page, house.author, "وأكمله غيره.")
        with pytest.raises(Refused, match="You wrote part"):
            sign(page, house.other_scholar)

    def test_nor_an_older_text_of_theirs_that_somebody_brings_back(self, house):
        page = answer(house.other_scholar)
        old = page.get_latest_revision()
        page = changed(page, house.author, "نص آخر.")
        sign(page, house.scholar)
        page = publish(page, house.publisher)
        Revision.objects.get(pk=old.pk).as_object().save_revision(user=house.author)
        with pytest.raises(Refused, match="You wrote part"):
            sign(fresh(page), house.other_scholar)

    def test_what_was_shown_before_may_be_changed_by_others_and_signed(self, house):
        page = answer(house.other_scholar)
        sign(page, house.scholar)
        page = changed(publish(page, house.publisher), house.author)
        assert sign(page, house.other_scholar)

    def test_saving_without_a_change_is_not_writing(self, house):
        page = answer(house.author)
        page.save_revision(user=house.scholar)
        assert sign(fresh(page), house.scholar)

    def test_it_is_written_down_once_in_history_and_log(self, house):
        page = answer(house.author)
        first, second = sign(page, house.scholar), sign(page, house.scholar)
        assert first == second
        [line] = PageLogEntry.objects.filter(page=page.pk, action=signing.SIGN)
        assert (line.user, line.revision_id) == (house.scholar, page.latest_revision_id)
        [entry] = entries(Event.VERSION_SIGNED)
        assert entry.actor == house.scholar.uuid
        assert entry.detail["digest"] == first.digest
        history = house.client("publisher").get(reverse("wagtailadmin_pages:history", args=[page.pk]))
        assert f"Version {page.latest_revision_id} approved by a Scholar" in history.content.decode()

    def test_what_was_shown_to_the_scholar_is_what_is_signed(self, house):
        page = answer(house.author)
        seen = signing.contents.digest(page.get_latest_revision_as_object())
        page = changed(page, house.author)
        with pytest.raises(Refused, match="has changed"):
            signing.sign(page=page, by=house.scholar, digest=seen)
        assert not Signature.objects.exists()


class TestWhoPublishes:
    def test_a_scholar_who_publishes_signs_and_publishes_anothers_text(self, house):
        page = answer(house.author)
        sign(page, house.scholar_publisher)
        assert publish(page, house.scholar_publisher).live

    def test_but_not_their_own(self, house):
        page = answer(house.scholar_publisher)
        with pytest.raises(Refused):
            sign(page, house.scholar_publisher)
        with pytest.raises(ScholarRefused):
            page.get_latest_revision().publish(user=house.scholar_publisher)
        kept_out(page)

    def test_a_publisher_publishes_own_text_that_a_scholar_signed(self, house):
        page = answer(house.publisher)
        sign(page, house.scholar)
        assert publish(page, house.publisher).live

    def test_the_signature_gives_nobody_the_right_to_publish(self, house):
        page = answer(house.author)
        sign(page, house.scholar)
        for role in ("author", "scholar", "reviewer"):
            with pytest.raises(Exception, match="permission"):
                page.get_latest_revision().publish(user=getattr(house, role))
        kept_out(page)

    def test_a_manager_is_no_scholar(self, house):
        page = answer(house.author)
        with pytest.raises(ScholarRefused):
            page.get_latest_revision().publish(user=house.manager)
        kept_out(page)

    def test_who_is_no_scholar_any_more_vouches_for_nothing(self, house):
        page = answer(house.author)
        sign(page, house.scholar)
        house.scholar.groups.remove(*house.scholar.groups.filter(name=SCHOLARS))
        with pytest.raises(ScholarRefused):
            page.get_latest_revision().publish(user=house.publisher)


class TestEveryPath:
    """Each with a text that was signed and then changed by one word."""

    @pytest.fixture
    def page(self, house):
        page = answer(house.author)
        sign(page, house.scholar)
        return changed(page, house.author, "كلمة بعد التوقيع.")

    @pytest.mark.parametrize("role", PERSONS)
    def test_direct_save(self, house, page, role):
        stored = page.get_latest_revision_as_object()
        stored.live = True
        with acting.acting(by=getattr(house, role)), pytest.raises(PublishRefused):
            stored.save()
        kept_out(page)

    @pytest.mark.parametrize("role", PERSONS)
    def test_columns_of_a_live_page(self, house, role):
        page = shown(house)
        page.ruling = "حكم آخر."
        with acting.acting(by=getattr(house, role)), pytest.raises(PublishRefused):
            page.save()
        assert fresh(page).ruling == "جواب."

    def test_form(self, house, page):
        client = house.client("publisher")
        told = client.post(edit(page), {**form_of_fatwa(page), "action-publish": "1"})
        assert told.status_code == 200
        assert SIGNS in told.content.decode()
        kept_out(page)
        sign(page, house.scholar)
        told = client.post(edit(page), {**form_of_fatwa(page), "action-publish": "1"})
        assert told.status_code == 302, told.context["form"].errors
        assert is_public(page)

    def test_bulk(self, house, page):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        house.client("publisher").post(f"{address}?id={page.pk}", {"include_descendants": ""})
        kept_out(page)
        sign(page, house.scholar)
        house.client("publisher").post(f"{address}?id={page.pk}", {"include_descendants": ""})
        assert is_public(page)

    @pytest.mark.parametrize("role", ["publisher", "manager", "scholar", "author"])
    def test_office_api(self, house, page, role):
        address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
        reply = house.client(role).post(address, json.dumps({}), content_type="application/json")
        assert reply.status_code != 200
        kept_out(page)

    def test_an_older_version_that_nobody_signed(self, house):
        page = answer(house.author)
        old = page.get_latest_revision()
        page = changed(page, house.author)
        sign(page, house.scholar)
        page = publish(page, house.publisher)
        with pytest.raises(ScholarRefused):
            old.publish(user=house.publisher)
        assert fresh(page).summary == "ملخص آخر."

    def test_a_time_cannot_be_set_for_it(self, house, page):
        later = changed(page, house.author, go_live_at=timezone.now() + timedelta(hours=1))
        with pytest.raises(ScholarRefused):
            later.get_latest_revision().publish(user=house.publisher)
        assert fresh(later).get_latest_revision().approved_go_live_at is None

    def test_the_signature_must_hold_when_the_time_comes(self, house):
        for holds in (True, False):
            page = answer(house.author, go_live_at=timezone.now() + timedelta(hours=1), title=f"فتوى {holds}")
            sign(page, house.scholar)
            page.get_latest_revision().publish(user=house.publisher)
            revision = page.get_latest_revision()
            assert revision.approved_go_live_at is not None
            past = timezone.now() - timedelta(minutes=1)
            Revision.objects.filter(pk=revision.pk).update(
                approved_go_live_at=past, content={**revision.content, "go_live_at": past.isoformat()}
            )
            if not holds:
                Signature.objects.filter(page_id=page.pk).delete()
            assert schedule.publish_scheduled() == (int(holds), 0)
            assert is_public(page) is holds
        [refused] = entries(Event.PUBLICATION_REFUSED)
        assert refused.detail["reason"] == "ScholarRefused"

    def test_wagtails_own_command(self, house, page):
        past = timezone.now() - timedelta(minutes=1)
        Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=past)
        with acting.acting(by=house.publisher), pytest.raises(PublishRefused):
            call_command("publish_scheduled")
        kept_out(page)

    def test_taken_down_and_published_again(self, house):
        page = shown(house)
        with acting.acting(by=house.publisher):
            page.unpublish(user=house.publisher)
        assert publish(page, house.publisher).live
        with acting.acting(by=house.publisher):
            fresh(page).unpublish(user=house.publisher)
        page = changed(fresh(page), house.author)
        with pytest.raises(ScholarRefused):
            page.get_latest_revision().publish(user=house.publisher)

    def test_a_copy_carries_no_signature(self, house):
        page = shown(house)
        before = Page.objects.count()
        address = reverse("wagtailadmin_pages:copy", args=[page.pk])
        data = {"new_title": "نسخة", "new_slug": "نسخة", "new_parent_page": str(page.get_parent().pk)}
        for more in ({"publish_copies": "on"}, {"alias": "on"}):
            house.client("publisher").post(address, {**data, **more, "copy_subpages": ""})
        assert Page.objects.count() == before
        house.client("publisher").post(address, {**data, "copy_subpages": ""})
        copy = type(page).objects.get(slug="نسخة")
        with pytest.raises(ScholarRefused):
            copy.get_latest_revision().publish(user=house.manager)
        kept_out(copy)

    def test_a_copy_of_ones_own_is_ones_own(self, house):
        page = answer(house.other_scholar)
        copy = page.copy(update_attrs={"slug": "نسخة", "title": "نسخة"}, user=house.author, keep_live=False)
        with pytest.raises(Refused, match="You wrote part"):
            sign(copy, house.other_scholar)

    def test_moving_shows_nothing_new_and_needs_nobody(self, house):
        page = shown(house)
        with acting.acting(by=house.publisher):
            page.move(Page.objects.get(url_path="/ar/islamiyat/evidence/"), pos="last-child", user=house.publisher)
        page = changed(fresh(page), house.author)
        with pytest.raises(ScholarRefused):
            page.get_latest_revision().publish(user=house.publisher)

    @pytest.mark.parametrize("account", ["import", "demo"])
    def test_machinery_brings_what_was_public(self, house, account):
        page = answer(house.author)
        with acting.acting(by=User.objects.system(account)):
            page.get_latest_revision().publish(user=User.objects.system(account))
        assert is_public(page)
        with pytest.raises(ScholarRefused):
            page.get_latest_revision().publish(user=house.publisher)


class TestMending:
    def misquoting(self, house, by=None):
        page = answer(by or house.author)
        return changed(page, by or house.author, body=body(f"{ANNOUNCED} {misquoted()}"))

    def test_a_mended_quotation_keeps_the_signature(self, house):
        page = self.misquoting(house)
        sign(page, house.scholar)
        mending.mend(page=page, key=None, by=house.publisher)
        page = publish(fresh(page), house.publisher)
        assert page.live
        assert quoted(last=12) in text_of(page)

    def test_one_word_more_and_it_is_lost(self, house):
        page = self.misquoting(house)
        sign(page, house.scholar)
        mending.mend(page=page, key=None, by=house.publisher)
        page = changed(page, house.author, "وكلمة.")
        with pytest.raises(ScholarRefused):
            page.get_latest_revision().publish(user=house.publisher)

    def test_mending_is_not_writing_for_the_scholar_either(self, house):
        page = self.misquoting(house)
        mending.mend(page=page, key=None, by=house.scholar)
        assert sign(fresh(page), house.scholar)
