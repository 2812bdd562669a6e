"""Somebody with the right to publish tries to bring out, alone, what no second person has seen."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from hiwar.audit import acting
from hiwar.audit.events import Event
from hiwar.library.models import Correction
from hiwar.library.publishing import PublishRefused, ScriptureRefused
from tests.accounts.committing import committing, triggers_again  # noqa: F401
from tests.library.newsroom import Newsroom, draft, entries, fresh, is_public, open_newsroom, published
from tests.library.quoting import misquoted


@pytest.fixture
def newsroom(request: pytest.FixtureRequest) -> Newsroom:
    request.getfixturevalue("committing")
    return open_newsroom()


def translated(newsroom: Newsroom, page, only: str = ""):
    """The English translation of `page`: every piece (or the one at the path `only`) by the translator."""
    english = Locale.objects.get(language_code="en")
    with acting.acting(by=newsroom.translator):
        translate_object(page, [english], user=newsroom.translator)
    source = TranslationSource.objects.get_for_instance(page)
    for segment in source.stringsegment_set.all():
        if only and segment.context.path != only:
            continue
        words = "english-article" if segment.context.path == "slug" else f"English {segment.context.path}"[:100]
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            data=words,
            last_translated_by=newsroom.translator,
        )
    return page.get_translation(english), source


def publish(newsroom: Newsroom, target) -> None:
    newsroom.client("publisher").post(f"/office/pages/{target.pk}/edit/", {"action": "publish"})


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestSideBySide:
    def test_what_the_source_gained_since_is_no_translators_work(self, newsroom: Newsroom) -> None:
        page = published(newsroom.author, newsroom.publisher)
        target, source = translated(newsroom, page)
        page = fresh(page)
        page.body = [("text", "<p>نص.</p>"), ("text", "<p>What one person wrote alone.</p>")]
        page.save_revision(user=newsroom.publisher)
        with acting.acting(by=newsroom.publisher):
            source.update_from_db()
        publish(newsroom, target)
        assert "alone" not in str(fresh(target).body)

    def test_ones_own_draft_does_not_come_out_by_way_of_a_title(self, newsroom: Newsroom) -> None:
        page = draft(newsroom.publisher, title="إعلان")
        target, _source = translated(newsroom, page, only="title")
        publish(newsroom, target)
        assert not is_public(target)

    def test_a_draft_that_somebody_else_wrote_comes_out_translated(self, newsroom: Newsroom) -> None:
        target, _source = translated(newsroom, draft(newsroom.author))
        publish(newsroom, target)
        assert is_public(target)

    def test_a_reviewed_source_and_a_whole_translation_come_out(self, newsroom: Newsroom) -> None:
        page = published(newsroom.author, newsroom.publisher)
        target, source = translated(newsroom, page)
        assert Translation.objects.get(source=source).get_progress()
        publish(newsroom, target)
        assert is_public(target)


def to_the_second() -> datetime:
    """As the edit form stores a time."""
    return timezone.now().replace(microsecond=0)


@pytest.mark.django_db
class TestTheVersionThatIsShown:
    """The edit form may overwrite the newest version of the same person, also the one that readers see."""

    def test_a_correction_put_into_it_passes_the_gate(self) -> None:
        newsroom = open_newsroom()
        page = published(newsroom.author, newsroom.publisher, date=to_the_second())
        shown = page.live_revision
        page.corrections = [Correction(kind="correction", text={"ar": misquoted()})]
        with acting.acting(by=newsroom.author):
            revision = page.save_revision(user=newsroom.author, overwrite_revision=shown)
        assert revision.pk == shown.pk
        with acting.acting(by=newsroom.publisher), pytest.raises(ScriptureRefused):
            PublishPageRevisionAction(revision, user=newsroom.publisher).execute()
        assert not Correction.objects.filter(page=page.pk).exists()

    def test_a_correction_that_one_person_wrote_needs_a_second(self) -> None:
        newsroom = open_newsroom()
        page = published(newsroom.author, newsroom.publisher)
        changed = fresh(page)
        changed.corrections = [Correction(kind="correction", text={"ar": "كلمة."})]
        with acting.acting(by=newsroom.publisher), pytest.raises(PublishRefused, match="Two persons"):
            changed.save()
        assert not Correction.objects.filter(page=page.pk).exists()

    def test_the_same_again_is_no_publication(self) -> None:
        newsroom = open_newsroom()
        page = draft(newsroom.author, date=to_the_second())
        page.corrections = [Correction(kind="correction", text={"ar": "كلمة."})]
        with acting.acting(by=newsroom.publisher):
            page.save_revision(user=newsroom.author).publish(user=newsroom.publisher)
            PublishPageRevisionAction(fresh(page).live_revision, user=newsroom.publisher).execute()
        assert Correction.objects.filter(page=page.pk).count() == 1
        assert len(entries(Event.ITEM_PUBLISHED, page)) == 1
