"""Putting a backup in place: looked through first, put in place next, proved last."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from pyrage import x25519

from kapsite import setting_up

from . import envelope, folder, manifest, packing, proofs
from .manifest import DATABASE, MANIFEST, Files
from .packing import Digest, Entry
from .places import DATABASE_PLACES, DatabasePlace, MediaPlace
from .trouble import BackupError, damaged, said_in_words

Report = Callable[[str], None]


class Place(NamedTuple):
    """Where a backup is put, database and media."""

    database: DatabasePlace
    media: MediaPlace

    def require_empty(self) -> None:
        """Raise BackupError unless nothing is there but what a killed restore left."""
        self.database.require_empty()
        self.media.require_empty()

    def settle(self) -> None:
        """Let everything stay. The database comes last: without it there is no site."""
        self.media.settle()
        self.database.settle()
        self.media.finish()

    def clear(self) -> None:
        """Make everything empty again."""
        self.database.clear()
        self.media.clear()


def restore_backup(
    archive: Path,
    identity_file: Path | None = None,
    *,
    given_up: Collection[str] = (),
    report: Report = lambda sentence: None,
) -> dict[str, Any]:
    """Put an archive's database and media in place and prove them; returns its manifest.

    `identity_file` holds the private key of a sealed archive, `given_up` are the ids of
    encryption keys that are lost for good, and `report` gets a sentence after each step. Raises
    BackupError, and leaves the place as empty as it was.
    """
    identities = envelope.read_identities(identity_file) if identity_file else []
    place = Place(DATABASE_PLACES[connection.vendor](), MediaPlace())
    with (
        said_in_words("The backup could not be restored", settings.DATA_DIR),
        folder.locked(settings.DATA_DIR),
    ):
        place.require_empty()
        with _opened(archive) as file:
            known = look_through(file, identities)
            manifest.judge(known, given_up)
            report(f"Looked through: {len(known['files'])} files, each as it was written.")
            _restore(file, identities, known, place, given_up, report)
    return known


def _opened(archive: Path) -> IO[bytes]:
    try:
        return archive.open("rb")
    except FileNotFoundError:
        raise BackupError(f"There is no file {archive}.") from None


def look_through(file: IO[bytes], identities: list[x25519.Identity]) -> dict[str, Any]:
    """Read a whole archive without writing anything; returns its manifest.

    Raises BackupError unless every file is what the manifest says, and no file more or less.
    """
    found: Files = {}
    content = b""
    with packing.unpacked(file, identities) as entries:
        for entry in entries:
            if content or entry.name in found:
                raise damaged("it holds a file too many")
            if entry.name == MANIFEST:
                content = _manifest_content(entry)
            else:
                found[entry.name] = _measured(entry)
    known = manifest.read(content)
    if DATABASE not in found or found != known["files"]:
        raise damaged("a file is not what the manifest says")
    return known


def _manifest_content(entry: Entry) -> bytes:
    if not 0 < entry.size <= manifest.LARGEST:
        raise damaged("its manifest cannot be read")
    return b"".join(entry.chunks)


def _measured(entry: Entry) -> dict[str, str | int]:
    digest = Digest()
    for _chunk in digest.over(entry.chunks):
        pass
    return digest.facts


def _restore(
    file: IO[bytes],
    identities: list[x25519.Identity],
    known: dict[str, Any],
    place: Place,
    given_up: Collection[str],
    report: Report,
) -> None:
    """Put everything in place, prove it and let it stay; or leave nothing of it."""
    try:
        place.media.prepare()
        _unpack(file, identities, known["files"], place)
        report("Put in place.")
        report(f"{proofs.same_counts(known['counts'])}.")
        if setting_up.pending_migrations():
            setting_up.migrate()
            report("Brought to the state of this version.")
        report(f"{proofs.keys_open(given_up)}.")
        report(f"{proofs.trail_is_whole()}.")
        place.settle()
    except DatabaseError as error:
        place.clear()
        raise BackupError(f"The database refuses: {type(error).__name__}.") from None
    except BaseException:
        place.clear()
        raise


def _unpack(file: IO[bytes], identities: list[x25519.Identity], files: Files, place: Place) -> None:
    """Read the archive once more, and write what the manifest names, so long as it says."""
    with packing.unpacked(file, identities) as entries:
        for entry in entries:
            if entry.name == MANIFEST:
                continue
            if files.get(entry.name, {}).get("size") != entry.size:
                raise damaged("it changed while it was read")
            digest = Digest()
            if entry.name == DATABASE:
                place.database.load(digest.over(entry.chunks))
            else:
                place.media.put(entry.name, digest.over(entry.chunks))
            if digest.facts != files[entry.name]:
                raise damaged("it changed while it was read")
