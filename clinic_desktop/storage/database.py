"""Opens the record: the only module that knows that it is an encrypted SQLite file."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final
from urllib.parse import quote

import sqlcipher3  # type: ignore[import-untyped]
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm import Session

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.people import User
from clinic_desktop.services.translation import _

from .anchor import Anchor, refuse_what_is_behind
from .audit import AuditTrail
from .keys import VaultKeys
from .places import FIRST, RECORD, Places, make_folder, unusable
from .unit_of_work import SqlUnitOfWork

PLAIN: Final = "record.sqlite3"
"""The record's name before it was encrypted."""
APPLICATION_ID: Final = 0x436C4474
"""Marks the file as ours, in SQLite's own header."""

SCHEMA: Final = "0012"
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
OLDEST_SQLITE: Final = (3, 51, 3)
"""Before this version, moving the log into the file while another process commits could, in a rare
race, lose commits or damage the file (SQLite's release notes, the WAL-reset bug)."""

_REVISION: Final = re.compile(r"\d{4}")


class Database:
    """The record in one folder, open for units of work."""

    def __init__(self, engine: Engine, trail: AuditTrail) -> None:
        self._engine = engine
        self._trail = trail
        self._anchor: Anchor | None = None

    @classmethod
    def open(cls, folder: Path, keys: VaultKeys, *, accept_loss: bool = False) -> Database:
        """Open the record of the clinic in a folder.

        Raises RecordUnavailable where it is not there, cannot be used, is not ours or not of these
        keys, or a newer program wrote it; RecordBehind where entries are missing in it that were
        there before, unless that is accepted.
        """
        places = Places(folder)
        database = cls._opened(places.record(), keys)
        try:
            database.hold(places, keys, accept_loss=accept_loss)
        except BaseException:  # whatever it was, the file does not stay open
            database.close()
            raise
        return database

    def hold(self, places: Places, keys: VaultKeys, *, accept_loss: bool) -> None:
        """Compare the record with what was noted outside it, and note it from now on."""
        generation = places.generation()
        anchor = Anchor(places.anchor, keys.anchor, generation)
        with self.begin() as work:
            head = work.audit_head()
            noted = anchor.read()
            if not accept_loss:
                refuse_what_is_behind(noted, head, generation, work.audit_hash_at)
        if noted is None or noted.head.seq != head.seq or noted.generation != generation:
            anchor.begin(head)
        self._anchor = anchor

    @classmethod
    def at(cls, file: Path, keys: VaultKeys) -> Database:
        """Open the record in a file of its own, as one that is not in use yet. Raises
        RecordUnavailable."""
        return cls._opened(file, keys)

    @classmethod
    def create(cls, folder: Path, keys: VaultKeys) -> Database:
        """Make the first record of a clinic in a folder, and open it.

        A record from before they were encrypted is taken over. Raises RecordUnavailable where the
        folder cannot be used, or there is a clinic already.
        """
        places = Places(folder)
        make_folder(folder)
        make_folder(folder / FIRST)
        file = folder / FIRST / RECORD
        if places.vault.exists():
            raise RecordUnavailable(_("There is a clinic in this folder already."))
        try:
            # Without a vault nobody can read what an interrupted start left here.
            for ending in ("", "-wal", "-shm"):
                file.with_name(RECORD + ending).unlink(missing_ok=True)
            os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as problem:
            raise RecordUnavailable(unusable(folder, problem)) from problem
        database = cls._opened(file, keys, taken_over=folder / PLAIN)
        places.use(FIRST)
        database.hold(places, keys, accept_loss=True)
        return database

    @classmethod
    def _opened(cls, file: Path, keys: VaultKeys, taken_over: Path | None = None) -> Database:
        """`taken_over` is given for a new file only: where an older, plain record may lie."""
        _refuse_unfit_library()
        _refuse_unwritable(file)
        engine = record_engine(file, keys)
        new = taken_over is not None
        try:
            if taken_over is not None and taken_over.exists():
                with engine.connect().execution_options(begin="") as connection:
                    _take_over(connection, taken_over)
                new = False
            with engine.connect().execution_options(begin="IMMEDIATE") as connection:
                _bring_up_to_date(connection, new=new)
            with engine.connect().execution_options(begin="") as connection:
                _write_ahead(connection)
        except BaseException:  # whatever went wrong, no file stays open behind it
            engine.dispose()
            raise
        return cls(engine, AuditTrail(keys.audit))

    def begin(self, *, writing: bool = False) -> SqlUnitOfWork:
        """A unit of work on the record; one that will write says so, and waits its turn at once."""
        engine = self._engine.execution_options(begin="IMMEDIATE" if writing else "DEFERRED")
        session = Session(engine, autoflush=False, expire_on_commit=False)
        return SqlUnitOfWork(session, self._trail, self._anchor)

    def write_as(self, user: User, workstation: str, session: str) -> None:
        """Write the audit trail in somebody's name from now on."""
        self._trail = self._trail.of(user, workstation, session)

    def close(self) -> None:
        """Close the file; what is in the write-ahead log goes into it."""
        if self._anchor is not None:
            self._anchor.flush()
        self._engine.dispose()


