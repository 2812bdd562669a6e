"""No way of publishing passes by the check of quotations: one test a path, each with a verse misquoted when it runs."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.operations import translate_object

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.audit.events import Event
from hiwar.library import schedule
from hiwar.library.models import ArticlePage, HomePage
from hiwar.library.publishing import PublishRefused, ScriptureRefused
from tests.accounts.committing import committing, triggers_again  # noqa: F401
from tests.library.newsroom import draft, entries, form_of, fresh, is_public, open_newsroom, published, row, section
from tests.library.quoting import ANNOUNCED, body, label, misquoted, quoted, text_of

pytestmark = pytest.mark.django_db
DIFFERS = "differs from the edition"


@pytest.fixture
def newsroom():
    return open_newsroom()


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def bad_draft(by, **values):
    """A draft in whose text a verse is misquoted."""
    page = draft(by, **values)
    page.body = body(f"{ANNOUNCED} {misquoted()}")
    page.save_revision(user=by)
    return fresh(page)


def kept_out(page) -> None:
    assert not is_public(page)
    assert row(page) is None
    assert not entries(Event.ITEM_PUBLISHED, page)
    assert fresh(page).live_revision_id is None


class TestEveryPath:
    def test_shell(self, newsroom):
        page = bad_draft(newsroom.author)
        with pytest.raises(ScriptureRefused, match=DIFFERS):
            page.get_latest_revision().publish(user=newsroom.publisher)
        kept_out(page)

    @pytest.mark.parametrize("name", ["import", "demo"])
    def test_columns_set_by_machinery(self, newsroom, name):
        page = bad_draft(newsroom.author)
        page = page.get_latest_revision_as_object()
        page.live = True
        with acting.acting(by=User.objects.system(name)), pytest.raises(ScriptureRefused):
            page.save()
        kept_out(page)

    def test_text_of_a_live_page_changed_directly(self, newsroom):
        page = published(newsroom.author, newsroom.publisher)
        page.body = body(misquoted())
        with acting.acting(by=User.objects.system("demo")), pytest.raises(ScriptureRefused):
            page.save()
        assert "نص" in text_of(fresh(page))

    def test_edit_form(self, newsroom):
        page = bad_draft(newsroom.author)
        client = newsroom.client("publisher")
        answer = client.post(edit(page), {**form_of(page), "action-publish": "1"})
        assert answer.status_code == 302
        assert answer["Location"] == edit(page) + "#quotations"
        kept_out(page)
        assert DIFFERS in client.get(edit(page)).content.decode()

    def test_bulk(self, newsroom):
        pages = [draft(newsroom.author, title="سليم"), bad_draft(newsroom.author, title="محرف")]
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        numbers = "&".join(f"id={page.pk}" for page in pages)
        client = newsroom.client("publisher")
        answer = client.post(f"{address}?{numbers}", {"include_descendants": ""})
        assert answer["Location"] == edit(pages[1]) + "#quotations"
        for page in pages:
            kept_out(page)

    def test_workflow(self, newsroom):
        page = bad_draft(newsroom.author)
        newsroom.client("author").post(edit(page), {**form_of(page), "action-submit": "1"})
        for role in ("reviewer", "publisher"):
            state = WorkflowState.objects.get(object_id=str(page.pk), status="in_progress")
            address = reverse(
                "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state_id]
            )
            newsroom.client(role).post(address, {"comment": ""})
        kept_out(page)
        state = WorkflowState.objects.get(object_id=str(page.pk))
        assert state.status == "in_progress", "the refused approval left the workflow half finished"

    def test_schedule(self, newsroom):
        page = draft(newsroom.author, go_live_at=timezone.now() + timedelta(hours=1))
        with acting.acting(by=newsroom.publisher):
            page.get_latest_revision().publish(user=newsroom.publisher)
        revision = page.get_latest_revision()
        past = (timezone.now() - timedelta(minutes=1)).isoformat()
        # As if the check had learnt of this misquotation only after the time was set.
        bad = bad_draft(newsroom.author, title="آخر").get_latest_revision().content["body"]
        Revision.objects.filter(pk=revision.pk).update(
            approved_go_live_at=past, content={**revision.content, "go_live_at": past, "body": bad}
        )
        assert schedule.publish_scheduled() == (0, 0)
        kept_out(page)
        [refused] = entries(Event.PUBLICATION_REFUSED)
        assert refused.detail["reason"] == "ScriptureRefused"

    def test_wagtails_own_command(self, newsroom):
        page = bad_draft(newsroom.author)
        Revision.objects.filter(pk=page.latest_revision_id).update(
            approved_go_live_at=timezone.now() - timedelta(minutes=1)
        )
        with acting.acting(by=newsroom.publisher), pytest.raises(PublishRefused):
            call_command("publish_scheduled")
        kept_out(page)

    def test_a_time_cannot_be_set_for_it(self, newsroom):
        page = bad_draft(newsroom.author)
        at = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
        newsroom.client("publisher").post(edit(page), {**form_of(page, go_live_at=at), "action-publish": "1"})
        assert fresh(page).get_latest_revision().approved_go_live_at is None
        kept_out(page)

    def test_copy_published_at_once(self, newsroom):
        page = published(newsroom.author, newsroom.publisher)
        page.body = body(misquoted())
        page.save_revision(user=newsroom.author)
        address = reverse("wagtailadmin_pages:copy", args=[page.pk])
        data = {"new_title": "نسخة", "new_slug": "نسخة", "new_parent_page": str(page.get_parent().pk)}
        before = Page.objects.count()
        for more in ({"publish_copies": "on"}, {"alias": "on"}):
            newsroom.client("publisher").post(address, {**data, **more, "copy_subpages": ""})
        assert Page.objects.count() == before

    def test_office_api(self, newsroom):
        page = bad_draft(newsroom.author)
        address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
        answer = newsroom.client("publisher").post(address, json.dumps({}), content_type="application/json")
        assert answer.status_code != 200
        kept_out(page)

    def test_reverting_to_a_bad_version(self, newsroom):
        page = bad_draft(newsroom.author)
        bad = page.latest_revision_id
        page.body = body("نص.")
        page.save_revision(user=newsroom.author)
        page.get_latest_revision().publish(user=newsroom.publisher)
        with pytest.raises(ScriptureRefused):
            Revision.objects.get(pk=bad).publish(user=newsroom.publisher)
        assert text_of(fresh(page)) == "<p>نص.</p>"

    def test_pages_that_are_no_items(self, newsroom):
        home = HomePage.objects.get(url_path="/ar/")
        home.hero_lead = f"{ANNOUNCED} {misquoted()}"
        with pytest.raises(ScriptureRefused):
            home.save_revision(user=newsroom.manager).publish(user=newsroom.manager)
        assert not fresh(home).hero_lead


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTranslation:
    @pytest.fixture
    def newsroom(self, request):
        request.getfixturevalue("committing")
        return open_newsroom()

    def translated(self, newsroom, words: str):
        """A live Arabic article and its English translation whose summary is `words`."""
        page = published(newsroom.author, newsroom.publisher)
        english = Locale.objects.get(language_code="en")
        with acting.acting(by=newsroom.translator):
            translate_object(page, [english], user=newsroom.translator)
        source = TranslationSource.objects.get_for_instance(page)
        given = {"slug": "english-article", "summary": words}
        for segment in source.stringsegment_set.all():
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                data=given.get(segment.context.path, "English words"),
                last_translated_by=newsroom.translator,
            )
        return page.get_translation(english)

    def test_side_by_side(self, newsroom):
        target = self.translated(newsroom, f"As it is said: {misquoted()}")
        client = newsroom.client("publisher")
        answer = client.post(edit(target), {"action": "publish"})
        assert answer["Location"] == edit(target) + "#quotations"
        kept_out(target)
        shown = client.get(edit(target)).content.decode()
        assert 'id="quotations"' in shown
        assert label() in shown

    def test_mended_by_one_click_it_comes_out_in_the_publishers_name(self, newsroom):
        target = self.translated(newsroom, f"As it is said: {misquoted()}")
        client = newsroom.client("publisher")
        panel = client.get(edit(target)).context["quotations"]
        [found] = panel.altered
        client.post(reverse("quotation_mend", args=[target.pk]), found.key)
        assert client.post(edit(target), {"action": "publish"}).status_code == 302
        assert is_public(target)
        assert fresh(target).summary == f"As it is said: {quoted(last=12)}"


class TestWhatIsNoObstacle:
    @pytest.mark.parametrize("words", [quoted(), quoted(last=8), f"{ANNOUNCED} {quoted(1, 2)}"])
    def test_an_exact_or_partial_quotation(self, newsroom, words):
        page = draft(newsroom.author)
        page.body = body(words)
        page.save_revision(user=newsroom.author)
        page.get_latest_revision().publish(user=newsroom.publisher)
        assert is_public(page)

    def test_a_draft_with_anything(self, newsroom):
        page = bad_draft(newsroom.author)
        client = newsroom.client("author")
        answer = client.post(edit(page), form_of(page, summary=misquoted()))
        assert answer.status_code == 302
        assert fresh(page).get_latest_revision().content["summary"] == misquoted()

    def test_taking_down_and_bookkeeping(self, newsroom):
        page = published(newsroom.author, newsroom.publisher)
        # A page from before there was a check.
        bad = bad_draft(newsroom.author, title="آخر").get_latest_revision().content["body"]
        ArticlePage.objects.filter(pk=page.pk).update(body=bad)
        page = fresh(page)
        page.show_in_menus = True
        page.save(update_fields=["show_in_menus"])
        with acting.acting(by=newsroom.publisher):
            page.unpublish(user=newsroom.publisher)
        assert not is_public(page)


class TestEditForm:
    def test_what_was_typed_is_saved_as_a_draft_before_it_is_refused(self, newsroom):
        """A page without two persons: the one form in which text is typed and published by one press."""
        page = published(newsroom.author, newsroom.publisher)
        typed = f"{ANNOUNCED} {misquoted()}"
        newsroom.client("author").post(edit(page), form_of(page, summary=typed))
        answer = newsroom.client("publisher").post(edit(page), {**form_of(fresh(page)), "action-publish": "1"})
        assert answer["Location"].endswith("#quotations")
        assert fresh(page).summary == "ملخص."
        assert fresh(page).get_latest_revision_as_object().summary == typed

    def test_the_form_alone_saves_a_section_and_refuses(self, newsroom):
        parent = section()
        typed = f"{ANNOUNCED} {misquoted()}"
        data = {
            "title": parent.title,
            "slug": parent.slug,
            "seo_title": "",
            "search_description": "",
            "intro": typed,
            "go_live_at": "",
            "expire_at": "",
            "action-publish": "1",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        }
        client = newsroom.client("publisher")
        answer = client.post(edit(parent), data)
        assert answer.status_code == 302, answer.context["form"].errors
        assert answer["Location"] == edit(parent) + "#quotations"
        assert not fresh(parent).intro
        shown = client.get(edit(parent)).content.decode()
        assert typed in shown, "what was typed is lost"
        assert DIFFERS in shown
