"""The sitemap: every public address once, translations beside each other, flat memory at many items."""

from __future__ import annotations

import gc
import tracemalloc
import uuid
from urllib.parse import unquote
from xml.etree import ElementTree

from django.conf import settings
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hiwar.accounts.models import User
from hiwar.items.models import ItemRef, Topic
from hiwar.library import house, sitemaps
from hiwar.library.models import Person
from hiwar.states.models import State

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def ref(number: int, language: str, key: uuid.UUID, **values: object) -> ItemRef:
    path = f"/{language}/articles/{'مقال' if language == 'ar' else 'article'}-{number}/"
    return ItemRef(
        kind="article",
        subject_id=number,
        language=language,
        translation_key=key,
        title=f"{language} {number}",
        path=path,
        **{"live": True, "changed": timezone.now(), **values},
    )


class Sitemap(TestCase):
    def urls(self, path: str) -> dict[str, ElementTree.Element]:
        """Entries of a file by their decoded path."""
        response = self.client.get(path)
        assert response.status_code == 200, path
        assert response.streaming
        assert response.headers["Content-Type"].startswith("application/xml")
        tree = ElementTree.fromstring(b"".join(response.streaming_content))  # noqa: S314  our own output
        found = {}
        for entry in tree.findall(f"{MAP}url"):
            address = entry.findtext(f"{MAP}loc", "")
            assert address.isascii()
            assert address.startswith(f"{settings.SITE_URL}/")
            where = unquote(address.removeprefix(settings.SITE_URL))
            assert where not in found, where
            found[where] = entry
        return found

    def links(self, entry: ElementTree.Element) -> dict[str, str]:
        found = {link.get("hreflang", ""): unquote(link.get("href", "")) for link in entry.findall(LINK)}
        return {code: address.removeprefix(settings.SITE_URL) for code, address in found.items()}

    def test_the_index_names_every_file(self) -> None:
        ItemRef.objects.bulk_create(ref(n, "ar", uuid.uuid4()) for n in range(sitemaps.PER_FILE + 1))
        tree = ElementTree.fromstring(self.client.get("/sitemap.xml").content)  # noqa: S314  our own output
        named = [loc.text for loc in tree.iter(f"{MAP}loc")]
        expected = ["ar-1", "ar-2", "ar-3", "en-1"]
        assert named == [f"{settings.SITE_URL}/sitemaps/{name}.xml" for name in expected]
        assert len(self.urls("/sitemaps/ar-2.xml")) == sitemaps.PER_FILE
        assert len(self.urls("/sitemaps/ar-3.xml")) == 1

    def test_files_that_are_not_there_answer_404(self) -> None:
        for path in ("/sitemaps/ar-0.xml", "/sitemaps/ar-2.xml", "/sitemaps/xx-1.xml", "/sitemaps/ar-x.xml"):
            assert self.client.get(path, follow=True).status_code == 404, path

    def test_translations_stand_beside_each_other(self) -> None:
        both, alone, hidden = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
        ItemRef.objects.bulk_create(
            [
                ref(1, "ar", both),
                ref(2, "en", both),
                ref(3, "ar", alone),
                ref(4, "ar", hidden),
                ref(5, "en", hidden, live=False),
            ]
        )
        found = self.urls("/sitemaps/ar-2.xml")
        assert set(found) == {"/ar/articles/مقال-1/", "/ar/articles/مقال-3/", "/ar/articles/مقال-4/"}
        pair = {"ar": "/ar/articles/مقال-1/", "en": "/en/articles/article-2/"}
        assert self.links(found["/ar/articles/مقال-1/"]) == pair
        english = self.urls("/sitemaps/en-2.xml")
        assert self.links(english["/en/articles/article-2/"]) == pair
        assert set(english) == {"/en/articles/article-2/"}
        assert self.links(found["/ar/articles/مقال-3/"]) == {}
        assert self.links(found["/ar/articles/مقال-4/"]) == {}

    def test_a_kind_does_not_lend_its_translation_to_another(self) -> None:
        key = uuid.uuid4()
        ref(1, "ar", key).save()
        news = ref(1, "en", key)
        news.kind = "news"
        news.save()
        assert self.links(self.urls("/sitemaps/ar-2.xml")["/ar/articles/مقال-1/"]) == {}

    def test_lastmod_is_when_the_item_changed(self) -> None:
        ItemRef.objects.bulk_create([ref(1, "ar", uuid.uuid4())])
        changed = ItemRef.objects.get().changed
        entry = self.urls("/sitemaps/ar-2.xml")["/ar/articles/مقال-1/"]
        assert entry.findtext(f"{MAP}lastmod") == f"{changed:%Y-%m-%dT%H:%M:%S}+00:00"

    def test_what_is_no_item_stands_in_the_first_file(self) -> None:
        house.prepare(by=User.objects.system("demo"))
        used = Topic.objects.create(slug="method", name={"ar": "المنهج", "en": "Method"})
        Topic.objects.create(slug="unused", name={"ar": "آخر", "en": "Other"})
        Person.objects.create(slug="someone", name={"ar": "فلان", "en": "Someone"})
        arabic = ref(1, "ar", uuid.uuid4())
        arabic.save()
        arabic.topics.add(used)
        found = self.urls("/sitemaps/ar-1.xml")
        for path in ("/ar/", "/ar/articles/", "/ar/events/", "/ar/topics/", "/ar/people/", "/ar/states/"):
            assert self.links(found[path]) == {"ar": path, "en": path.replace("/ar/", "/en/")}, path
        assert "/ar/topics/method/" in found
        assert "/ar/topics/unused/" not in found
        assert "/ar/people/someone/" in found
        states = {path for path in found if path.startswith("/ar/states/") and path != "/ar/states/"}
        assert len(states) == State.objects.members().count() == 57
        assert "/en/topics/method/" not in self.urls("/sitemaps/en-1.xml")
        # About and the policies are items: they stand with the items, and so once.
        assert "/ar/about/" not in found

    def test_a_fictional_state_is_left_out(self) -> None:
        State.objects.create(iso2="XQ", iso3="XQQ", name={"ar": "دولة متخيلة", "en": "Imagined"}, sample=True)
        assert "/ar/states/xq/" not in self.urls("/sitemaps/ar-1.xml")

    def test_what_a_file_costs(self) -> None:
        house.prepare(by=User.objects.system("demo"))
        ItemRef.objects.bulk_create(ref(1000 + n, "ar", uuid.uuid4()) for n in range(1200))
        for path, most in (("/sitemap.xml", 1), ("/sitemaps/ar-2.xml", 2), ("/sitemaps/ar-1.xml", 5)):
            self.read(path)
            with CaptureQueriesContext(connection) as queries:
                self.read(path)
            assert len(queries) == most, (path, [q["sql"][:90] for q in queries])

    def read(self, path: str) -> bytes:
        response = self.client.get(path)
        return b"".join(response.streaming_content) if response.streaming else response.content

    def crawl(self, number: int) -> int:
        """Bytes of one Arabic file, taken piece by piece as a crawler does."""
        return sum(len(piece) for piece in self.client.get(f"/sitemaps/ar-{number}.xml").streaming_content)

    def test_memory_does_not_grow_with_the_items(self) -> None:
        keys = [uuid.uuid4() for _n in range(4 * sitemaps.PER_FILE)]
        ItemRef.objects.bulk_create((ref(n, "ar", key) for n, key in enumerate(keys)), batch_size=2000)
        self.crawl(2)  # what is loaded once for the process is not counted
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        peaks, written = [], 0
        for number in range(2, 6):
            gc.collect()
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            written += self.crawl(number)
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
        assert written > 2_000_000
        # Rows held at once would take far more: what a file costs is bounded by the piece being written.
        assert max(peaks) < 1_000_000, peaks
        held = list(ItemRef.objects.shown().in_language("ar")[: sitemaps.PER_FILE])
        assert tracemalloc.get_traced_memory()[0] - before > 4_000_000, len(held)

    def test_nothing_personal(self) -> None:
        for path in ("/sitemap.xml", "/sitemaps/ar-1.xml"):
            response = self.client.get(path, headers={"cookie": "django_language=en"})
            assert not response.cookies
            assert "cookie" not in response.headers.get("Vary", "").lower()
            assert "public" in response.headers["Cache-Control"]
