"""One transaction on the record: everything in it becomes durable together, or nothing does."""

from __future__ import annotations

import datetime as dt
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import AuditCheck, AuditEntry, AuditHead, AuditQuery, Deed
from clinic_desktop.domain.differences import Change
from clinic_desktop.domain.errors import RecordUnavailable

from . import audit
from .anchor import Anchor
from .audit import AuditTrail, AuditWriter
from .settling import Unsettled, Writing, came_about, writes


class Transaction:
    """How a unit of work begins and ends, and its entries in the audit trail."""

    def __init__(
        self, engine: Engine, trail: AuditTrail, anchor: Anchor | None, unsettled: Unsettled | None
    ) -> None:
        """`trail` says in whose name the audit trail is written, and with which key; its head is
        noted outside the record, where there is an anchor. One that will write is given what is
        unsettled."""
        self._engine = engine
        self._session = Session(engine, autoflush=False, expire_on_commit=False)
        self._trail = trail
        self._anchor = anchor
        self._unsettled = unsettled
        self._audit = AuditWriter(self._session, trail)
        self.writing = Writing(unsettled)

    def __enter__(self) -> Self:
        if self._unsettled is not None:
            self._unsettled.turn.acquire()
        # The transaction begins here, so that one who will write waits here and not half way.
        try:
            if self._unsettled is not None:
                self._unsettled.settle(self._engine)
            self._session.connection()
        except BaseException:  # whatever it was, the connection goes back to where it came from
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        try:
            self._session.close()
        finally:
            if self._unsettled is not None:
                self._unsettled.turn.release()

    def commit(self) -> None:
        last = self._audit.written
        try:
            self._session.commit()
        except RecordUnavailable:
            if last is None:  # nothing that could not be done twice
                raise
            self._session.close()
            there = came_about(self._engine, last)
            if there is None:
                self.writing.in_doubt(last)
            if not there:
                raise
        self.writing.made()
        if self._anchor is not None and last is not None:
            self._anchor.write(last)

    # ---------------------------------------------------------------- the audit trail
    @writes
    def note_act(
        self,
        deed: Deed,
        act: Act,
        *,
        number: int | None = None,
        visit_id: int | None = None,
        subject: str = "",
        reason: str = "",
    ) -> None:
        looked = (Change(subject, None, None),)
        self._audit.note(deed, act, looked, number=number, visit_id=visit_id, reason=reason)

    @writes
    def note_settings(self, changed: tuple[Change, ...], act: Act) -> None:
        self._audit.note(Deed.SETTING_CHANGED, act, changed)

    def audit_entries(self, query: AuditQuery) -> tuple[AuditEntry, ...]:
        return audit.entries(self._session, query)

    def audit_users(self) -> tuple[tuple[str, str], ...]:
        return audit.users(self._session)

    def field_history(self, visit_id: int, names: tuple[str, ...] = ()) -> tuple[AuditEntry, ...]:
        return audit.history(self._session, visit_id, names)

    def audit_head(self) -> AuditHead:
        return audit.head(self._session)

    def latest_entry_at(self) -> dt.datetime | None:
        return audit.latest_at(self._session)

    def audit_hash_at(self, seq: int) -> str | None:
        """The hash of the entry with this number, for the anchor."""
        return audit.hash_at(self._session, seq)

    def check_audit(self, expected: AuditHead | None = None) -> AuditCheck:
        return audit.verify(self._session, self._trail.key, expected)
