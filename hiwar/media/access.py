"""Who may have a file: the one place that says so, asked by every address that hands one out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupCollectionPermission

from hiwar.media.models import Attachment, CaptionTrack, Picture, Rendition, Video


@dataclass(frozen=True)
class Found:
    """A stored file: its name in the storage, whether visitors may have it, and of what sort it is."""

    name: str
    public: bool
    rendition: bool = False  # made by us from a picture: its bytes never change under one name
    document: bool = False


def _rendition(name: str) -> list[bool]:
    return list(Rendition.objects.filter(file=name).values_list("image__public", flat=True))


def _original(name: str) -> list[bool]:
    # The uploaded picture may tell where and when it was taken: visitors get renditions, which do not.
    return [False] if Picture.objects.filter(file=name).exists() else []


def _attachment(name: str) -> list[bool]:
    return list(Attachment.objects.filter(file=name).values_list("public", flat=True))


def _video(name: str) -> list[bool]:
    return list(Video.objects.filter(file=name).values_list("public", flat=True))


def _poster(name: str) -> list[bool]:
    return list(Video.objects.filter(thumbnail=name).values_list("public", flat=True))


def _captions(name: str) -> list[bool]:
    return list(CaptionTrack.objects.filter(file=name).values_list("video__public", flat=True))


# By the first part of the stored name, which `upload_to` of each field fixes: one query for one file.
FOLDERS: dict[str, Callable[[str], list[bool]]] = {
    "images": _rendition,
    "original_images": _original,
    "documents": _attachment,
    "media": _video,
    "media_thumbnails": _poster,
    "captions": _captions,
}


def find(name: str) -> Found | None:
    """The file stored as `name` with who may have it, or None when no row owns it. One query.

    A name that two rows share is public when one of them is.
    """
    folder = PurePosixPath(name).parts[:1]
    look = FOLDERS.get(folder[0]) if folder else None
    if look is None or "\x00" in name:  # PostgreSQL refuses a NUL in a text
        return None
    states = look(name)
    if not states:
        return None
    return Found(name=name, public=any(states), rendition=folder[0] == "images", document=folder[0] == "documents")


# What the forms say, and what the models say where no form stands before them.
STAYS = _(
    "Something published shows this file, so it stays as it is. Upload the new file beside it, put it into the text "
    "and send that to review."
)
NOT_DELETED = _("Something published shows this file, so it cannot be deleted. Take it out of the text first.")
WORDS_STAY = _("Something published shows this file: only reviewers and publishers change what belongs to it now.")
# The names under which Wagtail keeps permissions, whatever the models in use are called.
CHANGE = {Picture: "change_image", Attachment: "change_document", Video: "change_media"}


def may_change_words(*, file: Any, by: Any) -> bool:
    """Whether `by` may change title, alternative text or captions of `file` as it is now.

    Who uploaded a file may change it until it is published; then only whoever may change the files of others.
    """
    if not file.public or (by is not None and (by.is_system or by.is_superuser)):
        return True
    return by is not None and (
        GroupCollectionPermission.objects.filter(group__user=by, permission__codename=CHANGE[type(file)]).exists()
    )
