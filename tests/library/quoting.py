"""Quotations for tests, built from the canon when they run: no verse is typed here, right or wrong."""

from __future__ import annotations

from hiwar.library.models import ArticlePage
from hiwar.scripture.canon import modern, quran
from hiwar.scripture.detect import detect
from hiwar.scripture.reference import Reference
from hiwar.scripture.spelling import tokens

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
