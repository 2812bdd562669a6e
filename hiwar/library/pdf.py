"""A PDF of every item: tagged (PDF/UA-1), shaped, searchable; made once for each published version and then kept.

Kept in the default storage as `pdf/<code>/<version>.pdf`: a folder an item, so that the versions before it are found
without listing all. Where WeasyPrint's system libraries (Pango, HarfBuzz) are missing there is no PDF and no link.
"""

from __future__ import annotations

import hashlib
import logging
import mimetypes
import threading
import time
from functools import cache as remember
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from PIL import ImageFile
from wagtail.models import Page

from hiwar.items.models import ItemRef
from hiwar.library import paper, paper_text
from hiwar.media.models import Rendition

log = logging.getLogger(__name__)

FOLDER = "pdf"
VARIANT = "pdf/ua-1"
TEMPLATES = Path(settings.BASE) / "hiwar" / "templates" / "pdf"
SHEET = "hiwar/paper.css"
LOCK_SECONDS = 120  # longer than any rendering; a process that dies in the middle blocks its item no longer than this
PATIENCE = 25.0  # seconds a request waits for another one's rendering
# Requests in one process that render or wait: each holds one of the server's four threads, and rendering takes a core
# and a hundred megabytes. Whoever comes beside them is told to come again, so that pages are always served.
AT_ONCE = 2
_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Others render, this item or as many as may be rendered at once; try again later."""


class NotOurs(ValueError):
    """A text to be printed asked for something that is neither our static file nor a published picture."""


@remember
def available() -> bool:
    """Whether PDFs can be made here. Where they cannot, the log says why, once a process."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:  # cffi raises OSError for a missing system library
        log.warning(
            "No PDFs: WeasyPrint does not load (%s). Install Pango and HarfBuzz.", str(error).partition("\n")[0]
        )
        return False
    # WeasyPrint's import tells Pillow to take pictures that are cut short, for the whole process: the office would
    # then let a broken upload pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return True


def path_of(ref: ItemRef) -> str:
    """Root-relative address of the item's PDF; '' where none can be made."""
    if not available():
        return ""
    with override(ref.language):
        return reverse("pdf", args=[ref.code])


@remember
def design() -> str:
    """Short digest of what shapes every PDF beside its text: templates, sheet, origin. A new design makes new files."""
    digest = hashlib.sha256(f"{settings.SITE_URL} {settings.DEMO}".encode())
    for file in (*sorted(TEMPLATES.glob("*.html")), Path(str(finders.find(SHEET)))):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def version_of(*, ref: ItemRef, revision: int | None) -> str:
    """Name of the version: number of the live revision (0 for a page without one), digest of what else shows."""
    digest = hashlib.sha256(f"{design()} {ref.changed and ref.changed.timestamp()} {ref.path}".encode())
    return f"{revision or 0}-{digest.hexdigest()[:10]}"


def name_of(ref: ItemRef) -> str:
    """Name in the default storage of the PDF of the item as it is published now. One query."""
    revision = Page.objects.filter(pk=ref.subject_id).values_list("live_revision_id", flat=True).first()
    return f"{FOLDER}/{ref.code}/{version_of(ref=ref, revision=revision)}.pdf"


def ensure(ref: ItemRef) -> str:
    """Make the PDF of a live item unless it is there; returns its name in the default storage.

    One request renders, another waits for its file. Raises Busy when it takes longer than PATIENCE, and at once when
    AT_ONCE others are at work.
    """
    name = name_of(ref)
    if default_storage.exists(name):
        return name
    if not _places.acquire(blocking=False):
        raise Busy(ref.code)
    try:
        return _made(ref, name)
    finally:
        _places.release()


def _made(ref: ItemRef, name: str) -> str:
    lock = f"library.pdf.{name}"
    until = time.monotonic() + PATIENCE
    while not default_storage.exists(name):
        if cache.add(lock, 1, LOCK_SECONDS):
            try:
                if not default_storage.exists(name):
                    _keep(name, render(ref))
            finally:
                cache.delete(lock)
        elif time.monotonic() > until:
            raise Busy(ref.code)
        else:
            time.sleep(0.1)
    return name


def _keep(name: str, content: bytes) -> None:
    """Store `content` and remove the item's earlier versions."""
    stored = default_storage.save(name, ContentFile(content))
    if stored != name:  # another process, which shares no cache with this one, was faster
        default_storage.delete(stored)
    remove(name.split("/")[1], but=name)


def remove(code: str, *, but: str = "") -> int:
    """Delete the kept PDFs of the item with this short code, save the one named `but`; returns how many."""
    folder = f"{FOLDER}/{code}"
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    old = [f"{folder}/{file}" for file in files if f"{folder}/{file}" != but]
    for name in old:
        default_storage.delete(name)
    return len(old)


def render(ref: ItemRef) -> bytes:
    """The PDF of a live item, as bytes. Raises Page.DoesNotExist when its page is gone."""
    from weasyprint import HTML

    page = Page.objects.get(pk=ref.subject_id).specific
    with override(ref.language):
        source = render_to_string("pdf/item.html", paper.context(page=page, ref=ref))
        document = HTML(string=source, base_url=f"{settings.SITE_URL}/", url_fetcher=_fetcher())
        with paper_text.letters() as letters:
            return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_tags=True, finisher=letters.finish))


def fetch(address: str) -> tuple[bytes, str]:
    """Content and media type of what a text to be printed may show: a static file of ours or a published picture.

    Nothing is asked of the network and no path of the disk is taken. Raises NotOurs for anything else.
    """
    parts, ours = urlsplit(address), urlsplit(settings.SITE_URL)
    path = unquote(parts.path)
    if (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc):
        if path.startswith(settings.STATIC_URL):
            return _static(path.removeprefix(settings.STATIC_URL)), _type(path)
        if path.startswith(settings.MEDIA_URL):
            return _picture(path.removeprefix(settings.MEDIA_URL)), _type(path)
    raise NotOurs(f"not printed, since it is not ours: {address[:200]}")


def _type(path: str) -> str:
    return mimetypes.guess_type(path)[0] or "application/octet-stream"


def _static(name: str) -> bytes:
    try:
        found = finders.find(name)
    except SuspiciousOperation:
        found = None
    if not found:
        raise NotOurs(f"no static file of this name: {name[:200]}")
    return Path(str(found)).read_bytes()


def _picture(name: str) -> bytes:
    if not Rendition.objects.filter(file=name, image__public=True).exists():
        raise NotOurs(f"no published picture of this name: {name[:200]}")
    with default_storage.open(name) as file:
        return bytes(file.read())


@remember
def _fetcher() -> Any:
    """WeasyPrint's interface to `fetch`; its own opener is never reached."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            try:
                content, media_type = fetch(url)
            except NotOurs as error:
                log.warning("PDF: %s", error)
                raise
            return URLFetcherResponse(url, BytesIO(content), {"Content-Type": media_type})

    return Fetcher()
