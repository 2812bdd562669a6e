"""A batch of checked lines becomes pages: new ones made, changed ones updated, the rest left alone.

Everything here runs in the transaction of the batch, each line in a savepoint. Every page passes the gate in
`BasePage.save()`; what each page needs besides (revision, history, office search, old address) is written for the
whole batch at once, which is what makes 20,000 items a matter of minutes.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from modelsearch.backends import get_search_backends
from wagtail.models import Locale, Page, PageLogEntry, ReferenceIndex, Revision

from hiwar.audit.refusal import Refused
from hiwar.items import registry
from hiwar.items.models import Topic
from hiwar.library.imports import quotations
from hiwar.library.imports.checking import Draft
from hiwar.library.imports.drafting import values_of
from hiwar.library.imports.places import Places
from hiwar.library.imports.quotations import Verdict
from hiwar.library.imports.reading import LineRefused
from hiwar.library.models import ItemPage, OldAddress
from hiwar.ui.bylanguage import Texts

Tell = Callable[[int, str], None]
TOPICS_KEPT = 2000
NEW, UPDATED, UNCHANGED = "new", "updated", "unchanged"


@dataclass
class Counts:
    """How many lines ended in each way."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    held: int = 0  # of the new and updated ones, those that wait as drafts


@dataclass
class _Batch:
    """What a transaction knows beforehand and what it still has to write at its end."""

    places: Places
    known: dict[str, OldAddress]
    joined: dict[tuple[uuid.UUID, str], int]
    made: list[ItemPage] = field(default_factory=list)
    updated: list[ItemPage] = field(default_factory=list)
    unchecked: list[tuple[ItemPage, Verdict]] = field(default_factory=list)


