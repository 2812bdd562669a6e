"""The claims, their rewordings, and neutral claims to stand beside them, for the evaluation of the finder.

`data/claims.jsonl` holds 40 claims with their wordings, `data/reworded_claims.jsonl` 200 other ways to say them,
written by hand. Constants of the finder were chosen on the half marked `dev` alone. But whoever wrote the rewordings
also wrote the finder's lists of words: the figures without its groups of synonyms are the sterner ones, and those of
`data/reworded_blind.jsonl`, by another hand about the claims of the demonstration, the sternest. The
neutral claims follow from a seed: everyday subjects in sentences that use the same words as the claims do (duty,
forbidden, Muslims, State, faith).
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from hiwar.library.finding.index import Entry

DATA = Path(__file__).resolve().parent / "data"
DEMONSTRATION = DATA.parents[1] / "hiwar" / "library" / "demo" / "claims"
SEED = 1447


@dataclass(frozen=True)
class Reworded:
    """A claim said in other words: `kind` says how they differ, `half` whether it was for choosing or for judging."""

    claim: str
    lang: str
    text: str
    kind: str
    half: str


def entries() -> list[Entry]:
    """Every wording of the claims, the title first."""
    return [
        Entry(row["key"], row["lang"], text)
        for row in _rows("claims.jsonl")
        for text in (row["title"], *row["wordings"])
    ]


def demonstration() -> list[Entry]:
    """Every wording of the demonstration's claims, which others wrote: some share a key with the claims above."""
    found = []
    for file in sorted(DEMONSTRATION.glob("*.toml")):
        whole = tomllib.loads(file.read_text(encoding="utf-8"))
        for code in ("ar", "en"):
            found += [Entry(file.stem, code, text) for text in (whole[code]["title"], *whole[code]["wordings"])]
    return found


def reworded() -> list[Reworded]:
    return [Reworded(**row) for row in _rows("reworded_claims.jsonl")]


def blind() -> list[Reworded]:
    """Rewordings of the demonstration's claims, and texts on related matters that none of them answers (claim "").

    Written and kept before their author had read the finder, its lists or the other set. No constant and no word was
    chosen by them: the finder's author sees figures of the whole, and no text that failed.
    """
    return [Reworded(**{**row, "claim": row["claim"] or ""}, half="blind") for row in _rows("reworded_blind.jsonl")]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


