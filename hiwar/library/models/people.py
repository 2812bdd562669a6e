"""Authors, advisors and scholars."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from hiwar.arabic.sorting import sort_key
from hiwar.states.models import State
from hiwar.ui.bylanguage import ByLanguageField


class PersonQuerySet(models.QuerySet["Person"]):
    def sorted_here(self) -> list[Person]:
        """People in the order of their names in the reader's language."""
        language = get_language() or "en"
        return sorted(self, key=lambda person: person.sort_keys.get(language) or sort_key(person.name_here))


class Person(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), unique=True)
    name = ByLanguageField(_("name"), max_length=120)
    field = ByLanguageField(_("field"), max_length=160, blank=True)
    role = ByLanguageField(_("position"), max_length=160, blank=True)
    biography = ByLanguageField(_("biography"), rows=4, blank=True)
    country = models.ForeignKey(State, verbose_name=_("State"), null=True, blank=True, on_delete=models.SET_NULL)
    is_author = models.BooleanField(_("author"), default=True)
    is_advisor = models.BooleanField(_("advisor"), default=False)
    is_scholar = models.BooleanField(_("scholar"), default=False)
    term_from = models.PositiveSmallIntegerField(_("term from (year)"), null=True, blank=True)
    term_to = models.PositiveSmallIntegerField(_("term to (year)"), null=True, blank=True)
    sort_keys = models.JSONField(default=dict, editable=False)
    sample = models.BooleanField(_("invented, for samples"), default=False)

    objects = PersonQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("field"),
        FieldPanel("role"),
        FieldPanel("biography"),
        FieldPanel("country"),
        MultiFieldPanel(
            [FieldPanel("is_author"), FieldPanel("is_advisor"), FieldPanel("is_scholar"), FieldPanel("sample")],
            heading=_("Listed as"),
        ),
        FieldRowPanel([FieldPanel("term_from"), FieldPanel("term_to")], heading=_("Term")),
    ]

    class Meta:
        ordering = ["slug"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name_here

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_keys = {code: sort_key(name) for code, name in self.name.items()}
        super().save(*args, **kwargs)

    @property
    def name_here(self) -> str:
        return str(self.name)

    @property
    def field_here(self) -> str:
        return str(self.field)

    @property
    def role_here(self) -> str:
        return str(self.role)

    @property
    def biography_here(self) -> str:
        return str(self.biography)

    @property
    def initial(self) -> str:
        """The letter drawn where a portrait would stand."""
        name = self.name_here
        return next((sign for sign in name.removeprefix("ال") if sign.isalpha()), "")

    @property
    def path(self) -> str:
        return reverse("person", args=[self.slug])
