"""Looks at everything of a clinic that can be wrong, and changes nothing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.services.words.translation import _

from .database import Database
from .engine import record_engine
from .keys import VaultKeys
from .places import Places
from .vault_file import twin_of, whole_copies


def faults_in(folder: Path, keys: VaultKeys) -> tuple[str, ...]:
    """What is wrong with a clinic's files, a sentence each; nothing where all is well."""
    places = Places(folder)
    found = []
    if whole_copies(places.vault) < 2:
        found.append(
            _("One of the two copies of the keys' file ({one}, {other}) is damaged.").format(
                one=places.vault.name, other=twin_of(places.vault).name
            )
        )
    try:
        found += _faults_in_file(places.record(), keys)
        if not found:
            Database.open(folder, keys).close()
    except RecordUnavailable as problem:
        found.append(str(problem))
    return tuple(found)


def _faults_in_file(file: Path, keys: VaultKeys) -> list[str]:
    engine = record_engine(file, keys)
    try:
        with engine.connect().execution_options(begin="") as connection:
            # The check of pages reads the file past the log: first the log goes into it.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
            # Where pages are damaged, the other checks would only stumble over them.
            return _pages(connection) or [*_structure(connection), *_references(connection)]
    finally:
        engine.dispose()


def _pages(connection: Connection) -> list[str]:
    broken = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    if not broken:
        return []
    return [_("{count} pages of the record's file are damaged.").format(count=len(broken))]


def _structure(connection: Connection) -> list[str]:
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [] if found == ["ok"] else [_("The record's tables and indexes do not fit together.")]


def _references(connection: Connection) -> list[str]:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    tables = sorted({str(row[0]) for row in lost})
    if not tables:
        return []
    words = _("Rows point to something that is not there, in: {tables}.")
    return [words.format(tables=", ".join(tables))]
