"""What an installation needs besides its tables before anybody writes in it, and again after an update."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page

from hiwar.accounts.models import User
from hiwar.library import house, roles


class Command(BaseCommand):
    help = "Make the languages, sections, roles and workflows that are missing. Run again, it changes nothing."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        by, before = User.objects.system("prepare"), Page.objects.count()
        house.prepare(by=by)
        roles.prepare(by=by)
        self.stdout.write(f"The house is ready; {Page.objects.count() - before} pages made.")
