"""The reverse index follows the item: publish, edit, take down, publish again, translate, delete."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.operations import translate_object

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.library.scripture_check import checked, citations_of
from hiwar.scripture.blocks import chosen
from hiwar.scripture.models import Citation
from hiwar.scripture.reference import Reference
from tests.accounts.committing import committing, triggers_again  # noqa: F401
from tests.library.newsroom import draft, fresh, open_newsroom, section
from tests.library.quoting import ANNOUNCED, body, misquoted_hadith, quoted

pytestmark = pytest.mark.django_db
MISUSED = {"first_word": 1, "last_word": 4, "explanation": "يُقطع عن تمامه."}


@pytest.fixture
def newsroom():
    return open_newsroom()


def shown(key: str = "2:256") -> list[str]:
    """Paths of the items that readers of a verse are told of."""
    rows = Citation.objects.shown().of(Reference.parse(key)).order_by("item__language")
    return [row.item.path for row in rows.select_related("item")]


def written(newsroom, *blocks, **values):
    page = draft(newsroom.author, **values)
    page.body = list(blocks)
    page.save_revision(user=newsroom.author)
    return fresh(page)


def publish(newsroom, page) -> None:
    fresh(page).get_latest_revision().publish(user=newsroom.publisher)


class TestFollowing:
    @pytest.mark.parametrize(
        "block",
        [
            ("verse", chosen("2:256")),
            ("misused_verse", {**chosen("2:256"), **MISUSED}),
            ("text", f"<p>{quoted()}</p>"),
            ("text", f"<p>{ANNOUNCED} {quoted(last=8)}</p>"),
            ("callout", {"text": quoted()}),
        ],
        ids=["block", "misused", "typed", "piece", "callout"],
    )
    def test_from_publication_to_deletion(self, newsroom, block):
        page = written(newsroom, block)
        assert shown() == []
        publish(newsroom, page)
        assert shown() == [page.url_path]
        with acting.acting(by=newsroom.publisher):
            fresh(page).unpublish(user=newsroom.publisher)
        assert shown() == []
        publish(newsroom, page)
        assert shown() == [page.url_path]
        changed = fresh(page)
        changed.body = [("text", "<p>نص.</p>")]
        changed.save_revision(user=newsroom.author)
        assert shown() == [page.url_path], "a draft changes nothing for readers"
        publish(newsroom, page)
        assert shown() == []

    def test_deleted(self, newsroom):
        page = written(newsroom, ("verse", chosen("2:256")))
        publish(newsroom, page)
        with acting.acting(by=newsroom.publisher):
            fresh(page).delete()
        assert not Citation.objects.exists()

    def test_moved_it_is_found_where_it_went(self, newsroom):
        page = written(newsroom, ("verse", chosen("2:256")))
        publish(newsroom, page)
        page = fresh(page)
        page.slug = "آخر"
        page.save_revision(user=newsroom.author)
        publish(newsroom, page)
        assert shown() == [fresh(page).url_path]

    def test_the_import_as_well(self, newsroom):
        parent = section()
        with acting.acting(by=User.objects.system("import")):
            page = parent.add_child(
                instance=type(draft(newsroom.author))(
                    title="منقول",
                    slug="منقول",
                    summary="ملخص.",
                    body=body(quoted()),
                    locale=parent.locale,
                    live=True,
                )
            )
        assert shown() == [page.url_path]


class TestWhatIsKept:
    def test_each_passage_once_a_role(self, newsroom):
        page = written(
            newsroom,
            ("verse", chosen("2:256")),
            ("text", f"<p>{quoted()}</p>"),
            ("misused_verse", {**chosen("2:256"), **MISUSED}),
        )
        publish(newsroom, page)
        rows = list(Citation.objects.values_list("role", "sura", "first", "last"))
        assert rows == [("cites", 2, 256, 256), ("misused", 2, 256, 256)]
        cut = Citation.objects.get(role="misused")
        assert cut.note == {"ar": MISUSED["explanation"]}
        assert len(cut.cut_text.split()) == 4

    def test_the_note_is_under_the_language_of_the_page_whoever_publishes(self, newsroom):
        page = written(newsroom, ("misused_verse", {**chosen("2:256"), **MISUSED}))
        client = newsroom.client("publisher")  # an office in English
        client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}", {})
        assert list(Citation.objects.get().note) == ["ar"]

    def test_a_piece_that_stands_in_many_verses_names_none(self, newsroom):
        page = written(newsroom, ("text", f"<p>{ANNOUNCED} {quoted(2, 5, first=-4)}</p>"))
        [found] = checked(page.get_latest_revision_as_object()).found
        assert found.finding.quotation.others
        assert citations_of(page.get_latest_revision_as_object()) == []

    def test_a_typed_hadith_has_no_sure_number(self, newsroom):
        page = written(newsroom, ("text", "<p>نص.</p>"))
        page.summary = misquoted_hadith()
        assert citations_of(page) == []

    def test_what_quotes_nothing_writes_nothing(self, newsroom):
        publish(newsroom, written(newsroom, ("text", "<p>نص.</p>")))
        assert not Citation.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTranslation:
    @pytest.fixture
    def newsroom(self, request):
        request.getfixturevalue("committing")
        return open_newsroom()

    def test_each_language_has_its_own_row(self, newsroom):
        page = written(newsroom, ("verse", chosen("2:256")))
        publish(newsroom, page)
        english = Locale.objects.get(language_code="en")
        with acting.acting(by=newsroom.translator):
            translate_object(fresh(page), [english], user=newsroom.translator)
        source = TranslationSource.objects.get_for_instance(fresh(page))
        for segment in source.stringsegment_set.all():
            data = "english-article" if segment.context.path == "slug" else "English words"
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                data=data,
                last_translated_by=newsroom.translator,
            )
        target = page.get_translation(english)
        assert shown() == [page.url_path]
        address = reverse("wagtailadmin_pages:edit", args=[target.pk])
        newsroom.client("publisher").post(address, {"action": "publish"})
        assert shown() == [page.url_path, fresh(target).url_path]
        assert set(Citation.objects.values_list("item__language", flat=True)) == {"ar", "en"}
        with acting.acting(by=newsroom.publisher):
            fresh(target).unpublish(user=newsroom.publisher)
        assert shown() == [page.url_path]
