"""The way to a record's file: the only module that knows that it is an encrypted SQLite file."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote

import sqlcipher3  # type: ignore[import-untyped]
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import ExceptionContext

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.progress import Cancelled, is_watched, to_be_stopped
from clinic_desktop.services.words.translation import _

from .keys import VaultKeys
from .waiting import AT_A_WINDOW_MS

EACH_CONNECTION: Final = (
    "PRAGMA foreign_keys = ON",
    # A change that was acknowledged survives a power cut, also on a Mac's disk.
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    # Nothing of a chart goes into temporary files outside the folder.
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
    # Moving the log into the file costs flushes, and is done in a pause and not in somebody's
    # change (`checkpoint`). So many pages, about 40 MB, only bound a log that no pause comes to.
    "PRAGMA wal_autocheckpoint = 10000",
)
ASKS_EVERY: Final = 100_000
"""Steps of a statement after which it is looked whether its work is to be stopped: some ms."""
OLDEST_SQLITE: Final = (3, 51, 3)
"""Before this version, moving the log into the file while another process commits could, in a rare
race, lose commits or damage the file (SQLite's release notes, the WAL-reset bug)."""


def record_engine(
    file: Path, keys: VaultKeys, *, guarded: bool = False, wait_ms: int = AT_A_WINDOW_MS
) -> Engine:
    """A way to a record's file, without looking what is in it.

    Guarded, no statement can drop a table or trigger, alter one, attach another file, or change a
    row of the audit trail: not even one that got in by a fault of ours.
    """
    # Never made where it is missing, and a path with any letters in it stays a path.
    address = f"file:{quote(file.as_posix())}?mode=rw"

    def connect() -> sqlcipher3.Connection:
        try:
            return connected()
        except MemoryError as problem:  # before there is a connection nobody else translates it
            raise RecordUnavailable(environment_problem(sqlcipher3.SQLITE_NOMEM)) from problem

    def connected() -> sqlcipher3.Connection:
        # We begin transactions ourselves: the driver would begin late, and never around a
        # migration. The pool hands a connection to one thread at a time.
        connection = sqlcipher3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False
        )
        # Before anything else, or the library tells standard error what it is.
        connection.execute("PRAGMA cipher_log_level = NONE").close()
        connection.execute(f"PRAGMA key = \"x'{(keys.database + keys.salt).hex()}'\"").close()
        for pragma in (f"PRAGMA busy_timeout = {wait_ms}", *EACH_CONNECTION):
            connection.execute(pragma).close()
        if is_watched():
            connection.set_progress_handler(to_be_stopped, ASKS_EVERY)
        if guarded:
            connection.set_authorizer(_allowed)
        return connection

    # Values stay out of error texts: they are patients' data.
    engine = create_engine(
        "sqlite://", module=sqlcipher3, creator=connect, poolclass=QueuePool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _in_plain_words)
    return engine


def _allowed(action: int, first: str | None, second: str | None, *_place: object) -> int:
    """What SQLite asks of each statement as it is prepared."""
    of_the_trail = first == "audit" and action in _CHANGES
    sets = action == _PRAGMA and second is not None and (first, second) != _HARMLESS
    if action in _REFUSED or of_the_trail or sets:
        return int(sqlcipher3.SQLITE_DENY)
    return int(sqlcipher3.SQLITE_OK)


_PRAGMA: Final = sqlcipher3.SQLITE_PRAGMA
_HARMLESS: Final = ("user_version", "0")
"""The one pragma that may be set, to what it is in every record."""
_CHANGES: Final = frozenset({sqlcipher3.SQLITE_UPDATE, sqlcipher3.SQLITE_DELETE})
_REFUSED: Final = frozenset(
    {
        sqlcipher3.SQLITE_DROP_TABLE,
        sqlcipher3.SQLITE_DROP_TRIGGER,
        sqlcipher3.SQLITE_DROP_INDEX,
        sqlcipher3.SQLITE_DROP_VIEW,
        sqlcipher3.SQLITE_ALTER_TABLE,
        sqlcipher3.SQLITE_CREATE_TABLE,
        sqlcipher3.SQLITE_CREATE_TRIGGER,
        sqlcipher3.SQLITE_ATTACH,
        sqlcipher3.SQLITE_DETACH,
    }
)
"""Reading a pragma is allowed, setting one is not."""


def checkpoint(engine: Engine) -> bool:
    """Move the log into the file, as far as no reader holds it back; whether all of it was. It
    waits for no writer and keeps none waiting. Raises RecordUnavailable."""
    with engine.connect().execution_options(begin="") as connection:
        _busy, pages, moved = connection.exec_driver_sql("PRAGMA wal_checkpoint").one()
    return bool(pages == moved)


def begin_log(engine: Engine) -> None:
    """Write the first page of a log whose content is in the file by now: what begins a log flushes
    twice, and that shall not be somebody's change. Raises RecordUnavailable."""
    with engine.connect().execution_options(begin="IMMEDIATE") as connection:
        # It is nothing else in any record; that it is written at all is what counts.
        connection.exec_driver_sql("PRAGMA user_version = 0").close()
        connection.commit()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    if mode:
        connection.exec_driver_sql(f"BEGIN {mode}")


def _in_plain_words(context: ExceptionContext) -> None:
    """Turn what the environment does to the record into a sentence; what is our fault stays one."""
    error = context.original_exception
    # The lower byte names the kind, the upper ones the circumstances.
    code: int = getattr(error, "sqlite_errorcode", sqlcipher3.SQLITE_OK) & 0xFF
    if isinstance(error, MemoryError):
        code = sqlcipher3.SQLITE_NOMEM
    if code == sqlcipher3.SQLITE_INTERRUPT:
        raise Cancelled from error
    sentence = environment_problem(code)
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
    # It may not even have been able to roll back, and would hold its lock against all others.
    sqlcipher3.SQLITE_NOMEM,
}
"""After these the connection is not used again."""


def environment_problem(code: int) -> str | None:
    """What the environment does to the record, in a sentence; None where it is our own fault."""
    match code:
        case sqlcipher3.SQLITE_BUSY | sqlcipher3.SQLITE_LOCKED:
            return _("Another program is writing to the record just now. Please try again.")
        case sqlcipher3.SQLITE_FULL:
            return _("The disk is full. Please make room; nothing typed is lost until you close.")
        case sqlcipher3.SQLITE_READONLY | sqlcipher3.SQLITE_PERM:
            return _("The record may not be written: its file or folder is read-only.")
        case sqlcipher3.SQLITE_IOERR:
            return _("The disk did not answer while the record was read or written.")
        case sqlcipher3.SQLITE_CANTOPEN:
            return _("The record's file cannot be opened.")
        case sqlcipher3.SQLITE_CORRUPT:
            return _("The record's file is damaged. Please restore a backup.")
        case sqlcipher3.SQLITE_NOTADB:
            return not_ours()
        case sqlcipher3.SQLITE_NOMEM:
            return _("There is not enough memory to read or write the record.")
    return None


def not_ours() -> str:
    """A file that does not open with this key."""
    return _(
        "The record cannot be read: its file is not a record of Clinic Desktop, not this clinic's,"
        " or damaged at its beginning. Please restore a backup."
    )
