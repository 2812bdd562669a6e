"""For tests that must really commit, because what they prove happens after the commit."""

from __future__ import annotations

import pytest
from django.db import connection

from hiwar.audit import triggers


@pytest.fixture(scope="class")
def triggers_again(django_db_setup, django_db_blocker):
    """Such a test ends by emptying every table, which the log refuses; afterwards it refuses again."""
    yield
    with django_db_blocker.unblock():
        triggers.restore()


@pytest.fixture
def committing(triggers_again, transactional_db):
    """A database whose log can be emptied when the test is over. Mark the test
    `django_db(transaction=True, serialized_rollback=True)`."""
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in triggers.NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
