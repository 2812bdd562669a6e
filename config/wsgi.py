"""The door the server opens."""

import os
import sys

from config.env import load_demo_file

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
load_demo_file()

from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.exit(f"The server does not start. {error}")

from hiwar.edge.checks import obstacles  # noqa: E402

if refusal := obstacles(serving=True):
    sys.exit("The server does not start. " + " ".join(refusal))