SUBJECTS = [
    ("القهوة", "coffee"),
    ("السفر بالطائرة", "air travel"),
    ("تربية القطط", "keeping cats"),
    ("كرة القدم", "football"),
    ("الزراعة", "farming"),
    ("السباحة", "swimming"),
    ("الشطرنج", "chess"),
    ("قراءة الروايات", "reading novels"),
    ("التجارة الإلكترونية", "online trade"),
    ("صيد السمك", "fishing"),
    ("التبرع بالدم", "giving blood"),
    ("ركوب الخيل", "riding horses"),
    ("العطور", "perfume"),
    ("الساعة الذهبية", "a gold watch"),
    ("لباس البحر", "beachwear"),
    ("التصوير بالهاتف", "phone photography"),
    ("الطعام المعلب", "tinned food"),
    ("الطب البديل", "alternative medicine"),
    ("التقويم الشمسي", "the solar calendar"),
    ("علم الفلك", "astronomy"),
    ("اللغة الأجنبية", "a foreign language"),
    ("القرض العقاري", "a mortgage"),
    ("التأمين الصحي", "health insurance"),
    ("العملة الرقمية", "digital currency"),
    ("السكر", "sugar"),
    ("الصيام التطوعي", "voluntary fasting"),
    ("صلاة التراويح", "night prayers"),
    ("الحج بالقرعة", "pilgrimage by lot"),
    ("زكاة الزروع", "alms on crops"),
    ("الوضوء بماء البحر", "washing with sea water"),
    ("قراءة القرآن من الهاتف", "reading the Quran on a phone"),
    ("الأذان بمكبر الصوت", "the call to prayer by loudspeaker"),
    ("تسمية المواليد", "naming babies"),
    ("الزواج بلا وليمة", "marriage without a feast"),
    ("الطلاق برسالة", "divorce by message"),
    ("الميراث", "inheritance"),
    ("الوقف", "endowments"),
    ("الأضحية", "the sacrifice"),
    ("العقيقة", "a birth feast"),
    ("شرب الماء واقفًا", "drinking while standing"),
    ("الألعاب الإلكترونية", "video games"),
    ("الرياضة النسائية", "sport for women"),
    ("قيادة الحافلات", "driving buses"),
    ("الطاقة الشمسية", "solar power"),
    ("حفر الآبار", "digging wells"),
    ("تشجير الطرق", "planting roads with trees"),
    ("إطعام الطيور", "feeding birds"),
    ("زيارة القبور", "visiting graves"),
    ("المسبحة", "prayer beads"),
    ("الكتابة باليد", "handwriting"),
]
QUALIFIERS = [
    ("في المدن الكبيرة", "in large cities"),
    ("في شهر رمضان", "in Ramadan"),
    ("بعد منتصف الليل", "after midnight"),
    ("عند كبار السن", "for the elderly"),
    ("في القرى البعيدة", "in remote villages"),
    ("عند الأطفال", "for children"),
    ("في فصل الشتاء", "in winter"),
    ("قبل صلاة الفجر", "before dawn prayer"),
    ("أيام العطل", "on days off"),
    ("في بلاد الغربة", "abroad"),
    ("عند الطلاب", "for students"),
    ("في السوق", "in the market"),
]
# Six ways of speaking; each has a title and four other wordings, in both languages.
FAMILIES = [
    (
        (
            "{s} حرام {q}",
            "لا يجوز للمسلم {s} {q}",
            "من قال بجواز {s} {q} فقد أخطأ في الدين",
            "الشرع منع {s} {q}",
            "كل من أجاز {s} آثم {q}",
        ),
        (
            "{s} is forbidden {q}",
            "A Muslim may not have anything to do with {s} {q}",
            "Whoever allows {s} {q} is mistaken in religion",
            "The Sharia prohibits {s} {q}",
            "Everyone who permits {s} is a sinner {q}",
        ),
    ),
    (
        (
            "{s} واجب على كل مسلم {q}",
            "فرض على الناس جميعًا {s} {q}",
            "من ترك {s} {q} فهو آثم",
            "لا عذر لأحد في ترك {s} {q}",
            "أُمرنا بأن نداوم على {s} {q}",
        ),
        (
            "{s} is a duty on every Muslim {q}",
            "All people are obliged to take up {s} {q}",
            "Whoever gives up {s} {q} sins",
            "Nobody is excused from {s} {q}",
            "We were commanded to keep to {s} {q}",
        ),
    ),
    (
        (
            "{s} كان سبب قوة المسلمين الأوائل {q}",
            "لم تنتشر الحضارة إلا بعد {s} {q}",
            "تأخر المجتمع اليوم لأنه أهمل {s} {q}",
            "القوة كلها في {s} {q}",
            "التاريخ يشهد أن {s} {q} غيّر العالم",
        ),
        (
            "{s} made the early Muslims strong {q}",
            "Civilisation spread only after {s} {q}",
            "Society fell behind today because it neglected {s} {q}",
            "All strength lies in {s} {q}",
            "History shows that {s} changed the world {q}",
        ),
    ),
    (
        (
            "الدولة تمنع {s} {q} لتأخذ أموال الناس",
            "القانون الجديد ضد {s} {q}",
            "الحكومة لا حق لها في تنظيم {s} {q}",
            "الحاكم لا يُستأذن في {s} {q}",
            "ضرائب الدولة على {s} {q} ظلم",
        ),
        (
            "The State stops {s} {q} to take people’s money",
            "The new law is against {s} {q}",
            "The government has no right to regulate {s} {q}",
            "No ruler is asked for permission about {s} {q}",
            "State taxes on {s} {q} are unjust",
        ),
    ),
    (
        (
            "العلماء اختلفوا في {s} {q} فلا حكم فيه",
            "لا حديث صحيح في {s} {q}",
            "كل فتوى عن {s} {q} كذب",
            "سورة كاملة نزلت في شأن {s} {q}",
            "آيات القرآن تذكر {s} {q}",
        ),
        (
            "Scholars differed about {s} {q}, so there is no ruling",
            "No sound report speaks of {s} {q}",
            "Every fatwa on {s} {q} is a lie",
            "A whole sura came down about {s} {q}",
            "Verses of the Quran mention {s} {q}",
        ),
    ),
    (
        (
            "الغرب أدخل {s} إلى بلاد المسلمين {q}",
            "غير المسلمين سبقونا في {s} {q}",
            "من تشبّه بهم في {s} {q} فهو منهم",
            "التعايش معهم أفسد {s} {q}",
            "مؤامرة قديمة وراء {s} {q}",
        ),
        (
            "The West brought {s} into Muslim countries {q}",
            "Non-Muslims were ahead of us in {s} {q}",
            "Whoever imitates them in {s} {q} is one of them",
            "Living with them spoiled {s} {q}",
            "An old plot is behind {s} {q}",
        ),
    ),
]


