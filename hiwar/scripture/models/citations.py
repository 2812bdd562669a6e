"""Which published item uses which passage (the reverse index), and passages that are items themselves."""

from __future__ import annotations

import re
import uuid

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hiwar.items.models import ItemRef
from hiwar.scripture.names import QURAN
from hiwar.scripture.reference import Reference
from hiwar.ui.bylanguage import ByLanguageField

WHOLE = re.compile(r"[0-9]+")


class Passage(models.Model):
    """A passage of the Quran that something published cites: the subject of the registry's rows of kind `verse`.

    Made when it is first cited, so that it has a short address and can be shared; never 6,236 rows at once. It
    holds no text.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sura = models.PositiveSmallIntegerField()
    first = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["sura", "first", "last"]
        constraints = [models.UniqueConstraint(fields=["sura", "first", "last"], name="passage_once")]
        verbose_name = pgettext_lazy("Quran", "passage")
        verbose_name_plural = pgettext_lazy("Quran", "passages")

    def __str__(self) -> str:
        return self.reference.label(get_language() or "en")

    @property
    def reference(self) -> Reference:
        return Reference.verse(self.sura, self.first, self.last)


class CitationQuerySet(models.QuerySet["Citation"]):
    def shown(self) -> CitationQuerySet:
        """Citations in items anyone may see: the item's own row decides."""
        return self.filter(item__live=True)

    def of(self, reference: Reference) -> CitationQuerySet:
        """Citations that share at least one verse with `reference`, or name the same hadith (8 and 8a do)."""
        if reference.is_quran:
            return self.filter(source=QURAN, sura=reference.sura, first__lte=reference.last, last__gte=reference.first)
        number = str(reference.number)
        whole = WHOLE.match(number)[0]  # type: ignore[index]
        same = models.Q(number=whole) | (
            models.Q(number__regex=rf"^{whole}[a-z.]") if number == whole else models.Q(number=number)
        )
        return self.filter(same, source=reference.source, scheme=reference.scheme)


class Citation(models.Model):
    """One row of the reverse index. Written whole by actions.record_citations whenever the item is published."""

    class Role(models.TextChoices):
        CITES = "cites", pgettext_lazy("item that quotes a verse", "Cites")
        MISUSED = "misused", _("Shows how it is misused")

    item = models.ForeignKey(ItemRef, on_delete=models.CASCADE, related_name="citations")
    source = models.CharField(max_length=40)
    sura = models.PositiveSmallIntegerField(null=True)
    first = models.PositiveSmallIntegerField(null=True)
    last = models.PositiveSmallIntegerField(null=True)
    number = models.CharField(max_length=16, blank=True)
    scheme = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.CITES)
    # The words that are usually cut out, as they stand in the canon.
    cut_text = models.TextField(blank=True)
    note = ByLanguageField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["item", "order"]
        constraints = [models.UniqueConstraint(fields=["item", "order"], name="citation_place")]
        indexes = [
            models.Index(fields=["source", "sura", "first"], name="citation_verse"),
            models.Index(fields=["source", "number"], name="citation_number"),
        ]

    def __str__(self) -> str:
        return self.reference.key

    @property
    def reference(self) -> Reference:
        if self.source == QURAN:
            return Reference.verse(self.sura, self.first, self.last)  # type: ignore[arg-type]
        return Reference.hadith(self.source, self.number, self.scheme or None)
