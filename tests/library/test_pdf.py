"""PDFs: text that can be searched and copied, nothing fetched from elsewhere, made once, gone with the item."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import threading
import time
from typing import Any
from unittest import mock, skipUnless

import pypdf
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import SimpleTestCase, TestCase
from PIL import Image

from hiwar.accounts.models import User
from hiwar.audit import acting
from hiwar.items.models import ItemRef
from hiwar.library import paper_text, pdf
from hiwar.library.models import Authorship, Person, StructurePage, VideoPage
from hiwar.media.models import Picture
from hiwar.ui.bylanguage import Texts
from tests.library import newsroom

TITLE = "الاقتباس الصحيح بين يدي القارئ والناشر"
# Letters of one shape (ب ت ث ن ي, ج ح خ), lam-alef, and a line that mixes Latin and digits.
WORDS = "بيت تين ثوب نبات يثبت جحر خرج حجج شمس سشل صضع فقه قفز غيم عين لا لأن الأمان الإسلام"
MIXED = "نُشر القرار S/RES/1624 في عام ٢٠٠٥ على صفحة UNESCO"


def copied(content: bytes) -> str:
    """All the text of a PDF as pypdf reads it."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def poppler(content: bytes) -> str:
    """All the text of a PDF as poppler reads it, without the marks of direction that it adds."""
    run = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True, timeout=60)
    return run.stdout.decode().translate(dict.fromkeys((0x202A, 0x202B, 0x202C, 0x200E, 0x200F)))


class Meanings(SimpleTestCase):
    """Which letter each glyph of a run stands for."""

    def meanings(self, text: str, clusters: list[int], widths: list[int], backwards: bool = True) -> list[str]:
        return paper_text.meanings(text.encode(), clusters, widths, backwards)

    def test_dots_mean_nothing(self) -> None:
        # Drawn from the left: dot, shape of the second letter; dot, shape of the first.
        assert self.meanings("بن", [2, 2, 0, 0], [0, 500, 0, 600]) == ["", "ن", "", "ب"]

    def test_a_vowel_mark_is_itself(self) -> None:
        assert self.meanings("يُ", [0, 0, 0], [0, 0, 500]) == ["ُ", "", "ي"]

    def test_lam_alef_drawn_in_two_glyphs(self) -> None:
        assert self.meanings("لا", [0, 0], [300, 200]) == ["ا", "ل"]

    def test_a_ligature_of_one_glyph_keeps_all_its_letters(self) -> None:
        assert self.meanings("لا", [0], [500]) == ["لا"]

    def test_latin(self) -> None:
        assert self.meanings("Ab", [0, 1], [5, 5], backwards=False) == ["A", "b"]

    def test_nothing_is_lost(self) -> None:
        for text, clusters, widths in (("بِّ", [0, 0], [0, 5]), ("ل", [0, 0], [0, 0]), ("َ", [0], [0])):
            assert sorted("".join(self.meanings(text, clusters, widths))) == sorted(text)