def neutral(count: int) -> list[Entry]:
    """Wordings of `count` neutral claims, ten each: a title and four others in Arabic and in English."""
    every = list(product(range(len(SUBJECTS)), range(len(QUALIFIERS)), range(len(FAMILIES))))
    random.Random(SEED).shuffle(every)
    if count > len(every):
        raise ValueError(f"there are {len(every)} neutral claims")
    found = []
    for number, (subject, qualifier, family) in enumerate(every[:count]):
        for side, language in enumerate(("ar", "en")):
            for pattern in FAMILIES[family][side]:
                text = pattern.format(s=SUBJECTS[subject][side], q=QUALIFIERS[qualifier][side])
                found.append(Entry(f"neutral-{number}", language, text[:1].upper() + text[1:]))
    return found


def fill(count: int) -> None:
    """Publish `count` claims, the 40 among them, in both languages, straight into the tables: reading is measured."""
    import uuid

    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Locale, Page

    from hiwar.items.models import ItemRef
    from hiwar.library.models import ClaimPage, SectionPage

    by_claim: dict[tuple[object, str], list[str]] = {}
    own = entries()
    for entry in [*own, *neutral(count - len({each.claim for each in own}))]:
        by_claim.setdefault((entry.claim, entry.language), []).append(entry.text)
    kind, now = ContentType.objects.get_for_model(ClaimPage), timezone.now()
    keys = {claim: uuid.uuid4() for claim, _language in by_claim}
    for code in ("ar", "en"):
        section = SectionPage.objects.get(lists="claim", locale__language_code=code)
        locale = Locale.objects.get(language_code=code)
        for number, ((claim, language), texts) in enumerate(by_claim.items(), 1):
            if language != code:
                continue
            page = ClaimPage(
                path=f"{section.path}{Page._int2str(number).rjust(Page.steplen, '0')}",
                depth=section.depth + 1,
                title=texts[0],
                draft_title=texts[0],
                slug=f"claim-{number}",
                url_path=f"{section.url_path}claim-{number}/",
                content_type=kind,
                locale=locale,
                translation_key=keys[claim],
                live=True,
                verdict="unfounded",
                summary=texts[0],
                short_answer=texts[0],
                wordings="\n".join(texts[1:]),
            )
            page.save_base(raw=False, force_insert=True)
            ItemRef.objects.create(
                kind="claim",
                subject_id=page.pk,
                language=code,
                translation_key=keys[claim],
                live=True,
                title=texts[0],
                summary=texts[0],
                path=page.url_path,
                date=now,
                changed=now,
            )
