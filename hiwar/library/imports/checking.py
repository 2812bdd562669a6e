"""What a line of an import must hold, and which item it is."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from hiwar.arabic.direction import strip_bidi
from hiwar.arabic.slugs import slugify
from hiwar.items import registry
from hiwar.library.imports.cleaning import CONTROL
from hiwar.library.imports.reading import LineRefused
from hiwar.library.old_addresses import LONGEST_KEY, key_of

# The outer contract names these; a kind that no room has registered yet is refused in words.
KINDS = ("article", "video", "press_release", "news", "fatwa", "evidence", "claim")
MADE_IN_THE_OFFICE = ("home", "about", "topic")
FIELDS = {
    "kind": 24,
    "locale": 12,
    "title": 255,
    "slug": 255,
    "summary": 400,
    "date": 40,
    "source_url": 500,
    "translation_key": 500,
    "number": 20,
    "place": 120,
    "contact": 254,
    "source_name": 160,
    "video_url": 200,
    "verdict": 32,
    "short_answer": 1400,
    "used_by": 200,
    "heard_in": 200,
    "question": 2000,
    "ruling": 800,
    "issuing_body": 200,
    "year": 4,
    "precision": 8,
}
# Of one kind each; a line that holds none of them is imported all the same.
MORE = (
    "number place contact source_name video_url "  # press releases, news, videos; a fatwa and evidence too
    "verdict short_answer used_by heard_in "  # claims
    "question ruling issuing_body "  # fatwas
    "year precision"  # historical evidence
).split()
TIDIED = "title summary place source_name short_answer used_by heard_in question ruling issuing_body".split()
LATER = frozenset("verdict short_answer used_by heard_in question ruling issuing_body year precision".split())
NUMBERS = ("translation_key", "year")  # texts that may be written as numbers
KEYS = uuid.UUID("0f0f5c6e-6a0e-4a4e-9c7e-9d1f0a3b7c55")  # namespace of translation keys given as any string
YEARS = range(1900, 2101)
TATWEEL = "\u0640"
SPACE = re.compile(r"\s+")
TOPIC = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_TOPIC = 50


@dataclass
class Draft:
    """One item as a line describes it. `identity` is the key under which it is found again; `digest` tells whether
    its content changed; `address` is the old address as OldAddress keeps it ('' when it had none)."""

    line: int
    kind: str
    locale: str
    title: str
    body_html: str
    date: datetime
    slug: str
    slug_given: bool
    summary: str
    topics: list[str]
    source_url: str
    address: str
    translation_key: uuid.UUID | None
    identity: str
    digest: str
    more: dict[str, str] = field(default_factory=dict)


def checked(number: int, data: dict[str, Any]) -> Draft:
    """The item on line `number`. Raises LineRefused with the first thing that is wrong."""
    texts = {name: _text(data, name, longest) for name, longest in FIELDS.items()}
    kind, locale = _kind(texts["kind"]), _locale(texts["locale"])
    if not texts["title"]:
        raise LineRefused(_("There is no title."))
    body = data.get("body_html")
    if body is None and not texts["summary"]:
        raise LineRefused(_("There is no body_html."))
    if not isinstance(body or "", str):
        raise LineRefused(_("%(field)s is not a text.") % {"field": "body_html"})
    address = _address(texts["source_url"])
    slug = _slug(texts["slug"] or texts["title"], locale)
    key = uuid.uuid5(KEYS, texts["translation_key"]) if texts["translation_key"] else None
    if texts["video_url"]:
        _is_address("video_url", texts["video_url"])
    topics = _topics(data.get("topics"))
    return Draft(
        line=number,
        kind=kind,
        locale=locale,
        title=texts["title"],
        body_html=body or "",
        date=_date(texts["date"]),
        slug=slug,
        slug_given=bool(texts["slug"]),
        summary=texts["summary"],
        topics=topics,
        source_url=texts["source_url"],
        address=address,
        translation_key=key,
        identity=_identity(address, key, kind, locale, slug),
        digest=_digest({**_present(texts), "body_html": body or "", "topics": sorted(topics)}),
        more={name: texts[name] for name in MORE if texts[name]},
    )


def _identity(address: str, key: uuid.UUID | None, kind: str, locale: str, slug: str) -> str:
    """The old address, else the translation key in its language, else the slug. Only the first begins with a slash,
    so that nobody can ask the site for one of the others."""
    if address:
        return address
    return f"import:key/{locale}/{key}" if key else f"import:slug/{kind}/{locale}/{slug}"


def _present(texts: dict[str, str]) -> dict[str, str]:
    """What decides whether content changed: fields that came later count only where they hold something, so that
    what was imported before them is still the same."""
    return {name: text for name, text in texts.items() if text or name not in LATER}


def _digest(values: dict[str, Any]) -> str:
    canonical = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _text(data: dict[str, Any], name: str, longest: int) -> str:
    """Field `name`, '' when absent; tidied as the editor's form would."""
    value = data.get(name)
    if value is None:
        return ""
    if name in NUMBERS and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise LineRefused(_("%(field)s is not a text.") % {"field": name})
    value = SPACE.sub(" ", CONTROL.sub("", value)).strip()
    if name in TIDIED:
        value = strip_bidi(value).strip()
    if name == "title":
        value = value.replace(TATWEEL, "").strip()
    if len(value) > longest:
        raise LineRefused(_("%(field)s is longer than %(longest)d characters.") % {"field": name, "longest": longest})
    return value


