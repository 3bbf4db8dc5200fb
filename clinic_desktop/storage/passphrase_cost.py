"""What one try of a passphrase costs whoever guesses."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass
from typing import Final

TARGET_S: Final = 0.25
"""How long one try of a passphrase should take on this computer (reliability.md, 5.2)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs, by Argon2id."""

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 2

    @classmethod
    def calibrated(cls) -> Cost:
        """What takes a quarter of a second here, and never less than 64 MiB."""
        from .keys import SALT_BYTES

        usual = cls()
        began = time.perf_counter()
        usual.key("", bytes(SALT_BYTES))
        took = time.perf_counter() - began
        if took > 2 * TARGET_S:
            return cls(memory_kib=64 * 1024)
        return cls(passes=max(3, min(12, round(usual.passes * TARGET_S / took))))

    def key(self, passphrase: str, salt: bytes) -> bytes:
        """The key of a passphrase; however its letters were composed, it is the same one."""
        # Only here: the entrance reads the file before anybody tries a passphrase.
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        from .keys import KEY_BYTES

        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        ).derive(unicodedata.normalize("NFC", passphrase).encode())
