"""A clinic whose keys are open: its record, its users' ways in, its backups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clinic_desktop.domain.backups import BackupContent
from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.domain.rescues import RescueReport
from clinic_desktop.services.access.clinic_port import RecordFacts
from clinic_desktop.services.words.translation import _

from .anchor import Anchor
from .backups import backups_in, drill, make_backup, restore, thin
from .checking import faults_in
from .database import Database
from .generations import clear_unfinished
from .kept_log import log_kept
from .places import Places
from .record_facts import record_facts
from .safe_places import refuse_unsafe_place
from .vault import Ed25519Signer, OpenVault, Vault
from .waiting import AT_A_WINDOW_MS

if TYPE_CHECKING:
    from .rescuing import Rescuer

_SET_ASIDE: Final = "set aside"
"""What is kept elsewhere while the folder is away: for what its key is, and to what it is bound."""


class OpenedClinic:
    """See `services.access.clinic_port.Opened`."""

    def __init__(
        self, folder: Path, vault: Vault, opened: OpenVault, wait_ms: int = AT_A_WINDOW_MS
    ) -> None:
        self._folder = folder
        self._wait_ms = wait_ms
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
        clear_unfinished(self._places)
        with log_kept(self._places):
            return Database.open(
                self._folder, self._opened.keys, accept_loss=accept_loss, wait_ms=self._wait_ms
            )

    def change_passphrase(self, passphrase: str) -> None:
        self._vault.change_passphrase(self._opened, passphrase)

    def seal(self, content: bytes) -> bytes:
        from .sealing import sealed  # only in need

        return sealed(content, self._opened.keys, _SET_ASIDE, _SET_ASIDE)

    def unseal(self, sealed: bytes, name: str) -> bytes:
        from .sealing import NOT_SEALED_HERE, unsealed

        try:
            return unsealed(sealed, self._opened.keys, _SET_ASIDE, _SET_ASIDE)
        except NOT_SEALED_HERE as problem:
            words = _("{name} is no copy of this clinic, or it is damaged.")
            raise ChartError(words.format(name=name)) from problem

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
        found: tuple[str, ...] = ()
        with suppress(RecordUnavailable), log_kept(self._places):
            found = faults_in(self._folder, self._opened.keys)
            if found:
                raise RecordUnavailable(found[0])
        return found

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

    def restore(
        self, file: Path, now: dt.datetime, allow: Callable[[Database], object]
    ) -> BackupContent:
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

        content = restore(file, keys, places, now, look)
        # What it lacks it lacks on purpose: from here on the note outside is about this record.
        Anchor(places.anchor, keys.anchor, places.generation()).begin(heads[-1])
        return content

    def rescue_drill(self, now: dt.datetime, allow: Callable[[Database], object]) -> RescueReport:
        return self._rescuer(now).drill(allow)

    def rescue(self, now: dt.datetime, allow: Callable[[Database], object]) -> RescueReport:
        return self._rescuer(now).rescue(allow)

    def _rescuer(self, now: dt.datetime) -> Rescuer:
        from .rescuing import Rescuer  # only in need: it takes the migrations along

        return Rescuer(self._places, self._opened.keys, self._opened.user, now)
