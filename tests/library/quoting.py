"""Quotations for tests, built from the canon when they run: no verse is typed here, right or wrong."""

from __future__ import annotations

import json

from hiwar.arabic.folding import bare_letters
from hiwar.library.models import ArticlePage
from hiwar.scripture.canon import modern, quran
from hiwar.scripture.detect import detect
from hiwar.scripture.matching import build
from hiwar.scripture.matching.spelling import tokens
from hiwar.scripture.reference import Reference

# A word of today's language that no verse below has.
STRANGE = "الاستراتيجية"
ANNOUNCED = "قال تعالى:"


def words(sura: int, verse: int) -> list[str]:
    """The words of a verse as people type them: modern spelling, no vowel marks."""
    text = modern()[sura, verse]
    return [text[token.start : token.end] for token in tokens(text)]


def quoted(sura: int = 2, verse: int = 256, *, first: int = 0, last: int | None = None) -> str:
    """Some words of a verse, rightly."""
    return " ".join(words(sura, verse)[first:last])


def misquoted(sura: int = 2, verse: int = 256, *, at: int = 6, last: int | None = 12) -> str:
    """The first words of a verse, one of them put by another."""
    changed = words(sura, verse)[:last]
    changed[at] = STRANGE
    text = " ".join(changed)
    [found] = detect(text)
    assert (found.status, found.reference) == ("altered", f"{sura}:{verse}"), found
    return text


def uthmani(sura: int = 2, verse: int = 256, *, first: int = 0, last: int | None = None) -> str:
    """Some words of a verse in the edition's own spelling."""
    return " ".join(quran().verse(sura, verse).words[first:last])


def body(*paragraphs: str) -> list[tuple[str, str]]:
    """A text of one block."""
    return [("text", "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))]


def text_of(page: ArticlePage) -> str:
    """The stored markup of a page's text."""
    return "".join(str(block.value.source) for block in page.body if block.block_type == "text")


def label(key: str = "2:256", language: str = "en") -> str:
    return Reference.parse(key).label(language)


def hadith_words(key: str = "bukhari:1") -> list[str]:
    """The first words of what a report says, as people type them, without vowel marks."""
    with build.hadith_file().open("rb") as file:
        text = next(row["text"] for row in map(json.loads, file) if row["hadith_key"] == key)
    said = text.partition('"')[2] or text
    return [bare_letters(said[token.start : token.end]) for token in tokens(said)]


def misquoted_hadith(key: str = "bukhari:1", *, at: int = 6, last: int = 14) -> str:
    """The first words of a report, one of them put by another."""
    changed = hadith_words(key)[:last]
    changed[at] = STRANGE
    [found] = detect(" ".join(changed))
    assert (found.status, f"{found.source}:{found.reference}") == ("altered", key), found
    return " ".join(changed)
