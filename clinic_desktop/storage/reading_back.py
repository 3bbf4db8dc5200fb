"""Reads a record as a whole, once: copies it at one moment, or proves that a copy is good."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from clinic_desktop.domain.backups import BackupContent
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.words.translation import _

from .engine import record_engine
from .keys import VaultKeys

_SCHEMA: Final = "SELECT version_num FROM alembic_version"
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table'"


def read_back(
    file: Path, keys: VaultKeys, *, made_at: dt.datetime, copy_to: Path | None = None
) -> BackupContent:
    """What a record's file holds. With `copy_to` also a copy of that very moment, which is then
    what is read; without, every page of the file is checked.

    Raises RecordUnavailable where it cannot be opened or is damaged.
    """
    if copy_to is not None:
        _copy(file, keys, copy_to)
        file = copy_to
    engine = record_engine(file, keys)
    try:
        with engine.connect() as connection:
            _check_pages(connection)
            return _content(connection, made_at)
    finally:
        engine.dispose()


def _copy(file: Path, keys: VaultKeys, to: Path) -> None:
    engine = record_engine(file, keys)
    try:
        # As one statement outside any transaction: a moment of the record, however busy it is.
        # The stepped backup starts over with each commit, and a copy of the file lacks the log.
        with engine.connect().execution_options(begin="") as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(to),))
    finally:
        engine.dispose()
    to.chmod(0o600)


def _check_pages(connection: Connection) -> None:
    """Raise RecordUnavailable where a page is not what was written, or an index does not fit."""
    broken = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    quick = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
    if broken or quick != ["ok"]:
        raise RecordUnavailable(_("The record's file is damaged. Please restore a backup."))


def _content(connection: Connection, made_at: dt.datetime) -> BackupContent:
    tables = set(connection.exec_driver_sql(_TABLES).scalars())
    if not {"patients", "visits", "alembic_version"} <= tables:
        raise RecordUnavailable(_("The record's file is empty. Please restore a backup."))
    signed = seq = None
    if "signatures" in tables:
        signed = connection.exec_driver_sql("SELECT max(signed_at) FROM signatures").scalar()
    if "audit" in tables:
        seq = connection.exec_driver_sql("SELECT max(seq) FROM audit").scalar()
    return BackupContent(
        made_at,
        connection.exec_driver_sql("SELECT count(*) FROM patients").scalar_one(),
        connection.exec_driver_sql("SELECT count(*) FROM visits").scalar_one(),
        dt.datetime.fromisoformat(signed) if signed else None,
        str(connection.exec_driver_sql(_SCHEMA).scalar_one()),
        seq or 0,
    )
