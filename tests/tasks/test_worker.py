"""The worker as a real process: it beats, ends politely, and what it leaves behind is taken up again."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from tests.edge.installation import Installation, until

# Beats every second, so that a test need not wait a minute and a half for a death.
QUICK = {"WORKER_DEAD_AFTER": "3"}


def enqueue(installation: Installation, job: str, *arguments: object) -> None:
    installation.python(f"from tests.tasks import jobs; jobs.{job}.enqueue(*{arguments!r})")


def lines(path: Path) -> list[str]:
    return [line.split()[0] for line in path.read_text().splitlines()] if path.exists() else []


def start(installation: Installation) -> subprocess.Popen[str]:
    return installation.start("worker", "--interval", "0.2", **QUICK)


def test_a_job_whose_worker_is_killed_is_run_again(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "log"
    enqueue(installation, "slow_once", str(path), 60)
    first = start(installation)
    until(lambda: lines(path) == ["begin"], what="the job to begin")
    first.kill()
    first.wait()
    assert installation.sql("SELECT status FROM django_tasks_database_dbtaskresult") == [("RUNNING",)]
    second = start(installation)
    until(lambda: lines(path) == ["begin", "begin", "end"], what="the second worker to do the job")
    until(
        lambda: installation.sql("SELECT status FROM django_tasks_database_dbtaskresult") == [("SUCCESSFUL",)],
        what="the job to be marked done",
    )
    second.send_signal(signal.SIGTERM)
    assert second.wait(15) == 0
    assert "lost its worker in attempt 1 and will run again" in installation.output(second)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_job_in_hand_end(installation: Installation, tmp_path: Path, number: signal.Signals) -> None:
    path = tmp_path / "log"
    enqueue(installation, "slow_once", str(path), 2)
    worker = start(installation)
    until(lambda: lines(path) == ["begin"], what="the job to begin")
    worker.send_signal(number)
    assert worker.wait(15) == 0, installation.output(worker)
    assert lines(path) == ["begin", "end"]
    assert installation.sql("SELECT status FROM django_tasks_database_dbtaskresult") == [("SUCCESSFUL",)]
    assert installation.sql("SELECT count(*) FROM tasks_beat") == [(0,)], "it signed off"


def test_a_second_signal_breaks_the_job_off(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "log"
    enqueue(installation, "slow_once", str(path), 60)
    worker = start(installation)
    until(lambda: lines(path) == ["begin"], what="the job to begin")
    worker.send_signal(signal.SIGTERM)
    until(lambda: "Stopping" in installation.output(worker), what="the first signal to be heard")
    worker.send_signal(signal.SIGTERM)
    worker.wait(15)
    assert installation.sql("SELECT status FROM django_tasks_database_dbtaskresult") == [("FAILED",)]


def test_it_beats_while_a_long_job_runs_and_nobody_takes_the_job_away(
    installation: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    enqueue(installation, "slow_once", str(path), 8)
    worker = start(installation)
    until(lambda: lines(path) == ["begin"], what="the job to begin")
    before = installation.sql("SELECT at FROM tasks_beat")[0][0]
    other = start(installation)
    until(lambda: lines(path)[-1] == "end", what="the job to end")
    [after] = {at for _worker, at in installation.sql("SELECT worker, at FROM tasks_beat ORDER BY at LIMIT 1")}
    assert after > before
    assert lines(path) == ["begin", "end"], "longer than the silence that counts as death, and still run once"
    for process in (worker, other):
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0


def test_once_does_what_is_due_and_ends(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "log"
    enqueue(installation, "slow_once", str(path), 0)
    enqueue(installation, "failing", str(tmp_path / "failed"))
    enqueue(installation, "hopeless", str(tmp_path / "hopeless"))
    done = installation.manage("worker", "--once")
    assert done.returncode == 0, done.stderr
    assert lines(path) == ["begin", "end"]
    # The next turn gives the failed one its second chance later, the hopeless one none.
    assert installation.manage("worker", "--once").returncode == 0
    rows = installation.sql("SELECT task_path, status FROM django_tasks_database_dbtaskresult")
    assert {path.rsplit(".")[-1]: status for path, status in rows} == {
        "slow_once": "SUCCESSFUL",
        "failing": "READY",
        "hopeless": "FAILED",
    }
    assert lines(tmp_path / "failed") == ["begin"], "not before its wait is over"


def test_it_refuses_a_database_without_the_triggers(installation: Installation) -> None:
    table = " ON audit_entry" if installation.postgresql else ""
    installation.sql(f"DROP TRIGGER audit_entry_no_update{table}")
    done = installation.manage("worker", "--once")
    assert done.returncode == 1
    assert "audit_entry_no_update" in done.stderr
    assert "manage.py migrate --skip-checks" in done.stderr
    # The cure works.
    assert installation.manage("migrate", "--skip-checks").returncode == 0
    assert installation.manage("worker", "--once").returncode == 0


def test_it_refuses_a_database_that_lacks_migrations(installation: Installation) -> None:
    installation.sql("DELETE FROM django_migrations WHERE app = 'post'")
    done = installation.manage("worker", "--once")
    assert done.returncode == 1
    assert "post.0001_initial" in done.stderr
    assert "manage.py migrate" in done.stderr
