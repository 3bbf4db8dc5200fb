"""Opens the record: the only module that knows that it is a SQLite file."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.orm import Session

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.translation import _

from .unit_of_work import SqlUnitOfWork

FILE_NAME: Final = "record.sqlite3"
APPLICATION_ID: Final = 0x436C4474
"""Marks the file as ours, in SQLite's own header."""

SCHEMA: Final = "0008"
"""The last migration that this program knows."""

WAIT_MS: Final = 3000
"""How long a change waits for another process that is writing."""

_EACH_CONNECTION: Final = (
    f"PRAGMA busy_timeout = {WAIT_MS}",
    "PRAGMA foreign_keys = ON",
    # A change that was acknowledged survives a power cut, also on a Mac's disk.
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    # Nothing of a chart goes into temporary files outside the folder.
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)
_SAFE_CHECKPOINTS: Final = (3, 51, 3)
"""Before this version of SQLite, moving the log into the file while another process commits could,
in a rare race, lose commits or damage the file (SQLite's release notes, the WAL-reset bug)."""

_REVISION: Final = re.compile(r"\d{4}")


class Database:
    """The record in one folder, open for units of work."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, folder: Path) -> Database:
        """Open the record in a folder, made where there is none yet.

        Raises RecordUnavailable where the folder cannot be used, the file is not ours, or a newer
        program wrote it.
        """
        # Encryption, sign-in and roles come in here: a key for each connection, who may open.
        engine = _engine(_made(folder))
        try:
            with engine.connect().execution_options(begin="IMMEDIATE") as connection:
                _bring_up_to_date(connection)
            with engine.connect().execution_options(begin="") as connection:
                _write_ahead(connection)
        except BaseException:  # whatever went wrong, no file stays open behind it
            engine.dispose()
            raise
        return cls(engine)

    def begin(self, *, writing: bool = False) -> SqlUnitOfWork:
        """A unit of work on the record; one that will write says so, and waits its turn at once."""
        engine = self._engine.execution_options(begin="IMMEDIATE" if writing else "DEFERRED")
        return SqlUnitOfWork(Session(engine, autoflush=False, expire_on_commit=False))

    def close(self) -> None:
        """Close the file; what is in the write-ahead log goes into it."""
        self._engine.dispose()


# -------------------------------------------------------------------- the file
def _made(folder: Path) -> Path:
    """The file in the folder, both made for nobody but their owner where they are not there."""
    path = folder / FILE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as problem:
        raise RecordUnavailable(
            _("The folder {folder} cannot be used for the record: {reason}.").format(
                folder=folder, reason=problem.strerror or type(problem).__name__
            )
        ) from problem
    return path


def _bring_up_to_date(connection: Connection) -> None:
    """Check whose file it is, inside a transaction that nobody can get between, and migrate it."""
    revision = _revision(connection)
    if revision == SCHEMA:
        return
    if revision and not _REVISION.fullmatch(revision):
        raise RecordUnavailable(_not_ours())
    if revision and revision > SCHEMA:
        raise RecordUnavailable(
            _("A newer version of Clinic Desktop wrote this record. Please update this one.")
        )
    # Only here: Alembic takes a fifth of a second to load, and is needed once in many months.
    from .migrating import migrate

    migrate(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.commit()


def _revision(connection: Connection) -> str | None:
    """The stored revision, None for an empty file. Raises RecordUnavailable if it is not ours."""
    owner = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    if owner == 0 and not tables:
        return None
    if owner != APPLICATION_ID or "alembic_version" not in tables:
        raise RecordUnavailable(_not_ours())
    stored = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    return str(stored[0]) if len(stored) == 1 else "?"


def _write_ahead(connection: Connection) -> None:
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    if mode != "wal":
        mode = connection.exec_driver_sql("PRAGMA journal_mode = WAL").scalar_one()
    if mode != "wal":
        raise RecordUnavailable(
            _("The record cannot be kept safely in this folder. Please use one on a local disk.")
        )


# -------------------------------------------------------------------- the engine
def _engine(path: Path) -> Engine:
    # Values stay out of error texts: they are patients' data.
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _in_plain_words)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    # We begin transactions ourselves: the driver would begin late, and never around a migration.
    connection.isolation_level = None
    for pragma in _EACH_CONNECTION:
        connection.execute(pragma).close()
    if sqlite3.sqlite_version_info < _SAFE_CHECKPOINTS:
        # Then the log waits for the last to close the file, who is alone with it.
        connection.execute("PRAGMA wal_autocheckpoint = 0").close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    if mode:
        connection.exec_driver_sql(f"BEGIN {mode}")


def _in_plain_words(context: ExceptionContext) -> None:
    """Turn what the environment does to the record into a sentence; what is our fault stays one."""
    error = context.original_exception
    # The lower byte names the kind, the upper ones the circumstances.
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    sentence = _environment_problem(code)
    if sentence is None:
        return
    if code in _BROKEN:
        context.is_disconnect = True
    raise RecordUnavailable(sentence) from error


_BROKEN: Final = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CANTOPEN,
}
"""After these the connection is not used again."""


def _environment_problem(code: int) -> str | None:
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _("Another program is writing to the record just now. Please try again.")
        case sqlite3.SQLITE_FULL:
            return _("The disk is full. Please make room; nothing typed is lost until you close.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return _("The record may not be written: its file or folder is read-only.")
        case sqlite3.SQLITE_IOERR:
            return _("The disk did not answer while the record was read or written.")
        case sqlite3.SQLITE_CANTOPEN:
            return _("The record's file cannot be opened.")
        case sqlite3.SQLITE_CORRUPT:
            return _("The record's file is damaged. Please restore a backup.")
        case sqlite3.SQLITE_NOTADB:
            return _not_ours()
        case sqlite3.SQLITE_NOMEM:
            return _("There is not enough memory to read or write the record.")
    return None


def _not_ours() -> str:
    return _("The file {name} in this folder is not a record of Clinic Desktop.").format(
        name=FILE_NAME
    )
