"""What the front door needs of a clinic's files: keys, record, backups, and failed tries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from clinic_desktop.domain.backups import BackupContent
from clinic_desktop.domain.people import User
from clinic_desktop.domain.rescues import RescueReport
from clinic_desktop.domain.signing_in import Attempts
from clinic_desktop.services.ports import Signer, UnitOfWork


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What can be said of a record without saying anything of a patient."""

    schema: str
    """The last migration that it has been through."""
    sqlite: str
    cipher: str
    """Versions of what reads it."""
    rows: tuple[tuple[str, int], ...]
    """How many rows each table has."""
    files: tuple[tuple[str, int], ...]
    """The program's own files with their bytes."""


class Opened(Protocol):
    """What a passphrase opened; the keys in it stay where they are."""

    @property
    def user(self) -> str:
        """The user's id; empty for the recovery key, which is nobody's."""

    @property
    def signer(self) -> Signer:
        """Signs as this user."""

    @property
    def clinic(self) -> str:
        """Names the clinic for good; it stands in each signature."""

    def open_record(self, *, accept_loss: bool = False) -> OpenedRecord:
        """Raises RecordUnavailable; RecordBehind where something that was in the record is not
        there any more, unless that is accepted."""

    def change_passphrase(self, passphrase: str) -> None:
        """Wrap one's own keys anew; the record is not touched. Raises RecordUnavailable."""

    def seal(self, content: bytes) -> bytes:
        """Encrypt what leaves the clinic's folder, so that only this clinic opens it again."""

    def unseal(self, sealed: bytes, name: str) -> bytes:
        """What was sealed in a file of this name. Raises ChartError where it is not of this clinic,
        or was changed."""

    def login_of(self, user: str) -> str | None:
        """The name with which a user signs in; None for one who no longer can."""

    def add_user(self, login: str, passphrase: str) -> tuple[str, bytes]:
        """Give somebody a way in; gives their id and the public key they sign with."""

    def reset_user(self, user: str, login: str, passphrase: str) -> bytes:
        """Let somebody in again; gives the new public key they sign with."""

    def remove_user(self, user: str) -> None:
        """Take somebody's way in away."""

    def make_recoverable(self, key: str) -> None:
        """Let a recovery key open the vault, as it was typed. Raises WrongPassphrase."""

    def facts(self) -> RecordFacts:
        """Versions, counts and sizes. Raises RecordUnavailable."""

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the clinic's files, a sentence each."""

    def back_up(self, into: Path | None, now: dt.datetime) -> tuple[Path, BackupContent]:
        """Make a backup in a folder, else in the clinic's own, and read it back. Raises
        RecordUnavailable."""

    def backups(self) -> tuple[tuple[Path, dt.datetime], ...]:
        """Those in the clinic's own folder with their moments, newest first."""

    def thin_backups(self, now: dt.datetime) -> None:
        """Delete those in the clinic's own folder that age has made too many."""

    def drill(self, file: Path) -> BackupContent:
        """Restore a backup into nowhere and say what is in it. Raises RecordUnavailable."""

    def restore(
        self, file: Path, now: dt.datetime, allow: Callable[[OpenedRecord], object]
    ) -> BackupContent:
        """Put a backup in use, unless `allow`, which is given its record, raises; the record must
        be closed. Raises RecordUnavailable; then the record in use is what it was."""

    def rescue_drill(
        self, now: dt.datetime, allow: Callable[[OpenedRecord], object]
    ) -> RescueReport:
        """Read a damaged record row by row and say what would come of it, unless `allow`, which is
        given that, raises; nothing is kept. Raises RecordUnavailable."""

    def rescue(self, now: dt.datetime, allow: Callable[[OpenedRecord], object]) -> RescueReport:
        """Put in use what can be saved of a damaged record, in the same way; the record must be
        closed, and stays beside. Raises RecordUnavailable; then nothing has changed."""


class OpenedRecord(Protocol):
    """The record while it is open."""

    def begin(self, *, writing: bool = False) -> UnitOfWork: ...
    def write_as(self, user: User, workstation: str, session: str) -> None:
        """Write the audit trail in somebody's name from now on."""

    def checkpoint(self) -> bool:
        """In a pause, put the record's log into its file; False where nothing was to be done.
        Raises RecordUnavailable; nothing is lost then."""

    def close(self) -> None: ...


class ClinicFiles(Protocol):
    """Keys, record and the count of wrong passphrases of one clinic."""

    @property
    def exists(self) -> bool:
        """Whether there is a clinic here, in whatever state."""

    def get_ready(self) -> None:
        """Import what opening the record will need."""

    def logins(self) -> tuple[str, ...]:
        """The names that can sign in."""

    def create(self, login: str, passphrase: str) -> tuple[Opened, OpenedRecord]:
        """Make the keys and an empty record. Raises RecordUnavailable."""

    def keep(self) -> None:
        """Write the keys of the new clinic: from now on it is there. Raises RecordUnavailable."""

    def unlock(self, login: str, passphrase: str) -> Opened:
        """Raises WrongPassphrase, RecordUnavailable."""

    def recover(self, key: str) -> Opened:
        """Open it by the recovery key, as it was typed. Raises WrongPassphrase."""

    def unlock_backup(self, file: Path, login: str, passphrase: str) -> Opened:
        """Open a backup by the keys' file in it, where there is no clinic here yet. Raises
        WrongPassphrase, RecordUnavailable."""

    def adopt_vault(self, file: Path) -> None:
        """Take the keys' file out of a backup. Raises RecordUnavailable."""

    def new_recovery_key(self) -> str:
        """A fresh recovery key, which opens nothing yet."""

    @property
    def recoverable(self) -> bool:
        """Whether there is a recovery key."""

    def attempts(self, login: str) -> Attempts:
        """Wrong passphrases since the last right one."""

    def count_attempt(self, login: str, at: dt.datetime, *, right: bool) -> None:
        """Note a try."""
