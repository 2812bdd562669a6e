"""The demonstration's content and sign-ins."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from hiwar.accounts.models import User
from hiwar.library import roles
from hiwar.library.demo.seed import Seed
from hiwar.library.imports import legacy

# One sign-in a role; the address says what it is.
PEOPLE = {
    "author": (roles.AUTHORS,),
    "translator": (roles.TRANSLATORS,),
    "reviewer": (roles.REVIEWERS,),
    "publisher": (roles.PUBLISHERS,),
    "scholar": (roles.SCHOLARS,),
    "manager": (),
}


class Command(BaseCommand):
    help = "Write the demonstration's content in both languages. Run again, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.TESTING):
            raise CommandError("The demonstration's content is for DEMO=1 only: its sign-ins have a printed password.")
        by = User.objects.system("demo")
        made = Seed(by=by).run()
        roles.prepare(by=by)
        legacy.load(by=User.objects.system("import"))
        self.write_people()
        self.stdout.write(f"{made} pages written." if made else "Nothing to write: the content is there.")

    @staticmethod
    def write_people() -> None:
        password = os.environ.get("DEMO_PASSWORD") or None
        for name, groups in PEOPLE.items():
            email = f"{name}@demo.invalid"
            user = User.objects.filter(email=email).first()
            if user is None:
                user = User.objects.create_user(
                    email, password, first_name=f"Demo {name}", is_superuser=name == "manager"
                )
            elif password and not user.check_password(password):
                user.set_password(password)
                user.save()
            user.groups.set(Group.objects.filter(name__in=groups))
