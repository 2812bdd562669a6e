#!/usr/bin/env python
"""Django's command line, with the demonstration's environment when none is set."""

import os
import sys

from config.env import load_demo_file


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "demo" not in sys.argv[1:2]:
        load_demo_file()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
