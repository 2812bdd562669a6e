"""The log itself. Entries hold no foreign keys: they outlive what they speak of."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiwar.audit.events import Event


class Entry(models.Model):
    """One thing that happened: event, moment, actor and subject by uuid, and a small JSON detail.

    The database itself refuses to change or delete a row (audit.triggers); the hash chain over the
    rows comes with the case desk.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    event = models.CharField(pgettext_lazy("audit log", "event"), max_length=40, choices=Event)
    actor = models.UUIDField(_("by"), null=True)
    actor_kind = models.CharField(max_length=10, default="person")
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=64, blank=True, db_index=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry; raises TypeError for one that is already written."""
        if self.pk is not None and not kwargs.get("force_insert"):
            raise TypeError("an audit entry is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises TypeError: entries stay."""
        raise TypeError("an audit entry is never deleted")
