"""Real small files, an office user with a second factor, and a storage of each test's own."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hiwar.accounts.models import User
from hiwar.media.models import Picture, Video

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\nكلمة أولى\n\n00:01.000 --> 00:02.000\nكلمة ثانية\n".encode()


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """The storage and the place of temporary files, both empty."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "arriving")
    (tmp_path / "arriving").mkdir()
    (tmp_path / "files").mkdir()
    cache.clear()  # Wagtail keeps renditions there; those of the last test are gone
    return tmp_path / "files"


@pytest.fixture
def stored(files: Path) -> Callable[[], list[str]]:
    """Names of everything in the storage, to see that nothing was left behind."""
    return lambda: sorted(str(path.relative_to(files)) for path in files.rglob("*") if path.is_file())


@pytest.fixture
def arriving(files: Path) -> Callable[[], list[str]]:
    """Temporary files of uploads that still exist."""
    return lambda: [path.name for path in (files.parent / "arriving").iterdir()]


@pytest.fixture
def editor(db: None) -> User:
    user = User.objects.create_superuser("editor@example.org", "a long enough password", first_name="Editor")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    return user


@pytest.fixture
def office(editor: User) -> Client:
    """A browser signed in to the office."""
    client = Client()
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session  # what a sign-in with a code leaves behind
    session["account_authentication_methods"] = [{"method": "password", "at": 0}, {"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(editor.pk)
    session.save()
    client.cookies["office_language"] = "en"
    return client


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (64, 48)) -> bytes:
    image = Image.effect_noise(size, 60).convert("RGB")
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def upload(name: str, data: bytes, kind: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def office_file(parts: dict[str, str]) -> bytes:
    """A zip of the given parts, as the office formats are."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def make_picture(**more: Any) -> Picture:
    values = {"title": "Plate", "alt": {"ar": "نجمة", "en": "A star"}, **more}
    return Picture.objects.create(file=ContentFile(picture_bytes(), "plate.png"), **values)


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two seconds of a test card with a tone, 320 by 240."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=10:duration=2"]
        + ["-f", "lavfi", "-i", "sine=frequency=440:duration=2", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
        + ["-c:a", "aac", "-shortest", str(path)],
        check=True,
    )
    return path.read_bytes()


def make_video(data: bytes, **more: Any) -> Video:
    return Video.objects.create(title="Clip", type="video", file=ContentFile(data, "clip.mp4"), **more)
