"""What happens when a page appears, disappears or moves. Each runs in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from hiwar.arabic.reading import reading_minutes
from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.items import actions as items
from hiwar.items import registry
from hiwar.items.actions import Card
from hiwar.items.models import ItemRef
from hiwar.library import pdf, scripture_check, shelf
from hiwar.library.models.addresses import OldAddress
from hiwar.library.models.base import BasePage
from hiwar.library.publishing import Change
from hiwar.media import actions as media
from hiwar.scripture.actions import record_citations

CARD_PICTURE = "fill-720x360|format-webp"


def card_of(page: BasePage) -> Card:
    """The registry row of `page` as it stands."""
    image = page.card_image()
    is_item = hasattr(page, "topics")
    return Card(
        kind=page.kind,
        subject_id=page.pk,
        language=page.language,
        translation_key=page.translation_key,
        live=page.live,
        title=page.title,
        path=page.shown_path,
        summary=page.shown_summary(),
        date=page.shown_date(),
        minutes=reading_minutes(page.plain_text(), page.language),
        seconds=page.card_seconds(),
        sample=bool(getattr(page, "sample", False)),
        # The storage's own address: a card is shown only while the page is, and then its picture is public.
        image_url=image.get_rendition(CARD_PICTURE).file.public_url if image else "",
        image_alt=str(image.alt.here(page.language)) if image and not image.decorative else "",
        topics=list(page.topics.all()) if is_item else [],
        states=[state.iso2 for state in page.states.all()] if is_item else [],
    )


def follow(*, page: BasePage, change: Change, by: Any) -> None:
    """After `page` was saved, in the same transaction: registry row, files and record of what the public now sees."""
    if change.shows_new_content:
        record_publication(page=page, by=by)
    elif change.was_live and not change.now_live:
        record_withdrawal(page=page, by=by)


def record_publication(*, page: BasePage, by: Any) -> None:
    """Write the item's registry row, open the files it uses, and record who published it."""
    if page.kind:
        ref = items.put(card_of(page))
        index_citations(page=page, ref=ref)
        shown, before = used_files(page), files_shown_before(page)
        # Wagtail leaves this to a background job; until it ran, taking down another page would close these files.
        ReferenceIndex.create_or_update_for_object(page)
        media.open_files(files=shown, by=by)
        dropped = [file for file in before if file not in shown]
        media.close_files(files=dropped, by=by, still_used=lambda file: used_elsewhere(file, but=page))
        record(
            event=Event.ITEM_PUBLISHED, by=by, subject_kind=page.kind, subject=ref.uuid, revision=page.live_revision_id
        )
    shelf.changed()


def index_citations(*, page: BasePage, ref: ItemRef) -> None:
    """Keep the reverse index of scripture right: what `page` cites as it is shown now. It is hidden with the item."""
    cited = scripture_check.citations_of(page)
    if cited or ref.citations.exists():
        record_citations(item=ref, citations=cited)


def record_withdrawal(*, page: BasePage, by: Any) -> None:
    """Take the item out of every list, close the files nothing else uses, and record who took it down."""
    if page.kind:
        _hide(page)
        media.close_files(files=used_files(page), by=by, still_used=lambda file: used_elsewhere(file, but=page))
        record(event=Event.ITEM_WITHDRAWN, by=by, subject_kind=page.kind, subject=page.translation_key)
    shelf.changed()


def _hide(page: BasePage) -> None:
    """Out of every list, and its paper copy out of the store once the transaction stands."""
    codes = list(ItemRef.objects.filter(kind=page.kind, subject_id=page.pk).values_list("code", flat=True))
    items.hide(kind=page.kind, subject_id=page.pk)
    for code in codes:
        transaction.on_commit(partial(pdf.remove, code))


def record_deletion(*, page: BasePage, by: Any) -> None:
    """As withdrawal, for a page that is deleted. Its short code stays reserved and answers 410."""
    _hide(page)
    for ref in ItemRef.objects.filter(kind=page.kind, subject_id=page.pk, citations__isnull=False).distinct():
        record_citations(item=ref, citations=())
    media.close_files(files=used_files(page), by=by, still_used=lambda file: used_elsewhere(file, but=page))
    record(event=Event.ITEM_DELETED, by=by, subject_kind=page.kind, subject=page.translation_key, title=page.title)
    shelf.changed()


def follow_move(*, page: Page, old_path: str, new_path: str) -> None:
    """After a page got another address: registry rows follow, and the old addresses lead to the new ones."""
    if old_path == new_path:
        return
    moved = Page.objects.filter(url_path__startswith=new_path).values_list("pk", "url_path")
    kinds = [kind.slug for kind in registry.kinds() if issubclass(kind.model, Page)]
    for number, path in moved:
        was = old_path + path[len(new_path) :]
        ItemRef.objects.filter(kind__in=kinds, subject_id=number).update(path=path, changed=timezone.now())
        OldAddress.objects.filter(key=path).delete()
        OldAddress.objects.update_or_create(key=was, defaults={"page_id": number, "path": ""})
    shelf.changed()


def used_files(page: BasePage) -> list[Model]:
    """Pictures, documents and videos that `page` shows, each once."""
    references = ReferenceIndex._extract_references_from_object(page)
    return _files((type_id, number) for type_id, number, _model_path, _content_path in references)


def files_shown_before(page: BasePage) -> list[Model]:
    """Files that the version shown until now uses, as the index of references has it."""
    return _files(ReferenceIndex.get_references_for_object(page).values_list("to_content_type_id", "to_object_id"))


def _files(references: Iterable[tuple[int, Any]]) -> list[Model]:
    found: dict[tuple[Any, str], Model] = {}
    for type_id, number in references:
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and media.is_file(model):
            file = model._base_manager.filter(pk=number).first()
            if file is not None:
                found[(model, str(number))] = file
    return list(found.values())


def used_elsewhere(file: Model, *, but: BasePage) -> bool:
    """Whether a live page other than `but` uses `file`."""
    pages = ReferenceIndex.get_references_to(file).filter(base_content_type=ContentType.objects.get_for_model(Page))
    numbers = [int(number) for number in pages.values_list("object_id", flat=True)]
    return Page.objects.live().exclude(pk=but.pk).filter(pk__in=numbers).exists()
