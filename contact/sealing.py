"""Sealing: how a text that a visitor sent is stored so that only this site can read it.

`ring.seal(text, place)` gives a token and `ring.open(token, place)` gives the text back. A token
opens only in the place that it was sealed for: the same table, column and row. Anything else (a
token that was moved, cut, altered or replaced by plain text, a key that is gone) raises; there is
no way to get a raw value out of here.

A token is `sealed1.KEYID.BODY`: the format's version, the id of the key, and in URL-safe base64 a
nonce and what AES-256-GCM made of the padded text. Each column has its own key, made from the
ring's key by HKDF-SHA256. This module knows nothing of inquiries.
"""

import base64
import binascii
import hmac
import json
import os
import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver

VERSION = "sealed1"
LOCAL_MARK = "local-only-"  # What set-up puts in front of a key that it generated.
KEY_BYTES = 32
NONCE_BYTES = 12  # The nonce length that NIST SP 800-38D recommends for GCM.
LENGTH_BYTES = 4
SMALLEST_BUCKET = 64
TERM_BYTES = 12
# What every token looks like, for a database as well: the nonce, 64 bytes or more, and the tag.
TOKEN_SHAPE = rf"^{VERSION}\.[0-9a-f]{{8}}\.[0-9A-Za-z_-]{{120,}}={{0,2}}$"


class SealingError(Exception):
    """A sealed text cannot be opened. The message never holds the text, the token or a key."""


class UnknownKey(SealingError):
    """The key that sealed a token is not in the ring; `key_id` says which one is missing."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"The encryption key {key_id} is missing from ENCRYPTION_KEYS.")
        self.key_id = key_id


class Damaged(SealingError):
    """What stands in the place is not a token that was sealed for it."""


class Place(NamedTuple):
    """Where a text is kept. A token opens here and nowhere else."""

    table: str
    column: str
    row: str


@lru_cache(maxsize=256)
def _derive(secret: bytes, length: int, *purpose: str) -> bytes:
    """A key of `length` bytes for one purpose, from which the secret cannot be computed."""
    info = json.dumps(["kapsite", VERSION, *purpose]).encode()
    return HKDF(SHA256(), length, salt=None, info=info).derive(secret)


def _pad(text: str) -> bytes:
    """The text with its length in front, filled up to a power of two of at least 64 bytes."""
    content = text.encode()
    size = LENGTH_BYTES + len(content)
    bucket = max(SMALLEST_BUCKET, 1 << (size - 1).bit_length())
    return len(content).to_bytes(LENGTH_BYTES, "big") + content + bytes(bucket - size)


def _unpad(padded: bytes) -> str:
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    return padded[LENGTH_BYTES : LENGTH_BYTES + length].decode()


def _split(token: str) -> tuple[str, bytes]:
    """The key id and the sealed bytes of a token. Raises Damaged for any other text."""
    version, _, rest = token.partition(".")
    key_id, _, body = rest.partition(".")
    if version != VERSION or not key_id:
        raise Damaged("There is no sealed text here.")
    try:
        sealed = base64.b64decode(body.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise Damaged("The sealed text is not whole.") from error
    if base64.urlsafe_b64encode(sealed).decode() != body:  # Spare bits of the last character.
        raise Damaged("The sealed text is not as it was written.")
    return key_id, sealed


def token_beginning(key_id: str) -> str:
    """What every token begins with that this key has sealed."""
    return f"{VERSION}.{key_id}."


class Key:
    """One encryption key, and the keys for columns and indexes that are made from it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.id = _derive(secret, 4, "key id").hex()

    def __repr__(self) -> str:
        return f"<Key {self.id}>"

    def seal(self, text: str, place: Place) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + self._cipher(place).encrypt(nonce, _pad(text), self._bound_to(place))
        return token_beginning(self.id) + base64.urlsafe_b64encode(sealed).decode()

    def open(self, sealed: bytes, place: Place) -> str:
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return _unpad(self._cipher(place).decrypt(nonce, body, self._bound_to(place)))
        except (InvalidTag, ValueError) as error:
            raise Damaged(f"The sealed text at {'/'.join(place)} does not open.") from error

    def term(self, value: str, index: str) -> str:
        """The blind index term of a value: the same for the same value, and no way back."""
        key = _derive(self._secret, KEY_BYTES, "index", index)
        digest = hmac.digest(key, value.encode(), "sha256")
        return f"{self.id}.{digest[:TERM_BYTES].hex()}"

    def _cipher(self, place: Place) -> AESGCM:
        return AESGCM(_derive(self._secret, KEY_BYTES, "column", place.table, place.column))

    @staticmethod
    def _bound_to(place: Place) -> bytes:
        """The associated data: JSON, so that no two places read the same."""
        return json.dumps([VERSION, *place]).encode()


class KeyRing:
    """The keys of `ENCRYPTION_KEYS` in their order: the first seals, all of them open."""

    def __init__(self, keys: list[Key]) -> None:
        self._keys = {key.id: key for key in keys}
        self.current = keys[0]

    def __contains__(self, key_id: str) -> bool:
        return key_id in self._keys

    def seal(self, text: str, place: Place) -> str:
        """The token that holds `text` and opens in `place` only; never twice the same."""
        return self.current.seal(text, place)

    def open(self, token: str, place: Place) -> str:
        """The text that was sealed for `place`. Raises UnknownKey or Damaged."""
        key_id, sealed = _split(token)
        if key_id not in self._keys:
            raise UnknownKey(key_id)
        return self._keys[key_id].open(sealed, place)

    def sealed_with_current(self, token: str) -> bool:
        """Whether the first key sealed this token. Opens nothing; raises Damaged for no token."""
        return _split(token)[0] == self.current.id

    def term(self, value: str, index: str) -> str:
        """The blind index term to store for a value, made with the first key.

        `index` names what is indexed; the same value under two names gives unrelated terms. A
        term begins with the id of its key, so that `rotate_keys` sees which ones are old and
        writes them anew from the opened text. Until it has, `terms` finds both.
        """
        return self.current.term(value, index)

    def terms(self, value: str, index: str) -> list[str]:
        """Every term under which a value may be stored: one for each key of the ring."""
        return [key.term(value, index) for key in self._keys.values()]

    def term_is_current(self, term: str) -> bool:
        """Whether the first key made this term."""
        return term.partition(".")[0] == self.current.id


def _decode(text: str) -> bytes | None:
    """The bytes of a key as hex or base64 of either alphabet; None when it is neither."""
    text = text.removeprefix(LOCAL_MARK)
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return bytes.fromhex(text)
    standard = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _parse(texts: list[str]) -> list[Key]:
    keys = []
    for number, text in enumerate(texts, start=1):
        secret = _decode(text)
        if secret is None or len(secret) != KEY_BYTES:
            raise ImproperlyConfigured(
                f"Key number {number} of ENCRYPTION_KEYS is not a key: each must be 32 random "
                "bytes in base64, or 64 hexadecimal digits."
            )
        keys.append(Key(secret))
    return keys


@cache
def key_ring() -> KeyRing:
    """The ring of `ENCRYPTION_KEYS`. Raises ImproperlyConfigured, without showing any key."""
    keys = _parse(settings.ENCRYPTION_KEYS)
    if not keys:
        raise ImproperlyConfigured("ENCRYPTION_KEYS is empty: nothing could be sealed or opened.")
    return KeyRing(keys)


@receiver(setting_changed)
def _forget_ring(*, setting: str, **kwargs: Any) -> None:
    if setting == "ENCRYPTION_KEYS":
        key_ring.cache_clear()
