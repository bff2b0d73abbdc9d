"""The archive itself: a gzipped tar of plain files, written and read as a stream.

It is a tar so that anybody can unpack it by hand. It is read by this module and not by `tarfile`,
which follows links, makes devices, and reads headers of any size into memory: all that is known
here is a plain file with a name, a size and its content.
"""

import gzip
import hashlib
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple, cast

from pyrage import x25519

from . import envelope
from .trouble import BackupError, damaged

CHUNK = 1 << 18
LONGEST_NAME = 1 << 13  # Bytes; more than any file system allows.


class Entry(NamedTuple):
    """One file of the archive. Its chunks are read once, before the next entry is asked for."""

    name: str
    size: int
    chunks: Iterator[bytes]


class Digest:
    """The SHA-256 and the size of what passes by."""

    def __init__(self) -> None:
        self._sha256, self.size = hashlib.sha256(), 0

    def over(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same chunks, measured."""
        for chunk in chunks:
            self._sha256.update(chunk)
            self.size += len(chunk)
            yield chunk

    @property
    def facts(self) -> dict[str, str | int]:
        """What a manifest says of a file."""
        return {"sha256": self._sha256.hexdigest(), "size": self.size}


def chunks_of(file: IO[bytes], size: int) -> Iterator[bytes]:
    """The next `size` bytes of a file. Raises BackupError when it ends before."""
    while size:
        chunk = file.read(min(CHUNK, size))
        if not chunk:
            raise damaged("it ends too early")
        size -= len(chunk)
        yield chunk


def packed(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The bytes of an archive that holds the entries."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)  # 16: as gzip writes it.
    for chunk in _tarred(entries):
        yield deflate.compress(chunk)
    yield deflate.flush()


def _tarred(entries: Iterable[Entry]) -> Iterator[bytes]:
    for name, size, chunks in entries:
        header = tarfile.TarInfo(name)
        header.size, header.mode = size, 0o600
        yield header.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")
        yield from chunks
        yield _padding(size)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)


@contextmanager
def unpacked(archive: IO[bytes], identities: list[x25519.Identity]) -> Iterator[Iterator[Entry]]:
    """The entries of an archive, from its beginning to its very end.

    Raises BackupError where it is sealed and there is no key that opens it, where it is damaged,
    and where it holds anything but plain files.
    """
    with _plain(archive, identities) as stream:
        try:
            yield _entries(stream)
        except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError):
            raise BackupError("This file is not a whole backup.") from None


@contextmanager
def _plain(archive: IO[bytes], identities: list[x25519.Identity]) -> Iterator[IO[bytes]]:
    """The tar in an archive, without its seal and uncompressed."""
    if not envelope.is_sealed(archive):
        with gzip.GzipFile(fileobj=archive) as stream:
            yield cast(IO[bytes], stream)
        return
    if not identities:
        raise BackupError("This backup is sealed. Name the file with its key: --identity KEYFILE.")
    with envelope.opened(archive, identities) as plain, gzip.GzipFile(fileobj=plain) as stream:
        yield cast(IO[bytes], stream)


def _entries(stream: IO[bytes]) -> Iterator[Entry]:
    name = ""
    while any(block := b"".join(chunks_of(stream, tarfile.BLOCKSIZE))):
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        if header.type == tarfile.GNUTYPE_LONGNAME and 0 < header.size <= LONGEST_NAME:
            name = _content(stream, header.size).rstrip(b"\0").decode("utf-8", "surrogateescape")
            _content(stream, len(_padding(header.size)))
            continue
        if header.type != tarfile.REGTYPE or header.size < 0:
            raise BackupError("This archive was not made by `backup`: it holds more than files.")
        chunks = chunks_of(stream, header.size)
        yield Entry(name or header.name, header.size, chunks)
        for _left in chunks:
            pass
        _content(stream, len(_padding(header.size)))
        name = ""
    _expect_end(stream)


def _content(stream: IO[bytes], size: int) -> bytes:
    return b"".join(chunks_of(stream, size))


def _expect_end(stream: IO[bytes]) -> None:
    """Read on to the end: only there does the seal, or the check sum of gzip, prove the whole."""
    if stream.read(2 * tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):
        raise damaged("something stands behind its end")