class Writer:
    """Writes batches in the name of `by`; keeps only languages and topics between them."""

    def __init__(self, *, by: Any, tell: Tell, as_is: bool = False) -> None:
        self.by, self.tell, self.as_is = by, tell, as_is
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.topics: dict[str, Topic] = {}
        self.counts = Counts()
        self._said: list[tuple[int, str]] = []

    def write(self, drafts: list[Draft]) -> None:
        """Write one batch in one transaction; a line that fails leaves nothing behind. Then tell, in the order of
        the file, what was refused or reported up to here."""
        if drafts:
            with transaction.atomic():
                batch = self._batch(drafts)
                for draft in drafts:
                    self._line(draft, batch)
                self._finish(batch)
        for line, reason in sorted(self._said, key=lambda said: said[0]):
            self.tell(line, reason)
        self._said.clear()

    def _batch(self, drafts: list[Draft]) -> _Batch:
        rows = OldAddress.objects.filter(key__in=[draft.identity for draft in drafts])
        keys = {draft.translation_key for draft in drafts if draft.translation_key}
        pages = Page.objects.filter(translation_key__in=keys).values_list(
            "translation_key", "locale__language_code", "pk"
        )
        batch = _Batch(
            places=Places(self.locales),
            known={row.key: row for row in rows},
            joined={(key, code): pk for key, code, pk in pages},
        )
        wanted = []
        for draft in drafts:
            if (row := batch.known.get(draft.identity)) is None or row.page_id is None:
                try:
                    wanted.append((batch.places.of(draft.kind, draft.locale), draft.slug))
                except LineRefused:
                    continue  # said when the line's turn comes
        batch.places.foresee(wanted)
        return batch

    def _line(self, draft: Draft, batch: _Batch) -> None:
        made, updated, unchecked = len(batch.made), len(batch.updated), len(batch.unchecked)
        try:
            with transaction.atomic():
                outcome, judged = self._item(draft, batch)
        except (LineRefused, Refused) as refused:
            self.refuse(draft.line, str(refused))
        except DatabaseError as error:
            self.refuse(draft.line, _("The database refused it: %(why)s") % {"why": str(error).splitlines()[0]})
        else:
            setattr(self.counts, outcome, getattr(self.counts, outcome) + 1)
            if judged is not None:
                self.counts.held += judged.holds
                self._said.extend((draft.line, sentence) for sentence in judged.report())
            return
        del batch.made[made:], batch.updated[updated:], batch.unchecked[unchecked:]
        self.topics.clear()  # one made by this line is gone with it

    def refuse(self, line: int, reason: str) -> None:
        """Count a line that is not imported; it is told with its batch."""
        self.counts.refused += 1
        self._said.append((line, reason))

    def _item(self, draft: Draft, batch: _Batch) -> tuple[str, Verdict | None]:
        row = batch.known.get(draft.identity)
        number = row.page_id if row else None
        if row and number and (row.digest == draft.digest or self._still_held(row, draft)):
            return UNCHANGED, None
        if number is None and not draft.address:
            number = self._without_address(draft, batch)
        page, judged = self._update(draft, batch, number) if number else self._make(draft, batch)
        if row is None:
            row = batch.known[draft.identity] = OldAddress(key=draft.identity)
        row.page_id, row.path = page.pk, ""
        row.digest = quotations.held(draft.digest) if judged.holds else draft.digest
        if number:
            # Another name of the same item must not take older content for the present one.
            OldAddress.objects.filter(page=page.pk).exclude(pk=row.pk).exclude(digest="").update(digest="")
        row.save()
        return UPDATED if number else NEW, judged

    def _still_held(self, row: OldAddress, draft: Draft) -> bool:
        """Whether the line was held before and stays so: no `--as-is` now, or the office has dealt with the item."""
        if row.digest != quotations.held(draft.digest):
            return False
        return not (self.as_is and quotations.waits(row.page.specific, by=self.by))

    def _without_address(self, draft: Draft, batch: _Batch) -> int | None:
        """An item that is here but was never imported under this identity: made in the office, or had an address."""
        if draft.translation_key:
            return batch.joined.get((draft.translation_key, draft.locale))
        section = batch.places.of(draft.kind, draft.locale).section
        children = Page.objects.filter(path__startswith=section.path, depth=section.depth + 1)
        return children.filter(slug=draft.slug).values_list("pk", flat=True).first()

    def _make(self, draft: Draft, batch: _Batch) -> tuple[ItemPage, Verdict]:
        place = batch.places.of(draft.kind, draft.locale)
        values = values_of(draft)
        self._require_free_key(draft, batch, None)
        now = timezone.now()
        page = registry.kind(draft.kind).model(
            **values,
            slug=batch.places.free_slug(place, draft.slug),
            locale=self.locales[draft.locale],
            translation_key=draft.translation_key or uuid.uuid4(),
            owner=self.by,
            live=True,
            first_published_at=now,
            last_published_at=now,
            latest_revision_created_at=now,
            path=place.next_path(),
            depth=place.section.depth + 1,
        )
        topics = self._topics(draft)
        if topics:
            page.topics = topics
        _spare_questions(page, place.section)
        judged = self._judge(page, batch)
        if judged.holds:
            page.live, page.has_unpublished_changes = False, True
            page.first_published_at = page.last_published_at = None
        page.save(clean=False, log_action=None)
        page.topics = topics  # so that the revision need not ask for them
        place.made += 1
        if draft.translation_key:
            batch.joined[draft.translation_key, draft.locale] = page.pk
        batch.made.append(page)
        return page, judged

    def _judge(self, page: ItemPage, batch: _Batch) -> Verdict:
        judged = quotations.verdict(page, as_is=self.as_is)
        page.scripture_unchecked = judged.unchecked
        if judged.unchecked:
            batch.unchecked.append((page, judged))
        return judged

    def _update(self, draft: Draft, batch: _Batch, number: int) -> tuple[ItemPage, Verdict]:
        model: Any = registry.kind(draft.kind).model
        page = model.objects.select_related("locale").filter(pk=number).first()
        if page is None or page.language != draft.locale:
            raise LineRefused(_("It is here already as an item of another kind or language."))
        values = values_of(draft)
        self._require_free_key(draft, batch, page.pk)
        for name, value in values.items():
            setattr(page, name, value)
        if draft.translation_key:
            page.translation_key = draft.translation_key
        if draft.slug_given and page.slug != draft.slug:
            place = batch.places.of(draft.kind, draft.locale)
            page.slug = batch.places.free_slug(place, draft.slug)
        page.topics = self._topics(draft)
        waited = quotations.waits(page, by=self.by)
        judged = self._judge(page, batch)
        if judged.holds or not (page.live or waited):
            # Held back, or taken down in the office: the new text waits there as a draft.
            page.scripture_unchecked = False
            batch.unchecked[:] = [entry for entry in batch.unchecked if entry[0] is not page]
            page.save_revision(user=self.by, clean=False, log_action=True)
            return page, judged
        page.live = True
        page.last_published_at = timezone.now()
        page.first_published_at = page.first_published_at or page.last_published_at
        self._revise([page])
        page.save(clean=False)
        ReferenceIndex.create_or_update_for_object(page)
        self._log([page], "wagtail.publish")
        batch.updated.append(page)
        return page, judged

    def _require_free_key(self, draft: Draft, batch: _Batch, own: int | None) -> None:
        key = draft.translation_key
        if key and batch.joined.get((key, draft.locale), own) != own:
            raise LineRefused(_("Another item in this language has the same translation_key."))

    def _topics(self, draft: Draft) -> list[Topic]:
        missing = [slug for slug in draft.topics if slug not in self.topics]
        if missing:
            if len(self.topics) > TOPICS_KEPT:
                self.topics.clear()
                missing = draft.topics
            self.topics.update({topic.slug: topic for topic in Topic.objects.filter(slug__in=missing)})
        for slug in missing:
            if slug not in self.topics:
                words = slug.replace("-", " ")
                name = Texts({draft.locale: words[:1].upper() + words[1:]})
                self.topics[slug] = Topic.objects.create(slug=slug, name=name)
        return [self.topics[slug] for slug in draft.topics]

    def _finish(self, batch: _Batch) -> None:
        """Write what the pages of the batch need besides themselves."""
        batch.places.write_down()
        self._revise(batch.made)
        written = Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page), object_id=Cast(OuterRef("pk"), CharField())
        ).values("pk")[:1]
        shown = [page.pk for page in batch.made if page.live]
        Page.objects.filter(pk__in=shown).update(latest_revision=Subquery(written), live_revision=Subquery(written))
        waiting = [page.pk for page in batch.made if not page.live]
        Page.objects.filter(pk__in=waiting).update(latest_revision=Subquery(written))
        self._log(batch.made, "wagtail.create")
        for page, judged in batch.unchecked:
            quotations.note_unchecked(page, judged, by=self.by)
        by_model: dict[Any, list[ItemPage]] = {}
        for page in [*batch.made, *batch.updated]:
            by_model.setdefault(type(page), []).append(page)
        for backend in get_search_backends():
            for model, pages in by_model.items():
                backend.add_bulk(model, pages)

    def _revise(self, pages: list[ItemPage]) -> None:
        """One revision a page, as what is shown now: the office compares and reverts to it."""
        base = ContentType.objects.get_for_model(Page)
        now = timezone.now()
        made = Revision.objects.bulk_create(
            Revision(
                content_type_id=page.content_type_id,
                base_content_type=base,
                object_id=str(page.pk),
                created_at=now,
                user=self.by,
                object_str=str(page),
                content=page.serializable_data(),
            )
            for page in pages
        )
        for page, revision in zip(pages, made, strict=True):
            page.latest_revision = revision
            page.live_revision = revision if page.live else None
            page.latest_revision_created_at = now
            page.has_unpublished_changes = not page.live

    def _log(self, pages: list[ItemPage], action: str) -> None:
        """The office's history of each page."""
        PageLogEntry.objects.bulk_create(
            PageLogEntry(
                page_id=page.pk,
                content_type_id=page.content_type_id,
                label=page.title,
                action=action,
                timestamp=timezone.now(),
                user=self.by,
                revision=page.latest_revision,
                content_changed=True,
                data={},
                uuid=uuid.uuid4(),
            )
            for page in pages
        )


def _spare_questions(page: ItemPage, section: Page) -> None:
    """Answer beforehand what Wagtail would ask the database about a page that is about to be made: its parent is
    known, it is no site's front page, and no row of any related table can name it yet."""
    page._cached_parent_obj, page._is_site_root = section, False
    relations = [(rel.get_accessor_name(), rel.related_model) for rel in get_all_child_relations(page)]
    relations += [(rel.name, rel.related_model) for rel in get_all_child_m2m_relations(page)]
    page._prefetched_objects_cache = {name: model._base_manager.none() for name, model in relations}
