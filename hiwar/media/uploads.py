"""Stops a file that is too large while it arrives, and leaves a form to say so.

Django's own handlers would write two gigabytes to disk first. Bound in FILE_UPLOAD_HANDLERS, before them.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http.multipartparser import MultiPartParser
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hiwar.ui.sizes import file_size_label

# Bytes that the small files of a form (poster, captions) may add to the one large file.
BESIDE = 32 * 1024 * 1024
# Bytes a file may have of somebody who is not signed in. Every address reads a form that is posted to it, even one that
# takes none, before it refuses: else anybody could fill the disk.
OF_STRANGERS = 8 * 1024 * 1024


class TooLarge(UploadedFile):
    """Stands in a form's files for one that was not read to its end.

    Every file field asks for the size first, so the refusal reaches whatever form the file was meant for,
    Wagtail's and other packages' among them, as a message at the field.
    """

    def __init__(self, name: str, limit: int) -> None:
        self.limit = limit
        super().__init__(file=BytesIO(), name=name)

    @property
    def size(self) -> int:
        """Raises ValidationError, in the language of whoever reads the form."""
        raise ValidationError(
            _(
                "The file is larger than %(limit)s, the most that can be uploaded, and was not kept. "
                "Make it smaller and choose it again. What you typed is kept."
            ),
            params={"limit": file_size_label(self.limit, get_language() or settings.LANGUAGE_CODE)},
            code="too_large",
        )

    @size.setter
    def size(self, value: Any) -> None:
        """UploadedFile sets a size; there is none to keep."""


class Counter(FileUploadHandler):
    """Counts the bytes of the files and stops the reading at the first byte too many."""

    refused = False

    def __init__(self, request: Any, declared: int) -> None:
        super().__init__(request)
        user = getattr(request, "user", None)
        known = user is not None and user.is_authenticated
        self.limit = settings.UPLOAD_LIMIT if known else min(settings.UPLOAD_LIMIT, OF_STRANGERS)
        self.beside = BESIDE if known else 0
        self.all_files = 0
        # A body that says it is too long is known to be so before the limit is reached: whichever file
        # outgrows what may stand beside a large one is the one.
        too_long = declared > self.limit + self.beside
        self.one_file = min(self.limit, BESIDE) if too_long else self.limit

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.all_files += len(raw_data)
        if start + len(raw_data) > self.one_file or self.all_files > self.limit + self.beside:
            self.refused = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one keep the file."""


class Bounded(FileUploadHandler):
    """Reads a multipart body like Django, up to settings.UPLOAD_LIMIT bytes a file (and BESIDE for small ones).

    The reading ends there: fields that come after the file in the body are lost, so forms put files last.
    The handlers that follow in FILE_UPLOAD_HANDLERS store the files; a file cut off is removed by them.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> Any:
        """POST and FILES of the body; a refused file stands in FILES as TooLarge."""
        counter = Counter(self.request, content_length)
        others = [handler for handler in self.request.upload_handlers if handler is not self]
        post, files = MultiPartParser(META, input_data, [counter, *others], encoding).parse()
        if counter.refused:
            files.appendlist(counter.field_name, TooLarge(counter.file_name, counter.limit))
        return post, files

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Never asked: the parser above has its own list of handlers."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Never asked, as above."""
