"""Print N lines for `manage.py import_pages`: varied items in Arabic and English, the same ones for the same N.

    python -m scripts.make_import_file 20000 > items.jsonl

About a third are pairs in both languages. Nothing here is a fact: the texts are put together from parts.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

KINDS = (("article", 55), ("news", 25), ("press_release", 12), ("video", 8))
TOPICS = "dialogue media youth women education law families language memory towns schools radio".split()
PARTS: dict[str, dict[str, list[str]]] = {
    "en": {
        "subject": [
            "A town council",
            "The school library",
            "A radio programme",
            "The teachers' circle",
            "A young editor",
            "The neighbourhood forum",
            "A panel of jurists",
            "The translation desk",
            "A mothers' association",
            "The university debate",
            "A travelling exhibition",
            "The summer workshop",
        ],
        "verb": [
            "answers",
            "measures",
            "weighs",
            "describes",
            "questions",
            "collects",
            "compares",
            "revisits",
            "corrects",
            "listens to",
            "records",
            "explains",
        ],
        "object": [
            "the rumours of a hard week",
            "an old misunderstanding",
            "the words we use for neighbours",
            "what young readers ask",
            "a decade of shared projects",
            "the cost of silence",
            "one letter from abroad",
            "the limits of a slogan",
            "how trust is rebuilt",
            "the meaning of a convention",
            "a difficult meeting",
            "the first hour after a crisis",
        ],
        "end": [
            "and finds that patience is cheaper than haste",
            "before anybody else had thought of it",
            "with the help of those who disagreed most",
            "because nobody wished to repeat the last year",
            "although the budget allowed for little",
            "and publishes what it found in three languages",
            "while the question is still open",
            "so that the next group may start further on",
        ],
        "heading": ["What was tried", "Who took part", "What remains open", "A note on method"],
    },
    "ar": {
        "subject": [
            "مجلس البلدة",
            "أمين المكتبة",
            "برنامج إذاعي",
            "معلم متقاعد",
            "محرر شاب",
            "منتدى الحي",
            "فريق من القانونيين",
            "مكتب الترجمة",
            "نادي الأمهات",
            "أستاذ الجامعة",
            "معرض متنقل",
            "مخيم الصيف",
        ],
        "verb": [
            "يراجع",
            "يقيس",
            "يصف",
            "يناقش",
            "يجمع",
            "يقارن",
            "يصحح",
            "يسجل",
            "يشرح",
            "يتأمل",
            "يعيد قراءة",
            "يجيب عن",
        ],
        "object": [
            "شائعات أسبوع صعب",
            "سوء فهم قديم",
            "الكلمات التي نصف بها الجيران",
            "أسئلة القراء الشباب",
            "عقدا من المشروعات المشتركة",
            "ثمن الصمت",
            "رسالة واحدة من الخارج",
            "حدود الشعار",
            "طرق استعادة الثقة",
            "معنى الاتفاقية",
            "لقاء عسيرا",
            "الساعة الأولى بعد الأزمة",
        ],
        "end": [
            "ويجد أن الصبر أقل كلفة من العجلة",
            "قبل أن يفكر في ذلك أحد",
            "بمعونة من كانوا أشد اختلافا",
            "لأن أحدا لم يرد أن يتكرر العام الماضي",
            "على الرغم من ضيق الميزانية",
            "وينشر ما وجده بثلاث لغات",
            "والسؤال لا يزال مفتوحا",
            "لكي تبدأ المجموعة التالية من نقطة أبعد",
        ],
        "heading": ["ما جرى تجريبه", "من شارك", "ما بقي مفتوحا", "ملاحظة في المنهج"],
    },
}


def items(count: int) -> Iterator[dict[str, Any]]:
    """`count` objects of the outer contract's import format, seeded by their number."""
    made = 0
    while made < count:
        # The number alone is the seed, so that any item can be made again. No secret depends on it.
        chance = random.Random(made)  # noqa: S311
        kind = chance.choices([name for name, _weight in KINDS], [weight for _name, weight in KINDS])[0]
        languages = ["ar", "en"] if chance.random() < 0.33 else [chance.choice(["ar", "en"])]
        for language in languages[: count - made]:
            yield item(made, kind, language, f"pair-{made}" if len(languages) > 1 else "", chance)
            made += 1


def item(number: int, kind: str, language: str, key: str, chance: random.Random) -> dict[str, Any]:
    """One item; `number` is in its old address."""
    made: dict[str, Any] = {
        "kind": kind,
        "locale": language,
        "title": f"{sentence(language, chance)} ({number})",
        "body_html": body(kind, language, chance),
        "date": (date(2016, 10, 1) + timedelta(days=chance.randrange(3600))).isoformat(),
        "topics": chance.sample(TOPICS, chance.randint(0, 3)),
        "source_url": f"https://old.example/{language}/archives/{number}",
    }
    if key:
        # Both languages of a pair differ in number; they share the key of the first.
        made["translation_key"] = key
    if chance.random() < 0.5:
        made["summary"] = f"{sentence(language, chance)}."
    if kind == "video":
        made["video_url"] = f"https://vimeo.com/{100_000_000 + number}"
    return made


def sentence(language: str, chance: random.Random) -> str:
    """Subject, verb and object."""
    parts = PARTS[language]
    return " ".join(chance.choice(parts[name]) for name in ("subject", "verb", "object"))


def paragraph(language: str, chance: random.Random) -> str:
    """Three to six sentences."""
    parts = PARTS[language]
    return " ".join(
        f"{sentence(language, chance)} {chance.choice(parts['end'])}." for _i in range(chance.randint(3, 6))
    )


def body(kind: str, language: str, chance: random.Random) -> str:
    """HTML as an old site had it: paragraphs, headings, a list, a quotation, now and then markup to be cleaned."""
    parts: list[str] = []
    for _i in range(chance.randint(3, 7) if kind == "article" else chance.randint(1, 3)):
        if chance.random() < 0.4:
            parts.append(f"<h2>{chance.choice(PARTS[language]['heading'])}</h2>")
        parts.append(f'<p style="margin:0">{paragraph(language, chance)}</p>')
    if chance.random() < 0.3:
        rows = "".join(f"<li>{sentence(language, chance)}</li>" for _i in range(3))
        parts.append(f"<ul>{rows}</ul>")
    if chance.random() < 0.2:
        who = chance.choice(PARTS[language]["subject"])
        parts.append(f"<blockquote><p>{sentence(language, chance)}.</p><p>— {who}</p></blockquote>")
    if chance.random() < 0.1:
        parts.append('<script>track()</script><p><a href="/en/topic/?tID=5901">1</a></p>')
    return "".join(parts)


def main(arguments: list[str]) -> int:
    """Print the lines; 2 when the number is missing or not one."""
    if len(arguments) != 1 or not arguments[0].isdigit():
        print("usage: python -m scripts.make_import_file N > items.jsonl", file=sys.stderr)
        return 2
    for made in items(int(arguments[0])):
        print(json.dumps(made, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
