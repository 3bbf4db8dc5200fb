"""A clinic's record for tests, under keys that everybody may know."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final
from urllib.parse import quote

import sqlalchemy as sa
import sqlcipher3  # type: ignore[import-untyped]
from alembic import command

from clinic_desktop.storage.database import APPLICATION_ID, Database
from clinic_desktop.storage.keys import VaultKeys
from clinic_desktop.storage.migrating import configuration
from clinic_desktop.storage.places import CURRENT, FIRST, RECORD

KEYS: Final = VaultKeys.derived(bytes(range(32)), bytes(range(16)))


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
    return raw(folder)
