"""Structured data of public pages: schema.org in JSON-LD, one graph a page.

Every function that begins with `for_` returns a list ready for `{% json_ld structured %}`. Only what the page itself
says is stated: no rating, no organiser, no address that nobody entered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import override

from hiwar.items import registry
from hiwar.library.origin import absolute
from hiwar.library.structured_claims import review
from hiwar.library.structured_parts import changed, moment, organisation, organisation_id
from hiwar.library.texts import citations
from hiwar.scripture import shown
from hiwar.ui.page import names
from hiwar.ui.structured import Node, Rows, breadcrumbs, graph, without_empty

ATTENDANCE = {"in_person": "Offline", "online": "Online", "both": "Mixed"}


def person(who: Any, language: str, *, whole: bool = True) -> Node:
    """An author, advisor or scholar (schema.org Person). `whole` adds position, field and biography.

    A node without `@context`: it is part of a graph.
    """
    with override(language):
        node: Node = {"@type": "Person", "name": who.name.here(language), "url": absolute(who.path)}
    if whole:
        node |= {
            "jobTitle": who.role.here(language),
            "knowsAbout": who.field.here(language),
            "description": who.biography.here(language),
        }
    return without_empty(node)


def for_page(
    *,
    page: Any,
    ref: Any,
    language: str,
    crumbs: Rows = (),
    authors: Sequence[Any] = (),
    translators: Sequence[Any] = (),
    image_url: str = "",
    video: Mapping[str, Any] | None = None,
    outside: Mapping[str, Any] | None = None,
    tracks: Rows = (),
    transcript: Rows = (),
) -> list[Node]:
    """The graph of an item's page or of a page about the Centre: publisher, crumbs and the thing itself.

    `page` is the specific Wagtail page, `ref` its ItemRef. `authors` and `translators` are Persons. `image_url` may be
    root-relative. `video`, `outside`, `tracks` and `transcript` are what the video template is given
    ({sources: [{src, type}], poster}, {embed}, [{language, src, kind}], [{text}]). An empty list for a draft, which
    has no ItemRef.
    """
    if ref is None:
        return []
    schema = registry.kind(ref.kind).schema
    made = {"VideoObject": _video, "Event": _event, "ClaimReview": _claim}.get(schema, _text)
    thing: Node = {"@type": schema, "url": absolute(ref.path), "inLanguage": language}
    thing |= made(page=page, ref=ref, schema=schema)
    thing["image"] = absolute(image_url or ref.image_url)
    thing["citation"] = _scripture(page, language)
    if schema == "VideoObject":
        thing |= _media(ref=ref, video=video, outside=outside, tracks=tracks, transcript=transcript)
        thing["thumbnailUrl"] = absolute((video or {}).get("poster") or "") or thing.pop("image")
    if schema in ("Article", "NewsArticle", "VideoObject"):
        thing["author"] = [person(each, language, whole=False) for each in authors] or {"@id": organisation_id()}
        thing["translator"] = [person(each, language, whole=False) for each in translators]
        thing["publisher"] = {"@id": organisation_id()}
    return graph(organisation(language, whole=schema == "WebPage"), breadcrumbs(crumbs), thing)


def for_listing(
    *,
    title: str,
    path: str,
    language: str,
    crumbs: Rows = (),
    cards: Sequence[Any] = (),
    description: str = "",
    first: int = 1,
) -> list[Node]:
    """The graph of a page that lists items (CollectionPage): section, topic, person's list, corrections.

    `cards` are ItemRefs or anything with `path`; `first` is the place of the first one in the whole list, from 1.
    """
    thing: Node = {
        "@type": "CollectionPage",
        "name": title,
        "description": description,
        "url": absolute(path),
        "inLanguage": language,
    }
    if cards:
        thing["mainEntity"] = {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "url": absolute(card.path)}
                for place, card in enumerate(cards, start=first or 1)
            ],
        }
    return graph(organisation(language), breadcrumbs(crumbs), thing)


def for_home(*, language: str) -> list[Node]:
    """The graph of a language's home page: the Centre, and its site."""
    address = absolute(f"/{language}/")
    site: Node = {
        "@type": "WebSite",
        "name": names(language)["site_name"],
        "url": address,
        "inLanguage": language,
        "publisher": {"@id": organisation_id()},
    }
    return graph(organisation(language, whole=True), site)


def for_person(*, who: Any, language: str, crumbs: Rows = ()) -> list[Node]:
    """The graph of a person's page (ProfilePage)."""
    thing: Node = {"@type": "ProfilePage", "inLanguage": language, "mainEntity": person(who, language)}
    return graph(organisation(language), breadcrumbs(crumbs), thing)


def duration(seconds: int) -> str:
    """ISO 8601 duration: 95 is 'PT1M35S', 3600 'PT1H'; '' for 0, which means not known."""
    hours, rest = divmod(int(seconds), 3600)
    minutes, left = divmod(rest, 60)
    parts = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (left, "S")) if n)
    return f"PT{parts}" if parts else ""


def _text(*, page: Any, ref: Any, schema: str) -> Node:
    if schema == "WebPage":
        return {"name": ref.title, "description": ref.summary, "about": {"@id": organisation_id()}}
    return {
        "headline": ref.title,
        "description": ref.summary,
        "datePublished": moment(ref.date),
        "dateModified": changed(page),
        "dateline": getattr(page, "place", "") if ref.kind == "press_release" else "",
        "isBasedOn": absolute(getattr(page, "source_url", "")),
    }


def _scripture(page: Any, language: str) -> list[Node]:
    """The verses and hadith that the page quotes, each once, as Quotations with the addresses of their pages."""
    found = [block.block.cited(block.value) for block in citations(getattr(page, "body", None))]
    return [
        without_empty(
            {"@type": "Quotation", "name": each.label(language), "url": absolute(shown.path_of(each, language))}
        )
        for each in dict.fromkeys(found)
        if each
    ]


def _video(*, page: Any, ref: Any, schema: str) -> Node:
    return {
        "name": ref.title,
        "description": ref.summary,
        "uploadDate": moment(ref.date),
        "dateModified": changed(page),
    }


def _media(*, ref: Any, video: Any, outside: Any, tracks: Rows, transcript: Rows) -> Node:
    sources = (video or {}).get("sources") or []
    return {
        "duration": duration(ref.seconds),
        "contentUrl": absolute(sources[0]["src"]) if sources else "",
        "encodingFormat": sources[0].get("type", "") if sources else "",
        # What a click would load; how it is to start is no part of the address.
        "embedUrl": (outside or {}).get("embed", "").partition("?")[0],
        "caption": [
            {
                "@type": "MediaObject",
                "contentUrl": absolute(track["src"]),
                "inLanguage": track["language"],
                "encodingFormat": "text/vtt",
            }
            for track in tracks
        ],
        "transcript": " ".join(line["text"] for line in transcript),
    }


def _claim(*, page: Any, ref: Any, schema: str) -> Node:
    return review(page=page, ref=ref)


def _event(*, page: Any, ref: Any, schema: str) -> Node:
    place = {"@type": "Place", "name": page.place, "address": page.place}
    online = {"@type": "VirtualLocation", "url": absolute(ref.path)}
    where = {"in_person": place, "online": online, "both": [place, online]}
    return {
        "name": ref.title,
        "description": ref.summary,
        "startDate": moment(page.starts),
        "endDate": moment(page.ends),
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[page.format]}EventAttendanceMode",
        "location": where[page.format],
    }
