"""The settings as the type checker reads them: a site on this machine with secrets of its own."""

import os

os.environ |= {"SITE_URL": "http://localhost", "SECRET_KEY": "types", "ENCRYPTION_KEYS": "types"}

from kapsite.settings import *  # noqa: F403
