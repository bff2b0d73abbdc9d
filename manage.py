#!/usr/bin/env python
"""Run a management command: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapsite.settings")
    if sys.argv[1:2] == ["setup"]:
        # Settings refuse to load without secrets, so set-up makes them before it loads settings.
        from kapsite.secretfile import create_local_secrets

        create_local_secrets()
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError as error:
        reason = str(error).partition("\n")[0]
        sys.exit(f"The database refuses: {reason}\nLook at DATABASE_URL and at its server.")


if __name__ == "__main__":
    main()
