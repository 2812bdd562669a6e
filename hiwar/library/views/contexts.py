"""What each class of page hands to its template, in few queries."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiwar.arabic.dates import duration_label
from hiwar.arabic.reading import reading_minutes
from hiwar.items.models import ItemRef, Topic
from hiwar.library import chart, instruments, pdf, shelf, terms
from hiwar.library import corrections as notes
from hiwar.library.blocks import outside_video
from hiwar.library.models import (
    AboutIndexPage,
    AdvisorsPage,
    Authorship,
    BasePage,
    Correction,
    CorrectionsPage,
    EventPage,
    HomePage,
    ItemPage,
    Person,
    PressReleasePage,
    StructurePage,
    VideoPage,
)
from hiwar.library.views import listing
from hiwar.media.models import Video
from hiwar.states.models import State
from hiwar.ui import frame as shell
from hiwar.ui.paging import with_query
from hiwar.ui.sizes import file_size_label

RELATED = 3


def versions_of(page: BasePage) -> tuple[ItemRef | None, list[ItemRef]]:
    """The page's own registry row (None while it is a draft) and those of its translations. One query."""
    rows = list(ItemRef.objects.shown().filter(translation_key=page.translation_key, kind=page.kind))
    own = next((row for row in rows if row.subject_id == page.pk), None)
    return own, rows


def item(page: ItemPage, request: HttpRequest) -> dict[str, Any]:
    """Article, video, press release, news, event."""
    ref, versions = versions_of(page)
    credits_, topics, states, corrections = relations_of(page)
    places = [state for state in states if not state.sample]
    page.minutes = ref.minutes if ref else reading_minutes(page.plain_text(), page.language)
    kind = page.kind_row()
    known = shelf.sections(page.language)
    shelf_row = known.get(kind.place)
    crumbs = [(known[slug].title, known[slug].path) for slug in (kind.under, kind.place) if slug in known and slug]
    people = {part: [c.person for c in credits_ if c.part == part] for part in ("author", "reviewer", "translator")}
    picture = ref.image_url if ref else ""
    data = shell.context(
        path=page.shown_path,
        title=page.title,
        description=page.summary,
        crumbs=[*crumbs, (page.title, "")],
        ref=ref,
        translations=versions,
        page=page,
        image=picture,
        kind="article" if page.kind != "video" else "video.other",
        feeds=shell.feeds_of(kind.section, shelf_row.title) if shelf_row and kind.feed else [],
    )
    data.update(
        authors=people["author"],
        reviewers=people["reviewer"],
        translators=people["translator"],
        topics=topics,
        places=places,
        corrections=[{"on": row.on, "kind": row.kind, "text": str(row.text)} for row in corrections],
        sources=[block.value for block in page.sources],
        toc=page.toc,
        related=related_to(page, topics) if ref else [],
        pdf_path=f"/{page.language}/pdf/{ref.code}.pdf" if ref and pdf.available() else "",
        short_path=ref.short_path if ref else "",
        linker=terms.linker_of(page),
    )
    return data


def relations_of(page: ItemPage) -> tuple[list[Authorship], list[Topic], list[State], list[Correction]]:
    """Credits, topics, States and corrections. Four queries, past Wagtail's revision-aware managers unless it is a
    preview: they take twice the time."""
    if page.previewed:
        return (
            list(page.authorships.all()),
            list(page.topics.all()),
            list(page.states.all()),
            list(page.corrections.all()),
        )
    through = type(page).topics.through, type(page).states.through
    own = f"{type(page)._meta.model_name}_id"
    return (
        list(Authorship.objects.filter(page_id=page.pk).select_related("person")),
        list(Topic.objects.filter(pk__in=through[0].objects.filter(**{own: page.pk}).values("topic_id"))),
        list(State.objects.filter(pk__in=through[1].objects.filter(**{own: page.pk}).values("state_id"))),
        list(Correction.objects.filter(page_id=page.pk)),
    )


def related_to(page: ItemPage, topics: list[Any]) -> list[ItemRef]:
    """Newest items in the same language that share a topic. One query."""
    if not topics:
        return []
    rows = (
        ItemRef.objects.shown()
        .in_language(page.language)
        .filter(topics=topics[0])
        .exclude(kind=page.kind, subject_id=page.pk)
    )
    return list(rows[:RELATED])


def video(page: VideoPage, request: HttpRequest) -> dict[str, Any]:
    data = item(page, request)
    if page.video:
        data["video"] = player(page.video)
        data["tracks"] = [
            {
                "language": track.language,
                "name": shell.LANGUAGE_NAMES.get(track.language, track.language),
                "src": track.file.url,
                "kind": "captions" if track.language == page.language else "subtitles",
                "default": track.language == page.language,
            }
            for track in page.video.tracks.all()
        ]
    elif page.outside:
        data["outside"] = {**(outside_video(page.outside) or {}), "title": page.title}
    data["chapters"] = [
        {"at": c.value["at"], "label": duration_label(c.value["at"], page.language), "title": c.value["title"]}
        for c in page.chapters
    ]
    data["transcript"] = [
        {"at": m.value["at"], "label": duration_label(m.value["at"], page.language), "text": m.value["text"]}
        for m in page.transcript
    ]
    return data


