"""A third language is a matter of the settings alone."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.test import Client, TestCase, override_settings
from django.utils import translation
from wagtail.models import Locale, Page

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.items.models import ItemRef, Topic
from hiwar.library import house, shelf
from hiwar.library.models import ArticlePage

THREE = [*settings.LANGUAGES, ("fr", "French")]


@override_settings(LANGUAGES=THREE, WAGTAIL_CONTENT_LANGUAGES=THREE, LANGUAGE_CODES=[code for code, _name in THREE])
class French(TestCase):
    def setUp(self) -> None:
        cache.clear()
        shelf.forget()
        self.by = User.objects.system("demo")
        house.prepare(by=self.by)

    def tearDown(self) -> None:
        translation.activate("en")
        shelf.forget()

    def publish(self) -> ArticlePage:
        page = ArticlePage(
            title="Les mots qui blessent",
            slug="les-mots-qui-blessent",
            summary="Comment lire un discours de haine avant qu’il ne devienne violence.",
            locale=Locale.objects.get(language_code="fr"),
            live=False,
            body=[("text", "<p>Les mots précèdent les coups.</p>"), ("heading", {"text": "Lire avec calme"})],
        )
        page.topics = [Topic.objects.create(slug="paroles", name={"fr": "Paroles", "ar": "كلام"})]
        with acting.acting(by=self.by):
            Page.objects.get(url_path="/fr/articles/").add_child(instance=page)
            page.save_revision().publish(user=self.by)
        return page

    def test_a_page_in_it_renders(self) -> None:
        page = self.publish()
        response = Client().get(page.shown_path)
        assert response.status_code == 200
        html = response.content.decode()
        assert '<html lang="fr" dir="ltr">' in html
        assert "Les mots précèdent les coups." in html
        assert "Paroles" in html
        assert response.headers["Content-Language"] == "fr"

    def test_lists_home_and_switch_know_it(self) -> None:
        page = self.publish()
        assert page.title in Client().get("/fr/articles/").content.decode()
        assert Client().get("/fr/").status_code == 200
        arabic_home = Client().get("/ar/").content.decode()
        assert 'hreflang="fr"' in arabic_home
        assert ItemRef.objects.get(subject_id=page.pk).language == "fr"

    def test_forms_grow_a_field(self) -> None:
        field = Topic._meta.get_field("name").formfield()
        assert list(field.widget.codes) == ["ar", "en", "fr"]

    def test_preparing_again_changes_nothing(self) -> None:
        before = Page.objects.count()
        house.prepare(by=self.by)
        assert Page.objects.count() == before
