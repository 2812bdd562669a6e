#!/usr/bin/env python
"""Django's command line, with the demonstration's environment when none is set."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

from config.env import load_demo_file


def main() -> None:
    """Run one management command. A wrong environment is told in one sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        if sys.argv[1:] == ["demo"]:
            from config import demo

            sys.exit(demo.main())
        load_demo_file()
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
