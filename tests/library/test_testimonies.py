"""Testimonies: nothing of the person or of the office's record is public, and none appears without both."""

from __future__ import annotations

import datetime
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.audit.models import Entry
from hiwar.items.models import ItemRef
from hiwar.library import paper
from hiwar.library.models import TestimonyPage
from hiwar.library.publishing import PublishRefused
from tests.library.newsroom import draft, fresh, is_public, open_newsroom, row, section

pytestmark = pytest.mark.django_db
CANARIES = {"consent_reference": "KANARIE-ZUSTIMMUNG-31", "safety_note": "KANARIE-SICHERHEIT-77"}
CONSENT, CHECKED = datetime.date(2019, 1, 17), datetime.date(2019, 2, 21)
WHO, PEN_NAME = "former_member", "أبو سلام"
QUERIES_OF_A_TESTIMONY = 7


@pytest.fixture
def newsroom():
    return open_newsroom()


def witness(by, **values):
    """A draft with everything that its record needs."""
    record = {"consent_on": CONSENT, "safety_checked_on": CHECKED, **CANARIES, "who": WHO, "pen_name": PEN_NAME}
    return draft(by, model=TestimonyPage, parent=section("/ar/testimonies/"), **{**record, **values})


def publish(page, by):
    with acting.acting(by=by):
        page.get_latest_revision().publish(user=by)
    return fresh(page)


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


LACKING = [
    ("consent_on", None, "date of the consent"),
    ("consent_on", "tomorrow", "consent lies in the future"),
    ("consent_reference", "", "where its record is kept"),
    ("consent_reference", "   ", "where its record is kept"),
    ("safety_checked_on", None, "safety check"),
    ("safety_checked_on", "tomorrow", "safety check lies in the future"),
]


class TestGate:
    @pytest.mark.parametrize(("name", "value", "said"), LACKING)
    @pytest.mark.parametrize("sample", [False, True])
    def test_without_the_record_it_does_not_appear(self, newsroom, name, value, said, sample):
        value = tomorrow() if value == "tomorrow" else value
        page = witness(newsroom.author, sample=sample, **{name: value})
        with pytest.raises(PublishRefused, match=said):
            publish(page, newsroom.publisher)
        assert not is_public(page)

    @pytest.mark.parametrize("account", ["import", "demo"])
    def test_machinery_is_no_exception(self, newsroom, account):
        page = witness(newsroom.author, consent_on=None)
        with pytest.raises(PublishRefused, match="consent"):
            publish(page, User.objects.system(account))
        assert not is_public(page)

    def test_with_it_two_persons_publish_it(self, newsroom):
        page = witness(newsroom.author)
        assert publish(page, newsroom.publisher).live

    def test_who_wrote_it_does_not(self, newsroom):
        page = witness(newsroom.publisher)
        with pytest.raises(PublishRefused, match="Two persons"):
            publish(page, newsroom.publisher)

    def test_a_record_taken_away_later_stops_the_next_version(self, newsroom):
        page = publish(witness(newsroom.author), newsroom.publisher)
        page.consent_on = None
        page.save_revision(user=newsroom.author)
        with pytest.raises(PublishRefused, match="consent"):
            publish(page, newsroom.publisher)
        assert fresh(page).consent_on == CONSENT

    def test_the_form_says_so_and_keeps_what_was_typed(self, newsroom):
        page = witness(newsroom.author)
        posted = nested_form_data(
            {
                **{name: getattr(page, name) for name in ("title", "slug", "seo_title", "search_description")},
                "summary": "كُتب للتو.",
                "who": WHO,
                "pen_name": PEN_NAME,
                **CANARIES,
                "consent_on": "",
                "safety_checked_on": tomorrow().isoformat(),
                "date": page.date.astimezone().strftime("%Y-%m-%d %H:%M"),
                "body": streamfield([(b.block_type, rich_text(b.value.source)) for b in page.body]),
                "authorships": inline_formset([]),
                "corrections": inline_formset([]),
                "comments": inline_formset([]),
                "go_live_at": "",
                "expire_at": "",
                "action-publish": "1",
            }
        )
        told = newsroom.client("publisher").post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted)
        assert told.status_code == 200
        text = told.content.decode()
        for words in ("date of the consent", "safety check lies in the future", "كُتب للتو."):
            assert words in text, told.context["form"].errors


class TestWhatIsPublic:
    @pytest.fixture
    def page(self, newsroom):
        return publish(witness(newsroom.author), newsroom.publisher)

    def public(self, page):
        """Every public answer that has to do with the testimony, by its address."""
        ref = row(page)
        visitor = Client()
        addresses = [
            page.url_path,
            page.get_parent().url_path,
            "/ar/",
            "/ar/feeds/testimonies.xml",
            "/ar/feeds/testimonies.json",
            "/ar/feeds/all.xml",
            "/ar/feeds/all.json",
            f"/en/item/{ref.code}/",
            "/sitemaps/ar-1.xml",
        ]
        found = {}
        for address in addresses:
            told = visitor.get(address)
            assert told.status_code == 200, address
            found[address] = b"".join(told).decode() if told.streaming else told.content.decode()
        with translation.override("ar"):
            found["pdf"] = render_to_string("pdf/item.html", paper.context(page=page, ref=ref))
        found["registry"] = DjangoJSONEncoder().encode(ItemRef.objects.filter(pk=ref.pk).values().get())
        return found

    def test_nothing_of_the_record_is(self, page):
        for place, text in self.public(page).items():
            for canary in CANARIES.values():
                assert canary not in text, place
            for day in (CONSENT, CHECKED):
                assert day.isoformat() not in text, place
                assert str(day.year) not in text, place

    def test_nor_who_works_on_it(self, page, newsroom):
        for place, text in self.public(page).items():
            for person in (newsroom.author, newsroom.publisher):
                assert person.email not in text, place

    def test_the_log_keeps_none_of_it(self, page):
        for entry in Entry.objects.all():
            for canary in (*CANARIES.values(), PEN_NAME):
                assert canary not in str(entry.detail)

    def test_the_page_says_who_speaks_under_which_pen_name(self, page):
        text = Client().get(page.url_path).content.decode()
        assert PEN_NAME in text
        assert str(TestimonyPage.Who(WHO).label) in text or "عضو" in text

    def test_a_sample_says_that_it_is_one(self, newsroom, page):
        sample = publish(witness(newsroom.author, title="نموذج", sample=True), newsroom.publisher)
        with translation.override("ar"):
            title = translation.gettext("An invented sample")
        assert title in Client().get(sample.url_path).content.decode()
        assert title not in Client().get(page.url_path).content.decode()

    def test_what_the_page_costs(self, page):
        Client().get(page.url_path)
        ItemRef.objects.filter(pk=row(page).pk).update(changed=timezone.now())  # so that the kept copy is passed by
        with CaptureQueriesContext(connection) as queries:
            Client().get(page.url_path)
        assert len(queries) == QUERIES_OF_A_TESTIMONY, [each["sql"] for each in queries]
