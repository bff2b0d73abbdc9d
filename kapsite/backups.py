"""Backups: the database and the media in one archive, with a manifest that proves them whole.

The archive never holds a key. What it holds of inquiries is sealed, so whoever finds a backup and
not the keys finds nothing that reads as a person. Keep the keys elsewhere: without them a restored
inquiry cannot be opened by anybody.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.db import connection, transaction

MANIFEST = "manifest.json"
DATABASE = "database"
MEDIA = "media"
FORMAT = 1
# Left out of every copy: whoever holds a session's key is signed in, and needs no other.
SESSIONS = "django_session"


class BackupError(Exception):
    """A backup that cannot be made, read or trusted; the message says why, in words."""


def make_backup(folder: Path) -> Path:
    """Write an archive of the running site into `folder`; returns its path.

    The archive appears under its name only once it is whole and on disk. Raises BackupError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"kapsite-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.tar.gz"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as work:
        root = Path(work)
        counts = _dump_database(root / DATABASE)
        if settings.MEDIA_ROOT.exists():
            shutil.copytree(settings.MEDIA_ROOT, root / MEDIA)
        (root / MANIFEST).write_text(json.dumps(_manifest(root, counts), indent=1))
        archive = root.with_suffix(".tar.gz")
        _pack(root, archive)
        return archive.rename(folder / name)


def restore_backup(archive: Path) -> dict[str, Any]:
    """Put the archive's database and media in place; returns its manifest.

    Only into an empty place: raises BackupError where there is a database already, and before
    anything is written where the archive is damaged or belongs to another kind of database.
    """
    if database_is_in_use():
        raise BackupError("There is a database here already. Restore into an empty place.")
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".restoring-") as work:
        root = Path(work)
        manifest = _unpack(archive, root)
        if manifest["engine"] != connection.vendor:
            raise BackupError(f"This is a backup of {manifest['engine']}, not {connection.vendor}.")
        _load_database(root / DATABASE)
        if (root / MEDIA).exists():
            shutil.copytree(root / MEDIA, settings.MEDIA_ROOT, dirs_exist_ok=True)
    counts = table_counts()
    if counts != manifest["counts"]:
        raise BackupError("The restored tables do not have the number of rows that they had.")
    return manifest


def database_is_in_use() -> bool:
    """Whether the configured database has tables."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    return bool(connection.introspection.table_names())


def table_counts() -> dict[str, int]:
    """How many rows each table has, without search indexes, which are made anew."""
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in _counted_tables()}


def _counted_tables() -> list[str]:
    return sorted(t for t in connection.introspection.table_names() if "indexentry" not in t)


def _count(cursor: Any, table: str) -> int:
    name = connection.ops.quote_name(table)
    cursor.execute(f"SELECT COUNT(*) FROM {name}")  # noqa: S608 - the database itself names it
    return cursor.fetchone()[0]


def _dump_database(target: Path) -> dict[str, int]:
    """Copy the database as it is at one moment while the site goes on; returns the copy's rows."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(target)
    with transaction.atomic(), connection.cursor() as cursor:
        # One snapshot for the dump and for the counts that prove it.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run(
            "pg_dump",
            "--format=custom",
            f"--exclude-table-data={SESSIONS}",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )
        return table_counts() | {SESSIONS: 0}


def _copy_sqlite(target: Path) -> dict[str, int]:
    # A connection of its own: one that is in a transaction would wait for itself for ever.
    source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        cursor = copy.cursor()
        cursor.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608 - our own name
        copy.commit()
        cursor.execute("VACUUM")  # What is deleted would still stand in the file.
        return {table: _count(cursor, table) for table in _counted_tables()}


def _load_database(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        os.replace(source, connection.settings_dict["NAME"])
    else:
        _run(
            "pg_restore", "--no-owner", "--exit-on-error", "--dbname", _database_name(), str(source)
        )


def _database_name() -> str:
    return connection.settings_dict["NAME"]


def _run(*command: str) -> None:
    """Run a PostgreSQL tool. The password goes by environment: arguments show in process lists."""
    config = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {name: str(config[key]) for name, key in names.items() if config.get(key)}
    env = os.environ | given | {"PGDATABASE": _database_name()}
    try:
        subprocess.run(command, env=env, check=True, capture_output=True)
    except FileNotFoundError:
        raise BackupError(f"{command[0]} is not installed (Debian: postgresql-client).") from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().splitlines()[:1]
        raise BackupError(f"{command[0]} failed. {' '.join(reason)}") from None


def _manifest(root: Path, counts: dict[str, int]) -> dict[str, Any]:
    files = {str(path.relative_to(root)): _checksum(path) for path in _files(root)}
    return {
        "format": FORMAT,
        "engine": connection.vendor,
        "made_at": datetime.now(UTC).isoformat(),
        "counts": counts,
        "sha256": files,
    }


def _files(root: Path) -> Iterator[Path]:
    return (path for path in sorted(root.rglob("*")) if path.is_file())


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(root: Path, archive: Path) -> None:
    descriptor = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
            for path in _files(root):
                tar.add(path, arcname=str(path.relative_to(root)))
        file.flush()
        os.fsync(file.fileno())


def _unpack(archive: Path, root: Path) -> dict[str, Any]:
    """Unpack and check every file against the manifest. Raises BackupError."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                _unpack_member(tar, member, root)
        manifest = json.loads((root / MANIFEST).read_text())
    except FileNotFoundError:
        raise BackupError("There is no such backup, or it has no manifest.") from None
    except (tarfile.TarError, OSError, EOFError, ValueError):
        raise BackupError("This file is not a whole backup.") from None
    found = {str(p.relative_to(root)): _checksum(p) for p in _files(root) if p.name != MANIFEST}
    if manifest.get("format") != FORMAT or found != manifest.get("sha256"):
        raise BackupError("The backup is damaged: a file is not what the manifest says.")
    return manifest


def _unpack_member(tar: tarfile.TarFile, member: tarfile.TarInfo, root: Path) -> None:
    """Unpack one plain file below `root`. Raises BackupError for anything else."""
    target = (root / member.name).resolve()
    if not member.isfile() or not target.is_relative_to(root.resolve()):
        raise BackupError("This archive was not made by `backup`.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(cast(IO[bytes], tar.extractfile(member)), file)
