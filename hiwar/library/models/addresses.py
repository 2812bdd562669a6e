"""Addresses of the two earlier generations of the site, and of imported items."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class OldAddress(models.Model):
    """An old path with its query, and where it leads: a page, or a path of ours."""

    key = models.CharField(_("old address"), max_length=700, unique=True)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    path = models.CharField(_("path"), max_length=700, blank=True)
    # What was imported from it, so that the same content is left alone when it is imported again.
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        super().clean()
        if self.path and (not self.path.startswith("/") or self.path.startswith("//")):
            raise ValidationError(
                {"path": _("Write a path of this site. It begins with one slash, such as /en/about/.")}
            )
