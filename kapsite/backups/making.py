"""Making a backup of the running site."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from pyrage import x25519

from . import envelope, folder, manifest, packing, snapshot
from .packing import Digest, Entry
from .snapshot import Snapshot
from .trouble import BackupError, said_in_words


def make_backup(
    target: Path | None = None, recipients: list[x25519.Recipient] | None = None
) -> Path:
    """Write an archive of the running site into a folder, BACKUP_DIR by default; returns its path.

    It is sealed to the recipients, those of BACKUP_RECIPIENT by default. It appears under its
    name only once it is whole and on disk. Raises BackupError.
    """
    target = target or settings.BACKUP_DIR
    if recipients is None:
        recipients = envelope.configured_recipients()
    with (
        said_in_words("The backup could not be written", target),
        folder.working_in(target) as work,
    ):
        draft = work / "archive"
        _write(draft, work, recipients)
        archive = target / folder.name_for(datetime.now(UTC), sealed=bool(recipients))
        folder.put_in_place(draft, archive)
        return archive


def _write(draft: Path, work: Path, recipients: list[x25519.Recipient]) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, snapshot.taken(work) as copy:
        envelope.seal(packing.packed(_entries(copy)), file, recipients)
        file.flush()
        os.fsync(file.fileno())


def _entries(copy: Snapshot) -> Iterator[Entry]:
    """The database, then the media, then the manifest, which knows by then what passed by."""
    files: manifest.Files = {}
    digest = Digest()
    chunks = digest.over(packing.chunks_of(copy.stream, copy.size))
    yield Entry(manifest.DATABASE, copy.size, chunks)
    files[manifest.DATABASE] = digest.facts
    for path in media_files(settings.MEDIA_ROOT):
        with suppress(FileNotFoundError), path.open("rb") as file:  # Staff may delete meanwhile.
            name = f"{manifest.MEDIA}{path.relative_to(settings.MEDIA_ROOT).as_posix()}"
            size, digest = os.fstat(file.fileno()).st_size, Digest()
            yield Entry(name, size, digest.over(packing.chunks_of(file, size)))
            files[name] = digest.facts
    content = manifest.written(copy.facts, files)
    yield Entry(manifest.MANIFEST, len(content), iter([content]))


def media_files(root: Path) -> Iterator[Path]:
    """Every file of the media folder, in order. Raises BackupError for anything but a file."""
    for parent, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names) + [name for name in folders if Path(parent, name).is_symlink()]:
            path = Path(parent, name)
            if not stat.S_ISREG(path.lstat().st_mode):
                raise BackupError(
                    f"{path} is a link or no plain file, and a backup follows no links. Put the "
                    "files themselves there."
                )
            yield path
