"""The outbox: a Message to send and one Delivery for each recipient."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The same key twice is the same message: an action that runs again sends nothing again.
    key = models.CharField(max_length=120, unique=True)
    made = models.DateTimeField(default=timezone.now)
    sender = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        LEASED = "leased", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    recipient = models.EmailField(max_length=254)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)
    # What the server answered, never the address again.
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "recipient"], name="delivery_once")]
        indexes = [models.Index(fields=["state", "due"], name="delivery_due")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.message_id}: {self.state}"

    @property
    def veiled(self) -> str:
        """The recipient's address for a list: first letter and domain."""
        name, _at, domain = self.recipient.rpartition("@")
        return f"{name[:1]}…@{domain}"
