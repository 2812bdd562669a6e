"""Collect, merge, check and compile the interface's messages, with Babel alone (no gettext tools).

    python -m scripts.messages extract | update | check | compile

English in the source is the message id; catalogues are `hiwar/locale/<language>/LC_MESSAGES/django.po`.
An entry that corrects the framework's own wording has no line in our source: it carries a translator's
comment beginning with "framework:" and is then kept by `update` and accepted by `check`.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "hiwar" / "locale"
SOURCES = ("hiwar", "config")
COMPLETE = ("ar",)  # languages in which a missing translation is a failure
SIX_FORMS = (
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
)
FRAMEWORK = "framework:"
KEYWORDS: dict[str, tuple | None] = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None}
for _suffix in ("", "_lazy"):
    KEYWORDS["ngettext" + _suffix] = (1, 2)
    KEYWORDS["pgettext" + _suffix] = ((1, "c"), 2)
    KEYWORDS["npgettext" + _suffix] = ((1, "c"), 2, 3)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")

Key = tuple[str | None, str]


def _python_of_template(text: str, origin: str) -> bytes:
    """Django's own reading of a template as calls of gettext, made safe for Python's tokeniser.

    Django blanks everything else out with letters, one source line for one; what indentation is left would be
    an error to the tokeniser, so each line is moved to the margin. Messages never span lines there: they are
    written with `repr`.
    """
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    calls = []
    for line in templatize(text, origin=origin).split("\n"):
        found = [match.group(0) for match in CALL.finditer(line)]
        calls.append("; ".join(found))
    return "\n".join(calls).encode()


STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(?:n?p?gettext|_)\(\s*{STRING}(?:\s*,\s*{STRING})*(?:\s*,\s*count)?\s*\)")


def source_files() -> list[Path]:
    """Every Python file and template that may hold messages, in a stable order."""
    files = [path for name in SOURCES for path in (ROOT / name).rglob("*.py")]
    for suffix in ("*.html", "*.txt", "*.mjml", "*.xml"):
        files += [path for path in (ROOT / "hiwar").rglob(suffix) if "templates" in path.parts]
    return sorted(path for path in files if "migrations" not in path.parts)


def extract_file(path: Path) -> Iterator[tuple[int, str | tuple[str, str], list[str], str | None]]:
    """Messages of one file as (line, id or (singular, plural), comments, context).

    Raises SyntaxError when a template's translation block holds another block tag, as Django itself does.
    """
    raw = path.read_bytes()
    if path.suffix != ".py":
        raw = _python_of_template(
            raw.decode("utf-8"), str(path.relative_to(ROOT)) if ROOT in path.parents else path.name
        )
    found = babel_extract("python", io.BytesIO(raw), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})
    for line, message, comments, context in found:
        if isinstance(message, (list, tuple)):
            message = message[0] if len(message) == 1 else (message[0], message[1])
        if message:
            yield line, message, comments, context


def extract() -> Catalog:
    """All messages of the project as a fresh catalogue without translations."""
    catalog = Catalog(domain="django", project="Hiwar", charset="utf-8", fuzzy=False)
    for path in source_files():
        where = path.relative_to(ROOT).as_posix()
        for line, message, comments, context in extract_file(path):
            catalog.add(message, None, [(where, line)], auto_comments=comments, context=context)
    return catalog


def key(message: Message) -> Key:
    """What makes a message itself: context and (singular) id."""
    first = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    return message.context, first


def catalogues(*, domain: str = "django") -> list[tuple[str, Path]]:
    """(language, path) of every catalogue in the tree."""
    return sorted((path.parts[-3], path) for path in LOCALES.glob(f"*/LC_MESSAGES/{domain}.po"))


def read(path: Path, language: str) -> Catalog:
    """One catalogue from disk; a damaged file raises PoFileError with its line."""
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain="django", abort_invalid=True)


def from_framework(message: Message) -> bool:
    """True for an entry that corrects the framework's wording and is therefore in no file of ours."""
    return any(comment.strip().lower().startswith(FRAMEWORK) for comment in message.user_comments)


