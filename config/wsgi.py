"""The door the server opens."""

import os

from config.env import load_demo_file

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
load_demo_file()

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
