"""Tags and filters of every public template: icons, dates, digits, pictures, structured data, panels."""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from babel.lists import format_list
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hiwar.arabic import dates as calendar
from hiwar.arabic.digits import known_locale, localise_number, to_arabic_indic
from hiwar.arabic.direction import base_language, direction
from hiwar.ui import panels as registry
from hiwar.ui.sizes import file_size_label

register = template.Library()
log = logging.getLogger(__name__)

# Widths in CSS pixels at one and two device pixels; the ratio of `hero` and `card` is the plate's, 2 : 1.
PICTURES: dict[str, tuple[tuple[int, int], ...]] = {
    "hero": ((640, 320), (1200, 600), (1800, 900)),
    "card": ((400, 200), (800, 400)),
    "inline": ((656, 0), (1312, 0)),
    "portrait": ((128, 128), (256, 256)),
}
SIZES = {
    "hero": "(min-width: 78rem) 74rem, 100vw",
    "card": "(min-width: 48rem) 24rem, 100vw",
    "inline": "(min-width: 45rem) 41rem, 100vw",
    "portrait": "4rem",
}


def reader_language() -> str:
    """Language code of the page being rendered, as in `<html lang>`."""
    return get_language() or settings.LANGUAGE_CODE


@register.simple_tag
def icon(name: str, flip: bool = False) -> SafeString:
    """One shape of the sprite, hidden from screen readers: the words beside it speak.

    `flip` mirrors it on right-to-left pages (arrows only; a clock or a tick has no direction).
    """
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        " flip" if flip else "",
        static("hiwar/icons.svg"),
        name,
    )


@register.simple_tag
def mark() -> SafeString:
    """The Centre's mark, coloured by the place it stands in."""
    return format_html('<svg class="mark" aria-hidden="true"><use href="{}#mark"/></svg>', static("hiwar/icons.svg"))


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.simple_tag
def dates(value: date | datetime | None) -> SafeString:
    """A date in both calendars with its machine form; nothing for None.

    Arabic readers see the Hijri date first, others the Gregorian one with the Hijri date in brackets.
    """
    if value is None or value == "":
        return SafeString("")
    return _both_calendars(_day(value), reader_language())


@lru_cache(maxsize=2048)  # a listing shows the same few days again and again
def _both_calendars(day: date, language: str) -> SafeString:
    hijri, gregorian = calendar.calendars(day, language)
    if not hijri:
        return format_html('<span class="dates"><time datetime="{}">{}</time></span>', day.isoformat(), gregorian)
    first, joint, second = (
        (hijri, " – ", gregorian) if base_language(language) == "ar" else (gregorian, " ", f"({hijri})")
    )
    return format_html(
        '<span class="dates"><time datetime="{}">{}</time>{}<span>{}</span></span>',
        day.isoformat(),
        first,
        joint,
        second,
    )


@register.simple_tag
def day_block(value: date | datetime) -> SafeString:
    """The day and month of an event, large, in the Gregorian calendar; the whole date stands beside it."""
    language = reader_language()
    day = _day(value)
    # The label is "4 March 2026" in every language we print, so its first two words are the day and the month.
    number, month = calendar.gregorian_label(day, language).split()[:2]
    return format_html('<span class="day" aria-hidden="true"><b>{}</b><span>{}</span></span>', number, month)


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """The time of day with its place: «١٥:٣٠ بتوقيت مكة المكرمة», “15:30 (Makkah time)”."""
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), calendar.time_label(value, reader_language())
    )


@register.simple_tag
def clock(seconds: float | None) -> SafeString:
    """Running time as on a player, «١٠:١٢», with the ISO 8601 duration for machines; nothing when it is not known."""
    if seconds is None or seconds == "":
        return SafeString("")
    label = calendar.duration_label(seconds, reader_language())
    return format_html('<time datetime="PT{}S">{}</time>', int(seconds), label)


@register.filter
def digits(value: Any) -> str:
    """A number, or the digits inside a text, as the page's readers write them."""
    if value is None or value == "":
        return ""
    language = reader_language()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return localise_number(value, language)
    return to_arabic_indic(str(value)) if base_language(language) == "ar" else str(value)


@register.filter
def year(value: int | str) -> str:
    """A year: digits of the page's language, never grouped in thousands."""
    return digits(str(value))


@register.filter
def isolate(code: Any) -> SafeString:
    """A code, symbol or address: Latin digits, left to right, apart from the text around it."""
    return format_html('<bdi class="code" dir="ltr">{}</bdi>', code) if code else SafeString("")


@register.filter
def direction_of(language: str) -> str:
    """Value of `dir` for a language code."""
    return direction(language)


@register.filter
def language_name(language: str) -> str:
    """A language's name in that language (CLDR): «العربية», “English”, “français”; the code when it is not known."""
    locale = known_locale(language)
    return (locale.get_display_name() or language) if locale else language