def update() -> int:
    """Merge the messages of the source into every catalogue; no translation is lost, none is guessed."""
    template = extract()
    for language, path in catalogues():
        catalog = read(path, language)
        kept = [message for message in catalog if message.id and from_framework(message)]
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        for message in kept:
            if catalog.get(message.id, message.context) is None:
                catalog[message.id] = message
                catalog.obsolete.pop(catalog._key_for(message.id, message.context), None)
        buffer = io.BytesIO()
        write_po(buffer, catalog, width=110, include_lineno=False)
        path.write_bytes(buffer.getvalue())
        missing = sum(1 for message in catalog if message.id and not _translated(message))
        print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {missing} without translation")
    return 0


def _translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def faults_of(message: Message, forms: int) -> list[str]:
    """What is wrong with one translated message: empty, fuzzy, plural forms, placeholders."""
    if not _translated(message):
        return ["not translated"]
    faults = ["fuzzy"] if message.fuzzy else []
    if isinstance(message.id, (list, tuple)):
        if len(message.string) != forms:
            return [*faults, f"{len(message.string)} plural forms, not {forms}"]
        allowed = _placeholders(message.id[0]) | _placeholders(message.id[1])
        for number, string in enumerate(message.string):
            have = _placeholders(string)
            # Forms 0 to 2 say the number in words, so they may leave it out; later forms must show it.
            if have - allowed or (number > 2 and _placeholders(message.id[1]) - have):
                faults.append(f"placeholders of form {number} differ: {sorted(have)}")
    elif _placeholders(message.string) != _placeholders(message.id):
        faults.append(f"placeholders differ: {sorted(_placeholders(message.string))}")
    return faults


def check() -> int:
    """Print every fault of the catalogues; 1 when there is any, 0 when all is complete."""
    template = extract()
    problems: list[str] = []
    found = dict(catalogues())
    problems += [
        f"hiwar/locale/{language}/LC_MESSAGES/django.po is missing" for language in COMPLETE if language not in found
    ]
    for language, path in found.items():
        catalog, where = read(path, language), path.relative_to(ROOT)
        if language == "ar":
            header = dict(catalog.mime_headers).get("Plural-Forms", "")
            if re.sub(r"[\s();]", "", header) != re.sub(r"[\s();]", "", SIX_FORMS):
                problems.append(f"{where}: Plural-Forms is not the six forms of Arabic")
        for message in catalog:
            if message.id and _translated(message):
                problems += [f"{where}: {key(message)}: {fault}" for fault in faults_of(message, catalog.num_plurals)]
        if language in COMPLETE:
            have = {key(message): message for message in catalog if message.id}
            for message in template:
                if not message.id:
                    continue
                place = f"{where}: {key(message)} ({message.locations[0][0]})"
                mine = have.get(key(message))
                if mine is None or not _translated(mine):
                    problems.append(f"{place}: not translated")
                elif isinstance(message.id, (list, tuple)) != isinstance(mine.id, (list, tuple)):
                    problems.append(f"{place}: has plural forms on one side only")
    print("\n".join(problems) or f"{len(template)} messages, complete in {', '.join(COMPLETE)}")
    return 1 if problems else 0


def compile_all() -> int:
    """Write a .mo beside every .po (written aside, then renamed: a running server never reads half a file).

    Also beside the catalogues that a room keeps for itself, which correct a framework's wording.
    """
    for path in sorted((ROOT / "hiwar").rglob("LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        aside = target.with_suffix(".mo.new")
        with aside.open("wb") as stream:
            write_mo(stream, read(path, path.parts[-3]))
        aside.replace(target)
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="messages", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["extract", "update", "check", "compile"])
    what = parser.parse_args(arguments).what
    if what == "extract":
        write_po(sys.stdout.buffer, extract(), width=110, include_lineno=False)
        return 0
    return {"update": update, "check": check, "compile": compile_all}[what]()


if __name__ == "__main__":
    sys.exit(main())
