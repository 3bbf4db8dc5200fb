"""The keys of one vault, each for one purpose, all derived from its master key."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, Self

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True, repr=False)
class VaultKeys:
    """What opens a record and proves that it was not changed; 32 bytes each, never printed."""

    database: bytes
    """SQLCipher's raw key."""
    audit: bytes
    """Authenticates each link of the audit trail."""
    anchor: bytes
    """Authenticates the head of the trail that is kept outside the record."""
    backup: bytes
    """Authenticates the list of what a backup holds."""
    salt: bytes
    """16 bytes: the salt in the record's first bytes, so that it opens also where these are
    damaged."""

    @classmethod
    def derived(cls, master: bytes, salt: bytes) -> Self:
        """The keys of the vault with this master key (32 bytes) and salt (16 bytes)."""
        if (len(master), len(salt)) != (KEY_BYTES, SALT_BYTES):
            raise ValueError("the master key has 32 bytes and the salt 16")
        keys = {f.name: derived_key(master, f.name) for f in fields(cls) if f.name != "salt"}
        return cls(**keys, salt=salt)


def derived_key(secret: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, by HKDF-SHA256 (RFC 5869)."""
    # Only here: the entrance stands before there is anything to derive.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = b"clinic-desktop/1/" + purpose.encode()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(secret)
