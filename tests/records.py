"""A clinic's record for tests, under keys that everybody may know."""

from __future__ import annotations

import atexit
import contextlib
import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

import sqlalchemy as sa
import sqlcipher3  # type: ignore[import-untyped]
from alembic import command

from clinic_desktop.domain.documents import Clinic
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.access.new_user import NewUser
from clinic_desktop.storage.clinic_files import FolderOfClinic
from clinic_desktop.storage.database import APPLICATION_ID, Database
from clinic_desktop.storage.keys import VaultKeys
from clinic_desktop.storage.migrating import configuration
from clinic_desktop.storage.passphrase_cost import Cost
from clinic_desktop.storage.places import CURRENT, FIRST, RECORD

KEYS: Final = VaultKeys.derived(bytes(range(32)), bytes(range(16)))
PASSPHRASE: Final = "the blue kettle sings"
QUICK: Final = Cost(memory_kib=64, passes=1, lanes=1)
"""A try of a passphrase that costs next to nothing."""


def make_clinic(profile: Path) -> tuple[str, ...]:
    """A clinic whose therapist is Anna Muster; gives what a command needs to sign in as her."""
    shutil.copytree(_clinic(), profile, dirs_exist_ok=True)
    return signing_in(profile)


def signing_in(profile: Path) -> tuple[str, ...]:
    """What a command needs to sign in as the one therapist of such a clinic."""
    return ("--profile", str(profile), "--key-file", str(_clinic().parent / "key"))


def connected_clinic(profile: Path) -> Database:
    """The record of such a clinic, past its front door."""
    return FolderOfClinic(profile).unlock("anna", PASSPHRASE).open_record()


@cache
def _clinic() -> Path:
    """Made once, and copied: the migrations take longer than most tests."""
    folder = Path(tempfile.mkdtemp(prefix="clinic-desktop-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "key").write_text(PASSPHRASE + "\n")
    profile = folder / "clinic"
    door = FrontDoor(FolderOfClinic(profile, QUICK), profile, lambda: dt.datetime.now(dt.UTC))
    door.make_clinic(Clinic("Your clinic"), NewUser("anna", "Anna Muster", "PT"), PASSPHRASE).lock()
    (profile / "settings.toml").unlink()
    return profile


def opened(folder: Path) -> Database:
    """The record in a folder, made where there is none yet."""
    if (folder / CURRENT).exists():
        return Database.open(folder, KEYS)
    return Database.create(folder, KEYS)


def file_of(folder: Path) -> Path:
    """The record's file."""
    return folder / FIRST / RECORD


def log_of(folder: Path) -> Path:
    """Its write-ahead log."""
    return file_of(folder).with_name(f"{RECORD}-wal")


def connected(file: Path) -> sqlcipher3.Connection:
    """A connection past the program, as of somebody who has the keys."""
    connection = sqlcipher3.connect(
        f"file:{quote(str(file))}?mode=rw", uri=True, isolation_level=None
    )
    connection.execute("PRAGMA cipher_log_level = NONE").close()
    connection.execute(f"PRAGMA key = \"x'{(KEYS.database + KEYS.salt).hex()}'\"").close()
    return connection


def raw(folder: Path) -> contextlib.closing[sqlcipher3.Connection]:
    """The record past the program, closed at the end of the block."""
    return contextlib.closing(connected(file_of(folder)))


def raw_engine(folder: Path) -> sa.Engine:
    """SQLAlchemy's way to the same, without anything of ours."""
    file = file_of(folder)
    return sa.create_engine("sqlite://", module=sqlcipher3, creator=lambda: connected(file))


def make_older(folder: Path, revision: str) -> contextlib.closing[sqlcipher3.Connection]:
    """An empty record as the program left it when its schema was of this revision."""
    file = file_of(folder)
    file.parent.mkdir(parents=True)
    file.touch()
    engine = raw_engine(folder)
    with engine.connect() as connection:
        command.upgrade(configuration(connection), revision)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
    engine.dispose()
    (folder / CURRENT).write_text(FIRST)
    (folder / "vault.json").write_text("{}")
    return raw(folder)
