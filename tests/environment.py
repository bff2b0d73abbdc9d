"""The environment of a test run, set before Django reads its settings.

`-p tests.environment` loads it first of all. What the shell says about a site does not count here,
and nothing of a developer's own site is touched: data goes into a new folder that is gone
afterwards. Only DATABASE_URL stays, so that the same suite runs on PostgreSQL.
"""

import atexit
import base64
import os
import secrets
import shutil
import tempfile
from pathlib import Path

OURS = {
    "SITE_URL": "http://testserver",  # The host of Django's test client.
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ENCRYPTION_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
    "EMAIL_URL": "memorymail://",
}
NOT_HERE = {
    "BACKUP_KEEP_COUNT",
    "BACKUP_KEEP_DAYS",
    "BACKUP_RECIPIENT",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "INQUIRY_NOTICE_EMAILS",
    "LISTEN_ADDRESS",
    "OWNER_EMAIL",
    "OWNER_PASSWORD",
    "PORT",
    "TRUSTED_PROXIES",
    "WEB_CONCURRENCY",
}


def new_data_dir() -> str:
    """A folder for this process alone, with the static folder that WhiteNoise looks for."""
    folder = tempfile.mkdtemp(prefix="kapsite-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (Path(folder) / "static").mkdir()
    return folder


for name in NOT_HERE:
    os.environ.pop(name, None)
os.environ |= OURS | {"DATA_DIR": new_data_dir()}