# -------------------------------------------------------------------- the file
def _refuse_unfit_library() -> None:
    """Raise RecordUnavailable where the library cannot keep a record: too old, or no cipher."""
    if sqlcipher3.sqlite_version_info < OLDEST_SQLITE:
        raise RecordUnavailable(
            _("The database library of this computer is too old to keep a record safely.")
        )


def _refuse_unwritable(file: Path) -> None:
    """Raise RecordUnavailable where the file may not be written: SQLite would open it all the same
    and fail at the first change. A file that is not there, or no longer reached, is its to name."""
    try:
        os.close(os.open(file, os.O_RDWR))
    except PermissionError as problem:
        raise RecordUnavailable(_environment_problem(sqlcipher3.SQLITE_READONLY)) from problem
    except OSError as problem:
        raise RecordUnavailable(_environment_problem(sqlcipher3.SQLITE_CANTOPEN)) from problem


def _take_over(connection: Connection, plain: Path) -> None:
    """Copy a record from before encryption into this new one."""
    connection.exec_driver_sql("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    owner = connection.exec_driver_sql("PRAGMA plain.application_id").scalar_one()
    if owner != APPLICATION_ID:
        raise RecordUnavailable(
            _("{name} in this folder is not a record of Clinic Desktop.").format(name=plain.name)
        )
    connection.exec_driver_sql("SELECT sqlcipher_export('main', 'plain')").close()
    connection.exec_driver_sql("DETACH DATABASE plain")
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _bring_up_to_date(connection: Connection, *, new: bool) -> None:
    """Check whose file it is, inside a transaction that nobody can get between, and migrate it."""
    if not connection.exec_driver_sql("PRAGMA cipher_version").scalar():
        raise RecordUnavailable(_("This computer's database library cannot encrypt."))
    revision = _revision(connection, new=new)
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


def _revision(connection: Connection, *, new: bool) -> str | None:
    """The stored revision, None for a new file. Raises RecordUnavailable if it is not ours, or
    empty: a record that lost everything must not pass for one in which nothing was charted."""
    owner = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    if new and owner == 0 and not tables:
        return None
    if not tables:
        raise RecordUnavailable(_("The record's file is empty. Please restore a backup."))
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
def record_engine(file: Path, keys: VaultKeys) -> Engine:
    """A way to a record's file, without looking what is in it."""
    # Never made where it is missing, and a path with any letters in it stays a path.
    address = f"file:{quote(file.as_posix())}?mode=rw"

    def connect() -> sqlcipher3.Connection:
        # We begin transactions ourselves: the driver would begin late, and never around a
        # migration. The pool hands a connection to one thread at a time.
        connection = sqlcipher3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False
        )
        # Before anything else, or the library tells standard error what it is.
        connection.execute("PRAGMA cipher_log_level = NONE").close()
        connection.execute(f"PRAGMA key = \"x'{(keys.database + keys.salt).hex()}'\"").close()
        for pragma in _EACH_CONNECTION:
            connection.execute(pragma).close()
        return connection

    # Values stay out of error texts: they are patients' data.
    engine = create_engine(
        "sqlite://", module=sqlcipher3, creator=connect, poolclass=QueuePool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _in_plain_words)
    return engine


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    if mode:
        connection.exec_driver_sql(f"BEGIN {mode}")


def _in_plain_words(context: ExceptionContext) -> None:
    """Turn what the environment does to the record into a sentence; what is our fault stays one."""
    error = context.original_exception
    # The lower byte names the kind, the upper ones the circumstances.
    code: int = getattr(error, "sqlite_errorcode", sqlcipher3.SQLITE_OK) & 0xFF
    sentence = _environment_problem(code)
    if sentence is None:
        return
    if code in _BROKEN:
        context.is_disconnect = True
    raise RecordUnavailable(sentence) from error


_BROKEN: Final = {
    sqlcipher3.SQLITE_IOERR,
    sqlcipher3.SQLITE_CORRUPT,
    sqlcipher3.SQLITE_NOTADB,
    sqlcipher3.SQLITE_CANTOPEN,
}
"""After these the connection is not used again."""


def _environment_problem(code: int) -> str | None:
    match code:
        case sqlcipher3.SQLITE_BUSY | sqlcipher3.SQLITE_LOCKED:
            return _("Another program is writing to the record just now. Please try again.")
        case sqlcipher3.SQLITE_FULL:
            return _("The disk is full. Please make room; nothing typed is lost until you close.")
        case sqlcipher3.SQLITE_READONLY | sqlcipher3.SQLITE_PERM | sqlcipher3.SQLITE_AUTH:
            return _("The record may not be written: its file or folder is read-only.")
        case sqlcipher3.SQLITE_IOERR:
            return _("The disk did not answer while the record was read or written.")
        case sqlcipher3.SQLITE_CANTOPEN:
            return _("The record's file cannot be opened.")
        case sqlcipher3.SQLITE_CORRUPT:
            return _("The record's file is damaged. Please restore a backup.")
        case sqlcipher3.SQLITE_NOTADB:
            return _not_ours()
        case sqlcipher3.SQLITE_NOMEM:
            return _("There is not enough memory to read or write the record.")
    return None


def _not_ours() -> str:
    return _(
        "The record cannot be read: its file is not a record of Clinic Desktop, not this clinic's,"
        " or damaged at its beginning. Please restore a backup."
    )
