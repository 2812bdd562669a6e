"""Fixtures of the journeys: one installation a session and process, one browser a module."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.register_assert_rewrite("tests.journeys.visitor")

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.journeys.installation import Installation, running  # noqa: E402
from tests.journeys.visitor import FLAGS, Visitor, chromium  # noqa: E402

HERE = Path(__file__).resolve().parent
# Read before any test's settings could fill it in; PostgreSQL alone is taken from it.
DATABASE = os.environ.get("DATABASE_URL", "")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything here drives a browser; the long matrices are left to `make test-long`."""
    mine = [item for item in items if HERE in item.path.parents]
    for item in mine:
        item.add_marker(pytest.mark.journey)
    if os.environ.get("TEST_LONG") != "1":
        left = [item for item in mine if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Installation]:
    """A seeded, served installation of this process; ended and dropped with the session."""
    if not chromium():
        pytest.skip("no Chromium was found (Debian: apt-get install chromium)")
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    database = DATABASE if DATABASE.startswith(("postgres://", "postgresql://")) else ""
    with running(shared, base / "site", database=database) as made:
        yield made


@pytest.fixture(scope="module")
def browser(site: Installation) -> Iterator[Any]:
    """Debian's Chromium. Per module: while it lives its loop occupies the thread, which other tests may need."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visitor(browser: Any, site: Installation) -> Callable[..., Visitor]:
    """Makes visitors: `with visitor(width=390, color_scheme="dark") as guest: guest.open("/ar/")`."""

    def make(**options: Any) -> Visitor:
        return Visitor(browser, site.address, **options)

    return make
