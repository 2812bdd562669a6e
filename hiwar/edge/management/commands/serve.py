"""`manage.py serve`: the web server and one worker."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hiwar.edge import serving
from hiwar.edge.checks import obstacles


class Command(BaseCommand):
    help = "Serve the site and run one background worker; both end together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--workers", type=int, default=1, help="server processes; more than one needs REDIS_URL")

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        if refusal := obstacles(serving=True):
            raise CommandError(" ".join(refusal))
        if workers > 1 and not settings.REDIS_URL:
            raise CommandError("Several server processes need one cache for all: set REDIS_URL, or use --workers 1.")
        name = settings.ALLOWED_HOSTS[0].lstrip(".") if settings.ALLOWED_HOSTS else host
        try:
            code = serving.serve(
                base=settings.BASE,
                host=host,
                port=port,
                workers=workers,
                name="localhost" if name == "*" else name,
                greet=lambda: self.stdout.write(f"Serving {settings.SITE_URL} on http://{host}:{port}"),
                say=self.stderr.write,
            )
        except serving.PortTaken as error:
            raise CommandError(str(error)) from error
        if code:
            sys.exit(code)
