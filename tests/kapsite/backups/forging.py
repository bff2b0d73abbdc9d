"""Archives that somebody has worked on."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contact.sealing import key_ring
from kapsite.backups import envelope, manifest, packing
from kapsite.backups.manifest import MANIFEST
from kapsite.backups.packing import Digest, Entry


def contents(archive: Path, key_file: Path) -> dict[str, bytes]:
    """The files of an archive, by name."""
    identities = envelope.read_identities(key_file)
    with archive.open("rb") as file, packing.unpacked(file, identities) as entries:
        return {entry.name: b"".join(entry.chunks) for entry in entries}


def facts(content: bytes) -> dict[str, str | int]:
    """What a manifest says of a file."""
    digest = Digest()
    list(digest.over([content]))
    return digest.facts


def signed(known: dict[str, Any]) -> bytes:
    """A manifest that this run's site would believe."""
    known["proof"] = key_ring().seal(manifest._digest(known), manifest._place(known))
    return json.dumps(known).encode()


def packed_anew(
    archive: Path,
    key_file: Path,
    change: Callable[[dict[str, bytes]], None],
    target: Path,
    sign: bool,
) -> Path:
    """An unsealed copy of an archive in which `change` has worked on its files.

    With `sign`, the manifest is signed as if by the site, whatever it says.
    """
    files = contents(archive, key_file)
    change(files)
    if sign:
        files[MANIFEST] = signed(json.loads(files[MANIFEST]))
    entries = [Entry(name, len(content), iter([content])) for name, content in files.items()]
    with target.open("wb") as file:
        envelope.seal(packing.packed(entries), file, [])
    return target


def manifest_changed(**changes: Any) -> Callable[[dict[str, bytes]], None]:
    """A change to the manifest alone; a value that can be called gets the old one."""

    def change(files: dict[str, bytes]) -> None:
        known = json.loads(files[MANIFEST])
        for name, value in changes.items():
            known[name] = value(known[name]) if callable(value) else value
        files[MANIFEST] = json.dumps(known).encode()

    return change


def tar_of(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    """A gzipped tar as anybody can make it."""
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path
