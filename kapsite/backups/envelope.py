"""Sealing a backup to public keys, in the format of age (age-encryption.org/v1).

The machine that makes backups knows only the public half, so nobody who breaks into it can open
the backups that were made there before. The standard `age` tool opens them too.
"""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pyrage
from django.conf import settings
from pyrage import x25519

from .trouble import BackupError, damaged

BEGINNING = b"age-encryption.org/v1"


def configured_recipients() -> list[x25519.Recipient]:
    """The public keys of BACKUP_RECIPIENT. Raises BackupError for one that is none.

    It is empty on a local site without one; a public site without one is refused.
    """
    if settings.IS_PUBLIC and not settings.BACKUP_RECIPIENTS:
        raise BackupError(
            "BACKUP_RECIPIENT is empty, and the backups of a public site must be sealed. Run "
            "`manage.py backup --new-key FILE`, and put the recipient that it prints there."
        )
    return [_recipient(number, text) for number, text in enumerate(settings.BACKUP_RECIPIENTS, 1)]


def _recipient(number: int, text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        # Not shown: by mistake it may be the private key.
        raise BackupError(
            f"Number {number} of BACKUP_RECIPIENT is not a public key of age, which begins with "
            "age1. Never put the private key there."
        ) from None


def make_identity(path: Path) -> str:
    """Write a new private key into the new file `path`; returns the public key that belongs to it.

    Raises BackupError when the file is there already or cannot be written.
    """
    identity = x25519.Identity.generate()
    try:
        write_identity(identity, path)
    except FileExistsError:
        raise BackupError(f"{path} is there already, and a key is never overwritten.") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from None
    return str(identity.to_public())


def write_identity(identity: x25519.Identity, path: Path) -> None:
    """Write a private key into a new file that only its owner can read. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# created: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n")
        file.write(f"# public key: {identity.to_public()}\n{identity}\n")
        file.flush()
        os.fsync(file.fileno())


def read_identities(path: Path) -> list[x25519.Identity]:
    """The private keys in a file as `age-keygen` writes it. Raises BackupError without one."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        identities = [x25519.Identity.from_str(key) for key in keys]
    except OSError as error:
        raise BackupError(f"The key file {path} cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, pyrage.IdentityError):
        identities = []
    if not identities:
        raise BackupError(
            f"{path} holds no private key of age, which begins with AGE-SECRET-KEY-1."
        )
    return identities


def is_sealed(file: IO[bytes]) -> bool:
    """Whether the archive is sealed. Leaves the file at its beginning."""
    file.seek(0)
    beginning = file.read(len(BEGINNING))
    file.seek(0)
    return beginning == BEGINNING


class _Source:
    """Chunks as something to read from; remembers what went wrong on the way."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._rest = iter(chunks), b""
        self.failure: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._rest:
                self._rest = next(self._chunks)
        except StopIteration:
            return b""
        except BaseException as error:
            self.failure = error
            raise
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


class _Target:
    """A file to write to; remembers what went wrong on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.failure: BaseException | None = None

    def write(self, chunk: bytes) -> int:
        try:
            return self._file.write(chunk)
        except BaseException as error:
            self.failure = error
            raise

    def flush(self) -> None:
        try:
            self._file.flush()
        except BaseException as error:
            self.failure = error
            raise

    def close(self) -> None:
        """Close the file; what was not written yet goes to nobody if nobody reads."""
        try:
            self._file.close()
        except OSError as error:
            self.failure = self.failure or error


def seal(
    chunks: Iterable[bytes], file: IO[bytes], recipients: list[x25519.Recipient] | None
) -> None:
    """Write chunks into a file, sealed to the recipients, or as they are without any.

    Raises what the chunks and the file raise.
    """
    if not recipients:
        file.writelines(chunks)
        return
    source, target = _Source(chunks), _Target(file)
    try:
        pyrage.encrypt_io(source, target, recipients)
    except (pyrage.EncryptError, OSError) as error:
        # The library has only the text of what was raised below it.
        raise source.failure or target.failure or error from None


@contextmanager
def opened(file: IO[bytes], identities: list[x25519.Identity]) -> Iterator[IO[bytes]]:
    """What a sealed file holds, to be read once from its beginning to its end.

    The library pushes and a reader pulls, so it works in a thread, with a pipe between the two.
    Raises BackupError when none of the keys opens the file, or when it was changed.
    """
    reading_end, writing_end = os.pipe()
    target = _Target(os.fdopen(writing_end, "wb"))
    trouble: list[Exception] = []
    arguments = (file, target, identities, trouble)
    worker = threading.Thread(target=_open_into, args=arguments, daemon=True)
    worker.start()
    try:
        with os.fdopen(reading_end, "rb") as plain:
            yield plain
    finally:
        worker.join()
        if trouble and target.failure is None:  # Otherwise the reader had enough.
            raise _in_words(trouble[0]) from None


def _open_into(
    file: IO[bytes], target: _Target, identities: list[x25519.Identity], trouble: list[Exception]
) -> None:
    try:
        pyrage.decrypt_io(file, target, identities)
    except Exception as error:
        trouble.append(error)
    finally:
        target.close()


def _in_words(error: Exception) -> BackupError:
    if "No matching keys" in str(error):
        return BackupError("This key does not open the backup: it was sealed to another one.")
    return damaged()
