"""The Scholar's rule in the office: workflow, edit form, the page on which one signs, and translations."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, WorkflowState
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.operations import translate_object

from hiwar.audit import acting
from hiwar.audit.events import Event
from hiwar.library import contents, mending, signing
from hiwar.library.models import Signature
from tests.accounts.committing import committing, triggers_again  # noqa: F401
from tests.library.answering import answer, changed, form_of_fatwa, open_house, shown, sign
from tests.library.newsroom import draft, entries, fresh, is_public, row
from tests.library.quoting import misquoted, quoted

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return open_house()


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def submit(house, role, page):
    told = house.client(role).post(edit(page), {**form_of_fatwa(page), "action-submit": "1"})
    assert told.status_code == 302, told.context["form"].errors


def approve(house, role, page, client=None):
    """By the address of the task, as the desk's own list does."""
    state = WorkflowState.objects.get(object_id=str(page.pk), status="in_progress")
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state_id])
    return (client or house.client(role)).post(address, {"comment": ""})


def approve_in_form(house, role, page, **changes):
    data = {**form_of_fatwa(fresh(page), **changes), "action-workflow-action": "1", "workflow-action-name": "approve"}
    return house.client(role).post(edit(page), data)


def task_of(page):
    state = WorkflowState.objects.get(object_id=str(page.pk), status="in_progress")
    return state.current_task_state.task.name


class TestWorkflow:
    @pytest.mark.parametrize("place", ["claims", "islamiyat/fatwas", "islamiyat/evidence", "glossary"])
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_answers_go_to_a_scholar(self, house, place, language):
        from tests.library.newsroom import section

        assert section(f"/{language}/{place}/").get_workflow().name == "Scholar"
        assert section(f"/{language}/articles/").get_workflow().name == "Review"

    def test_from_author_by_scholar_to_the_public(self, house):
        page = answer(house.author)
        submit(house, "author", page)
        assert task_of(page) == "Scholar"
        approve_in_form(house, "scholar", page)
        [signed] = Signature.objects.all()
        assert (signed.by, signed.page_id) == (house.scholar, page.pk)
        assert not is_public(page)
        approve(house, "publisher", page)
        assert is_public(page)
        [entry] = entries(Event.ITEM_PUBLISHED, page)
        assert entry.actor == house.publisher.uuid

    @pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}])
    def test_nobody_signs_from_a_list_what_they_were_not_shown(self, house, headers):
        page = answer(house.author)
        submit(house, "author", page)
        client = house.client("scholar")
        state = WorkflowState.objects.get(object_id=str(page.pk), status="in_progress")
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state_id])
        changed(page, house.manager, "كُتب والعالم يقرأ.")
        for told in (client.get(address, headers=headers), client.post(address, {"comment": ""}, headers=headers)):
            if headers:
                assert told.json() == {"step": "success", "redirect": edit(page)}
            else:
                assert told["Location"] == edit(page)
        assert "Your approval is a signature" in client.get(edit(page)).content.decode()
        assert task_of(page) == "Scholar"
        assert not Signature.objects.exists()

    def test_that_address_asks_for_the_office(self, house):
        page = answer(house.author)
        submit(house, "author", page)
        state = WorkflowState.objects.get(object_id=str(page.pk), status="in_progress")
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state_id])
        told = Client().post(address, {"comment": ""})
        assert told.status_code == 302
        assert "login" in told["Location"]

    def test_through_the_form(self, house):
        page = answer(house.author)
        submit(house, "author", page)
        assert approve_in_form(house, "scholar", page).status_code == 302
        assert task_of(page) == "Publication"
        assert approve_in_form(house, "publisher", page).status_code == 302
        assert is_public(page)

    @pytest.mark.parametrize("role", ["author", "translator", "reviewer", "publisher", "manager"])
    def test_nobody_else_approves_in_the_scholars_place(self, house, role):
        page = answer(house.author)
        submit(house, "author", page)
        approve(house, role, page)
        approve_in_form(house, role, page)
        assert task_of(page) == "Scholar"
        assert not Signature.objects.exists()

    def test_an_author_who_is_a_scholar_is_told_and_not_let(self, house):
        page = answer(house.other_scholar)
        submit(house, "other_scholar", page)
        client = house.client("other_scholar")
        assert approve(house, "other_scholar", page, client)["Location"] == edit(page)
        told = approve_in_form(house, "other_scholar", page)
        assert told.status_code == 200
        assert "You wrote part of this version" in told.content.decode()
        assert task_of(page) == "Scholar"
        assert not Signature.objects.exists()

    def test_and_is_not_offered_it(self, house):
        page = answer(house.other_scholar)
        submit(house, "other_scholar", page)
        button = 'data-workflow-action-name="approve"'
        assert button in house.client("scholar").get(edit(page)).content.decode()
        for role in ("other_scholar", "manager"):
            assert button not in house.client(role).get(edit(page)).content.decode()

    def test_who_changes_the_text_while_approving_is_its_writer_and_keeps_what_was_typed(self, house):
        page = answer(house.author)
        submit(house, "author", page)
        told = approve_in_form(house, "scholar", page, summary="كتبه العالم للتو.")
        assert told.status_code == 200
        assert "another Scholar signs it" in told.content.decode()
        assert "كتبه العالم للتو." in told.content.decode()
        assert not Signature.objects.exists()

    def test_a_publisher_who_changes_the_signed_text_does_not_publish_it(self, house):
        page = answer(house.author)
        submit(house, "author", page)
        approve_in_form(house, "scholar", page)
        assert task_of(page) == "Publication"
        told = approve_in_form(house, "publisher", page, summary="كتبه الناشر للتو.")
        assert told.status_code == 200
        assert "كتبه الناشر للتو." in told.content.decode()
        assert not is_public(page)


