"""Editions of the meanings: taking one in from a file, showing it, hiding it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiwar.audit.actions import record
from hiwar.audit.events import Event
from hiwar.audit.refusal import Refused
from hiwar.items import actions as items
from hiwar.items.models import ItemRef
from hiwar.scripture import meanings, permissions
from hiwar.scripture.models import RenderedVerse, Rendering
from hiwar.scripture.reference import QURAN
from hiwar.scripture.rendering_files import Key, missing

NAMED = 5  # missing verses that a message lists before it counts the others
BATCH = 1000


@dataclass(frozen=True)
class Imported:
    """What an import did: `outcome` is `new`, `replaced` or `unchanged`; verses by what happened to them."""

    rendering: Rendering
    outcome: str
    new: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0


@transaction.atomic
def import_rendering(
    *,
    slug: str,
    language: str,
    name: Mapping[str, str],
    translator: str,
    licence: str,
    origin: str,
    version: str,
    verses: Mapping[Key, str],
    sha256: str,
    by: Any,
) -> Imported:
    """Make the edition `slug` hold exactly `verses`, {(sura, verse): text}, and record what it was before.

    The same again changes nothing. An edition whose text changed is hidden until somebody shows it again. Raises
    ValidationError (a description is missing or wrong) and Refused: who may not; no verses; a file with gaps in the
    place of a complete edition.
    """
    if not permissions.may_import_rendering(by):
        raise Refused(_("Only a Scholar, or the import itself, takes in an edition of the meanings."))
    described = {
        "language": language,
        "name": dict(name),
        "translator": translator.strip(),
        "licence": licence.strip(),
        "origin": origin.strip(),
        "version": version.strip(),
    }
    if not verses:
        raise Refused(_("The file holds no verse. Nothing was changed."))
    rendering = Rendering.objects.select_for_update().filter(slug=slug).first()
    before = _described(rendering) if rendering else {}
    if rendering is not None and rendering.language != language:
        raise ValidationError({"language": _("This address belongs to an edition in another language.")})
    held = dict(_verses(rendering)) if rendering else {}
    if rendering is not None and _is_complete(held) and not _is_complete(verses):
        raise Refused(
            _("The edition in place is complete and the file is not, so nothing was changed. %(missing)s")
            % {"missing": missing_sentence(verses)}
        )
    rendering = rendering or Rendering(slug=slug)
    for field, value in described.items():
        setattr(rendering, field, value)
    rendering.sha256, rendering.imported_at = sha256, timezone.now()
    _require_language(language)
    rendering.full_clean(validate_unique=False, validate_constraints=False)
    same = sum(1 for key, text in verses.items() if held.get(key) == text)
    counts = {
        "new": len(verses.keys() - held.keys()),
        "changed": len(verses.keys() & held.keys()) - same,
        "removed": len(held.keys() - verses.keys()),
    }
    if before == _described(rendering) and not any(counts.values()):
        return Imported(rendering=rendering, outcome="unchanged", same=same)
    was_shown = rendering.shown
    if any(counts.values()):
        rendering.shown = False
    rendering.save()
    _write(rendering, held, verses)
    _forget(rendering.language)
    if was_shown and not rendering.shown:
        _record(Event.RENDERING_HIDDEN, rendering, by, reason="replaced")
    _record(
        Event.RENDERING_IMPORTED, rendering, by, described=_described(rendering), verses=len(verses), replaced=before
    )
    return Imported(rendering=rendering, outcome="replaced" if before else "new", same=same, **counts)


@transaction.atomic
def show_rendering(*, rendering: Rendering, by: Any) -> None:
    """Let readers see an edition. Raises Refused: who may not, or when a verse is missing (it says which)."""
    if not permissions.may_show_rendering(by):
        raise Refused(_("Only a Scholar shows or hides an edition of the meanings."))
    row = Rendering.objects.select_for_update().get(pk=rendering.pk)
    if sentence := gaps(row):
        raise Refused(sentence)
    _set_shown(row, rendering, True, by)


@transaction.atomic
def hide_rendering(*, rendering: Rendering, by: Any) -> None:
    """Take an edition away from readers. Raises Refused for who may not."""
    if not permissions.may_show_rendering(by):
        raise Refused(_("Only a Scholar shows or hides an edition of the meanings."))
    _set_shown(Rendering.objects.select_for_update().get(pk=rendering.pk), rendering, False, by)


def gaps(rendering: Rendering) -> str:
    """Which verses the stored edition lacks; '' when it is complete. One query."""
    return missing_sentence(dict(_verses(rendering)))


def missing_sentence(verses: Mapping[Key, str]) -> str:
    """Which verses are missing, the first few by name; '' when none is."""
    gone = missing(verses)
    named = [f"{sura}:{verse}" for sura, verse in islice(gone, NAMED)]
    others = sum(1 for _key in gone)
    if not named:
        return ""
    if not others:
        return _("These verses are missing: %(verses)s.") % {"verses": " ".join(named)}
    return ngettext(
        "These verses are missing: %(verses)s and %(others)d other.",
        "These verses are missing: %(verses)s and %(others)d others.",
        others,
    ) % {"verses": " ".join(named), "others": others}


def _set_shown(row: Rendering, given: Rendering, shown: bool, by: Any) -> None:
    if row.shown != shown:
        row.shown = given.shown = shown
        row.save(update_fields=["shown"])
        _record(Event.RENDERING_SHOWN if shown else Event.RENDERING_HIDDEN, row, by)
        _forget(row.language)


def _forget(language: str) -> None:
    """What was kept of pages that cite verses shows another edition, or one that is no longer shown."""
    items.touch(ItemRef.objects.filter(language=language, citations__source=QURAN))
    transaction.on_commit(partial(meanings.forget, language))


def _record(event: Event, rendering: Rendering, by: Any, **detail: Any) -> None:
    record(
        event=event,
        by=by,
        subject_kind="rendering",
        subject=rendering.uuid,
        slug=rendering.slug,
        version=rendering.version,
        sha256=rendering.sha256,
        **detail,
    )


def _described(rendering: Rendering) -> dict[str, Any]:
    fields = ("language", "name", "translator", "licence", "origin", "version", "sha256")
    return {field: getattr(rendering, field) for field in fields}


def _verses(rendering: Rendering) -> list[tuple[Key, str]]:
    rows = RenderedVerse.objects.filter(rendering=rendering).order_by().values_list("sura", "verse", "text")
    return [((sura, verse), text) for sura, verse, text in rows]


def _is_complete(verses: Mapping[Key, str]) -> bool:
    return next(iter(missing(verses)), None) is None


def _require_language(language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("The site has no such language.")})


def _write(rendering: Rendering, held: Mapping[Key, str], verses: Mapping[Key, str]) -> None:
    """Only rows that differ are written."""
    if {key for key in held if held[key] != verses.get(key)}:
        stale = [key for key in held if held[key] != verses.get(key)]
        rows = RenderedVerse.objects.filter(rendering=rendering)
        if len(stale) == len(held):
            rows.delete()
        else:
            for sura in {key[0] for key in stale}:
                rows.filter(sura=sura, verse__in=[verse for found, verse in stale if found == sura]).delete()
    RenderedVerse.objects.bulk_create(
        (
            RenderedVerse(rendering=rendering, sura=sura, verse=verse, text=text)
            for (sura, verse), text in verses.items()
            if held.get((sura, verse)) != text
        ),
        batch_size=BATCH,
    )
