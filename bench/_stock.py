"""Many items for benchmarks, written straight into the tables: what is measured is reading, not importing."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page

from hiwar.items.models import ItemRef, Topic
from hiwar.library.models import ArticlePage, SectionPage

PARAGRAPH = "<p>" + "يعرض المقال طريقة هادئة في القراءة، ويذكر مصادره ومن راجعه، ويبيّن ما لا يُعرف. " * 8 + "</p>"
BATCH = 2000


def body() -> list[tuple[str, Any]]:
    """About 600 words: headings, text, a call-out."""
    made: list[tuple[str, Any]] = []
    for number in range(5):
        made += [("heading", {"text": f"عنوان الجزء {number}"}), ("text", PARAGRAPH)]
    return [*made, ("callout", {"text": "جملة تُبرز ما سبق."})]


def fill(count: int) -> ArticlePage:
    """Bring the Arabic articles up to `count` and return one of them, in the middle of the list."""
    section = SectionPage.objects.get(lists="article", locale__language_code="ar")
    locale = Locale.objects.get(language_code="ar")
    kind = ContentType.objects.get_for_model(ArticlePage)
    topics = list(Topic.objects.all()) or [
        Topic.objects.create(slug=f"t{n}", order=n, name={"ar": f"موضوع {n}", "en": f"Topic {n}"}) for n in range(10)
    ]
    start = section.get_children_count()
    now = timezone.now()
    for first in range(start, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        Page.objects.bulk_create(
            Page(
                path=f"{section.path}{Page._int2str(n + 1).rjust(Page.steplen, '0')}",
                depth=section.depth + 1,
                numchild=0,
                title=f"مقال رقم {n} في القراءة الهادئة",
                draft_title=f"مقال رقم {n}",
                slug=f"item-{n}",
                url_path=f"{section.url_path}item-{n}/",
                content_type=kind,
                locale=locale,
                translation_key=uuid.uuid4(),
                live=True,
                first_published_at=now - timedelta(hours=n),
                last_published_at=now - timedelta(hours=n),
            )
            for n in numbers
        )
        made = list(Page.objects.filter(url_path__startswith=section.url_path, slug__in=[f"item-{n}" for n in numbers]))
        _articles(made, topics)
    Page.objects.filter(pk=section.pk).update(numchild=count)
    return ArticlePage.objects.get(slug=f"item-{count // 2}")


def _articles(pages: list[Page], topics: list[Topic]) -> None:
    stream = json.dumps(list(ArticlePage(body=body()).body.get_prep_value()), ensure_ascii=False)
    table, through = ArticlePage._meta.db_table, ArticlePage.topics.through
    columns = "page_ptr_id, summary, date, body, sources"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
            [
                (
                    page.pk,
                    "ملخص قصير يقول ما في المقال لمن يقرأ القائمة.",
                    connection.ops.adapt_datetimefield_value(page.first_published_at),
                    stream,
                    "[]",
                )
                for page in pages
            ],
        )
    through.objects.bulk_create(
        through(articlepage_id=page.pk, topic_id=topics[(page.pk + extra) % len(topics)].pk)
        for page in pages
        for extra in (0, 3)
    )
    refs = ItemRef.objects.bulk_create(
        ItemRef(
            kind="article",
            subject_id=page.pk,
            language="ar",
            translation_key=page.translation_key,
            live=True,
            title=page.title,
            title_key=page.title,
            summary="ملخص قصير يقول ما في المقال لمن يقرأ القائمة.",
            path=page.url_path,
            date=page.first_published_at,
            year=page.first_published_at.year,
            minutes=4,
        )
        for page in pages
    )
    joined = ItemRef.topics.through
    joined.objects.bulk_create(
        joined(itemref_id=ref.pk, topic_id=topics[(ref.subject_id + extra) % len(topics)].pk)
        for ref in refs
        for extra in (0, 3)
    )
