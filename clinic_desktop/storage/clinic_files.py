"""The files of one clinic, joined: vault, record and the count of wrong passphrases."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from clinic_desktop.domain.backups import BackupContent
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.signing_in import Attempts
from clinic_desktop.services.clinic_port import RecordFacts
from clinic_desktop.services.translation import _
from clinic_desktop.services.whole_files import replace_file

from .anchor import Anchor
from .attempts import AttemptsFile
from .backups import backups_in, drill, make_backup, restore, thin, vault_in
from .checking import faults_in
from .database import PLAIN, Database
from .places import Places, make_folder, unusable
from .record_facts import record_facts
from .recovery import new_recovery_key
from .safe_places import refuse_unsafe_place
from .slots import Cost
from .vault import Ed25519Signer, OpenVault, Vault, new_vault
from .vault_file import VaultContent


class OpenedClinic:
    """See `services.clinic_port.Opened`."""

    def __init__(self, folder: Path, vault: Vault, opened: OpenVault) -> None:
        self._folder = folder
        self._places = Places(folder)
        self._vault = vault
        self._opened = opened

    @property
    def user(self) -> str:
        return self._opened.user

    @property
    def signer(self) -> Ed25519Signer:
        return self._opened.signer

    @property
    def clinic(self) -> str:
        return self._opened.vault

    def open_record(self, *, accept_loss: bool = False) -> Database:
        refuse_unsafe_place(self._folder)
        return Database.open(self._folder, self._opened.keys, accept_loss=accept_loss)

    def change_passphrase(self, passphrase: str) -> None:
        self._vault.change_passphrase(self._opened, passphrase)

    def login_of(self, user: str) -> str | None:
        return self._vault.login_of(user)

    def add_user(self, login: str, passphrase: str) -> tuple[str, bytes]:
        return self._vault.add_user(self._opened, login, passphrase)

    def reset_user(self, user: str, login: str, passphrase: str) -> bytes:
        return self._vault.reset_user(self._opened, user, login, passphrase)

    def remove_user(self, user: str) -> None:
        self._vault.remove_user(user)

    def make_recoverable(self, key: str) -> None:
        self._vault.make_recoverable(self._opened, key)

    def facts(self) -> RecordFacts:
        return record_facts(self._folder, self._opened.keys)

    def faults(self) -> tuple[str, ...]:
        return faults_in(self._folder, self._opened.keys)

    # ------------------------------------------------------------ backups
    def back_up(self, into: Path | None, now: dt.datetime) -> tuple[Path, BackupContent]:
        places, keys = self._places, self._opened.keys
        return make_backup(places.record(), places.vault, into or places.backups, keys, now)

    def backups(self) -> tuple[tuple[Path, dt.datetime], ...]:
        return tuple((found.file, found.made_at) for found in backups_in(self._places.backups))

    def thin_backups(self, now: dt.datetime) -> None:
        thin(self._places.backups, now)

    def drill(self, file: Path) -> BackupContent:
        return drill(file, self._opened.keys, self._places.backups)

    def restore(self, file: Path, allow: Callable[[Database], object]) -> BackupContent:
        keys, places = self._opened.keys, self._places
        heads = []

        def look(record: Path) -> None:
            database = Database.at(record, keys)
            try:
                allow(database)
                with database.begin() as work:
                    heads.append(work.audit_head())
            finally:
                database.close()

        content = restore(file, keys, places, look)
        # What it lacks it lacks on purpose: from here on the note outside is about this record.
        Anchor(places.anchor, keys.anchor, places.generation()).begin(heads[-1])
        return content


class FolderOfClinic:
    """See `services.clinic_port.ClinicFiles`."""

    def __init__(self, folder: Path, cost: Cost | None = None) -> None:
        """`cost` is what a try of a passphrase costs; without it as much as this computer bears."""
        self._folder = folder
        places = Places(folder)
        self._vault = Vault(places.vault)
        self._attempts = AttemptsFile(places.attempts)
        self._cost = cost
        self._new: VaultContent | None = None

    @property
    def exists(self) -> bool:
        return self._vault.exists

    def logins(self) -> tuple[str, ...]:
        return self._vault.logins()

    def create(self, login: str, passphrase: str) -> tuple[OpenedClinic, Database]:
        refuse_unsafe_place(self._folder)
        content, opened = new_vault(login, passphrase, self._cost)
        database = Database.create(self._folder, opened.keys)
        self._new = content
        return OpenedClinic(self._folder, self._vault, opened), database

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
        return OpenedClinic(self._folder, self._vault, self._vault.unlock(login, passphrase))

    def recover(self, key: str) -> OpenedClinic:
        return OpenedClinic(self._folder, self._vault, self._vault.recover(key))

    def unlock_backup(self, file: Path, login: str, passphrase: str) -> OpenedClinic:
        make_folder(self._folder)
        try:
            with tempfile.TemporaryDirectory(prefix="work-", dir=self._folder) as scratch:
                copy = Path(scratch) / "vault.json"
                copy.write_bytes(vault_in(file))
                opened = Vault(copy).unlock(login, passphrase)
        except OSError as problem:
            raise RecordUnavailable(unusable(self._folder, problem)) from problem
        return OpenedClinic(self._folder, self._vault, opened)

    def adopt_vault(self, file: Path) -> None:
        """The keys' file comes last: without it there is no clinic, and it can be tried again."""
        if self._vault.exists:
            raise RecordUnavailable(_("There is a clinic in this folder already."))
        try:
            replace_file(Places(self._folder).vault, vault_in(file))
        except OSError as problem:
            if not self._vault.exists:  # else only making it durable at once was refused
                raise RecordUnavailable(unusable(self._folder, problem)) from problem

    def new_recovery_key(self) -> str:
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
