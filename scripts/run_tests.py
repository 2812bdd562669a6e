"""Run every test there is, then say what was not run and why.

SQLite always; a second time on PostgreSQL when `DATABASE_URL` names one; the browser journeys when Chromium is
found. With `REQUIRE_ALL=1` anything not run is a failure, except what `docs/operations.md` lists between its
two markers. Arguments are handed to pytest and then narrow what is collected: `make test ARGS="tests/items -x"`.

Exit codes: 0 all well, 1 a test failed or a required one did not run, 2 nothing could be collected.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "test-reports"
JOURNEYS = "tests/journeys"
ALLOWANCE = re.compile(r"<!-- may-stay-unrun:begin -->(.*?)<!-- may-stay-unrun:end -->", re.DOTALL)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass
class Pass:
    """One run of pytest: what it is called, what it collects, in which environment."""

    name: str
    arguments: list[str]
    environment: dict[str, str]
    ran: set[str] = field(default_factory=set)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: int = 0
    code: int = 0
    seconds: float = 0.0


def browser() -> str:
    """Path of the system's Chromium, or an empty string. `CHROMIUM` names another one."""
    named = os.environ.get("CHROMIUM", "")
    return next((found for name in (named, *BROWSERS) if name and (found := shutil.which(name))), "")


def is_postgresql(url: str) -> bool:
    """True when a database address names PostgreSQL."""
    return url.split(":", 1)[0] in {"postgres", "postgresql"}


def may_stay_unrun(text: str | None = None) -> list[tuple[str, str]]:
    """(pattern of a test's id or a part's name, reason) from the table in docs/operations.md."""
    if text is None:
        path = ROOT / "docs" / "operations.md"
        text = path.read_text("utf-8") if path.exists() else ""
    block = ALLOWANCE.search(text)
    rows = re.findall(r"^\|\s*`([^`]+)`\s*\|\s*(.+?)\s*\|\s*$", block.group(1), re.MULTILINE) if block else []
    return [(pattern, reason) for pattern, reason in rows]


def read_report(path: Path, run: Pass) -> None:
    """Fill a pass from pytest's JUnit report. A missing report leaves it empty; the exit code tells the rest."""
    if not path.exists():
        return
    for case in ElementTree.parse(path).iter("testcase"):  # noqa: S314 (our own file)
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        skip = case.find("skipped")
        if skip is not None:
            run.skipped[name] = " ".join((skip.get("message") or "no reason given").split())
        else:
            run.ran.add(name)
            run.failed += case.find("failure") is not None or case.find("error") is not None


def execute(run: Pass) -> None:
    """Run one pass in the foreground; its output goes straight to the terminal."""
    report = REPORTS / f"{run.name}.xml"
    report.unlink(missing_ok=True)
    jobs = os.environ.get("JOBS", "2")
    command = [sys.executable, "-m", "pytest", "-n", jobs, f"--junitxml={report}", *run.arguments]
    print(f"\n=== {run.name}: {' '.join(run.arguments)}", flush=True)
    started = time.monotonic()
    run.code = subprocess.run(command, cwd=ROOT, env=run.environment, check=False).returncode
    run.seconds = time.monotonic() - started
    read_report(report, run)


def plan(arguments: list[str]) -> tuple[list[Pass], dict[str, str]]:
    """The passes this machine can make, and the parts it cannot with the reason of each."""
    sqlite = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    sqlite["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    unrun: dict[str, str] = {}
    narrowed = any(not word.startswith("-") for word in arguments)
    rest = arguments if narrowed else ["tests", f"--ignore={JOURNEYS}", *arguments]
    passes = [Pass("sqlite", rest, sqlite)]
    url = os.environ.get("DATABASE_URL", "")
    if is_postgresql(url):
        passes.append(Pass("postgresql", rest, {**sqlite, "DATABASE_URL": url}))
    else:
        unrun["part:postgresql"] = "DATABASE_URL names no PostgreSQL database"
    # One pass is the embedded default with its own cache, the last one is the nearest to production.
    if redis := os.environ.get("REDIS_URL"):
        passes[-1].environment = {**passes[-1].environment, "REDIS_URL": redis}
    else:
        unrun["part:redis"] = "REDIS_URL names no Redis or Valkey"
    if not narrowed and (ROOT / JOURNEYS).is_dir():
        chromium = browser()
        if chromium:
            passes.append(Pass("journeys", [JOURNEYS, *arguments], {**sqlite, "CHROMIUM": chromium}))
        else:
            unrun["part:journeys"] = "no Chromium was found (Debian: apt-get install chromium)"
    return passes, unrun


def never_run(passes: list[Pass]) -> dict[str, str]:
    """Tests that every pass skipped. One that ran on either database has been run."""
    ran = set().union(*(run.ran for run in passes))
    return {name: reason for run in passes for name, reason in run.skipped.items() if name not in ran}


def unexcused(unrun: dict[str, str], excuses: list[tuple[str, str]]) -> list[str]:
    """Names in `unrun` that no pattern of the list covers."""
    return [name for name in unrun if not any(fnmatch.fnmatchcase(name, pattern) for pattern, _ in excuses)]


def report(passes: list[Pass], unrun: dict[str, str]) -> int:
    """Print the closing account and return the exit code."""
    unrun = {**unrun, **never_run(passes)}
    print("\n=== account")
    for run in passes:
        print(
            f"{run.name}: {len(run.ran)} run, {run.failed} failed, {len(run.skipped)} skipped, "
            f"{run.seconds:.0f} s, exit code {run.code}"
        )
    print(f"not run: {len(unrun)}" if unrun else "not run: nothing")
    for name, reason in sorted(unrun.items()):
        print(f"  {name}: {reason}")
    missing = unexcused(unrun, may_stay_unrun()) if os.environ.get("REQUIRE_ALL") == "1" else []
    for name in missing:
        print(f"REQUIRE_ALL=1: {name} must run here ({unrun[name]})")
    failed = sum(run.failed for run in passes) + len(missing)
    passed = sum(len(run.ran) - run.failed for run in passes)
    print(f"{passed} passed, {failed} failed, {len(unrun)} skipped")
    if not passed and not failed:
        print("no test was collected", file=sys.stderr)
        return 2
    return 1 if failed or any(run.code for run in passes) else 0


def main(arguments: list[str]) -> int:
    """Run all passes, also after a failed one: a second database's faults are news too."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    passes, unrun = plan(arguments)
    for run in passes:
        execute(run)
    return report(passes, unrun)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
