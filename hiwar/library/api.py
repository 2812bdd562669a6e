"""The library's part of the public interface: claims answered, each with its ClaimReview.

Without a key; figures are plain ASCII; errors are problem documents (`edge.problems`). What a claim's archive
reference says is nowhere in it. `data/openapi.json` describes it.
"""

from __future__ import annotations

import base64
import binascii
import uuid as uuids
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hiwar.edge import answers
from hiwar.edge.problems import Problem, interface
from hiwar.items.models import ItemRef, ItemRefQuerySet, Topic
from hiwar.library import structured_claims
from hiwar.library.models import ClaimPage
from hiwar.library.verdicts import Verdict
from hiwar.scripture import limits
from hiwar.ui.paging import with_query

AUDIENCE = "outside"
SCOPE = "claims"
ALLOWED = 2400  # requests of one client in a minute: forty a second
SIZE, LARGEST = 20, 100
COLUMNS = (
    "uuid lang title url verdict verdict_label summary short_answer used_by heard_in topics date changed translations "
    "claim_review"
).split()


@interface("GET")
def claims(request: HttpRequest) -> HttpResponse:
    """Claims answered, newest first, in pages that follow one another by `next`. Five queries."""
    require_pace(request)
    asked = {name: request.GET.get(name, "") for name in ("lang", "verdict", "topic", "page_size", "cursor")}
    refs = _chosen(language=asked["lang"], verdict=asked["verdict"], topic=asked["topic"])
    size = _size(asked["page_size"])
    count = refs.count()
    found = list(_after(refs, asked["cursor"])[: size + 1])
    shown = found[:size]
    rows = rows_of(shown)
    following = ""
    if len(found) > size:
        format_ = request.GET.get("format", "")
        following = with_query(request.path, **{**asked, "cursor": _cursor(shown[-1])}, format=format_)
    if answers.wants_csv(request):
        flat = [{key: answers.flat(value) for key, value in row.items()} for row in rows]
        response = answers.rows(request, flat, name="claims", columns=COLUMNS)
    else:
        response = answers.kept(request, {"count": count, "results": rows, "next": following or None})
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


@interface("GET")
def claim(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """One claim in one language. Four queries."""
    require_pace(request)
    ref = ItemRef.objects.shown().of_kind("claim").filter(uuid=uuid).order_by().first()
    rows = rows_of([ref]) if ref else []
    if not rows:
        raise Problem(404, _("No claim that is published has this identifier."))
    if answers.wants_csv(request):
        flat = {key: answers.flat(value) for key, value in rows[0].items()}
        return answers.rows(request, [flat], name=f"claim-{uuid}", columns=COLUMNS)
    return answers.kept(request, rows[0])


def require_pace(request: HttpRequest) -> None:
    """Count the request. Raises Problem 429 for a client who asks more than ALLOWED times a minute."""
    limits.require_pace(request, scope=SCOPE, allowed=ALLOWED)


def rows_of(refs: Sequence[ItemRef]) -> list[dict[str, Any]]:
    """Claims as the interface tells them, in the order of `refs`. Three queries: texts, topics, translations."""
    pages = ClaimPage.objects.in_bulk([ref.subject_id for ref in refs])
    topics = _topics(refs)
    others: dict[Any, dict[str, ItemRef]] = {}
    keys = {ref.translation_key for ref in refs}
    for row in ItemRef.objects.shown().of_kind("claim").filter(translation_key__in=keys).order_by("language"):
        others.setdefault(row.translation_key, {})[row.language] = row
    return [
        _row(pages[ref.subject_id], ref, topics.get(ref.pk, []), others.get(ref.translation_key, {}).values())
        for ref in refs
        if ref.subject_id in pages
    ]


def _row(page: ClaimPage, ref: ItemRef, topics: Sequence[Topic], versions: Iterable[ItemRef]) -> dict[str, Any]:
    with override(ref.language):
        label = str(page.get_verdict_display()) if page.verdict else ""
    row = {
        "uuid": str(ref.uuid),
        "lang": ref.language,
        "title": ref.title,
        "url": ref.path,
        "verdict": page.verdict,
        "verdict_label": label,
        "summary": ref.summary,
        "short_answer": page.short_answer,
        "used_by": page.used_by,
        "heard_in": page.heard_in,
        "topics": [{"slug": topic.slug, "name": topic.name.here(ref.language)} for topic in topics],
        "date": _iso(ref.date),
        "changed": _iso(ref.changed),
        "translations": {
            each.language: {"uuid": str(each.uuid), "url": each.path}
            for each in versions
            if each.language != ref.language
        },
        "claim_review": structured_claims.document(page=page, ref=ref),
    }
    return {column: row[column] for column in COLUMNS}


def _topics(refs: Sequence[ItemRef]) -> dict[int, list[Topic]]:
    """Topics of each item in their order. One query."""
    through = ItemRef.topics.through.objects.filter(itemref__in=[ref.pk for ref in refs])
    found: dict[int, list[Topic]] = {}
    for row in through.select_related("topic").order_by("topic__order", "topic__slug"):
        found.setdefault(row.itemref_id, []).append(row.topic)
    return found


def _chosen(*, language: str, verdict: str, topic: str) -> ItemRefQuerySet:
    """Published claims with all these marks. Raises Problem 422 for a value that the site does not know."""
    refs = ItemRef.objects.shown().of_kind("claim")
    if language:
        if language not in settings.LANGUAGE_CODES:
            raise _unknown("lang", language, settings.LANGUAGE_CODES)
        refs = refs.in_language(language)
    if verdict:
        if verdict not in Verdict.values:
            raise _unknown("verdict", verdict, Verdict.values)
        refs = refs.filter(subject_id__in=ClaimPage.objects.filter(verdict=verdict).values("pk"))
    if topic:
        if "\0" in topic:
            raise _unknown("topic", "U+0000", ())
        refs = refs.filter(topics__slug=topic)
    return refs


def _unknown(name: str, value: str, known: Iterable[str]) -> Problem:
    return Problem(
        422,
        _("“%(value)s” is no value of %(name)s. Known values: %(known)s.")
        % {"value": value[:60], "name": name, "known": ", ".join(known) or "–"},
    )


def _size(text: str) -> int:
    if not text:
        return SIZE
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= number <= LARGEST:
        raise Problem(422, _("page_size is a whole number from 1 to %(largest)s.") % {"largest": LARGEST})
    return number


def _cursor(ref: ItemRef) -> str:
    """Where the next page begins: after this item. Opaque to the client."""
    moment = ref.date.isoformat() if ref.date else ""
    return base64.urlsafe_b64encode(f"{moment} {ref.pk}".encode()).decode().rstrip("=")


def _after(refs: ItemRefQuerySet, cursor: str) -> ItemRefQuerySet:
    """The items of `refs` after the one that `cursor` names. Raises Problem 422."""
    if not cursor:
        return refs
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
        moment, number = text.split(" ")
        date = datetime.fromisoformat(moment)
        if not timezone.is_naive(date):
            date = date.astimezone(UTC)  # as the database is asked: not every moment that can be written is one there
        last = int(number)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Problem(422, _("cursor is not one that this interface gave. Begin without it.")) from error
    if timezone.is_naive(date) or not 0 < last < 2**62:
        raise Problem(422, _("cursor is not one that this interface gave. Begin without it."))
    return refs.filter(Q(date__lt=date) | Q(date=date, pk__lt=last))


def _iso(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
