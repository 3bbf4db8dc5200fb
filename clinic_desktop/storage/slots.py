"""Seals the vault's master key and each user's signing key behind a passphrase."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import SALT_BYTES, derived_key
from .passphrase_cost import Cost
from .vault_file import Slot

NONCE_BYTES: Final = 12
VERSION: Final = 1
"""Stands in what is authenticated, so that no slot of another version passes for this one."""


class Sealed(Exception):
    """What was given does not open this."""


@dataclass(frozen=True, slots=True, repr=False)
class Unsealed:
    """What a passphrase opened."""

    master: bytes
    signing: bytes


def make_slot(
    vault: str, user: str, login: str, passphrase: str, opens: Unsealed, cost: Cost
) -> Slot:
    """Seal both keys behind a passphrase."""
    salt = os.urandom(SALT_BYTES)
    key = cost.key(passphrase, salt)
    return Slot(
        id=user,
        login=login,
        cost=cost,
        salt=salt,
        master=seal(key, opens.master, f"{vault}|user|{user}"),
        signing=seal(derived_key(key, "sign"), opens.signing, f"{vault}|sign|{user}"),
    )


def open_slot(vault: str, slot: Slot, passphrase: str) -> Unsealed:
    """Open a slot. Raises Sealed for a wrong passphrase, and for a slot that was changed or is of
    another user or vault."""
    key = slot.cost.key(passphrase, slot.salt)
    return Unsealed(
        unseal(key, slot.master, f"{vault}|user|{slot.id}"),
        unseal(derived_key(key, "sign"), slot.signing, f"{vault}|sign|{slot.id}"),
    )


def new_signing_key() -> bytes:
    """A fresh Ed25519 key, as its 32 private bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def seal(key: bytes, secret: bytes, context: str) -> bytes:
    """Encrypt with AES-256-GCM; the context is bound to it, so that it opens nowhere else."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, f"{context}|{VERSION}".encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """The reverse. Raises Sealed."""
    try:
        return AESGCM(key).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], f"{context}|{VERSION}".encode()
        )
    except (InvalidTag, ValueError) as problem:
        raise Sealed from problem
