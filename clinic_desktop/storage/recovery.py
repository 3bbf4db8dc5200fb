"""The recovery key: 256 random bits as letters that somebody can copy by hand, with a checksum."""

from __future__ import annotations

import base64
import hashlib
import os
from typing import Final

from .keys import KEY_BYTES

GROUP: Final = 4
_SUM_LETTERS: Final = 4


def new_recovery_key() -> str:
    """A fresh key, 56 letters and digits in groups of four; the last group is the checksum."""
    return written(os.urandom(KEY_BYTES))


def written(secret: bytes) -> str:
    """How 32 bytes stand on the recovery sheet."""
    letters = _letters(secret) + _checksum(secret)
    return " ".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))


def read(text: str) -> bytes | None:
    """The 32 bytes of a key as it was typed, None where something was mistyped.

    Case, blanks and hyphens do not matter; 0, 1 and 8 are read as O, I and B.
    """
    letters = "".join(text.upper().split()).replace("-", "").translate(str.maketrans("018", "OIB"))
    body, checksum = letters[:-_SUM_LETTERS], letters[-_SUM_LETTERS:]
    try:
        secret = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError:
        return None
    # The letters may say more than the bytes do: only the one way of writing a key is read.
    if len(secret) != KEY_BYTES or (_letters(secret), _checksum(secret)) != (body, checksum):
        return None
    return secret


def _letters(secret: bytes) -> str:
    return base64.b32encode(secret).decode("ascii").rstrip("=")


def _checksum(secret: bytes) -> str:
    return _letters(hashlib.sha256(b"recovery" + secret).digest())[:_SUM_LETTERS]
