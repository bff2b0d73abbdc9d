"""What a backup says of itself, and how that is proved.

The manifest is sealed with the encryption keys of the site (see `contact.sealing`): anybody can
seal an archive to a public key, but only the site itself can make a manifest that is believed.
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

import django
import wagtail
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from contact.sealing import Place, SealingError, UnknownKey, key_ring

from .trouble import BackupError, damaged

MANIFEST = "manifest.json"
DATABASE = "database"
MEDIA = "media/"
FORMAT = 2
LARGEST = 1 << 28  # Bytes: enough for a million files, and no more than a machine can hold.
# What must stand in it, and what kind of thing that is.
FIELDS = {
    "made_at": str,
    "engine": str,
    "counts": dict,
    "migrations": list,
    "keys": list,
    "files": dict,
    "proof": str,
}
Files = dict[str, dict[str, str | int]]


def written(facts: dict[str, Any], files: Files) -> bytes:
    """The manifest of a backup, from what the database said of itself and the files' digests."""
    ring = key_ring()
    manifest = facts | {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(),
        "engine": connection.vendor,
        "versions": {"django": django.get_version(), "wagtail": wagtail.__version__},
        # Ids only: what they stand for is never in a backup.
        "keys": sorted({*facts["keys"], ring.current.id}),
        "files": files,
    }
    manifest["proof"] = ring.seal(_digest(manifest), _place(manifest))
    return json.dumps(manifest, indent=1).encode()


def _digest(manifest: dict[str, Any]) -> str:
    """A SHA-256 over everything but the proof itself."""
    rest = {name: value for name, value in manifest.items() if name != "proof"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _place(manifest: dict[str, Any]) -> Place:
    return Place("backup", "manifest", manifest["made_at"])


def read(content: bytes) -> dict[str, Any]:
    """The manifest. Raises BackupError where it is none, or not one that this version reads."""
    try:
        manifest = json.loads(content)
    except ValueError:
        raise damaged("its manifest cannot be read") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BackupError(
            f"This version reads backups of format {FORMAT} only. Restore this one with the "
            "version that made it."
        )
    if any(not isinstance(manifest.get(name), kind) for name, kind in FIELDS.items()):
        raise damaged("its manifest is not whole")
    return manifest


def judge(manifest: dict[str, Any], given_up: Collection[str]) -> None:
    """Raise BackupError where this site cannot take the backup, or should not believe it.

    `given_up` are the ids of keys that are lost for good: what they sealed stays closed.
    """
    _require_same_engine(manifest["engine"])
    _require_known_migrations(manifest["migrations"])
    _require_keys(manifest["keys"], given_up)
    _require_proof(manifest, given_up)


def _require_same_engine(engine: str) -> None:
    if engine == connection.vendor:
        return
    hint = (
        "Unset DATABASE_URL, or let it name a file."
        if engine == "sqlite"
        else "Let DATABASE_URL name an empty PostgreSQL database."
    )
    raise BackupError(
        f"This is a backup of {engine}, and DATABASE_URL is {connection.vendor} here. {hint}"
    )


def unknown_migrations(applied: Iterable[Iterable[str]]) -> list[str]:
    """Those of the applied migrations that this version of the site does not have."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    known.update(old for new in loader.disk_migrations.values() for old in new.replaces)
    return [".".join(key) for key in map(tuple, applied) if key not in known]


def _require_known_migrations(applied: list[list[str]]) -> None:
    unknown = unknown_migrations(applied)
    if unknown:
        raise BackupError(
            f"This backup is of a newer version of the site: it has {unknown[0]}, which is not "
            "here. Install that version first."
        )


def _require_keys(needed: list[str], given_up: Collection[str]) -> None:
    ring = key_ring()
    missing = [key for key in needed if key not in ring and key not in given_up]
    if missing:
        raise BackupError(
            f"ENCRYPTION_KEYS lacks {', '.join(missing)}, which this backup needs. Add the lost "
            f"key behind the first, after a comma. If it is gone for good, --give-up {missing[0]} "
            "restores the rest."
        )


def _require_proof(manifest: dict[str, Any], given_up: Collection[str]) -> None:
    """Raise BackupError unless the site itself has made the manifest.

    Where the key that proves it is given up, nobody can tell, and whoever gave it up was told so.
    """
    try:
        genuine = key_ring().open(manifest["proof"], _place(manifest)) == _digest(manifest)
    except UnknownKey as error:
        genuine = error.key_id in given_up
    except SealingError:
        genuine = False
    if not genuine:
        raise damaged("its manifest was not written by this site")
