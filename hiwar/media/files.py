"""Addresses of files. A file has a public address only while something published uses it, else one in the office.

The address never comes from the storage: the same file has the same address on a local disk and in object storage,
and its bytes always pass `views.file`, which asks the database who may see it.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile


def address(name: str, *, public: bool) -> str:
    """Root-relative address of the stored file `name`: /files/… for everybody, /office/files/… for the office."""
    return reverse("file" if public else "office_file", args=[name])


class _Addressed:
    """Gives a field's file the address that fits its owner's state; see `open_to_all` of each model."""

    name: str | None
    instance: Any

    @property
    def url(self) -> str:
        """Where whoever may see the file now finds it. Raises ValueError when there is no file."""
        return address(self._stored_name(), public=self.instance.open_to_all)

    @property
    def public_url(self) -> str:
        """Where visitors find the file once it is public, whatever its state now: for rows written on publishing."""
        return address(self._stored_name(), public=True)

    def _stored_name(self) -> str:
        if not self.name:
            raise ValueError("there is no file")
        return self.name


class AddressedFile(_Addressed, FieldFile):
    pass


class AddressedPicture(_Addressed, WagtailImageFieldFile):
    pass


class OriginalPicture(AddressedPicture):
    """The picture as it was uploaded: it may hold the place and time of taking, so it never leaves the office."""

    @property
    def url(self) -> str:
        return address(self._stored_name(), public=False)

    @property
    def public_url(self) -> str:
        raise ValueError("an original is never public; use a rendition")


class GuardedFileField(models.FileField):
    attr_class = AddressedFile

    def deconstruct(self) -> Any:
        """The column is an ordinary file column: migrations need not know of the address."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs


class GuardedPictureField(WagtailImageField):
    attr_class = AddressedPicture

    def deconstruct(self) -> Any:
        """As GuardedFileField, for what the pictures' migrations call their field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs


class OriginalPictureField(GuardedPictureField):
    attr_class = OriginalPicture
