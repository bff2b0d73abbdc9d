"""What we add to the settings that `wagtail start` writes for production, which import this."""

import os

from django.core.management.utils import get_random_secret_key

from .base import BASE_DIR, DATABASES, INSTALLED_APPS, MIDDLEWARE

SECRET_KEY = get_random_secret_key()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["articles", *INSTALLED_APPS]
DATABASES["default"]["NAME"] = os.environ.get("STOCK_DATABASE") or BASE_DIR / "db.sqlite3"

# Django's per-site cache, as its documentation sets it up.
if kind := os.environ.get("STOCK_CACHE"):
    CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{kind}"}}
    if location := os.environ.get("STOCK_CACHE_FOLDER"):
        CACHES["default"]["LOCATION"] = location
    MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]

# SQLite set as our own site sets it; without this, as Django sets it.
if os.environ.get("STOCK_WAL"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