class TestThePage:
    def address(self, page):
        return reverse("version_sign", args=[page.pk])

    def test_it_shows_what_is_signed_and_signs_it(self, house):
        page = answer(house.author)
        client = house.client("scholar")
        asked = client.get(self.address(page))
        assert "جواب." in asked.content.decode()
        done = client.post(self.address(page), {"digest": asked.context["digest"]})
        assert done["Location"] == edit(page)
        [signed] = Signature.objects.all()
        assert signed.digest == contents.digest(page.get_latest_revision_as_object())
        assert client.get(self.address(page)).status_code == 404, "signed twice"

    def test_what_changed_meanwhile_is_not_signed(self, house):
        page = answer(house.author)
        client = house.client("scholar")
        digest = client.get(self.address(page)).context["digest"]
        changed(page, house.author)
        told = client.post(self.address(page), {"digest": digest}, follow=True)
        assert "has changed since it was shown to you" in told.content.decode()
        assert not Signature.objects.exists()

    @pytest.mark.parametrize("role", ["author", "translator", "reviewer", "publisher", "manager"])
    def test_for_everybody_else_it_is_not_there(self, house, role):
        page = answer(house.author)
        digest = contents.digest(page.get_latest_revision_as_object())
        client = house.client(role)
        assert client.get(self.address(page)).status_code == 404
        assert client.post(self.address(page), {"digest": digest}).status_code == 404
        assert not Signature.objects.exists()

    def test_nor_for_an_author_who_is_a_scholar(self, house):
        page = answer(house.other_scholar)
        digest = contents.digest(page.get_latest_revision_as_object())
        client = house.client("other_scholar")
        assert client.get(self.address(page)).status_code == 404
        assert client.post(self.address(page), {"digest": digest}).status_code == 404
        assert not Signature.objects.exists()

    def test_without_signing_in_it_leads_to_the_door(self, house):
        page = answer(house.author)
        for method in ("get", "post"):
            told = getattr(Client(), method)(self.address(page))
            assert told.status_code == 302
            assert "/office/account/login/" in told["Location"]

    def test_other_kinds_have_none(self, house):
        assert house.client("scholar").get(self.address(draft(house.author))).status_code == 404

    def test_the_way_to_it_stands_in_the_pages_menu_for_whoever_may(self, house):
        page = answer(house.author)
        assert self.address(page) in house.client("scholar").get(edit(page)).content.decode()
        assert self.address(page) not in house.client("publisher").get(edit(page)).content.decode()
        sign(page, house.scholar)
        assert self.address(page) not in house.client("scholar").get(edit(page)).content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTranslation:
    @pytest.fixture
    def house(self, request):
        request.getfixturevalue("committing")
        return open_house()

    def translated(self, house, page, by, **given):
        """The English translation of `page`, every piece by `by`."""
        english = Locale.objects.get(language_code="en")
        with acting.acting(by=by):
            translate_object(page, [english], user=house.translator)
        source = TranslationSource.objects.get_for_instance(page)
        for segment in source.stringsegment_set.all():
            name = segment.context.path
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                data={"slug": "english-fatwa", **given}.get(name, f"English {name}"[:100]),
                last_translated_by=by,
            )
        return page.get_translation(english)

    def publish(self, house, target):
        house.client("publisher").post(edit(target), {"action": "publish"})

    def test_it_needs_a_signature_of_its_own(self, house):
        target = self.translated(house, shown(house), house.translator)
        self.publish(house, target)
        assert not is_public(target)
        client = house.client("scholar")
        address = reverse("version_sign", args=[target.pk])
        assert address in client.get(edit(target)).content.decode()
        asked = client.get(address)
        assert "English question" in asked.content.decode()
        client.post(address, {"digest": asked.context["digest"]})
        self.publish(house, target)
        assert is_public(target)
        assert fresh(target).question == "English question"

    def test_who_translated_does_not_sign(self, house):
        target = self.translated(house, shown(house), house.other_scholar)
        assert house.client("other_scholar").get(reverse("version_sign", args=[target.pk])).status_code == 404
        with pytest.raises(signing.Refused, match="You wrote part"):
            signing.sign(page=target, by=house.other_scholar)

    def test_nor_who_wrote_a_source_that_nobody_signed(self, house):
        source = answer(house.other_scholar)
        target = self.translated(house, source, house.translator)
        with pytest.raises(signing.Refused, match="You wrote part"):
            signing.sign(page=target, by=house.other_scholar)

    def test_one_more_word_and_it_needs_another(self, house):
        target = self.translated(house, shown(house), house.translator)
        signing.sign(page=target, by=house.scholar)
        piece = StringTranslation.objects.filter(context__path="summary").get()
        piece.data = "One more word"
        piece.save()
        self.publish(house, target)
        assert not is_public(target)
        assert row(target) is None

    def test_mended_by_one_click_it_keeps_it(self, house):
        target = self.translated(house, shown(house), house.translator, summary=f"As it is said: {misquoted()}")
        signing.sign(page=target, by=house.scholar)
        mending.mend(page=target, key=None, by=house.publisher)
        self.publish(house, target)
        assert is_public(target)
        assert fresh(target).summary == f"As it is said: {quoted(last=12)}"


def test_signs_that_turn_the_order_of_a_text_do_not_stay(house):
    page = answer(house.author)
    told = house.client("author").post(edit(page), {**form_of_fatwa(page), "ruling": "لا \u202eيجوز\u202c ذلك."})
    assert told.status_code == 302
    assert fresh(page).get_latest_revision_as_object().ruling == "لا يجوز ذلك."