def _kind(kind: str) -> str:
    if not kind:
        raise LineRefused(_("There is no kind."))
    if kind in MADE_IN_THE_OFFICE:
        raise LineRefused(
            _("A page of the kind “%(kind)s” is made in the office and cannot be imported.") % {"kind": kind}
        )
    if kind not in KINDS:
        raise LineRefused(
            _("The kind “%(kind)s” is unknown. Known kinds: %(known)s.") % {"kind": kind, "known": ", ".join(KINDS)}
        )
    try:
        return registry.kind(kind).slug
    except KeyError as error:
        raise LineRefused(_("The kind “%(kind)s” is not yet a kind of this site.") % {"kind": kind}) from error


def _locale(locale: str) -> str:
    codes = [code for code, _name in settings.LANGUAGES]
    if not locale:
        raise LineRefused(_("There is no locale."))
    if locale not in codes:
        raise LineRefused(
            _("The language “%(locale)s” is not one of this site's (%(known)s).")
            % {"locale": locale, "known": ", ".join(codes)}
        )
    return locale


def _date(value: str) -> datetime:
    """A day or a moment in ISO 8601; without an offset it is the site's own clock."""
    if not value:
        raise LineRefused(_("There is no date."))
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise LineRefused(_("The date “%(date)s” is not an ISO date such as 2018-07-29.") % {"date": value}) from error
    if moment.year not in YEARS:
        raise LineRefused(_("The date “%(date)s” cannot be right.") % {"date": value})
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment.astimezone(UTC)


def _address(value: str) -> str:
    if not value:
        return ""
    _is_address("source_url", value)
    key = key_of(value)
    if len(key) > LONGEST_KEY or key == "/":
        raise LineRefused(_("source_url names no page: it is the front of a site, or too long."))
    return key


def _is_address(name: str, value: str) -> None:
    """Raise LineRefused unless `value` is a web address (an IRI counts: old addresses are often Arabic)."""
    parts = value.partition("?")[0]
    try:
        split = urlsplit(value)
        if split.scheme not in ("http", "https") or not split.hostname:
            raise ValidationError(name)
        URLValidator(schemes=["http", "https"])(f"{split.scheme}://{split.hostname}/")
    except (ValidationError, ValueError) as error:
        message = _("%(field)s is not a web address: %(value)s") % {"field": name, "value": parts[:100]}
        raise LineRefused(message) from error


def _slug(text: str, locale: str) -> str:
    try:
        return slugify(text, locale)
    except ValueError as error:
        raise LineRefused(_("Nothing of “%(text)s” can stand in an address.") % {"text": text[:60]}) from error


def _topics(value: Any) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(topic, str) for topic in value):
        raise LineRefused(_("topics is not a list of texts."))
    found: list[str] = []
    for topic in value:
        try:
            slug = slugify(topic, "en")
        except ValueError:
            slug = ""
        if not TOPIC.fullmatch(slug) or len(slug) > LONGEST_TOPIC:
            raise LineRefused(
                _("The topic “%(topic)s” is not a slug: Latin letters, digits and hyphens, at most %(longest)d.")
                % {"topic": topic[:60], "longest": LONGEST_TOPIC}
            )
        if slug not in found:
            found.append(slug)
    return found