@register.filter
def at_origin(path: str, canonical: str) -> str:
    """`path` with the scheme and host of the page's canonical address, so that it can be read from paper."""
    parts = urlsplit(canonical or "")
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else path


@register.filter
def without_scheme(address: str) -> str:
    """An address as people write it: no https://, no slash at the end."""
    return address.partition("://")[2].rstrip("/") if "://" in address else address


@register.filter
def plate(seed: Any) -> str:
    """Which of the four drawn plates stands for a missing picture: always the same one for the same item."""
    return ("", " p2", " p3", " p4")[zlib.crc32(str(seed).encode()) % 4]


@register.simple_tag
def picture(image: Any, kind: str = "inline", alt: str | None = None, lazy: bool = True) -> SafeString:
    """An `<img>` of a Wagtail image in WebP, in two or three widths, with its size so that nothing jumps.

    `kind` is hero, card, inline or portrait. `alt` falls back on the picture's own text in the page's language.
    A picture whose file is gone is left out, with a line in the log: a page must not fail for it.
    """
    if not image:
        return SafeString("")
    specs = [
        f"fill-{width}x{height}|format-webp" if height else f"width-{width}|format-webp"
        for width, height in PICTURES[kind]
    ]
    try:
        found = image.get_renditions(*specs)
    except (OSError, ValueError) as error:  # Wagtail's SourceImageIOError is an OSError
        log.warning("picture %s left out: %s", image.pk, error)
        return SafeString("")
    renditions = list({found[spec].width: found[spec] for spec in specs}.values())  # a small file gives one width twice
    text = image.default_alt_text if alt is None else alt
    first = renditions[0]
    attributes = [("src", first.url), ("alt", text), ("width", first.width), ("height", first.height)]
    if len(renditions) > 1:
        attributes.insert(1, ("srcset", ", ".join(f"{each.url} {each.width}w" for each in renditions)))
        attributes.insert(2, ("sizes", SIZES[kind]))
    if kind == "hero":
        attributes.append(("class", "hero-image"))
    attributes.append(("loading", "lazy") if lazy else ("fetchpriority", "high"))
    return format_html("<img{}>", format_html_join("", ' {}="{}"', attributes))


@register.simple_tag
def json_ld(things: Sequence[Mapping[str, Any]] | None) -> SafeString:
    """Structured data (schema.org, JSON-LD) as one data block; nothing for an empty list.

    `<`, `>` and `&` are written as escapes, so no title can close the element.
    """
    if not things:
        return SafeString("")
    body = json.dumps(
        list(things) if len(things) > 1 else things[0], ensure_ascii=False, separators=(",", ":"), default=str
    )
    for sign, escape in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        body = body.replace(sign, escape)
    return mark_safe(f'<script type="application/ld+json">{body}</script>')


@register.simple_tag
def chapter_target(at: int, transcript: Sequence[Mapping[str, Any]] | None, source: str = "") -> str:
    """Where the time of a chapter leads without JavaScript: to the words said then, else into the file itself.

    `at` in seconds. The words are the last ones of the transcript that begin at or before it; in the file the time is a
    media fragment (W3C Media Fragments URI 1.0, 4.2.1).
    """
    before = [line["at"] for line in transcript or [] if line["at"] <= at]
    if before:
        return f"#t{max(before)}"
    return f"{source}#t={at}" if source else "#main"


@register.simple_tag(takes_context=True)
def panels(context: template.Context, place: str) -> SafeString:
    """What upper rooms registered for this place of the page, in order."""
    flat = context.flatten()
    return mark_safe("".join(conditional_escape(render(flat)) for render in registry.panels(place)))


@register.simple_tag
def name_list(people: Sequence[Any], link: bool = False) -> SafeString:
    """Names in the list pattern of the language (CLDR): «أ وب وج», “a, b and c”; `link` leads to each person's page.

    Each name stands in a `bdi`, so that a name in another script does not reorder the line.
    """
    shown = [
        format_html('<a href="{}" rel="author"><bdi>{}</bdi></a>', each.path, each.name_here)
        if link and each.path
        else format_html("<bdi>{}</bdi>", each.name_here)
        for each in people
    ]
    locale = known_locale(reader_language()) or known_locale("en")
    return mark_safe(format_list(shown, locale=locale))  # every part is escaped above; the pattern is CLDR's


@register.filter
def time_of_day(value: time | str) -> str:
    """A clock time in hours and minutes, in the digits of the page; a text is taken as it stands."""
    return digits(value if isinstance(value, str) else f"{value:%H:%M}")


@register.filter
def file_size(size: int | None) -> str:
    """Size of a file for people, from bytes: «٤٨ ميغابايت»، “48 MB” (decimal megabytes, one decimal below ten)."""
    return file_size_label(size, reader_language()) if size else ""


@register.simple_tag
def section_path(section: str) -> str:
    """Root-relative address of a section in the language of the page; section addresses are part of the contract."""
    return f"/{reader_language()}/{section}/"
