"""The kinds of item this room publishes: a verse (or passage) and a hadith, and where each stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiwar.items import registry
from hiwar.items.registry import Kind
from hiwar.scripture.models import Hadith, Passage
from hiwar.scripture.reference import Reference

VERSE, HADITH = "verse", "hadith"


def register() -> None:
    """Tell the registry what this room publishes. Neither is a page of the tree: they have no section and no feed."""
    registry.register(Kind(VERSE, _("Verse"), _("Verses"), Passage, two_persons=False))
    # Two persons as everywhere, held by actions.sign_hadith: whoever last edited it does not sign it.
    registry.register(Kind(HADITH, _("Hadith"), pgettext_lazy("plural", "Hadith"), Hadith))


def path_of(reference: Reference, language: str) -> str:
    """Root-relative address of the page of `reference` in `language`."""
    return f"/{language}/islamiyat/scripture/{reference.path}"