def player(file: Video) -> dict[str, Any]:
    """What the player needs of a video file."""
    return {
        "sources": file.sources,
        "poster": file.thumbnail.url if file.thumbnail else "",
        "width": file.width or 854,
        "height": file.height or 480,
        "seconds": round(file.duration),
        "size_label": file_size_label(file.file_size, shell.language()) if file.file_size else "",
        "download": file.url,
    }


def press(page: PressReleasePage, request: HttpRequest) -> dict[str, Any]:
    data = item(page, request)
    data["embargo"] = page.embargo if page.embargoed else None
    return data


def event(page: EventPage, request: HttpRequest) -> dict[str, Any]:
    data = item(page, request)
    data["programme"] = [part.value for part in page.programme]
    data["documents"] = [block.value["document"] for block in page.documents]
    rows = format_html_join("", "<li>{}</li>", ((block.value,) for block in page.recommendations))
    data["recommendations"] = format_html("<ol>{}</ol>", rows) if rows else ""
    return data


def home(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    data = shell.context(
        path=page.shown_path,
        title=page.hero_title or page.title,
        description=page.hero_lead,
        page=page,
        feeds=shell.feeds_of("all", _("Everything published")),
    )
    refs = ItemRef.objects.shown().in_language(page.language)
    articles = list(refs.of_kind("article")[:5])
    coming = ItemRef.objects.filter(live=True, language=page.language, kind="event", date__gte=timezone.now()).order_by(
        "date"
    )
    data.update(
        lead=articles[0] if articles else None,
        articles=articles[1:],
        videos=list(refs.of_kind("video")[:3]),
        press=list(refs.of_kind("press_release")[:3]),
        news=list(refs.of_kind("news")[:3]),
        events=list(coming[:3]) or list(refs.of_kind("event")[:2]),
        topics=list(Topic.objects.all()),
        figures=[
            {"value": members(), "label": _("Member States")},
            {"value": instruments.count(), "label": _("legal instruments of this field")},
        ],
        instruments=instruments.milestones(page.language),
    )
    return data


def members() -> int:
    """Number of Member States, kept for an hour."""
    return int(cache.get_or_set("states.members", State.objects.members().count, 3600))


def about(page: AboutIndexPage, request: HttpRequest) -> dict[str, Any]:
    data = plain(page, request)
    children = ItemRef.objects.filter(kind="page", live=True, path__startswith=page.shown_path)
    order = {row.path: n for n, row in enumerate(shelf.sections(page.language).values())}
    cards = [card for card in children if card.path != page.shown_path]
    data["children"] = sorted(cards, key=lambda card: order.get(card.path, 99))
    return data


def plain(page: Any, request: HttpRequest) -> dict[str, Any]:
    """A page of text."""
    ref, versions = versions_of(page)
    about_page = shelf.sections(page.language).get("about")
    inside = about_page and page.shown_path.startswith(about_page.path) and page.shown_path != about_page.path
    data = shell.context(
        path=page.shown_path,
        title=page.title,
        description=page.intro,
        crumbs=[*([(about_page.title, about_page.path)] if inside and about_page else []), (page.title, "")],
        ref=ref,
        translations=versions,
        page=page,
    )
    data["pdf_path"] = f"/{page.language}/pdf/{ref.code}.pdf" if ref and pdf.available() else ""
    data["short_path"] = ref.short_path if ref else ""
    return data


def structure(page: StructurePage, request: HttpRequest) -> dict[str, Any]:
    data = plain(page, request)
    nodes = [(block.value["key"], block.value["parent"], block.value["title"]) for block in page.nodes]
    data["chart_svg"] = mark_safe(chart.svg(nodes, direction=page.direction, title=page.title))
    data["chart_list"] = chart.tree(nodes)
    return data


def advisors(page: AdvisorsPage, request: HttpRequest) -> dict[str, Any]:
    data = plain(page, request)
    data["people"] = Person.objects.filter(is_advisor=True).select_related("country").sorted_here()
    return data


def corrections(page: CorrectionsPage, request: HttpRequest) -> dict[str, Any]:
    """All notes, newest first, or those of one kind."""
    data = plain(page, request)
    path, chosen = page.shown_path, request.GET.get("kind", "")
    labels = dict(Correction.Kind.choices)
    if chosen and chosen not in labels:
        raise Http404
    rows = notes.public(page.language)
    counts = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    part = listing.Part(
        rows.filter(kind=chosen) if chosen else rows,
        request,
        size=30,
        count=counts.get(chosen, 0) if chosen else sum(counts.values()),
    )
    data["corrections"] = [
        {"on": row.on, "kind": row.kind, "text": row.text.here(page.language), "title": ref.title, "path": ref.path}
        for row, ref in notes.with_items(part.rows, page.language)
    ]
    data["kinds"] = [
        {
            "label": pgettext("corrections and updates", "All"),
            "count": sum(counts.values()),
            "on": not chosen,
            "path": path,
        },
        *(
            {"label": label, "count": counts.get(kind, 0), "on": kind == chosen, "path": with_query(path, kind=kind)}
            for kind, label in labels.items()
        ),
    ]
    data["pages"] = part.pages(path, kind=chosen)
    data["feeds"] = shell.feeds_of("corrections", page.title)
    if chosen or part.number > 1:
        data["alternates"] = []
    return data
