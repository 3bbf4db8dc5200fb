"""Opens the record: the only module that knows that it is an encrypted SQLite file."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import sqlcipher3  # type: ignore[import-untyped]
from sqlalchemy import Connection, Engine

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.people import User
from clinic_desktop.services.whole_files import flush_folder
from clinic_desktop.services.words.translation import _

from .anchor import Anchor, refuse_what_is_behind
from .audit import AuditTrail
from .backups import make_backup
from .engine import (
    OLDEST_SQLITE,
    begin_log,
    checkpoint,
    environment_problem,
    not_ours,
    record_engine,
)
from .keys import VaultKeys
from .places import FIRST, PLAIN, RECORD, Places, make_folder, unusable
from .settling import Unsettled
from .unit_of_work import SqlUnitOfWork
from .waiting import AT_A_WINDOW_MS

APPLICATION_ID: Final = 0x436C4474
"""Marks the file as ours, in SQLite's own header."""

FINGERPRINT: Final = "d40183ce2216d455b0fc47a47466549c"
"""Of the schema that the migrations make; a test says the new one after a migration."""

SCHEMA: Final = "0013"
"""The last migration that this program knows."""

_REVISION: Final = re.compile(r"\d{4}")


class Database:
    """The record in one folder, open for units of work."""

    def __init__(self, engine: Engine, trail: AuditTrail) -> None:
        self._engine = engine
        self._trail = trail
        self._anchor: Anchor | None = None
        self._used: tuple[Places, str] | None = None
        """Where it lies, and the generation that was in use when it was opened."""
        self._unsettled = Unsettled()
        self._moved = 0
        """The last entry of the trail that was moved out of the log."""

    @classmethod
    def open(
        cls,
        folder: Path,
        keys: VaultKeys,
        *,
        accept_loss: bool = False,
        wait_ms: int = AT_A_WINDOW_MS,
    ) -> Database:
        """Open the record of the clinic in a folder.

        Raises RecordUnavailable where it is not there, cannot be used, is not ours or not of these
        keys, or a newer program wrote it; RecordBehind where entries are missing in it that were
        there before, unless that is accepted.
        """
        places = Places(folder)

        def back_up() -> None:
            now = dt.datetime.now(dt.UTC)
            make_backup(places.record(), places.vault, places.backups, keys, now)

        database = cls._opened(places.record(), keys, before_migrating=back_up, wait_ms=wait_ms)
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
        # First: what another process adds meanwhile must not look as if it were missing here.
        noted = anchor.read()
        with self.begin() as work:
            head = work.audit_head()
            if not accept_loss:
                refuse_what_is_behind(noted, head, generation, work.audit_hash_at)
        if noted is None or noted.head.seq != head.seq or noted.generation != generation:
            anchor.begin(head)
        self._anchor = anchor
        self._used = places, generation

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
            flush_folder(file.parent)
            flush_folder(folder)
        except OSError as problem:
            raise RecordUnavailable(unusable(folder, problem)) from problem
        database = cls._opened(file, keys, taken_over=folder / PLAIN)
        places.use(FIRST)
        database.hold(places, keys, accept_loss=True)
        return database

    @classmethod
    def _opened(
        cls,
        file: Path,
        keys: VaultKeys,
        *,
        taken_over: Path | None = None,
        before_migrating: Callable[[], None] = lambda: None,
        wait_ms: int = AT_A_WINDOW_MS,
    ) -> Database:
        """`taken_over` is given for a new file only: where an older, plain record may lie. What
        is to be done before a record of an older program is moved on may raise; then it stays."""
        _refuse_unfit_library()
        _refuse_unwritable(file)
        engine = record_engine(file, keys, wait_ms=wait_ms)
        new = taken_over is not None
        try:
            if taken_over is not None and taken_over.exists():
                with engine.connect().execution_options(begin="") as connection:
                    _take_over(connection, taken_over)
                new = False
            with engine.connect() as connection:
                behind = _is_behind(connection, new=new)
            if behind:  # only then: many that start at one moment need not wait for each other
                before_migrating()
                with engine.connect().execution_options(begin="IMMEDIATE") as connection:
                    _bring_up_to_date(connection, new=new)
            with engine.connect() as connection:
                _refuse_strange_schema(connection)
            with engine.connect().execution_options(begin="") as connection:
                _write_ahead(connection)
        finally:  # migrations may do what is refused to everything after them
            engine.dispose()
        guarded = record_engine(file, keys, guarded=True, wait_ms=wait_ms)
        return cls(guarded, AuditTrail(keys.audit))

    def begin(self, *, writing: bool = False) -> SqlUnitOfWork:
        """A unit of work on the record; one that will write says so, and waits its turn at once."""
        engine = self._engine.execution_options(begin="IMMEDIATE" if writing else "DEFERRED")
        if writing:
            self._refuse_replaced()
        unsettled = self._unsettled if writing else None
        return SqlUnitOfWork(engine, self._trail, self._anchor, unsettled)

    def _refuse_replaced(self) -> None:
        """Raise RecordUnavailable where the folder is not there any more, or another process put a
        backup in use since this was opened: what is written now would be in neither."""
        if self._used is None:
            return
        places, opened = self._used
        try:
            used = places.generation()
        except RecordUnavailable as problem:
            raise RecordUnavailable(
                _("The folder of the clinic cannot be reached just now.")
            ) from problem
        if used != opened:
            raise RecordUnavailable(
                _("A backup was put in use meanwhile. Please sign in again to go on with it.")
            )

    def write_as(self, user: User, workstation: str, session: str) -> None:
        """Write the audit trail in somebody's name from now on."""
        self._trail = self._trail.of(user, workstation, session)

    def checkpoint(self) -> bool:
        """In a pause: move the log into the file, and begin it anew, so that the next change costs
        one flush. Whether anything was to be moved. Raises RecordUnavailable; nothing is lost."""
        with self.begin() as work:
            last = work.audit_head().seq
        if last == self._moved:
            return False
        if self._anchor is not None:
            self._anchor.flush()
        if checkpoint(self._engine):
            with self._unsettled.turn:
                begin_log(self._engine)
        self._moved = last
        return True

    def close(self) -> None:
        """Close the file; what is in the write-ahead log goes into it."""
        if self._anchor is not None:
            self._anchor.flush()
        # Closing does it too, but lets no other thread of the program run meanwhile.
        with suppress(RecordUnavailable):
            checkpoint(self._engine)
        self._engine.dispose()


