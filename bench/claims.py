"""Finding a claim by other words for it: how often the right one comes first, how fast, and what the index costs.

`python -m bench claims`. The claims stand among 1,960 neutral ones (`bench/_claims`).
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bench import Measure, benchmark
from bench._claims import SEED, Reworded, blind, demonstration, entries, neutral, reworded
from hiwar.library.finding.index import SURE, Index, Match

CLAIMS = 2000
WIDTH = 990  # characters of a paragraph with a claim in it
Finder = Callable[[Reworded], list[Match]]


@benchmark("claims.found")
def found() -> Iterator[Measure]:
    """Right claim first and in the first three, on the half constants were chosen on, on the other and on both; then
    by kind, without synonyms, among few claims, on wordings of others, and how often a claim that is not there is
    answered with another."""
    cases = reworded()
    own = entries()
    beside = neutral(CLAIMS - len({entry.claim for entry in own}))
    index = Index([*own, *beside])

    def asks(index: Index) -> Finder:
        return lambda case: index.find(case.text, language=case.lang, limit=5)

    for half in ("dev", "test", "whole"):
        chosen = [case for case in cases if half in ("whole", case.half)]
        yield from _ranks("claims.found", chosen, asks(index), {"half": half, "claims": len(index)})
    for name, count in sorted(Counter(case.kind for case in cases).items()):
        chosen = [case for case in cases if case.kind == name]
        yield from _ranks(f"claims.found.{name}", chosen, asks(index), {"claims": len(index), "cases": count})
    for language in ("ar", "en"):
        chosen = [case for case in cases if case.lang == language]
        yield from _ranks(f"claims.found.{language}", chosen, asks(index), {"claims": len(index)})
    bare = Index([*own, *beside], groups={})
    for half in ("dev", "test", "whole"):
        chosen = [case for case in cases if half in ("whole", case.half)]
        yield from _ranks("claims.found_without_synonyms", chosen, asks(bare), {"half": half, "claims": len(bare)})
    few = Index(own)
    yield from _ranks("claims.found_among_few", cases, asks(few), {"claims": len(few)})
    others = Index(demonstration())
    keys = {entry.claim for entry in others.entries}
    chosen = [case for case in cases if case.claim in keys]
    yield from _ranks("claims.found_by_wordings_of_others", chosen, asks(others), {"claims": len(others)})
    for half in ("dev", "test"):
        chosen = [case for case in cases if case.half == half]
        yield Measure("claims.absent.answered", _wrongly(index, chosen), "ratio", {"half": half, "claims": len(index)})


@benchmark("claims.blind")
def unseen() -> Iterator[Measure]:
    """The set of another hand, about the demonstration's claims among 2,000: right first, in the first three, first and
    close enough; a wrong one called an answer; and what is answered that no claim of the site answers."""
    own = demonstration()
    index = Index([*own, *neutral(CLAIMS - len({entry.claim for entry in own}))])
    every = [(case, index.find(case.text, language=case.lang, limit=5)) for case in blind()]
    cases = [each for each in every if each[0].claim]
    absent = [each for each in every if not each[0].claim]
    kinds = Counter(case.kind for case, _found in cases)
    parts: list[tuple[dict[str, object], list[tuple[Reworded, list[Match]]]]] = [({}, cases)]
    parts += [({"language": code}, [each for each in cases if each[0].lang == code]) for code in ("ar", "en")]
    parts += [({"kind": kind}, [each for each in cases if each[0].kind == kind]) for kind in sorted(kinds)]
    for which, chosen in parts:
        params = {"claims": len(index), "cases": len(chosen), **which}
        first = [found[:1] for case, found in chosen if [each.claim for each in found[:1]] == [case.claim]]
        three = [case for case, found in chosen if case.claim in [each.claim for each in found[:3]]]
        close = [found for found in first if found[0].score >= SURE]
        called = [found for _case, found in chosen if found and found[0].score >= SURE]
        for name, number in (
            ("first", len(first)),
            ("first_three", len(three)),
            ("above_threshold", len(close)),
            ("wrong_above_threshold", len(called) - len(close)),
        ):
            yield Measure(f"claims.blind.{name}", round(number / len(chosen), 4), "ratio", params)
    answered = sum(bool(found) and found[0].score >= SURE for _case, found in absent)
    params = {"claims": len(index), "cases": len(absent)}
    yield Measure("claims.blind.absent_answered", round(answered / len(absent), 4), "ratio", params)


def _ranks(name: str, cases: Sequence[Reworded], ask: Finder, params: dict[str, object]) -> Iterator[Measure]:
    """Ratios of right answers: first, in the first three, and first and close enough to be called an answer."""
    first = three = close = 0
    for case in cases:
        matches = ask(case)
        keys = [match.claim for match in matches]
        first += keys[:1] == [case.claim]
        three += case.claim in keys[:3]
        close += keys[:1] == [case.claim] and matches[0].score >= SURE
    params = {"cases": len(cases), **params}
    yield Measure(f"{name}.first", round(first / len(cases), 4), "ratio", params)
    yield Measure(f"{name}.first_three", round(three / len(cases), 4), "ratio", params)
    yield Measure(f"{name}.first_and_close", round(close / len(cases), 4), "ratio", params)


def _wrongly(index: Index, cases: Sequence[Reworded]) -> float:
    """How often another claim would be called an answer, were the right one not there."""
    answered = 0
    for case in cases:
        others = [match for match in index.find(case.text, language=case.lang, limit=5) if match.claim != case.claim]
        answered += bool(others) and others[0].score >= SURE
    return round(answered / len(cases), 4)


@benchmark("claims.paragraph")
def paragraph() -> Iterator[Measure]:
    """A rewording inside a paragraph of everyday sentences, up to the limit of the field."""
    dice = random.Random(SEED)
    index = Index([*entries(), *neutral(CLAIMS - 40)])
    cases = [
        Reworded(case.claim, case.lang, _set_in(dice, case), case.kind, case.half)
        for case in reworded()
        if case.kind != "partial"
    ]
    times: list[float] = []

    def ask(case: Reworded) -> list[Match]:
        started = time.perf_counter()
        matches = index.find(case.text, language=case.lang, limit=5)
        times.append(time.perf_counter() - started)
        return matches

    yield from _ranks("claims.paragraph", cases, ask, {"claims": len(index), "characters": WIDTH})
    yield from _times("claims.paragraph", times, {"claims": len(index), "characters": WIDTH})


@benchmark("claims.dense")
def dense() -> Iterator[Measure]:
    """The dearest texts of full length: nothing but wordings of claims, their words in any order, each word with a
    slip of the hand, and two words always written together. Processor time, so that neighbours do not count."""
    dice = random.Random(SEED)
    every = [*entries(), *neutral(CLAIMS - 40)]
    index = Index(every)
    for language in ("ar", "en"):
        wordings = [entry.text for entry in every if entry.language == language]
        single = sorted({word for text in wordings for word in text.split()})
        slips = [word[:2] + ("ظ" if language == "ar" else "x") + word[2:] for word in single if len(word) > 4]
        joined = ["".join(dice.sample(single, 2)) for _word in single]
        for kind, parts in (("wordings", wordings), ("words", single), ("slips", slips), ("joined", joined)):
            times = []
            for _text in range(60):
                text = " ".join(dice.choices(parts, k=WIDTH // 3))[:WIDTH]
                started = time.process_time()
                index.find(text, language=language, limit=6)
                times.append(time.process_time() - started)
            yield from _times("claims.dense", times, {"kind": kind, "language": language, "characters": WIDTH})


SENTENCES = {
    "ar": (
        "وصلتني هذه الرسالة مساء أمس في مجموعة العائلة",
        "كان الجو ممطرًا فتأخرت الحافلة عن موعدها",
        "سألت زميلي في المكتب فلم يعرف الجواب",
        "اشترينا خضارًا وخبزًا من الدكان القريب",
        "أرسل المعلم جدول الامتحانات إلى أولياء الأمور",
        "شاهدت مقطعًا قصيرًا ولم أفهم المراد منه",
        "انقطع التيار ساعتين ثم عاد قبيل المغرب",
        "قال المتحدث إن التفاصيل ستأتي في حلقة قادمة",
        "أنهى أخي دراسته وبدأ يبحث عن وظيفة",
        "اقترح الطبيب أن أمشي نصف ساعة كل صباح",
        "كتب أحدهم تعليقًا طويلًا تحت الصورة",
        "تأجلت الرحلة إلى الأسبوع المقبل بسبب الصيانة",
        "طلبت منه أن يذكر المصدر فلم يرد",
        "نظمت البلدية معرضًا للكتاب في الحديقة",
        "الرابط لا يعمل عندي وأرجو إرساله مرة أخرى",
    ),
    "en": (
        "I got this message last night in the family chat",
        "It was raining and the bus came half an hour late",
        "A colleague at the office could not tell me the answer",
        "We bought vegetables and bread from the corner shop",
        "The teacher sent the timetable of the exams to parents",
        "I watched a short clip and did not get the point",
        "The power went off for two hours and came back at sunset",
        "The speaker said that details would follow in another episode",
        "My brother finished his studies and is looking for a job",
        "The doctor suggested walking half an hour each morning",
        "Somebody wrote a long comment below the picture",
        "The trip was put off to next week for repairs",
        "I asked him where he read it and got no reply",
        "The town held a book fair in the park",
        "The link does not open here, please send it again",
    ),
}


def _set_in(dice: random.Random, case: Reworded) -> str:
    """The rewording among everyday sentences, in as many characters as fit."""
    parts = list(SENTENCES[case.lang])
    dice.shuffle(parts)
    while len(case.text) + sum(len(part) + 2 for part in parts) > WIDTH:
        parts.pop()
    parts.insert(dice.randrange(len(parts) + 1), case.text)
    return ". ".join(parts)


@benchmark("claims.speed")
def speed() -> Iterator[Measure]:
    """Time of an answer among 2,000 claims, over the 200 rewordings three times, and of making the index."""
    every = [*entries(), *neutral(CLAIMS - 40)]
    built = []
    for _round in range(5):
        started = time.perf_counter()
        index = Index(every)
        built.append(time.perf_counter() - started)
    yield Measure("claims.index.made", round(statistics.median(built) * 1000, 1), "ms", {"wordings": len(every)})
    times = []
    for _round in range(3):
        for case in reworded():
            started = time.perf_counter()
            index.find(case.text, language=case.lang, limit=6)
            times.append(time.perf_counter() - started)
    yield from _times("claims.answer", times, {"claims": len(index), "wordings": len(every)})
    done = subprocess.run([sys.executable, "-c", _FRESH], capture_output=True, text=True, check=True)
    yield Measure("claims.index.memory", round(float(done.stdout) / 2**20, 1), "MiB", {"claims": len(index)})


def _times(name: str, times: list[float], params: dict[str, object]) -> Iterator[Measure]:
    cut = statistics.quantiles(times, n=20)
    yield Measure(f"{name}.median", round(statistics.median(times) * 1000, 2), "ms", params)
    yield Measure(f"{name}.p95", round(cut[18] * 1000, 2), "ms", params)


# The texts are in memory before: what is measured is what the index adds to them.
_FRESH = f"""
import gc, psutil
from bench._claims import entries, neutral
from hiwar.library.finding.index import Index
every = [*entries(), *neutral({CLAIMS - 40})]
gc.collect()
process = psutil.Process()
before = process.memory_full_info().uss
index = Index(every)
gc.collect()
print(process.memory_full_info().uss - before)
"""


@benchmark("claims.page")
def page() -> Iterator[Measure]:
    """The page and the interface with 2,000 published claims in a database: a whole answer, template and all, and what
    the first one after a publication waits for."""
    from bench import fresh_database

    with fresh_database() as vendor:
        from django.core.cache import cache
        from django.test import Client

        from bench._claims import fill
        from hiwar.accounts.models import User
        from hiwar.library import house
        from hiwar.library.finding import held

        house.prepare(by=User.objects.system("demo"))
        fill(CLAIMS)
        client, cases = Client(), reworded()
        params = {"claims": CLAIMS, "database": vendor}
        for name, path in (("page", "/ar/claims/find/"), ("interface", "/api/v1/claims/find")):
            held.forget()
            started = time.perf_counter()
            client.get(path, {"q": cases[0].text})
            yield Measure(f"claims.{name}.anew", round((time.perf_counter() - started) * 1000, 1), "ms", params)
            times = []
            for case in cases:
                cache.clear()  # one client may not ask as often as this
                started = time.perf_counter()
                assert client.get(path, {"q": case.text}).status_code == 200
                times.append(time.perf_counter() - started)
            yield from _times(f"claims.{name}", times, params)
