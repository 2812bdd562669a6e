"""What the component gallery shows of this room. The verses are the canon's; the hadith is invented and says so."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe

from hiwar.scripture import shown
from hiwar.scripture.reference import Reference
from hiwar.ui.samples import WORDS


def samples(language: str) -> dict[str, list[dict[str, Any]]]:
    """Contexts of the three citations and their parts, by template."""
    words = WORDS.get(language, WORDS["en"])
    one, several = Reference.parse("2:256"), Reference.parse("109:1-6")
    meaning = {"text": words["summary"], "name": words["source"], "language": language, "direction": "auto"}
    verse = shown.passage(one)
    cut = shown.passage(several, cut=(3, 6))
    hadith = {
        "narrator": words["person"],
        "text": WORDS["ar"]["summary"],
        "label": words["source"],
        "copied": f"({words['source']})",
        "gradings": [
            {"grader": words["person"], "grade": words["topic"], "band": band, "wording": "", "where": words["source"]}
            for band in ("sound", "weak", "none")
        ],
        "graders_differ": True,
        "seal": {"label": words["role"], "facts": [{"label": words["section"], "value": mark_safe(words["source"])}]},
    }
    return {
        "blocks/verse.html": [
            {"shown": verse},
            {"shown": shown.passage(several, meaning=meaning)},
            {"shown": shown.passage(one, sealed=False), "trouble": words["correction"]},
        ],
        "blocks/misused_verse.html": [
            {"shown": {**cut, "how": shown.how_it_is_cut(several, (3, 6))}, "explanation": words["biography"]}
        ],
        "blocks/hadith.html": [{"shown": hadith}, {"shown": {"withdrawn": True, "label": words["source"]}}],
        "blocks/misused_hadith.html": [{"shown": hadith, "explanation": words["biography"]}],
    }