# -------------------------------------------------------------------- the file
def _refuse_unfit_library() -> None:
    """Raise RecordUnavailable where the library cannot keep a record: too old, or no cipher."""
    if sqlcipher3.sqlite_version_info < OLDEST_SQLITE:
        raise RecordUnavailable(
            _("The database library of this computer is too old to keep a record safely.")
        )


def _refuse_strange_schema(connection: Connection) -> None:
    """Raise RecordUnavailable where tables, indexes or triggers are not those of the program."""
    if fingerprint(connection) != FINGERPRINT:
        raise RecordUnavailable(
            _("The record's tables are not those of this program. Please restore a backup.")
        )


def fingerprint(connection: Connection) -> str:
    """One digest over everything in the schema, in whatever order it was made."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        " ORDER BY type, name"
    ).all()
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()[:32]


def _refuse_unwritable(file: Path) -> None:
    """Raise RecordUnavailable where the file may not be written: SQLite would open it all the same
    and fail at the first change. A file that is not there, or no longer reached, is its to name."""
    try:
        os.close(os.open(file, os.O_RDWR))
    except PermissionError as problem:
        raise RecordUnavailable(environment_problem(sqlcipher3.SQLITE_READONLY)) from problem
    except OSError as problem:
        raise RecordUnavailable(environment_problem(sqlcipher3.SQLITE_CANTOPEN)) from problem


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


def _is_behind(connection: Connection, *, new: bool) -> bool:
    """Whether the record is of an older schema. Raises RecordUnavailable where it is not ours, or a
    newer program wrote it."""
    if not connection.exec_driver_sql("PRAGMA cipher_version").scalar():
        raise RecordUnavailable(_("This computer's database library cannot encrypt."))
    revision = _revision(connection, new=new)
    if revision == SCHEMA:
        return False
    if revision and not _REVISION.fullmatch(revision):
        raise RecordUnavailable(not_ours())
    if revision and revision > SCHEMA:
        raise RecordUnavailable(
            _("A newer version of Clinic Desktop wrote this record. Please update this one.")
        )
    return True


def _bring_up_to_date(connection: Connection, *, new: bool) -> None:
    """Migrate it inside a transaction that nobody can get between, unless somebody did already."""
    if not _is_behind(connection, new=new):
        return
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
        raise RecordUnavailable(not_ours())
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
