"""Seals what leaves the clinic's folder, with a key of its vault."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic_desktop.domain.errors import ChartError
from clinic_desktop.services.translation import _

from .keys import VaultKeys, derived_key

_NONCE: Final = 12
_PURPOSE: Final = "set aside"


def sealed(content: bytes, keys: VaultKeys) -> bytes:
    """AES-256-GCM; the nonce comes first."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(keys).encrypt(nonce, content, _PURPOSE.encode())


def unsealed(content: bytes, keys: VaultKeys, name: str) -> bytes:
    """What was sealed in a file of this name. Raises ChartError where it is not of this clinic, or
    was changed."""
    try:
        return _cipher(keys).decrypt(content[:_NONCE], content[_NONCE:], _PURPOSE.encode())
    except (InvalidTag, ValueError) as problem:
        words = _("{name} is no copy of this clinic, or it is damaged.")
        raise ChartError(words.format(name=name)) from problem


def _cipher(keys: VaultKeys) -> AESGCM:
    return AESGCM(derived_key(keys.backup, _PURPOSE))
