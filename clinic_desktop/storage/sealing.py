"""Seals what leaves the clinic's folder, with keys of its vault."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import VaultKeys, derived_key

NOT_SEALED_HERE: Final = (InvalidTag, ValueError)
"""What `unsealed` raises where something was not sealed by this clinic for this purpose, or was
changed since."""
_NONCE: Final = 12


def sealed(content: bytes, keys: VaultKeys, purpose: str, what: str) -> bytes:
    """AES-256-GCM with a key of its own for each purpose, bound to what it is; the nonce first."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(keys, purpose).encrypt(nonce, content, what.encode())


def unsealed(content: bytes, keys: VaultKeys, purpose: str, what: str) -> bytes:
    """What was sealed so. Raises one of `NOT_SEALED_HERE`."""
    nonce, rest = content[:_NONCE], content[_NONCE:]
    return _cipher(keys, purpose).decrypt(nonce, rest, what.encode())


def _cipher(keys: VaultKeys, purpose: str) -> AESGCM:
    return AESGCM(derived_key(keys.backup, purpose))
