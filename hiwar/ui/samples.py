"""Sample data of the component gallery: one entry, or several, for each template of `templates/ui/`.

Everything here is invented. Names and titles are given in Arabic and English, so both directions can be looked at.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any

from django.utils.safestring import mark_safe

from hiwar.ui.page import names

WORDS: dict[str, dict[str, str]] = {
    "ar": {
        "title": "كيف يُتحقق من نص قبل نشره؟",
        "title2": "أمان الزائر والمستجير في كتب الفقه",
        "title3": "ورشة عمل عن التحقق من الاقتباس الديني",
        "summary": "خمس خطوات قصيرة تبيّن مصدر الاقتباس ودرجته، وما يُكتب إن لم يوجد المصدر.",
        "section": "المقالات",
        "person": "د. سلمى الراوي",
        "field": "علوم الحديث",
        "role": "مراجعة شرعية",
        "biography": "باحثة في مناهج النقد عند المحدِّثين، ولها دراسات في لغة الحوار.",
        "topic": "خطاب الكراهية",
        "topic2": "التحقق من النصوص",
        "source": "دليل المحررين، الفصل الثاني",
        "correction": "صُوّب رقم القرار في الفقرة الثالثة.",
        "place": "جدة",
        "programme": "الجلسة الأولى",
        "state": "دولة نموذجية",
        "chart": "المدير العام",
        "other": "How to check a quotation before sharing it",
        "other_language": "en",
    },
    "en": {
        "title": "How to check a text before it is published",
        "title2": "Safe conduct of the visitor and the asylum seeker in books of law",
        "title3": "A workshop on checking religious quotations",
        "summary": "Five short steps show where a quotation comes from, and what to write if no source is found.",
        "section": "Articles",
        "person": "Dr Salma al-Rawi",
        "field": "Hadith studies",
        "role": "Scholarly review",
        "biography": "A researcher in the methods of hadith criticism, with studies on the language of dialogue.",
        "topic": "Hate speech",
        "topic2": "Checking texts",
        "source": "The editors’ guide, chapter two",
        "correction": "The number of the resolution in the third paragraph was corrected.",
        "place": "Jeddah",
        "programme": "First session",
        "state": "Sample State",
        "chart": "Director General",
        "other": "كيف يُتحقق من نص قبل نشره؟",
        "other_language": "ar",
    },
}


def _card(words: dict[str, str], path: str, **changes: Any) -> SimpleNamespace:
    values: dict[str, Any] = {
        "title": words["title"],
        "summary": words["summary"],
        "path": path,
        "language": "",
        "kind_label": words["section"],
        "date": datetime(2026, 3, 4, 9, 0, tzinfo=UTC),
        "code": "7K4Q29HD",
        "image_url": "",
        "image_alt": "",
        "minutes": 7,
        "seconds": 0,
    }
    return SimpleNamespace(**{**values, **changes})


def samples(language: str) -> dict[str, list[dict[str, Any]]]:
    """Contexts for each component, by file name; a component with several states has several contexts."""
    words = WORDS.get(language, WORDS["en"])
    here = f"/{language}/gallery/"
    card = _card(words, here)
    second = _card(words, here, title=words["title2"], code="B3", minutes=0)
    video = _card(words, here, title=words["title3"], code="C9", seconds=612, minutes=0)
    person = SimpleNamespace(
        name_here=words["person"],
        path=here,
        field_here=words["field"],
        role_here=words["role"],
        biography_here=words["biography"],
        initial=words["person"].split()[1][0],
    )
    topics = [SimpleNamespace(name_here=words[name], path=here) for name in ("topic", "topic2")]
    at = here + "#"
    transcript = [
        {"at": 0, "label": "0:00", "text": words["summary"]},
        {"at": 22, "label": "0:22", "text": words["biography"]},
    ]
    crumbs = [{"title": words["section"], "path": here}, {"title": words["title"], "path": ""}]
    links = [{"title": words["section"], "path": here}, {"title": words["topic"], "path": here}]
    switch = [{"language": words["other_language"], "name": words["other"][:8], "path": here, "translated": True}]
    document = SimpleNamespace(url=at, title=words["source"], file_extension="pdf", file_size=1_240_000)
    pages = {
        "current": 2,
        "total": 9,
        "list": [{"n": 1, "path": at}, {"n": 2, "path": at}, {"n": 3, "path": at}, None, {"n": 9, "path": at}],
        "previous": at,
        "next": at,
    }
    filters = {
        "topics": [
            {"slug": "a", "name": words["topic"], "count": 14, "path": at, "on": True},
            {"slug": "b", "name": words["topic2"], "count": 9, "path": at, "on": False},
        ],
        "years": [{"year": 2026, "count": 31, "path": at, "on": False}],
    }
    outside = {
        "provider": "sample",
        "name": "Example Video",
        "embed": "https://video.example/embed/1",
        "address": "https://video.example/1",
        "privacy": "https://video.example/privacy",
        "title": words["title"],
    }
    film = {"sources": [], "poster": "", "width": 1280, "height": 720, "seconds": 612, "size_label": "", "download": at}
    return {
        "author.html": [{"person": person}],
        "byline.html": [{"authors": [person, person], "date": date(2026, 3, 4), "minutes": 7}],
        "card.html": [{"card": card, "show_kind": True}, {"card": video}],
        "chapters.html": [
            {"chapters": [{"at": 0, "label": "0:00", "title": words["title"]}], "transcript": transcript, "video": film}
        ],
        "chips.html": [{"chips": [{"label": words["topic"], "path": at}], "clear_path": at}],
        "corrections.html": [
            {
                "corrections": [
                    {"on": date(2026, 3, 9), "kind": "correction", "text": words["correction"]},
                    {"on": date(2026, 4, 2), "kind": "update", "text": words["summary"]},
                ]
            }
        ],
        "credits.html": [{"reviewers": [person], "translators": [person]}],
        "crumbs.html": [{"crumbs": crumbs}],
        "dated.html": [{"card": card}],
        "dates.html": [{"value": date(2026, 3, 4)}],
        "demo_bar.html": [{}],
        "document.html": [{"document": document}],
        "elsewhere.html": [
            {"cards": [_card(words, here, language=words["other_language"], title=words["other"], summary="")]}
        ],
        "empty.html": [{"title": words["topic2"], "text": words["summary"], "path": here, "action": words["section"]}],
        "facade.html": [{"outside": outside}],
        "facts.html": [{"facts": [{"label": words["topic"], "value": words["place"]}]}],
        "figures.html": [
            {"figures": [{"label": words["section"], "value": 57}, {"label": words["topic"], "value": 43}]}
        ],
        "filters.html": [{"filters": filters}],
        "footer.html": [
            {"footer": [{"title": words["section"], "links": links}], "lang": language, "site_name": words["title"]}
        ],
        "head.html": [{"meta": {"title": words["title"], "description": words["summary"]}}],
        "header.html": [{"menu": [{**links[0], "current": True}, links[1]], "switch": switch, "lang": language}],
        "home_links.html": [{"lang": language}],
        "lead.html": [{"card": card}],
        "letters.html": [
            {
                "letters": [
                    {"letter": words["state"][0], "states": [SimpleNamespace(path=here, name_here=words["state"])]}
                ]
            }
        ],
        "menu.html": [{"menu": links}],
        "meta_line.html": [{"card": card, "show_kind": True}],
        "notice.html": [
            {"title": words["topic"], "text": words["summary"]},
            {"tone": "warn", "text": words["correction"]},
        ],
        "press_kit.html": [
            {
                "marks": ["hiwar/mark.svg", "hiwar/mark-reversed.svg"],
                "names": [{"language": code, **names(code)} for code in ("ar", "en")],
                "contact": "press@example.org",
            }
        ],
        "page_head.html": [{"eyebrow": words["section"], "title": words["title"], "standfirst": words["summary"]}],
        "pagination.html": [{"pages": pages}],
        "person.html": [{"person": person}],
        "player.html": [{"video": film, "title": words["title"], "tracks": []}],
        "programme.html": [
            {"programme": [{"time": time(9, 30), "title": words["programme"], "text": words["person"]}]}
        ],
        "related.html": [{"cards": [card, second, video]}],
        "results.html": [
            {"count": 48, "first": 11, "last": 20, "order_label": words["section"]},
            {"count": 3, "first": 1, "last": 3},
        ],
        "row.html": [{"card": card, "show_kind": True}, {"card": video}],
        "seal.html": [
            {
                "seal": {
                    "label": words["topic2"],
                    "facts": [{"label": words["section"], "value": words["source"]}],
                    "note": words["summary"],
                    "path": here,
                    "more": words["section"],
                }
            }
        ],
        "section_head.html": [{"title": words["section"], "path": here, "more": words["topic"]}],
        "sources.html": [
            {"sources": [{"text": mark_safe(words["source"]), "page": "45", "url": "https://sources.example/guide"}]}
        ],
        "switch.html": [{"switch": switch}],
        "teaser.html": [{"card": second, "show_kind": True}],
        "timeline.html": [
            {"instruments": [{"year": 1999, "title": words["title2"]}, {"year": 2008, "title": words["title3"]}]}
        ],
        "toc.html": [{"toc": [{"id": "main", "title": words["title"]}]}],
        "tools.html": [{"short_path": "/s/7K4Q29HD", "pdf_path": at, "canonical": "https://centre.example" + here}],
        "topic_list.html": [{"topics": topics}],
        "topic_tags.html": [{"topics": topics, "places": []}],
        "transcript.html": [{"transcript": transcript}],
        "tree.html": [
            {"nodes": [{"title": words["chart"], "children": [{"title": words["section"], "children": []}]}]}
        ],
        "versions.html": [
            {
                "versions": [
                    {"on": date(2026, 4, 2), "kind": "update", "text": words["summary"]},
                    {"on": date(2026, 3, 4), "kind": "first", "text": ""},
                ]
            }
        ],
    }
