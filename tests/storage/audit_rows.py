"""The audit table as somebody with the record's key sees it: every statement, past the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from clinic_desktop.domain.audit import AuditCheck, AuditEntry, AuditHead, AuditQuery
from clinic_desktop.storage.audit import AuditRow
from clinic_desktop.storage.database import Database
from clinic_desktop.storage.rows import table_of
from clinic_desktop.storage.unit_of_work import SqlUnitOfWork

COLUMNS = tuple(column.name for column in table_of(AuditRow).c)
TRIGGERS = ("audit_is_never_changed", "audit_is_never_deleted", "audit_grows_at_its_end")


def raw(work: SqlUnitOfWork) -> Connection:
    """The connection under a unit of work, past everything that the program would check."""
    return raw_session(work).connection()


def raw_session(work: SqlUnitOfWork) -> Session:
    """The session under it."""
    return work._session  # noqa: SLF001


def run(database: Database, *statements: str) -> list[Any]:
    """Run SQL in one transaction that stays; gives the rows of the last statement."""
    with database.begin(writing=True) as work:
        connection = raw(work)
        for statement in statements:
            result = connection.exec_driver_sql(statement)
        rows = list(result) if result.returns_rows else []
        work.commit()
    return rows


def rows(database: Database) -> list[dict[str, Any]]:
    """Every column of every entry, oldest first."""
    found = run(database, f"SELECT {', '.join(COLUMNS)} FROM audit ORDER BY seq")
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def rewrite(database: Database, entries: Sequence[dict[str, Any]]) -> None:
    """Put other entries in place of all, as one can who drops the triggers."""
    with database.begin(writing=True) as work:
        connection = raw(work)
        for trigger in TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.exec_driver_sql("DELETE FROM audit")
        marks = ", ".join("?" * len(COLUMNS))
        for entry in entries:
            values = tuple(entry[name] for name in COLUMNS)
            connection.exec_driver_sql(f"INSERT INTO audit VALUES ({marks})", values)
        work.commit()


def entries(database: Database, query: AuditQuery | None = None) -> tuple[AuditEntry, ...]:
    """What the trail says, oldest first."""
    with database.begin() as work:
        return work.audit_entries(query or AuditQuery(limit=1_000_000))[::-1]


def checked(database: Database, expected: AuditHead | None = None) -> AuditCheck:
    """What came of going through the chain."""
    with database.begin() as work:
        return work.check_audit(expected)


def head(database: Database) -> AuditHead:
    """The last entry."""
    with database.begin() as work:
        return work.audit_head()