class OfItems(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.by = User.objects.system("demo")
        newsroom.house.prepare(by=cls.by)

    def setUp(self) -> None:
        cache.clear()
        self.addCleanup(self.sweep)

    def sweep(self) -> None:
        for ref in ItemRef.objects.all():
            pdf.remove(ref.code)

    def article(self, title: str = TITLE, **values: Any) -> ItemRef:
        page = newsroom.published(self.by, self.by, title=title, **values)
        page.body = [("heading", {"text": "ثلاث خطوات"}), ("text", f"<p>{WORDS}</p><p>{MIXED}</p>")]
        self.publish(page)
        return ItemRef.objects.get(subject_id=page.pk, kind=page.kind)

    def publish(self, page: Any) -> None:
        with acting.acting(by=self.by):
            page.save_revision(user=self.by).publish(user=self.by)

    # --- What is on the paper ------------------------------------------------------------------------

    def test_arabic_can_be_copied_in_its_own_order(self) -> None:
        text = copied(pdf.render(self.article()))
        for word in [*TITLE.split(), *WORDS.split(), "UNESCO", "S/RES/1624", "القرار", "ثلاث", "خطوات"]:
            assert word in text, word

    @skipUnless(shutil.which("pdftotext"), "pdftotext is not installed")
    def test_arabic_can_be_searched_in_poppler(self) -> None:
        text = poppler(pdf.render(self.article()))
        assert TITLE in " ".join(text.split())
        for word in [*WORDS.split(), "UNESCO", "S/RES/1624", "القرار", "٢٠٠٥", "الإسلامي"]:
            assert word in text, word

    def test_it_is_tagged_and_says_its_title_and_language(self) -> None:
        reader = pypdf.PdfReader(io.BytesIO(pdf.render(self.article())))
        root = reader.root_object
        assert root["/Lang"] == "ar"
        assert root["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in root
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata is not None
        assert reader.metadata.title == TITLE
        assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
        width, height = (float(side) for side in reader.pages[0].mediabox[2:])
        assert (round(width), round(height)) == (595, 842)

    def test_fonts_are_ours_and_inside(self) -> None:
        reader = pypdf.PdfReader(io.BytesIO(pdf.render(self.article())))
        names = set()
        for page in reader.pages:
            for font in page["/Resources"]["/Font"].values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                assert "/FontFile2" in inner["/FontDescriptor"].get_object(), inner["/BaseFont"]
                names.add(str(inner["/BaseFont"]).partition("+")[2])
        assert names
        assert {name.partition("-")[0] for name in names} == {"Hiwar"}, names

    def test_dates_authors_address_sources_and_corrections(self) -> None:
        page = newsroom.draft(self.by, title="مقال")
        person = Person.objects.create(slug="author", name={"ar": "فلان بن فلان", "en": "Someone"})
        page.authorships = [Authorship(person=person, part="author")]
        page.sources = [("source", {"text": "<p>كتاب المصادر</p>", "page": "12", "url": "https://example.org/book"})]
        page.corrections = [page.corrections.model(kind="correction", text={"ar": "صُحّح التاريخ", "en": "Date"})]
        self.publish(page)
        ref = ItemRef.objects.get(subject_id=page.pk, kind="article")
        text = copied(pdf.render(ref))
        for part in ("فلان بن فلان", "كتاب المصادر", "example.org/book", "هـ", "المصادر", "التصويبات", "التاريخ"):
            assert part in text, part
        assert f"/s/{ref.code}" in text

    def test_english(self) -> None:
        page = newsroom.published(
            self.by, self.by, title="Before a quotation is printed", parent=newsroom.section("/en/articles/")
        )
        content = pdf.render(ItemRef.objects.get(subject_id=page.pk, kind="article"))
        assert "Before a quotation is printed" in copied(content)
        assert "Page 1 of 1" in copied(content)
        assert pypdf.PdfReader(io.BytesIO(content)).root_object["/Lang"] == "en"

    def test_a_video_brings_its_transcript(self) -> None:
        page = newsroom.draft(
            self.by,
            title="فيديو",
            model=VideoPage,
            parent=newsroom.section("/ar/videos/"),
            outside="https://vimeo.com/123456789",
            transcript=[("moment", {"at": 4, "text": "المرجع أولا"})],
        )
        self.publish(page)
        text = copied(pdf.render(ItemRef.objects.get(subject_id=page.pk, kind="video")))
        assert "المرجع" in text
        assert "المكتوب" in text

    def test_the_structure_brings_its_chart(self) -> None:
        page = StructurePage.objects.get(url_path="/en/about/structure/")
        page.nodes = [
            ("node", {"key": "head", "parent": "", "title": "Head of all"}),
            ("node", {"key": "unit", "parent": "head", "title": "Unit below"}),
        ]
        self.publish(page)
        text = copied(pdf.render(ItemRef.objects.get(subject_id=page.pk, kind="page")))
        assert "Head of all" in text
        assert "Unit below" in text

    # --- What may be fetched -------------------------------------------------------------------------

    def picture(self) -> tuple[Picture, str]:
        drawn = io.BytesIO()
        Image.new("RGB", (40, 20), "#145443").save(drawn, "PNG")
        image = Picture(title="p", alt=Texts({"ar": "لوح"}))
        image.file.save("p.png", ContentFile(drawn.getvalue()), save=False)
        image.width, image.height = 40, 20
        image.save()
        made = image.get_rendition("width-20|format-jpeg")
        return image, f"{settings.SITE_URL}{settings.MEDIA_URL}{made.file.name}"

    def test_only_our_static_files_and_published_pictures(self) -> None:
        static = f"{settings.SITE_URL}{settings.STATIC_URL}"
        content, media_type = pdf.fetch(f"{static}hiwar/mark.svg")
        assert content.startswith(b"<svg")
        assert media_type == "image/svg+xml"
        image, address = self.picture()
        for refused in (
            "file:///etc/hostname",
            "http://127.0.0.1:9/x.png",
            "https://example.org/x.png",
            "data:text/plain,x",
            "ftp://example.org/x",
            f"{static}../settings.py",
            f"{static}%2e%2e/%2e%2e/config/settings.py",
            f"{static}/etc/hostname",
            f"{settings.SITE_URL}/ar/",
            f"{settings.SITE_URL}{settings.MEDIA_URL}../test.sqlite3",
            f"{settings.SITE_URL}{settings.MEDIA_URL}{image.file.name}",
            address,
        ):
            with self.subTest(refused), pytest.raises(pdf.NotOurs):
                pdf.fetch(refused)
        Picture.objects.filter(pk=image.pk).update(public=True)
        assert pdf.fetch(address)[0].startswith(b"\xff\xd8")

    def test_the_picture_is_printed_with_its_words(self) -> None:
        image, _address = self.picture()
        ref = self.article(image=image)
        reader = pypdf.PdfReader(io.BytesIO(pdf.render(ref)))
        assert len(reader.pages[0].images) == 1
        assert "لوح".encode("utf-16-be") in b"".join(
            thing.get("/Alt", "").encode("utf-16-be") for thing in structure(reader.root_object["/StructTreeRoot"])
        )

    # --- Keeping -------------------------------------------------------------------------------------

    def test_made_once_for_a_revision_and_replaced_by_the_next(self) -> None:
        ref = self.article()
        name = pdf.ensure(ref)
        before = default_storage.get_modified_time(name)
        assert pdf.ensure(ref) == name
        assert default_storage.get_modified_time(name) == before
        page = newsroom.ArticlePage.objects.get(pk=ref.subject_id)
        page.title = "عنوان آخر"
        self.publish(page)
        ref.refresh_from_db()
        later = pdf.ensure(ref)
        assert later != name
        assert not default_storage.exists(name)
        with default_storage.open(later) as file:
            assert "آخر" in copied(file.read())

    def test_requests_wait_for_the_one_that_renders(self) -> None:
        ref = self.article()
        name = pdf.name_of(ref)
        cache.add(f"library.pdf.{name}", 1, 60)  # another request renders

        def finish() -> None:
            time.sleep(0.5)
            default_storage.save(name, ContentFile(b"%PDF made by the other one"))

        other = threading.Thread(target=finish)
        other.start()
        self.addCleanup(other.join)
        assert pdf.ensure(ref) == name
        with default_storage.open(name) as file:
            assert file.read() == b"%PDF made by the other one"

    def test_a_wait_too_long_answers_503(self) -> None:
        ref = self.article()
        cache.add(f"library.pdf.{pdf.name_of(ref)}", 1, 60)
        with mock.patch.object(pdf, "PATIENCE", 0.2):
            response = self.client.get(f"/ar/pdf/{ref.code}.pdf")
        assert response.status_code == 503
        assert response.headers["Retry-After"]

    def test_many_at_once_leave_the_server_its_threads(self) -> None:
        """Four threads serve everything: requests for PDFs that are not made yet may not take them all."""
        ref = self.article()
        for _place in range(pdf.AT_ONCE):
            assert pdf._places.acquire(blocking=False)
            self.addCleanup(pdf._places.release)
        began = time.monotonic()
        response = self.client.get(f"/ar/pdf/{ref.code}.pdf")
        assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
        assert time.monotonic() - began < 2
        with mock.patch.object(default_storage, "exists", return_value=True):
            assert pdf.ensure(ref) == pdf.name_of(ref), "one that is made is handed out all the same"

    def test_a_failed_rendering_gives_the_lock_back(self) -> None:
        ref = self.article()
        with mock.patch.object(pdf, "render", side_effect=OSError), pytest.raises(OSError):
            pdf.ensure(ref)
        assert default_storage.exists(pdf.ensure(ref))

    # --- Serving -------------------------------------------------------------------------------------

    def test_the_address(self) -> None:
        ref = self.article()
        assert pdf.path_of(ref) == f"/ar/pdf/{ref.code}.pdf"
        response = self.client.get(pdf.path_of(ref))
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("inline")
        assert 'rel="canonical"' in response.headers["Link"]
        assert b"".join(response.streaming_content).startswith(b"%PDF-")
        assert not response.cookies
        assert "cookie" not in response.headers.get("Vary", "").lower()
        assert "public" in response.headers["Cache-Control"]
        again = self.client.get(pdf.path_of(ref), headers={"if-none-match": response.headers["ETag"]})
        assert again.status_code == 304

    def test_what_is_not_public_answers_404(self) -> None:
        ref = self.article()
        assert self.client.get(f"/en/pdf/{ref.code}.pdf").status_code == 404
        assert self.client.get("/ar/pdf/NOTTHERE.pdf").status_code == 404
        page = newsroom.ArticlePage.objects.get(pk=ref.subject_id)
        with acting.acting(by=self.by):
            page.unpublish()
        assert self.client.get(f"/ar/pdf/{ref.code}.pdf").status_code == 404

    def test_without_the_system_libraries_there_is_no_link_and_the_log_says_why_once(self) -> None:
        ref = self.article()
        self.addCleanup(pdf.available.cache_clear)
        pdf.available.cache_clear()
        with mock.patch.dict(sys.modules, {"weasyprint": None}), self.assertLogs("hiwar.library.pdf") as logs:
            assert pdf.path_of(ref) == ""
            assert self.client.get(f"/ar/pdf/{ref.code}.pdf").status_code == 404
            assert pdf.available() is False
        assert len(logs.output) == 1
        assert "Pango" in logs.output[0]


def structure(thing: Any) -> list[Any]:
    """Every element of a PDF's structure tree."""
    thing = thing.get_object() if hasattr(thing, "get_object") else thing
    if not isinstance(thing, dict):
        return [part for each in thing for part in structure(each)] if isinstance(thing, list) else []
    return [thing, *(structure(thing["/K"]) if "/K" in thing else [])]
