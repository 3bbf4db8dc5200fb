"""Counts what is in a record, for a report that names nobody."""

from __future__ import annotations

from pathlib import Path

import sqlcipher3  # type: ignore[import-untyped]
from sqlalchemy import func, select

from clinic_desktop.services.access.clinic_port import RecordFacts

from .engine import record_engine
from .keys import VaultKeys
from .places import Places
from .rows import Base
from .vault_file import twin_of


def record_facts(folder: Path, keys: VaultKeys) -> RecordFacts:
    """Versions, rows of each table and sizes of files. Raises RecordUnavailable."""
    places = Places(folder)
    record = places.record()
    engine = record_engine(record, keys)
    try:
        with engine.connect() as connection:
            schema = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            cipher = connection.exec_driver_sql("PRAGMA cipher_version").scalar()
            rows = tuple(
                (table.name, connection.scalar(select(func.count()).select_from(table)) or 0)
                for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name)
            )
    finally:
        engine.dispose()
    files = (
        record, record.with_name(f"{record.name}-wal"), places.vault, twin_of(places.vault),
        places.anchor, places.attempts,
    )  # fmt: skip
    sizes = tuple((file.name, file.stat().st_size) for file in files if file.is_file())
    return RecordFacts(str(schema), sqlcipher3.sqlite_version, str(cipher or ""), rows, sizes)
