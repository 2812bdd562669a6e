"""Who may sign in. E-mail is the only name of an account; it is kept case-folded and unique."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().casefold())

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        """Save and return an account; without `password` it cannot sign in by one."""
        user = self.model(email=email.strip().casefold(), **extra)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        """Save and return an account that may do everything."""
        return self.create_user(email, password, is_superuser=True, **extra)

    def system(self, name: str) -> User:
        """The account in whose name machinery acts (`import`, `schedule`, `demo`); made when first needed.

        It has no password and is not active: nobody can sign in as it.
        """
        user, _made = self.get_or_create(
            email=f"{name}@system.invalid",
            defaults={"is_system": True, "is_active": False, "first_name": name, "password": "!"},
        )
        return user


class User(AbstractBaseUser, PermissionsMixin):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    # Wagtail's lists and forms read these two names; the first holds the whole name as its bearer writes it.
    first_name = models.CharField(_("name"), max_length=150, blank=True)
    last_name = models.CharField(_("further name"), max_length=150, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_system = models.BooleanField(_("system account"), default=False, editable=False)
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().casefold()
        super().save(*args, **kwargs)

    @property
    def is_staff(self) -> bool:
        """Whether the account may enter the office."""
        return self.is_active and (self.is_superuser or self.has_perm("wagtailadmin.access_admin"))

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email.partition("@")[0]
