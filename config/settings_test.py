"""What tests change: a throw-away secret, a database of their own, no hashing cost, tasks run by hand."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="hiwar-test-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
TEST_VAR = os.environ["VAR_DIR"]
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{TEST_VAR}/test.sqlite3")
os.environ.setdefault("SITE_URL", "http://localhost")
os.environ.pop("DEMO", None)

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, DATABASES, REDIS_URL, STORAGES  # noqa: E402

TESTING = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
POST_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
PAGES_KEPT = 0  # tests count the queries of making a page; those of keeping one switch it on
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": f"{TEST_VAR}/pytest.sqlite3"}
if REDIS_URL:
    # One database of Redis for each process of the run: clearing the cache in one must not clear it in another.
    number = int("".join(filter(str.isdigit, os.environ.get("PYTEST_XDIST_WORKER", ""))) or 0)
    server = urlsplit(REDIS_URL)
    CACHES = {"default": {**CACHES["default"], "LOCATION": f"{server.scheme}://{server.netloc}/{8 + number % 8}"}}
Path(TEST_VAR, "static").mkdir(parents=True, exist_ok=True)
