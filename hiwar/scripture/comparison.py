"""What the detector finds in a hadith as an editor entered it: information for the editor, never a change of the text.

The text held for checking stays out of sight: of a difference only the entered word is named.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from hiwar.scripture.collections import collection
from hiwar.scripture.findings import difference_name
from hiwar.scripture.found import Quotation
from hiwar.scripture.models import Hadith
from hiwar.scripture.reference import BadReference, Reference


@dataclass(frozen=True)
class Difference:
    """`kind` is substituted, missing, added or moved; `word` the entered one, '' for a missing one."""

    kind: str
    word: str

    @property
    def name(self) -> str:
        """The kind in the reader's language: «كلمة مبدلة», “Substituted word”."""
        return difference_name(self.kind)


@dataclass(frozen=True)
class Match:
    """A stretch of the entered text that the collection's text has, at `reference`."""

    status: str
    number: str
    reference: Reference | None
    same_number: bool | None
    """Whether that is the number the editor gave; None where the two numberings cannot be compared."""
    differences: tuple[Difference, ...]

    @property
    def reference_label(self) -> str:
        """The place in the reader's language; '' when the held text has a number no numbering reaches."""
        return self.reference.label(get_language() or "ar") if self.reference else ""


@dataclass(frozen=True)
class Comparison:
    """`state` is `exact`, `partial`, `altered` or `not_found`; matches in the order of the entered text."""

    state: str
    matches: tuple[Match, ...]


def held(slug: str) -> bool:
    """Whether a text of the collection is held for checking."""
    try:
        return collection(slug).text_scheme is not None
    except KeyError:
        return False


def compare(hadith: Hadith) -> Comparison | None:
    """What the detector finds of `hadith` in its own collection; None where no text is held for checking."""
    if not held(hadith.collection) or not hadith.text.strip():
        return None
    from hiwar.scripture.detect import detect  # the index is read when it is first asked for, not at every start

    quotations = detect(hadith.text, sources=(hadith.collection,))
    matches = tuple(_match(each, hadith) for each in quotations if each.source == hadith.collection)
    if not matches:
        return Comparison("not_found", ())
    statuses = {match.status for match in matches}
    state = next(status for status in ("altered", "partial", "exact") if status in statuses)
    return Comparison(state, matches)


def _match(found: Quotation, hadith: Hadith) -> Match:
    scheme = collection(hadith.collection).text_scheme
    try:
        reference = Reference.hadith(hadith.collection, found.reference, scheme)
    except BadReference:
        reference = None
    own = hadith.number if hadith.scheme == scheme else hadith.other_numbers.get(scheme)
    places = {found.reference, *found.also}
    return Match(
        status=found.status,
        number=found.reference,
        reference=reference,
        same_number=None if own is None else own in places,
        differences=tuple(Difference(each.kind, each.found) for each in found.differences),
    )
