"""HTML from outside becomes the blocks an editor would have used. What no block can hold is left out.

Two steps: nh3 (the ammonia sanitiser) removes what is dangerous and mends what is broken; then the few tags that
remain are sorted into blocks. Nothing of the source's markup is stored as it came.
"""

from __future__ import annotations

import html
import re
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import nh3
from django.utils.translation import gettext as _

from hiwar.library.blocks import HeadingBlock, outside_video
from hiwar.library.imports.reading import LineRefused
from hiwar.library.inner_links import leads_away

INLINE = {"a": "a", "b": "b", "strong": "b"}
HEADINGS = ("h1", "h2", "h3")
SMALL_HEADINGS = ("h4", "h5", "h6")
LISTS = ("ul", "ol")
CELLS = ("td", "th")
BOUNDARIES = frozenset(
    "p div section article header main aside address pre figure figcaption table caption tr dl dt dd center hr".split()
)
TAGS = {*INLINE, *HEADINGS, *SMALL_HEADINGS, *LISTS, *CELLS, *BOUNDARIES, "li", "br", "blockquote", "cite", "footer"}
GONE_WITH_CONTENT = {"script", "style", "noscript", "template", "object", "svg", "math", "select", "textarea", "title"}
SCHEMES = {"http", "https", "mailto", "tel"}
LONGEST_HEADING = HeadingBlock().child_blocks["text"].field.max_length or 160
LONGEST_CREDIT = 250
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
NEED_NO_END = frozenset("p li br hr img input meta link td th tr dt dd option source wbr col area embed".split())
DEEPEST = 1000
SPACE = re.compile(r"[ \t\r\n]+")
AT_THE_START = re.compile(r"(?:[ \t\r\n]|<br/>)*")
DASHES = "—–―-"
WORDS_KEPT = 2000  # characters kept as plain words, enough to make a summary from


@dataclass
class Cleaned:
    """Blocks as a StreamField stores them, the first words without markup, and addresses of known outside videos."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    words: str = ""
    videos: list[str] = field(default_factory=list)


def cleaned(source: str, *, title: str, address: str = "", videos: bool = True, links: bool = True) -> Cleaned:
    """Blocks of the HTML fragment `source`.

    `title` names an embedded outside video; `address` is where the fragment stood, for links relative to it.
    Headings become heading blocks, a blockquote a quotation with whom its cite, footer or last dashed line names,
    a frame of a known video provider a video behind a click; paragraphs and lists become text. Scripts, styles,
    other frames, forms and pictures are left out, and links of any other scheme than http, https, mailto and tel.
    Without `videos` no frame becomes a block; without `links` what leads to another site becomes plain words.
    Raises LineRefused when tags are nested beyond what any text needs.
    """
    _require_shallow(source)
    safe = nh3.clean(
        CONTROL.sub("", source),
        tags={*TAGS, "iframe"},
        attributes={"a": {"href"}, "iframe": {"src"}},
        clean_content_tags=GONE_WITH_CONTENT,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    sorter = _Sorter(title=title, address=address, videos=videos, links=links)
    sorter.feed(safe)
    sorter.close()
    return sorter.finished()


def _require_shallow(source: str) -> None:
    """The sanitiser's time grows with the square of the depth: a megabyte of <div> would hold the import for hours."""
    depth = 0
    for closing, name in TAG.findall(source):
        if name.lower() not in NEED_NO_END:
            depth = max(depth - 1, 0) if closing else depth + 1
        if depth > DEEPEST:
            raise LineRefused(_("body_html is nested more than %(deepest)d deep.") % {"deepest": DEEPEST})


def video_address(value: str) -> str:
    """`value` as an https address of a known video provider, or ''."""
    given = f"https:{value}" if value.startswith("//") else value
    return given if outside_video(given) else ""


