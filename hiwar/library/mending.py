"""What an editor does about a quotation: mend it, make it a verse of its own, or (a Scholar) let it pass.

Each acts on exactly one passage of the newest draft, named by `Found.key`; where the draft has changed, it is refused.
Mending and making a verse put the edition's words in place and nobody's own, so neither counts as writing under the
two-person rule (`mended_from`).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision
from wagtail_localize.models import StringTranslation, Translation

from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused
from hiwar.library import contents, corrections, rich_text, scripture_check, typed
from hiwar.library.scripture_check import VERSE, Found
from hiwar.library.translating import translation_of
from hiwar.scripture import actions as scripture
from hiwar.scripture import verify
from hiwar.scripture.blocks import chosen
from hiwar.scripture.reference import BadReference, Reference

if TYPE_CHECKING:
    from hiwar.library.models.base import BasePage

MEND, BLOCK, OVERRULE, UNCHECKED = (
    "hiwar.quotation.mend",
    "hiwar.quotation.block",
    "hiwar.quotation.overrule",
    "hiwar.quotation.unchecked",
)
CHANGED = gettext_lazy("The text has changed here since this page was opened. Look at the quotations again.")
Key = tuple[str, int, str]
# What stands round a quotation only because it is one: brackets and quotation marks, and the reference behind it.
OPENS, CLOSES = '﴿\ufd3f«“"(', '﴾\ufd3e»”")'
REFERENCE = re.compile(r"\s*[\[(](?P<words>[^\[\]()]{3,60})[\])]")
AFTERWARDS = re.compile(r"[\s.,،;؛:]*")


@dataclass(frozen=True)
class Draft:
    """The newest version of a page; `translation` when it is made side by side with its source."""

    page: BasePage
    translation: Translation | None = None


def draft_of(page: BasePage) -> Draft:
    """What would be published of `page` now."""
    translation = translation_of(page)
    if translation is None:
        return Draft(page.get_latest_revision_as_object())
    made = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    made.pk, made.live = page.pk, page.live
    return Draft(made, translation)


@transaction.atomic
def mend(*, page: BasePage, key: Key | None, by: Any) -> list[Found]:
    """Make a new draft of `page` in which exactly the altered quotation `key` (None: each) has the edition's words.

    Returns the quotations as they were. Raises Refused when `by` may not edit, when the draft has changed there, and
    when there is nothing to mend it by.
    """
    draft = _locked_draft(page, by)
    asked = [_found(draft.page, key)] if key else scripture_check.checked(draft.page).altered
    words = {found.key: verify.mended(found.finding) for found in asked if found.finding.altered}
    mended = [found for found in asked if words.get(found.key)]
    if not mended:
        raise Refused(_("There is nothing to mend by one click. Correct the words by hand."))
    was = contents.digest(draft.page)
    if draft.translation is not None:
        for found in mended:
            _mend_translation(draft.translation, found, words[found.key])
        _log(page, MEND, by, mended, was=was, content=contents.digest(draft_of(page).page))
    else:
        for path, value in _mended_values(mended, words):
            typed.put(draft.page, path, value)
        corrections.note_mended(page=draft.page, was=was, references=_references(mended))
        _log_revision(draft.page, MEND, by, mended, was=was)
    _record(Event.QUOTATION_MENDED, page, by, mended)
    return mended


def _mended_values(mended: list[Found], words: dict[Key, str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The new stored value of each text; its last quotation is put first, so that the places of the others hold."""
    texts: dict[str, typed.Typed] = {}
    for found in sorted(mended, key=lambda each: each.finding.quotation.start, reverse=True):
        text = texts.get(found.typed.place, found.typed)
        quotation = found.finding.quotation
        value = text.with_words(quotation.start, quotation.end, words[found.key])
        texts[found.typed.place] = replace(text, value=value)
    for text in texts.values():
        yield text.path, text.value


@transaction.atomic
def make_block(*, page: BasePage, key: Key, by: Any) -> Found:
    """Make a new draft in which the quotation `key` is a verse block, the text before and after it texts of their own.

    A piece of a verse becomes the whole verse. Brackets and a reference typed round it go. Raises Refused as `mend`.
    """
    draft = _locked_draft(page, by)
    found = _found(draft.page, key)
    if draft.translation is not None or not scripture_check.may_become_block(draft.page, found):
        raise Refused(_("Only a quotation in the text of an item, as the edition has it, can become a verse block."))
    was = contents.digest(draft.page)
    start, end = _with_its_dress(found)
    before, after = rich_text.parted(found.typed.value, start, end)
    verse = {"type": VERSE, "value": chosen(found.finding.reference.key), "id": str(uuid.uuid4())}
    own = found.typed.path[-1]
    made = [{"type": "text", "value": before, "id": own}] if before else []
    made.append(verse)
    if after:
        made.append({"type": "text", "value": after, "id": str(uuid.uuid4()) if before else own})
    typed.put_blocks(draft.page, found.typed.path, made)
    _log_revision(draft.page, BLOCK, by, [found], was=was)
    _record(Event.QUOTATION_MENDED, page, by, [found])
    return found


