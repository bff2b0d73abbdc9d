"""The secrets file that set-up makes for a site on this machine only.

A public site takes its secrets from the environment. A local one would be a poor first experience
if it asked for them, so set-up generates them once into `DATA_DIR/secrets` (mode 0600). Every
generated value carries a mark, and settings refuse a marked value on an `https://` site.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

GENERATED = "local-only-"
BASE_DIR = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """Where the database, media, secrets and backups live: `DATA_DIR`, or `var/` in the project."""
    return (BASE_DIR / (os.environ.get("DATA_DIR") or "var")).resolve()


def is_generated(value: str) -> bool:
    """Whether `value` came out of this module and so must not protect a public site."""
    return value.startswith(GENERATED)


def read_secrets(path: Path) -> dict[str, str]:
    """The `NAME=value` lines of the secrets file; empty when there is no file.

    Raises ImproperlyConfigured when the file exists and cannot be read.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"The secrets file {path} cannot be read.") from error
    return dict(line.split("=", 1) for line in lines if "=" in line)


def create_local_secrets(directory: Path | None = None) -> bool:
    """Write the secrets file unless it is there already. Returns whether it was written.

    The file is written whole under another name and then linked into place, so a set-up that is
    killed half way leaves no partial file, and of two set-ups at once only one wins.
    """
    directory = directory or data_dir()
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = directory / "secrets"
    if path.exists():
        return False
    draft = directory / f".secrets.{os.getpid()}"
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"SECRET_KEY={GENERATED}{secrets.token_urlsafe(50)}\n")
        file.write(f"ENCRYPTION_KEYS={GENERATED}{secrets.token_urlsafe(32)}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
