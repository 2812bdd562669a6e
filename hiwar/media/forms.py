"""Upload forms of the office: say what is wrong at the field, keep what was typed, leave no half of anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.settings import wagtailmedia_settings

from hiwar.audit import acting
from hiwar.media import access, actions, captions, contents

POSTERS = ["jpg", "jpeg", "png", "webp"]


class WholeOrNothing:
    """A save that fails in the database takes back the files it had already stored."""

    instance: Any
    changed_data: list[str]
    add_error: Callable[..., None]

    def clean(self) -> dict[str, Any]:
        """Refuses a change to what something published shows: its bytes to everybody, its words to authors."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        if not (self.instance.pk and self.instance.public):
            return cleaned
        for name in {"file", "thumbnail"} & set(self.changed_data):
            self.add_error(name, ValidationError(access.STAYS, code="published"))
        if self.changed_data and not access.may_change_words(file=self.instance, by=acting.current()):
            self.add_error(None, ValidationError(access.WORDS_STAY, code="published"))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """As the form's own; raises what it raises, with the stored files removed."""
        with self._files_taken_back(), transaction.atomic():
            return super().save(commit=commit)  # type: ignore[misc]

    @contextmanager
    def _files_taken_back(self) -> Iterator[None]:
        try:
            yield
        except Exception:
            for name in {"file", "thumbnail"} & set(self.changed_data):
                stored = getattr(self.instance, name, None)
                if stored and stored._committed:
                    stored.storage.delete(stored.name)
            raise


class PictureField(WagtailImageField):
    """Wagtail's, with plain words, and decoding the whole picture: a file cut short has a perfect head."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail fills in some values when it raises and some now; the names are its own.
        self.error_messages |= {
            "invalid_image": _("This is not a picture, or the file is broken. Export it again as JPEG, PNG or WebP."),
            "invalid_image_extension": _("Pictures of this kind are not taken. Use one of these: %(formats)s.")
            % {"formats": self.supported_formats_text},
            "invalid_image_known_format": _(
                "The file is named .%(extension)s, but the picture in it is %(image_format)s. "
                "Give it the right name or export it again."
            ),
            "file_too_large": _(
                "The picture has %(file_size)s, and the most that is taken is %(max_filesize)s. Make it smaller."
            ),
            "file_too_many_pixels": _(
                "The picture has %(num_pixels)s pixels, and the most that is taken is %(max_pixels_count)s. "
                "Make it smaller."
            ),
            "file_too_large_unknown_size": _(
                "The picture is too large; the most that is taken is %(max_filesize)s. Make it smaller."
            )
            % {"max_filesize": self.max_upload_size_text},
        }

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # bytes from outside: a decoder may raise anything, and Wagtail lets it through
            raise contents.broken_picture() from error
        if file is not None:
            contents.check_picture(file)
        return file


class PictureForm(WholeOrNothing, BaseImageForm):
    """Alternative text in at least one language unless the picture is decoration; the picture must open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # Wagtail's factory gives its own field to whatever is called so
            given = self.fields["file"]
            self.fields["file"] = PictureField(required=given.required, label=given.label, widget=given.widget)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        missing = "alt" in self.fields and "alt" not in self.errors and not cleaned.get("alt")
        if missing and not cleaned.get("decorative"):
            self.add_error(
                "alt",
                ValidationError(
                    _(
                        "Say in at least one language what the picture shows, or mark it as decoration. "
                        "People who do not see it hear this text."
                    ),
                    code="no_alt",
                ),
            )
        return cleaned


class DocumentForm(WholeOrNothing, BaseDocumentForm):
    """A document is what its name says, and holds no macros."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            contents.check_document(file, allowed=settings.WAGTAILDOCS_EXTENSIONS)
        return file


class VideoForm(WholeOrNothing, BaseMediaForm):
    """A video or sound with a caption file for each language of the site.

    The caption fields come from settings.LANGUAGES: a language added there has its field at once.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unread = self.instance.reading in (self.instance.Reading.NO_TOOL, self.instance.Reading.FAILED)
        if not unread:  # the server reads them itself
            for name in ("duration", "width", "height"):
                self.fields.pop(name, None)
        self.languages = dict(settings.LANGUAGES) if self.instance.type == "video" else {}
        tracks = {track.language: track for track in self.instance.tracks.all()} if self.instance.pk else {}
        for code, name in self.languages.items():
            field = forms.FileField(
                label=_("Captions: %(language)s") % {"language": name},
                required=False,
                help_text=_("A WebVTT file in UTF-8, at most 1 MB"),
                widget=forms.ClearableFileInput(attrs={"accept": ".vtt"}),
            )
            self.fields[f"captions_{code}"] = field
            if code in tracks:
                self.initial[f"captions_{code}"] = tracks[code].file

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            kind = self.instance.type
            allowed = (
                wagtailmedia_settings.VIDEO_EXTENSIONS if kind == "video" else wagtailmedia_settings.AUDIO_EXTENSIONS
            )
            contents.check_recording(file, kind=kind, allowed=list(allowed))
        return file

    def clean_thumbnail(self) -> Any:
        file = self.cleaned_data["thumbnail"]
        if file and "thumbnail" in self.changed_data:
            if contents.extension(file.name) not in POSTERS:
                raise ValidationError(
                    _("Pictures of this kind are not taken. Use one of these: %(formats)s."),
                    params={"formats": " ".join(name.upper() for name in POSTERS)},
                )
            contents.check_picture(file)
            # A poster is handed out as it is kept, where a picture is only shown as a rendition.
            file = contents.without_traces(file)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for code in self.languages:
            name = f"captions_{code}"
            file = cleaned.get(name)
            if file and name in self.changed_data:
                try:
                    captions.check(file.read(captions.LIMIT + 1))
                except ValidationError as error:
                    self.add_error(name, error)
                else:
                    file.seek(0)
        return cleaned

    def _save_m2m(self) -> None:
        """Django calls this once the video has its row, at once or after `save(commit=False)`."""
        super()._save_m2m()
        for code in self.languages:
            name = f"captions_{code}"
            if name in self.changed_data:
                actions.put_captions(
                    video=self.instance, language=code, file=self.cleaned_data[name] or None, by=acting.current()
                )
