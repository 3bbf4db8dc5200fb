"""The files of one clinic, joined: vault, record and the count of wrong passphrases."""

from __future__ import annotations

import datetime as dt
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.whole_files import replace_file
from clinic_desktop.services.words.translation import _

from .places import PLAIN, Places, make_folder, unusable
from .safe_places import refuse_unsafe_place
from .vault_file import VaultContent, logins_in, vault_is_at
from .waiting import AT_A_WINDOW_MS

if TYPE_CHECKING:
    # The record's own modules are imported when somebody comes in: the door stands sooner.
    from clinic_desktop.domain.signing_in import Attempts

    from .attempts import AttemptsFile
    from .database import Database
    from .opened_clinic import OpenedClinic
    from .passphrase_cost import Cost
    from .vault import OpenVault, Vault


class FolderOfClinic:
    """See `services.access.clinic_port.ClinicFiles`."""

    def __init__(
        self, folder: Path, cost: Cost | None = None, *, wait_ms: int = AT_A_WINDOW_MS
    ) -> None:
        """`cost` is what a try of a passphrase costs; without it as much as this computer bears.
        `wait_ms` is how long a change waits for another process that is writing."""
        self._folder = folder
        self._keys_file = Places(folder).vault
        self._cost = cost
        self._wait_ms = wait_ms
        self._new: VaultContent | None = None

    @property
    def exists(self) -> bool:
        return vault_is_at(self._keys_file)

    def get_ready(self) -> None:
        import psutil  # noqa: F401
        from cryptography.hazmat.primitives.kdf import argon2  # noqa: F401
        from sqlalchemy.orm import configure_mappers

        from . import opened_clinic, vault  # noqa: F401

        configure_mappers()

    def logins(self) -> tuple[str, ...]:
        return logins_in(self._keys_file)

    @cached_property
    def _vault(self) -> Vault:
        from .vault import Vault

        return Vault(self._keys_file)

    @cached_property
    def _attempts(self) -> AttemptsFile:
        from .attempts import AttemptsFile

        return AttemptsFile(Places(self._folder).attempts)

    def create(self, login: str, passphrase: str) -> tuple[OpenedClinic, Database]:
        from .database import Database
        from .vault import new_vault

        refuse_unsafe_place(self._folder)
        content, opened = new_vault(login, passphrase, self._cost)
        database = Database.create(self._folder, opened.keys)
        self._new = content
        return self._opened(opened), database

    def keep(self) -> None:
        """The vault is written last: without it there is no clinic, and a start can be repeated."""
        if self._new is None:
            raise RuntimeError("there is no new clinic to keep")
        self._vault.begin(self._new)
        self._new = None
        # It has been taken over; in the clear it must not stay.
        for name in (PLAIN, f"{PLAIN}-wal", f"{PLAIN}-shm"):
            with suppress(OSError):
                (self._folder / name).unlink()

    def unlock(self, login: str, passphrase: str) -> OpenedClinic:
        return self._opened(self._vault.unlock(login, passphrase))

    def recover(self, key: str) -> OpenedClinic:
        return self._opened(self._vault.recover(key))

    def _opened(self, opened: OpenVault) -> OpenedClinic:
        from .opened_clinic import OpenedClinic

        return OpenedClinic(self._folder, self._vault, opened, self._wait_ms)

    def unlock_backup(self, file: Path, login: str, passphrase: str) -> OpenedClinic:
        from .archives import vault_in
        from .vault import Vault

        make_folder(self._folder)
        try:
            with tempfile.TemporaryDirectory(prefix="work-", dir=self._folder) as scratch:
                copy = Path(scratch) / "vault.json"
                copy.write_bytes(vault_in(file))
                opened = Vault(copy).unlock(login, passphrase)
        except OSError as problem:
            raise RecordUnavailable(unusable(self._folder, problem)) from problem
        return self._opened(opened)

    def adopt_vault(self, file: Path) -> None:
        """The keys' file comes last: without it there is no clinic, and it can be tried again."""
        from .archives import vault_in

        if self.exists:
            raise RecordUnavailable(_("There is a clinic in this folder already."))
        try:
            replace_file(Places(self._folder).vault, vault_in(file))
        except OSError as problem:
            if not self.exists:  # else only making it durable at once was refused
                raise RecordUnavailable(unusable(self._folder, problem)) from problem

    def new_recovery_key(self) -> str:
        from .recovery import new_recovery_key

        return new_recovery_key()

    @property
    def recoverable(self) -> bool:
        return self._vault.recoverable

    def attempts(self, login: str) -> Attempts:
        return self._attempts.of(login)

    def count_attempt(self, login: str, at: dt.datetime, *, right: bool) -> None:
        if right:
            self._attempts.cleared(login)
        else:
            self._attempts.failed(login, at)
