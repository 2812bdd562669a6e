"""The quotation checker: what it finds and misses on held-back text, its speed, its memory.

`python -m bench scripture` prints recall and precision of every kind. Cases follow from a seed (`bench/_quotations`);
`HIWAR_BENCH_CASES` makes fewer of them.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator

from bench import Measure, benchmark, median_ms
from bench._quotations import Case, hadith_cases, prose, prose_cases, quran_cases
from hiwar.scripture.detect import detect, load
from hiwar.scripture.found import Quotation

SEED = 1447
CASES = int(os.environ.get("HIWAR_BENCH_CASES", "5000"))
LENGTH = 200_000


@benchmark("scripture.found")
def found() -> Iterator[Measure]:
    """Recall and precision for each kind of case, all from verses and reports no threshold was chosen on."""
    load()
    for name, cases in (
        ("quran", quran_cases(random.Random(SEED), CASES)),
        ("hadith", hadith_cases(random.Random(SEED), CASES)),
    ):
        yield from _found(f"scripture.{name}.exact", cases, ("exact", "partial"))
    for name, cases in (
        ("quran", quran_cases(random.Random(SEED), CASES, change=True)),
        ("hadith", hadith_cases(random.Random(SEED), CASES, change=True)),
    ):
        yield from _found(f"scripture.{name}.altered", cases, ("altered",))
    alarms = sum(bool(detect(case.text)) for case in prose_cases(random.Random(SEED), CASES))
    yield Measure("scripture.prose.false_alarms", alarms / CASES, "ratio", {"paragraphs": CASES, "seed": SEED})


def _found(name: str, cases: Iterable[Case], statuses: tuple[str, ...]) -> Iterator[Measure]:
    total = right = reported = 0
    for case in cases:
        total += 1
        answers = detect(case.text)
        reported += len(answers)
        right += any(_is(answer, case) and answer.status in statuses for answer in answers)
    params = {"cases": total, "seed": SEED}
    yield Measure(f"{name}.recall", right / total, "ratio", params)
    yield Measure(f"{name}.precision", right / max(reported, 1), "ratio", params)


def _is(answer: Quotation, case: Case) -> bool:
    """Whether an answer is about the case: the same stretch of text, and its reference or one where the words stand."""
    if answer.end <= case.start or case.end <= answer.start:
        return False
    places = [f"{answer.source}:{answer.reference}"]
    places += [name if name[0].isalpha() else f"{answer.source}:{name}" for name in answer.also]
    return any(_covers(place, case) for place in places)


def _covers(place: str, case: Case) -> bool:
    source, _, reference = place.partition(":")
    if source != case.source:
        return False
    if source != "quran":
        return reference == case.reference
    sura, _, verses = reference.partition(":")
    first, _, last = verses.partition("-")
    wanted_sura, _, wanted = case.reference.partition(":")
    return sura == wanted_sura and int(first) <= int(wanted) <= int(last or first)


@benchmark("scripture.speed")
def speed() -> Iterator[Measure]:
    """Time for 200,000 characters of prose with a quotation in every paragraph, after warm-up."""
    load()
    dice = random.Random(SEED)
    parts = [case.text for case in quran_cases(dice, 300)] + [case.text for case in hadith_cases(dice, 300)] + prose()
    dice.shuffle(parts)
    text = "\n".join(parts * 3)[:LENGTH]
    for name, sources in (("quran", ("quran",)), ("both", ("quran", "bukhari", "muslim"))):
        took = median_ms(lambda sources=sources: detect(text, sources=sources))
        yield Measure(f"scripture.detect.{name}", took, "ms", {"characters": len(text)})
        yield Measure(f"scripture.detect.{name}.rate", len(text) / took * 1000, "characters/s", {})


_FRESH = """
import json, psutil, sys, time
process = psutil.Process()
from hiwar.scripture import detect
before = process.memory_full_info().uss, process.memory_info().rss
start = time.perf_counter()
detect.load(sources={sources!r})
took = time.perf_counter() - start
detect.detect(sys.stdin.read(), sources={sources!r})
after = process.memory_full_info().uss, process.memory_info().rss
print(json.dumps([took, after[0] - before[0], after[1] - before[1]]))
"""


@benchmark("scripture.start")
def start() -> Iterator[Measure]:
    """Time to load in a fresh process, and memory after checking 200,000 characters: own pages, and all in memory."""
    load()
    text = "\n".join(prose() * 10)[:LENGTH]
    for name, sources in (("quran", ("quran",)), ("both", ("quran", "bukhari", "muslim"))):
        code = _FRESH.format(sources=sources)
        runs = []
        for _run in range(3):
            done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True)
            runs.append(json.loads(done.stdout))
        took, own, resident = sorted(runs)[1]
        yield Measure(f"scripture.load.{name}", took, "s", {})
        yield Measure(f"scripture.memory.{name}", own / 2**20, "MiB", {"resident_mib": round(resident / 2**20, 1)})