class _Sorter(HTMLParser):
    """Sorts the tags that nh3 left into blocks, in one pass and without recursion."""

    def __init__(self, *, title: str, address: str, videos: bool, links: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.result = Cleaned()
        self.title, self.address = title, address
        self.with_videos, self.with_links = videos, links
        self.line: list[str] = []  # the paragraph being read, escaped, with its inline tags
        self.marks: list[tuple[str, str]] = []  # inline tags open in it: name, opening tag ('' for one left out)
        self.paragraphs: list[str] = []  # of the text block being read
        self.list: list[str] = []
        self.depth = 0  # of lists
        self.heading = ""
        self.quote: list[str] | None = None
        self.quotes = 0  # blockquotes in blockquotes
        self.credit: list[str] | None = None
        self.said_by = ""

    def finished(self) -> Cleaned:
        self._end_line()
        self._end_text()
        return self.result

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in INLINE:
            self._open(tag, dict(attrs).get("href") or "")
        elif tag == "br":
            self.line.append("<br/>")
        elif tag == "iframe":
            self._video(dict(attrs).get("src") or "")
        elif tag in CELLS:
            if self.line:
                self.line.append(" · ")
        elif tag in ("cite", "footer") and self.quote is not None:
            self._end_line()
            self.credit = []
        elif tag != "cite":
            self._end_line()
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        if tag in LISTS and self.quote is None:
            self.depth += 1
            self.list.append(f"<{tag}>")
        elif tag == "li" and self.depth:
            self.list.append("<li>")
        elif tag == "blockquote" and not self.depth:
            if self.quote is None:
                self._end_text()
                self.quote = []
            self.quotes += 1
        elif tag in (*HEADINGS, *SMALL_HEADINGS) and not self.depth and self.quote is None:
            self.heading = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            self._close(tag)
        elif tag in ("cite", "footer") and self.credit is not None:
            self._end_line()
            self.said_by, self.credit = " ".join(self.credit), None
        elif tag in (*CELLS, "cite"):
            return
        else:
            self._end_line()
            self._finish(tag)

    def _finish(self, tag: str) -> None:
        if tag in LISTS and self.depth:
            self.depth -= 1
            self.list.append(f"</{tag}>")
            if not self.depth:
                self.paragraphs.append("".join(self.list))
                self.list = []
        elif tag == "li" and self.depth:
            self.list.append("</li>")
        elif tag == "blockquote" and self.quotes:
            self.quotes -= 1
            if not self.quotes:
                self._end_quote()
        elif tag == self.heading:
            self.heading = ""

    def handle_data(self, data: str) -> None:
        words = SPACE.sub(" ", data)
        if words != " " or self.line:
            self.line.append(html.escape(words, quote=False))
            if len(self.result.words) < WORDS_KEPT and not self.heading and self.quote is None:
                self.result.words += words

    def _open(self, tag: str, href: str) -> None:
        name = INLINE[tag]
        # Once is enough: a thousand nested <b> would otherwise be opened again in every paragraph.
        opening = f"<{name}>" if name != "a" and not any(mark == name for mark, _opening in self.marks) else ""
        target = self._target(href) if name == "a" else ""
        if target and (self.with_links or not leads_away(target)):
            opening = f'<a href="{html.escape(target)}">'
            if found := video_address(target):
                self.result.videos.append(found)
        self.marks.append((name, opening))
        self.line.append(opening)

    def _close(self, tag: str) -> None:
        if self.marks and self.marks[-1][0] == INLINE[tag]:
            name, opening = self.marks.pop()
            if opening:
                self.line.append(f"</{name}>")

    def _target(self, href: str) -> str:
        """Where a link may lead: absolute as given, relative as a path of this site (old addresses are redirected)."""
        href = href.strip()
        if not href or href.startswith("#"):
            return ""
        if href.startswith("//"):
            return f"https:{href}"
        if urlsplit(href).scheme:
            return href
        if not self.address:
            return href if href.startswith("/") else ""
        parts = urlsplit(urljoin(self.address, href))
        return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"

    def _video(self, source: str) -> None:
        if not (found := video_address(source)):
            return
        self.result.videos.append(found)
        if self.depth or self.quote is not None or not self.with_videos:
            return
        self._end_line()
        self._end_text()
        self._add("video", {"address": found, "title": self.title[:160]})

    def _end_line(self) -> None:
        """Finish the paragraph being read; marks still open are closed in it and opened again in the next."""
        closing = [f"</{name}>" for name, opening in reversed(self.marks) if opening]
        content = _trimmed("".join([*self.line, *closing]))
        self.line = [opening for _name, opening in self.marks if opening]
        words = _words(content)
        if not words:
            return
        self.result.words += "\n" if len(self.result.words) < WORDS_KEPT else ""
        if self.credit is not None:
            self.credit.append(words.lstrip(DASHES + " "))
        elif self.depth:
            self.list.append(content if self.list[-1].endswith(("<li>", "</ul>", "</ol>")) else f"<br/>{content}")
        elif self.quote is not None:
            self.quote.append(words)
        elif self.heading in HEADINGS and len(words) <= LONGEST_HEADING:
            self._end_text()
            self._add("heading", {"text": words})
        elif self.heading:
            self.paragraphs.append(f"<h3>{content}</h3>")
        else:
            self.paragraphs.append(f"<p>{content}</p>")

    def _end_text(self) -> None:
        if self.paragraphs:
            self._add("text", "".join(self.paragraphs))
            self.paragraphs = []

    def _end_quote(self) -> None:
        said, by = self.quote or [], self.said_by
        self.quote, self.said_by = None, ""
        if not by and len(said) > 1 and said[-1][0] in DASHES:
            by = said.pop().lstrip(DASHES + " ")
        if said:
            self._add("quotation", {"text": "\n".join(said), "who": by[:LONGEST_CREDIT]})

    def _add(self, kind: str, value: Any) -> None:
        self.result.blocks.append({"type": kind, "value": value, "id": str(uuid.uuid4())})


def _trimmed(content: str) -> str:
    """A paragraph without spaces and line breaks at its ends."""
    start = AT_THE_START.match(content)
    end = AT_THE_START.match(content[::-1].replace(">/rb<", "<br/>"))
    return content[start.end() : len(content) - end.end()] if start and end else content


def _words(content: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", content.replace("<br/>", " "))).strip()
