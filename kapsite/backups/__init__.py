"""Backups: the database and the media in one archive, sealed, with a manifest that proves it whole.

The archive never holds a key. Who finds a backup without the key to it finds nothing at all; who
has that key too still reads no inquiry, since those are sealed once more with `ENCRYPTION_KEYS`.

`envelope` seals and opens, `packing` writes and reads the archive, `manifest` proves it,
`snapshot` copies the database, `places` is where a backup is put, `folder` keeps the archives.
"""

from .drill import hold_drill
from .envelope import make_identity
from .folder import newest
from .making import make_backup
from .manifest import MANIFEST
from .restoring import restore_backup
from .trouble import BackupError

__all__ = [
    "MANIFEST",
    "BackupError",
    "hold_drill",
    "make_backup",
    "make_identity",
    "newest",
    "restore_backup",
]
