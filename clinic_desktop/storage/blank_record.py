"""An empty record of a given schema that takes rows from elsewhere, its triggers away meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from alembic import command
from sqlalchemy import Connection

from . import locks
from .database import APPLICATION_ID, SCHEMA
from .engine import record_engine
from .keys import VaultKeys
from .migrating import configuration
from .trees import Key, ReadRow

_OURS: Final = frozenset({"alembic_version", "sqlite_sequence"})
"""Tables whose rows are not a clinic's."""
_AT_A_TIME: Final = 2000
_KINDS: Final = {"INTEGER": int, "BOOLEAN": int, "TEXT": str, "BLOB": bytes}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table's rows are stored."""

    table: str
    columns: tuple[str, ...]
    """In the order in which a row has them."""
    keyed_by: int
    """How many of the first are the key by which the rows stand; 0 where each has a number."""
    number: int | None
    """Place of the column that is this number."""
    defaults: tuple[Any, ...]
    """For rows from before a column was added."""
    unique: tuple[str, ...]
    """The primary key."""
    kinds: tuple[tuple[type | None, bool], ...]
    """What each column holds, and whether it may hold nothing; None where anything goes."""

    @property
    def names(self) -> str:
        """The columns as they stand in a statement."""
        return ", ".join(f'"{name}"' for name in self.columns)

    def row(self, read: ReadRow) -> tuple[Any, ...] | None:
        """A row's values by `columns`; None for one that has more of them."""
        if len(read.values) > len(self.columns):
            return None
        values = [*read.values, *self.defaults[len(read.values) :]]
        if self.number is not None:
            values[self.number] = read.key[0]
        return tuple(values)

    def can_be(self, row: Sequence[Any]) -> bool:
        """Whether values are of the kinds that the columns hold."""
        return all(
            (empty if value is None else kind is None or type(value) is kind)
            for value, (kind, empty) in zip(row, self.kinds, strict=True)
        )

    def key(self, row: Sequence[Any]) -> Key | None:
        """The key by which a row stands; None where its number is nobody's business: a copy of the
        record gives it another."""
        if self.keyed_by:
            return tuple(row[: self.keyed_by])
        return (row[self.number],) if self.number is not None else None


class BlankRecord:
    """A record's tables, open to be filled."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.layouts: Mapping[str, Layout] = {one.table: one for one in _layouts(connection)}

    def put_one(self, layout: Layout, row: Sequence[Any]) -> bool:
        """Add a row; gives whether it was added: one that the table cannot hold, or that is there
        already, is passed over."""
        return self.connection.exec_driver_sql(_insert(layout), tuple(row)).rowcount > 0

    def put(self, layout: Layout, rows: Iterable[Sequence[Any]]) -> None:
        """Add many in the same way."""
        statement = _insert(layout)
        batch: list[tuple[Any, ...]] = []
        for row in rows:
            batch.append(tuple(row))
            if len(batch) == _AT_A_TIME:
                self.connection.exec_driver_sql(statement, batch)
                batch = []
        if batch:
            self.connection.exec_driver_sql(statement, batch)

    def rows(self, layout: Layout) -> Iterator[tuple[Any, ...]]:
        """The rows of a table as they stand."""
        return rows_of(self.connection, layout)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        counted = self.connection.exec_driver_sql(f"SELECT count(*) FROM {table}")
        return int(counted.scalar_one())

    def all(self, statement: str) -> list[tuple[Any, ...]]:
        """What a statement finds."""
        return [tuple(row) for row in self.connection.exec_driver_sql(statement)]


@contextmanager
def blank_record(file: Path, keys: VaultKeys, revision: str) -> Iterator[BlankRecord]:
    """Make a record where there is no file yet; at the end of the block it stands as it was filled,
    guarded by its triggers. Raises RecordUnavailable, OSError."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with opened_past_triggers(file, keys) as connection:
        command.upgrade(configuration(connection), revision)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.exec_driver_sql(found).all()
        for name, _sql in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield BlankRecord(connection)
        for _name, sql in triggers:
            connection.exec_driver_sql(sql)
        if revision == SCHEMA:  # an older one gets them as it is moved on
            locks.install(connection)


@contextmanager
def opened_past_triggers(file: Path, keys: VaultKeys) -> Iterator[Connection]:
    """A copy of a record that nobody works in, in one transaction, references unchecked."""
    engine = record_engine(file, keys)
    try:
        with engine.connect().execution_options(begin="") as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.exec_driver_sql("COMMIT")
    finally:
        engine.dispose()


def move_to(connection: Connection, revision: str) -> None:
    """Bring a copy of an older record to a schema."""
    locks.remove(connection)
    command.upgrade(configuration(connection), revision)


def rows_of(connection: Connection, layout: Layout) -> Iterator[tuple[Any, ...]]:
    """The rows of a table of another record of the same schema."""
    for row in connection.exec_driver_sql(f"SELECT {layout.names} FROM {layout.table}"):
        yield tuple(row)


def _insert(layout: Layout) -> str:
    marks = ", ".join("?" * len(layout.columns))
    return f"INSERT OR IGNORE INTO {layout.table} ({layout.names}) VALUES ({marks})"


def _layouts(connection: Connection) -> Iterator[Layout]:
    tables = connection.exec_driver_sql("PRAGMA main.table_list").all()
    for _schema, name, kind, _count, keyed, _strict in tables:
        if kind != "table" or name in _OURS or name.startswith("sqlite_"):
            continue
        info = connection.exec_driver_sql(f"PRAGMA table_info({name})").all()
        primary = sorted((column for column in info if column[5]), key=lambda column: column[5])
        others = [column for column in info if not column[5]]
        stored = [*primary, *others] if keyed else info
        names = tuple(column[1] for column in stored)
        numbered = not keyed and len(primary) == 1 and primary[0][2].upper() == "INTEGER"
        yield Layout(
            name,
            names,
            len(primary) if keyed else 0,
            names.index(primary[0][1]) if numbered else None,
            tuple(_default(connection, column[4]) for column in stored),
            tuple(column[1] for column in primary),
            tuple((_KINDS.get(column[2].upper()), not column[3]) for column in stored),
        )


def _default(connection: Connection, words: str | None) -> Any:
    return connection.exec_driver_sql(f"SELECT {words}").scalar() if words is not None else None
