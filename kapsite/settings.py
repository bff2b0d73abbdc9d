"""Settings of the practice's website: one file, safe by default.

Every value that differs between machines comes from the environment and is listed in the README's
table (a test compares the two). `SITE_URL` decides the rest: an `https://` address is a public
site and gets secure cookies, HSTS, the redirect and a refusal to start with generated secrets;
anything else is a site on this machine.
"""

import sys
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from .secretfile import BASE_DIR, data_dir, is_generated, read_secrets

env = environ.Env()


def _number(name: str, default: int) -> int:
    """A whole number of the environment that is not negative."""
    text = env.str(name, default=str(default))
    if not (text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def _switch(name: str) -> bool:
    """Whether something that is off by default is on. A word that says neither is refused."""
    text = env.str(name, default="off").lower()
    if text not in _ON | _OFF:
        raise ImproperlyConfigured(f"{name} must be on or off, not {text!r}.")
    return text in _ON


_ON, _OFF = {"on", "true", "1", "yes", "y", "ok"}, {"off", "false", "0", "no", "n", ""}

# Where this site is -------------------------------------------------------------------------

DEBUG = _switch("DEBUG")
DATA_DIR = data_dir()
PORT = _number("PORT", 8000)
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname or _site.path:
    raise ImproperlyConfigured(
        "SITE_URL must be an address such as https://www.example.org, without a path."
    )
IS_PUBLIC = _site.scheme == "https"
_LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [_site.hostname, *([] if IS_PUBLIC else _LOCAL_HOSTS)]

# Secrets ------------------------------------------------------------------------------------

_generated_secrets = read_secrets(DATA_DIR / "secrets")


def _secret(name: str) -> str:
    """The secret from the environment or, on a local site, from the generated file."""
    value = env.str(name, default="") or ("" if IS_PUBLIC else _generated_secrets.get(name, ""))
    if not value:
        hint = "Set it in the environment." if IS_PUBLIC else "Run `make setup` first."
        raise ImproperlyConfigured(f"{name} is missing. {hint}")
    if IS_PUBLIC and any(is_generated(part.strip()) for part in value.split(",")):
        raise ImproperlyConfigured(
            f"{name} was generated for a local site and cannot protect {SITE_URL}. "
            "Set one of your own in the environment."
        )
    return value


SECRET_KEY = _secret("SECRET_KEY")
# The first key seals, all of them open: put a new one in front, then run `rotate_keys`.
ENCRYPTION_KEYS = [key.strip() for key in _secret("ENCRYPTION_KEYS").split(",") if key.strip()]

# The house ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "kapsite",
    "pages",
    "contact",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "crispy_forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # So that templates of ours can take the place of a widget's.
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MIDDLEWARE = [
    "kapsite.middleware.NumberRequests",
    "kapsite.headers.Headers",
    "kapsite.middleware.RefuseUnreadableRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kapsite.sign_in.gate.Gate",
    "kapsite.sign_in.freshness.AskAgain",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "contact.access.RecordStrangers",
    "contact.middleware.KeepWhatWasTyped",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "kapsite.urls"
WSGI_APPLICATION = "kapsite.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context_processors.site",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "kap"
CRISPY_TEMPLATE_PACK = "kap"
CRISPY_FAIL_SILENTLY = False

# Data ---------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
# To open a connection costs more than most requests ask of it.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "kapsite.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        # Take the write lock when a transaction starts, so that it waits its turn instead of
        # failing half way; wait up to 20 s for it.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # WAL lets readers go on while one writes. FULL makes a commit wait for the disk: what we
        # have thanked a visitor for survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    # As long as on SQLite: whoever waits for a lock gets an answer in the end.
    _options.setdefault("options", "-c lock_timeout=20s")
    # A server that is gone says nothing; without this, each visitor would wait two minutes for it.
    _options.setdefault("connect_timeout", 5)
    # Of several servers, the one that takes writes: after a standby took over, that is another.
    if "," in DATABASES["default"]["HOST"]:
        _options.setdefault("target_session_attrs", "read-write")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Style sheets and scripts are for this site's pages; WhiteNoise would offer them to all others.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
BACKUP_DIR = DATA_DIR / "backups"
# Whose public keys of age backups are sealed to. The private ones are not on this machine.
BACKUP_RECIPIENTS = [key.strip() for key in env.list("BACKUP_RECIPIENT", default=[]) if key.strip()]
# A backup goes when it is both older than this and not one of so many newest.
BACKUP_KEEP_COUNT = _number("BACKUP_KEEP_COUNT", 7)
BACKUP_KEEP_DAYS = _number("BACKUP_KEEP_DAYS", 30)
# Wagtail's page editor sends one field per block, more than Django's default of 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# People who sign in -------------------------------------------------------------------------

AUTH_USER_MODEL = "kapsite.User"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # What earlier versions stored.
]
LOGIN_URL, LOGIN_REDIRECT_URL = "wagtailadmin_login", "wagtailadmin_home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
SESSION_ENGINE = "kapsite.sign_in.sessions"
# The cookie ends with the browser, the session by the rules of `sign_in.idle`.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60

# The second step: an authenticator app or a passkey, and recovery codes for when it is lost.
SECOND_STEP_REQUIRED = IS_PUBLIC
ACCOUNT_ADAPTER = "kapsite.sign_in.factors.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"reauthenticate": "kapsite.sign_in.forms.PasswordAgainForm"}
MFA_ADAPTER = "kapsite.sign_in.factors.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # An owner makes the accounts; there is no sign-up to abuse.
MFA_TOTP_TOLERANCE = 1  # A clock may be half a minute off, and people type slowly.
MFA_FORMS = {
    "authenticate": "kapsite.sign_in.forms.SecondStepForm",
    "reauthenticate": "kapsite.sign_in.forms.SecondStepAgainForm",
    "activate_totp": "kapsite.sign_in.forms.AppForm",
}

# Ten failures close an account for a quarter of an hour, for the address that they came from.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "kapsite.sign_in.locks.account_key"
AXES_CLIENT_IP_CALLABLE = "kapsite.sign_in.locks.address"
AXES_LOCKOUT_CALLABLE = "kapsite.sign_in.locks.closed"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken", "next"]
AXES_DISABLE_ACCESS_LOG = True  # The audit trail has it.
AXES_ENABLE_ADMIN = False
OWNER_EMAIL = env.str("OWNER_EMAIL", default="owner@example.org")
OWNER_PASSWORD = env.str("OWNER_PASSWORD", default="")

# Security -----------------------------------------------------------------------------------

# How many proxies stand in front: their forwarding headers are believed, nobody else's.
TRUSTED_PROXIES = _number("TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = IS_PUBLIC
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PUBLIC
SECURE_HSTS_PRELOAD = IS_PUBLIC
# Nobody else learns who comes from a page about ketamine. Less ("no-referrer") would take away the
# Origin by which Django knows a form of ours from a forged one.
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PUBLIC
SESSION_COOKIE_NAME = "__Host-session" if IS_PUBLIC else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_PUBLIC else "csrf"
MESSAGE_STORAGE = "kapsite.messages.Messages"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # Wagtail's admin reads the token from the page.
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "kapsite.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"  # `kapsite.headers` opens Wagtail's preview to a frame, and no more.

# Whoever gives this as a bearer token may read /metrics; without it, nobody may.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# Mail ---------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"website@{_site.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
INQUIRY_NOTICE_EMAILS = env.list("INQUIRY_NOTICE_EMAILS", default=[])

# Languages and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"  # The practice's own zone, for hours and reply days, is on its settings screen.
USE_TZ = True

# Wagtail ------------------------------------------------------------------------------------

# Who somebody is in the audit trail is not theirs to change.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_SITE_NAME = "Practice website"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "pages.PracticeImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
# So Wagtail's decoder for HEIF is not let in: one way less for a file to be read, whatever it is
# called, and 4 MB less in each process. AVIF is Pillow's own.
sys.modules["pillow_heif"] = None  # type: ignore[assignment]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "pages.uploads.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pages.uploads.forms.DocumentForm"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # Sent to be kept, never shown on this site.
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "rtf", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "pages.search"}}
# The one list of what a text may hold. "default" is for the body, "short" for a point or a note.
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    name: {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": features},
    }
    for name, features in {
        "default": ["bold", "italic", "ol", "ul", "link", "document-link"],
        "short": ["bold", "italic", "link"],
    }.items()
}
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "pages/password_required.html"  # noqa: S105 - a template
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # No third-party host, ever.
WAGTAIL_ENABLE_UPDATE_CHECK = False  # It asks a third party on every visit to the dashboard.
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = True
WAGTAILADMIN_USER_LOGIN_FORM = "kapsite.sign_in.forms.SignInForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "kapsite.sign_in.forms.PasswordResetForm"  # noqa: S105 - a class
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"

# Logs: to standard error, never with private text -------------------------------------------

_formatters = {"text": "kapsite.logs.DiscreetFormatter", "json": "kapsite.logs.JsonFormatter"}
LOG_FORMAT = env.str("LOG_FORMAT", default="text")
if LOG_FORMAT not in _formatters:
    raise ImproperlyConfigured(f"LOG_FORMAT must be text or json, not {LOG_FORMAT!r}.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "logging.Formatter" if DEBUG else _formatters[LOG_FORMAT]}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "discreet"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "contact": {"level": "INFO"},
        "kapsite": {"level": "INFO"},
        # Django's own handlers would mail errors and print requests.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        # It names addresses; what it does is in the audit trail.
        "axes": {"handlers": ["null"], "propagate": False},
        # Scanners send wrong hosts and paths all day; the 400 that they get is answer enough.
        "django.security.DisallowedHost": {"handlers": ["null"], "propagate": False},
        "django.security.SuspiciousFileOperation": {"handlers": ["null"], "propagate": False},
    },
}