@transaction.atomic
def overrule(*, page: BasePage, key: Key, reason: str, by: Any) -> Found:
    """Let the altered quotation `key` pass in this item, for a reason that is kept in its log.

    Holds for exactly these words. Raises Refused for anybody but a Scholar, ValidationError without a reason.
    """
    found = _found(draft_of(page).page, key)
    if not found.finding.altered:
        raise Refused(_("This quotation does not stand in the way of publication."))
    finding = found.finding
    scripture.overrule(
        subject=page.translation_key, found=finding.found, reference=finding.reference.key, reason=reason, by=by
    )
    _log(page, OVERRULE, by, [found], reason=reason.strip())
    return found


def mended_from(*, page: BasePage, revision: Revision) -> Revision | None:
    """The version from which mending alone made what `revision` holds, or None."""
    entries = list(PageLogEntry.objects.filter(page=page.pk, action__in=(MEND, BLOCK), revision__pk__lte=revision.pk))
    if not entries:
        return None
    # The edit form may have stored the same again since, or overwritten the version: what stands in it decides.
    content = contents.digest(revision.as_object())
    entry = max((entry for entry in entries if entry.data.get("content") == content), key=lambda e: e.pk, default=None)
    if entry is None:
        return None
    return Revision.page_revisions.filter(pk=entry.data["from"], object_id=str(page.pk), pk__lt=revision.pk).first()


def unmended(*, page: BasePage) -> list[str]:
    """Digest of what `page` shows, then of each earlier state from which mending alone made it."""
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=(MEND, BLOCK)) if page.pk else []
    was = {entry.data.get("content"): entry.data.get("was") for entry in entries}
    found = [contents.digest(page)]
    while (before := was.get(found[-1])) and before not in found:
        found.append(before)
    return found


def note_unchecked(*, page: BasePage, found: list[Found], by: Any) -> None:
    """Keep in the item's log that the import published it as it is."""
    references = _references(found)
    log(instance=page, action=UNCHECKED, user=by, data={"references": references})
    record(
        event=Event.ITEM_UNCHECKED, by=by, subject_kind=page.kind, subject=page.translation_key, references=references
    )


def _locked_draft(page: BasePage, by: Any) -> Draft:
    """The newest draft, nobody else mending it meanwhile. Raises Refused."""
    row = Page.objects.select_for_update(of=("self",)).get(pk=page.pk).specific
    if row.alias_of_id or not row.permissions_for_user(by).can_edit():
        raise Refused(_("Your role does not edit this page."))
    lock = row.get_lock()
    if lock is not None and lock.for_user(by):
        raise Refused(_("The page is locked: nobody but whoever locked it changes it."))
    return draft_of(row)


def _found(page: BasePage, key: Key) -> Found:
    found = scripture_check.checked(page).at(key)
    if found is None:
        raise Refused(CHANGED)
    return found


def _mend_translation(translation: Translation, found: Found, words: str) -> None:
    """Put `words` into the translated piece that holds the quotation. Whoever translated it stays its translator."""
    pieces = StringTranslation.objects.filter(
        locale=translation.target_locale,
        context__object_id=translation.source.object_id,
        context__path=found.typed.place,
    )
    for piece in pieces.select_for_update(of=("self",)):
        start = rich_text.read(piece.data).text.find(found.finding.found)
        if start >= 0:
            piece.data = rich_text.replaced(piece.data, start, start + len(found.finding.found), words)
            piece.save(update_fields=["data"])
            return
    raise Refused(_("These words come from the source of the translation. Mend them there, then bring them over."))


def _with_its_dress(found: Found) -> tuple[int, int]:
    """Offsets of a quotation with the brackets round it, the reference behind it, and the stop that then is left."""
    text, quotation = found.typed.text, found.finding.quotation
    start, end = quotation.start, quotation.end
    while True:
        before, after = text[:start].rstrip(), text[end:].lstrip()
        if not before or not after or before[-1] not in OPENS or after[0] != CLOSES[OPENS.index(before[-1])]:
            break
        start, end = len(before) - 1, len(text) - len(after) + 1
    if (named := REFERENCE.match(text, end)) and _names(named["words"], found.finding.reference):
        end = named.end()
    return start, AFTERWARDS.match(text, end).end()  # type: ignore[union-attr]


def _names(words: str, reference: Reference) -> bool:
    try:
        return Reference.parse(words).overlaps(reference)
    except BadReference:
        return False


def _log_revision(draft: BasePage, action: str, by: Any, found: list[Found], *, was: str) -> None:
    before = draft.latest_revision_id
    if not draft.live:
        draft.save(clean=False)  # the row of a page that is not shown is its newest draft, as the edit form has it
    revision = draft.save_revision(user=by, clean=False)
    made = contents.digest(revision.as_object())
    _log(draft, action, by, found, revision=revision, content=made, was=was, **{"from": before})


def _log(
    page: BasePage, action: str, by: Any, found: list[Found], *, revision: Revision | None = None, **data: Any
) -> None:
    """A line in the item's own history."""
    log(
        instance=page,
        action=action,
        user=by,
        revision=revision,
        content_changed=revision is not None,
        data={
            "references": _references(found),
            "found": [each.finding.found for each in found],
            "places": [each.typed.place for each in found],
            **data,
        },
    )


def _record(event: Event, page: BasePage, by: Any, found: list[Found]) -> None:
    record(
        event=event,
        by=by,
        subject_kind=page.kind,
        subject=page.translation_key,
        references=_references(found),
        digests=[each.finding.digest for each in found],
    )


def _references(found: list[Found]) -> list[str]:
    return list(dict.fromkeys(each.finding.reference.key for each in found))
