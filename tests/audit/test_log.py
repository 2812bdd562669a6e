"""The log is written once: by code, by the database, and by nobody unnamed."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from hiwar.accounts.models import User
from hiwar.audit import acting, triggers
from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    return record(
        event=Event.USER_CREATED, by=User.objects.system("test"), subject_kind="user", subject="x", roles=["a"]
    )


def test_an_entry_says_who_what_and_when(entry: Entry) -> None:
    stored = Entry.objects.get()
    assert (stored.event, stored.actor_kind, stored.subject, stored.detail) == (
        "user.created",
        "system",
        "x",
        {"roles": ["a"]},
    )
    assert stored.actor == User.objects.get().uuid


def test_an_unattributed_act_is_refused() -> None:
    with pytest.raises(TypeError, match="needs an actor"):
        record(event=Event.USER_CREATED, by=None)
    assert not Entry.objects.exists()


def test_code_cannot_change_or_delete_an_entry(entry: Entry) -> None:
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry"], ids=["update", "delete"]
)
def test_the_database_refuses_as_well(entry: Entry, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_queryset_updates_do_not_pass_the_database(entry: Entry) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(event="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all()._raw_delete("default")


def drop_one() -> None:
    on = "" if connection.vendor == "sqlite" else " ON audit_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_entry_no_update{on}")


def test_a_lost_trigger_is_seen_and_put_back() -> None:
    drop_one()
    assert triggers.present(connection=connection) == {"audit_entry_no_delete"}
    with pytest.raises(SystemCheckError, match="audit_entry_no_update"):
        call_command("check", "--database", "default")
    triggers.restore()
    assert triggers.present(connection=connection) == set(triggers.NAMES)
    call_command("check", "--database", "default")


def test_a_rebuilt_table_has_its_triggers_again_after_migrations() -> None:
    """SQLite rebuilds a table to alter it and drops its triggers; every `migrate` ends by restoring them."""
    drop_one()
    call_command("migrate", "--skip-checks", verbosity=0)
    assert triggers.present(connection=connection) == set(triggers.NAMES)


def test_the_actor_is_named_inside_the_block_alone() -> None:
    by = User.objects.system("test")
    assert acting.current() is None
    with acting.acting(by=by):
        assert acting.current() is by
        with acting.acting(by=None):
            assert acting.current() is None
    assert acting.current() is None
