"""The vault: who may open the record, each by a passphrase of their own."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from clinic_desktop.domain.errors import WrongPassphrase
from clinic_desktop.domain.signing_in import same_login

from . import recovery
from .keys import KEY_BYTES, SALT_BYTES, VaultKeys, derived_key
from .passphrase_cost import Cost
from .slots import Sealed, Unsealed, make_slot, new_signing_key, open_slot, seal, unseal
from .vault_file import Slot, VaultContent, read_vault, write_vault

_RECOVERY: Final = "recovery"


class Ed25519Signer:
    """Signs as one user."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)

    @property
    def public_key(self) -> bytes:
        """32 bytes, by which anybody can check what was signed."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, content: bytes) -> bytes:
        """A signature of 64 bytes."""
        return self._key.sign(content)


@dataclass(frozen=True, slots=True, repr=False)
class OpenVault:
    """What a passphrase opened: the keys, and who it was."""

    vault: str
    """Names the clinic for good."""
    keys: VaultKeys
    user: str
    """The user's id; empty for the recovery key, which is nobody's."""
    master: bytes
    signing: bytes
    """The user's private key; empty for the recovery key."""

    @property
    def signer(self) -> Ed25519Signer:
        """Signs as this user."""
        return Ed25519Signer(self.signing)


def new_vault(
    login: str, passphrase: str, cost: Cost | None = None
) -> tuple[VaultContent, OpenVault]:
    """A vault with its first user, not written anywhere yet."""
    name, user = uuid.uuid4().hex, uuid.uuid4().hex
    opens = Unsealed(os.urandom(KEY_BYTES), new_signing_key())
    slot = make_slot(name, user, login, passphrase, opens, cost or Cost.calibrated())
    content = VaultContent(name, os.urandom(SALT_BYTES), (slot,), recovery=b"")
    return content, _opened(content, opens, user)


class Vault:
    """The vault of one clinic, in its file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def begin(self, content: VaultContent) -> None:
        """Write a new vault; from now on the clinic is there. Raises RecordUnavailable."""
        write_vault(self._file, content)

    def login_of(self, user: str) -> str | None:
        """The name with which a user signs in; None for one who no longer may."""
        return next((s.login for s in read_vault(self._file).slots if s.id == user), None)

    def unlock(self, login: str, passphrase: str) -> OpenVault:
        """Open the vault. Raises WrongPassphrase, for an unknown name too and as late."""
        content = read_vault(self._file)
        slot = next((s for s in content.slots if same_login(s.login, login)), None)
        try:
            if slot is None:
                # The same work as for a name that is known, so that time tells nothing.
                cost = content.slots[0].cost if content.slots else Cost()
                cost.key(passphrase, bytes(SALT_BYTES))
                raise Sealed
            return _opened(content, open_slot(content.vault, slot, passphrase), slot.id)
        except Sealed as problem:
            raise WrongPassphrase from problem

    def change_passphrase(self, opened: OpenVault, passphrase: str) -> None:
        """Wrap one's own keys anew; the record is not touched. Raises RecordUnavailable."""
        content = read_vault(self._file)
        slot = next(s for s in content.slots if s.id == opened.user)
        opens = Unsealed(opened.master, opened.signing)
        new = make_slot(content.vault, slot.id, slot.login, passphrase, opens, slot.cost)
        self._write(content, new)

    def add_user(self, opened: OpenVault, login: str, passphrase: str) -> tuple[str, bytes]:
        """Give somebody a way in; gives their id and the public key they sign with."""
        content = read_vault(self._file)
        user = uuid.uuid4().hex
        return user, self._new_slot(content, opened, user, login, passphrase)

    def reset_user(self, opened: OpenVault, user: str, login: str, passphrase: str) -> bytes:
        """Let somebody in who forgot the passphrase, or had left; gives their new public key: the
        old signing key is gone with the old passphrase."""
        return self._new_slot(read_vault(self._file), opened, user, login, passphrase)

    def remove_user(self, user: str) -> None:
        """Take somebody's way in away."""
        content = read_vault(self._file)
        slots = tuple(slot for slot in content.slots if slot.id != user)
        write_vault(self._file, replace(content, slots=slots))

    # ------------------------------------------------------------ recovery
    @property
    def recoverable(self) -> bool:
        """Whether a recovery sheet was made and read back."""
        return bool(read_vault(self._file).recovery)

    def make_recoverable(self, opened: OpenVault, key: str) -> None:
        """Let a recovery key open the vault, in place of an earlier one. Raises WrongPassphrase
        where it was mistyped."""
        content = read_vault(self._file)
        sealed = seal(_recovery_key(key), opened.master, f"{content.vault}|{_RECOVERY}")
        write_vault(self._file, replace(content, recovery=sealed))

    def recover(self, key: str) -> OpenVault:
        """Open the vault with the recovery key. Raises WrongPassphrase."""
        content = read_vault(self._file)
        try:
            master = unseal(_recovery_key(key), content.recovery, f"{content.vault}|{_RECOVERY}")
        except Sealed as problem:
            raise WrongPassphrase from problem
        return OpenVault(content.vault, VaultKeys.derived(master, content.salt), "", master, b"")

    # ------------------------------------------------------------ inside
    def _new_slot(
        self, content: VaultContent, opened: OpenVault, user: str, login: str, passphrase: str
    ) -> bytes:
        signing = new_signing_key()
        opens = Unsealed(opened.master, signing)
        cost = content.slots[0].cost if content.slots else Cost.calibrated()
        self._write(content, make_slot(content.vault, user, login, passphrase, opens, cost))
        return Ed25519Signer(signing).public_key

    def _write(self, content: VaultContent, slot: Slot) -> None:
        kept = tuple(old for old in content.slots if old.id != slot.id)
        write_vault(self._file, replace(content, slots=(*kept, slot)))


def _opened(content: VaultContent, opens: Unsealed, user: str) -> OpenVault:
    keys = VaultKeys.derived(opens.master, content.salt)
    return OpenVault(content.vault, keys, user, opens.master, opens.signing)


def _recovery_key(typed: str) -> bytes:
    secret = recovery.read(typed)
    if secret is None:
        raise WrongPassphrase
    return derived_key(secret, _RECOVERY)
