"""Reads the demonstration's texts: TOML files whose bodies are lightly marked."""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path
from typing import Any

from hiwar.scripture.blocks import chosen

HERE = Path(__file__).parent
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\]]+)\]\((https://[^)\s]+)\)")
# The sign of an era stays beside its year, so that no line begins with it alone.
ERA = re.compile(r"(?<=[٠-٩]) (?=(?:هـ|م)(?![\w]))")


def one(name: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def folder(name: str) -> dict[str, dict[str, Any]]:
    """Every TOML file of a sub-folder by its key, in the order of keys."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / name).glob("*.toml"))}


def rich(line: str) -> str:
    """A line as HTML: bold and links."""
    text = html.escape(line, quote=False)
    return LINK.sub(r'<a href="\2">\1</a>', BOLD.sub(r"<b>\1</b>", text))


def blocks(source: str) -> list[tuple[str, Any]]:
    """StreamField data of a body: headings, text, quotations, call-outs and verses in their order.

    `@ 2:256` is a verse, `@! 4:43 4-6 How they are cut` one of which the words 4 to 6 are quoted alone.
    `%scholar Who | Work | Position`, `%history When | What | Source` and `%law instrument | article | What it says`
    are evidence whose source is still to be checked.
    """
    found: list[tuple[str, Any]] = []
    for piece in re.split(r"\n\s*\n", ERA.sub("\u00a0", source.strip())):
        lines = [line.strip() for line in piece.strip().splitlines()]
        while lines:
            kind, taken = _piece(lines)
            lines = lines[len(taken) :]
            _add(found, kind, taken)
    return found


def _piece(lines: list[str]) -> tuple[str, list[str]]:
    first = lines[0]
    for kind, mark in (
        ("heading", r"## "),
        ("h3", r"### "),
        ("ul", r"- "),
        ("ol", r"\d+\. "),
        ("quotation", r">"),
        ("callout", r"! "),
        ("verse", r"@ "),
        ("misused", r"@! "),
        ("kept", r"%(scholar|history|law) "),
    ):
        if re.match(mark, first):
            taken = [first]
            if kind in ("ul", "ol", "quotation"):
                taken = []
                for line in lines:
                    if not re.match(mark, line):
                        break
                    taken.append(line)
            return kind, taken
    taken = []
    for line in lines:
        if taken and re.match(r"(#|- |\d+\. |>|! |@!? |%)", line):
            break
        taken.append(line)
    return "p", taken


def _kept(line: str) -> tuple[str, dict[str, Any]]:
    name, _space, rest = line[1:].partition(" ")
    first, second, third = (part.strip() for part in rest.split("|"))
    values = {
        "scholar": {"who": first, "work": second, "page": "", "text": third},
        "history": {"when": first, "text": second, "work": third, "page": ""},
        "law": {"instrument": first, "article": second, "text": third},
    }
    return name, {**values[name], "to_be_checked": True}


def _add(found: list[tuple[str, Any]], kind: str, lines: list[str]) -> None:
    if kind == "heading":
        found.append(("heading", {"text": lines[0][3:].strip()}))
    elif kind == "callout":
        found.append(("callout", {"text": lines[0][2:].strip()}))
    elif kind == "verse":
        found.append(("verse", chosen(lines[0][2:])))
    elif kind == "misused":
        place, cut, explanation = lines[0][3:].split(" ", 2)
        first, _, last = cut.partition("-")
        more = {"first_word": int(first), "last_word": int(last), "explanation": explanation}
        found.append(("misused_verse", {**chosen(place), **more}))
    elif kind == "kept":
        found.append(_kept(lines[0]))
    elif kind == "quotation":
        words = [line.lstrip("> ").strip() for line in lines]
        who = words.pop()[2:].strip() if words[-1].startswith("--") else ""
        found.append(("quotation", {"text": " ".join(words), "who": who}))
    else:
        if kind in ("ul", "ol"):
            inside = "".join(f"<li>{rich(re.sub(r'^(- |[0-9]+[.] )', '', line))}</li>" for line in lines)
            markup = f"<{kind}>{inside}</{kind}>"
        elif kind == "h3":
            markup = f"<h3>{rich(lines[0][4:].strip())}</h3>"
        else:
            markup = f"<p>{rich(' '.join(lines))}</p>"
        if found and found[-1][0] == "text":
            found[-1] = ("text", found[-1][1] + markup)
        else:
            found.append(("text", markup))
