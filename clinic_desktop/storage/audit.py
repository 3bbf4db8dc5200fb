"""The audit trail: rows that only grow, each chained to the one before it by a keyed hash."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Index,
    Select,
    bindparam,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.audit import (
    AuditCheck,
    AuditEntry,
    AuditHead,
    AuditQuery,
    BrokenLink,
    Deed,
    Hole,
)
from clinic_desktop.domain.clocks import went_back
from clinic_desktop.domain.differences import Change, as_json
from clinic_desktop.domain.people import User
from clinic_desktop.services.words.translation import _

from .rows import Base, CourseRow, PatientRow, VisitRow, table_of


class AuditRow(Base):
    """An entry of the audit trail: never changed, never deleted, and none goes in between.

    Triggers hold that. There is no unique column but `seq`: REPLACE could delete through one.
    """

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    """UTC, ISO 8601."""
    user: Mapped[str]
    who: Mapped[str]
    role: Mapped[str]
    workstation: Mapped[str]
    session: Mapped[str]
    deed: Mapped[str]
    number: Mapped[int | None]
    """No foreign key: an entry outlives what it tells of."""
    visit_id: Mapped[int | None]
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    reason: Mapped[str]
    prev: Mapped[str]
    hash: Mapped[str]

    __table_args__ = (
        Index(None, "user", "seq"),
        Index("ix_audit_number", "number", "seq", sqlite_where=text("number IS NOT NULL")),
        Index("ix_audit_visit_id", "visit_id", "seq", sqlite_where=text("visit_id IS NOT NULL")),
    )


_AUDIT: Final = table_of(AuditRow)
_INSERT: Final = insert(_AUDIT)
_HEAD: Final = select(_AUDIT.c.seq, _AUDIT.c.hash).order_by(_AUDIT.c.seq.desc()).limit(1)
_LAST: Final = (
    select(_AUDIT.c.seq, _AUDIT.c.hash, _AUDIT.c.at).order_by(_AUDIT.c.seq.desc()).limit(1)
)
_LATEST_AT: Final = select(func.max(_AUDIT.c.at)).where(_AUDIT.c.seq > bindparam("after"))
_LOOKED_AT: Final = 20_000
"""Entries of some weeks: for so long it is seen that a clock stands before them."""
_ENTRIES: Final = select(*(column for column in _AUDIT.c if column.name not in {"prev", "hash"}))
_NUMBER: Final = (
    select(CourseRow.number)
    .join(VisitRow, VisitRow.course_id == CourseRow.id)
    .where(VisitRow.id == bindparam("visit"))
)
_HASHED: Final = tuple(sorted(column.name for column in _AUDIT.c if column.name != "hash"))
_CHAIN: Final = select(*(_AUDIT.c[name] for name in _HASHED), _AUDIT.c.hash).order_by(_AUDIT.c.seq)
_SEQ, _PREV = _HASHED.index("seq"), _HASHED.index("prev")
_AT_A_TIME: Final = 5_000
"""Rows that are held in memory while the chain is checked."""
# What cannot be in JSON was put there past the program; its text fits no hash.
_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr)
_SEEN: Final = select(_AUDIT.c.user).distinct().subquery()
_ON_VISITS: Final = (
    Deed.VISIT_BEGUN,
    Deed.VISIT_CHANGED,
    Deed.VISIT_SIGNED,
    Deed.ADDENDUM_ADDED,
    Deed.RESCUED,
)
_START: Final = AuditHead(0, "")
HOLE: Final = "audit"
"""The field of an entry that names a hole in the trail."""
HOLES_NAMED: Final = (
    f"SELECT seq, after FROM audit WHERE deed = '{Deed.RESCUED.value}' AND field = '{HOLE}'"
)
NO_CHANGE: Final = (Change("", None, None),)
"""For an entry that only says that something was done."""


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """In whose name entries are written, and the key of the chain."""

    key: bytes = field(repr=False)
    user: str = ""
    """Id of the user; empty while nobody is signed in."""
    who: str = ""
    role: str = ""
    workstation: str = ""
    session: str = ""

    def of(self, user: User, workstation: str, session: str) -> AuditTrail:
        """The same trail in the name of a user who is signed in."""
        who = user.signature_name
        return AuditTrail(self.key, user.id, who, user.role.value, workstation, session)


class AuditWriter:
    """Writes the entries of one unit of work into its own transaction."""

    def __init__(self, session: Session, trail: AuditTrail) -> None:
        self._session = session
        self._trail = trail
        self._head: AuditHead | None = None

    @property
    def written(self) -> AuditHead | None:
        """The last entry that this unit of work wrote."""
        return self._head

    def note(
        self,
        deed: Deed,
        act: Act,
        changed: Iterable[Change],
        *,
        number: int | None = None,
        visit_id: int | None = None,
        reason: str = "",
    ) -> None:
        """Write an entry for each change. The patient follows from the visit where it is given."""
        changed = tuple(changed)
        if not changed:
            return
        if number is None and visit_id is not None:
            number = number_of_visit(self._session, visit_id)
        last = self._head or self._begin(act)
        self._head = self._write(last, act, deed, changed, number, visit_id, reason)

    def _begin(self, act: Act) -> AuditHead:
        """The last entry so far; where the clock went back behind it, one that says so."""
        row = self._session.connection().execute(_LAST).first()
        if row is None:
            return _START
        last, before = AuditHead(row.seq, row.hash), dt.datetime.fromisoformat(row.at)
        if not went_back(before, act.at):
            return last
        moments = (as_json(one.astimezone(dt.UTC).isoformat()) for one in (before, act.at))
        return self._write(last, act, Deed.CLOCK_WENT_BACK, (Change("", *moments),), None, None)

    def _write(
        self,
        last: AuditHead,
        act: Act,
        deed: Deed,
        changed: Iterable[Change],
        number: int | None,
        visit_id: int | None,
        reason: str = "",
    ) -> AuditHead:
        """Write entries behind the last one; gives what is the last one then."""
        trail = self._trail
        shared = {
            "at": act.at.astimezone(dt.UTC).isoformat(),
            "user": trail.user,
            "who": trail.who or act.who,
            "role": trail.role,
            "workstation": trail.workstation,
            "session": trail.session,
            "deed": deed.value,
            "number": number,
            "visit_id": visit_id,
            "reason": reason,
        }
        rows = []
        for change in changed:
            row: dict[str, Any] = {
                **shared,
                "seq": last.seq + 1,
                "field": change.field,
                "before": change.before,
                "after": change.after,
                "prev": last.hash,
            }
            row["hash"] = link_hash(trail.key, row)
            last = AuditHead(row["seq"], row["hash"])
            rows.append(row)
        self._session.connection().execute(_INSERT, rows)
        return last


def number_of_visit(session: Session, visit_id: int) -> int | None:
    """The number of the patient whom a visit is about."""
    return session.connection().execute(_NUMBER, {"visit": visit_id}).scalar()


# ---------------------------------------------------------------- reading
def entries(session: Session, query: AuditQuery) -> tuple[AuditEntry, ...]:
    """What a question finds, newest first, no more than it asks for."""
    found = _ENTRIES.order_by(_AUDIT.c.seq.desc()).limit(query.limit)
    if query.number is not None:
        found = found.where(_AUDIT.c.number.in_(_numbers_of(query.number)))
    if query.user is not None:
        found = found.where(_AUDIT.c.user == query.user)
    if query.deeds:
        found = found.where(_AUDIT.c.deed.in_(sorted(query.deeds)))
    if query.before is not None:
        found = found.where(_AUDIT.c.seq < query.before)
    return _entries(session, found)


def _numbers_of(number: int) -> CompoundSelect[Any]:
    """A patient's own number and those of entries that were merged into it."""
    merged = select(PatientRow.number).where(PatientRow.merged_into == number)
    return select(literal(number)).union_all(merged)


def history(session: Session, visit_id: int, names: tuple[str, ...]) -> tuple[AuditEntry, ...]:
    """How fields of a visit came to be what they are, newest first; no names: every field."""
    found = _ENTRIES.order_by(_AUDIT.c.seq.desc()).where(
        _AUDIT.c.visit_id == visit_id, _AUDIT.c.deed.in_(_ON_VISITS)
    )
    return _entries(session, found.where(_AUDIT.c.field.in_(names)) if names else found)


def users(session: Session) -> tuple[tuple[str, str], ...]:
    """Everybody who stands in the trail: id and the name as it was last."""
    newest = select(_AUDIT.c.who).where(_AUDIT.c.user == _SEEN.c.user)
    name = newest.order_by(_AUDIT.c.seq.desc()).limit(1).scalar_subquery()
    rows = session.execute(select(_SEEN.c.user, name).order_by(name))
    return tuple((user, who) for user, who in rows)


def _entries(session: Session, found: Select[Any]) -> tuple[AuditEntry, ...]:
    return tuple(
        AuditEntry(**{**row, "at": dt.datetime.fromisoformat(row["at"])})
        for row in session.execute(found).mappings()
    )


# ---------------------------------------------------------------- the chain
def head(session: Session) -> AuditHead:
    """The last entry, at the cost of one look-up."""
    row = session.connection().execute(_HEAD).first()
    return AuditHead(*row) if row is not None else _START


def latest_at(session: Session) -> dt.datetime | None:
    """The latest time that one of the newest entries bears, whatever its place; None before the
    first."""
    after = head(session).seq - _LOOKED_AT
    latest = session.connection().execute(_LATEST_AT, {"after": after}).scalar()
    return dt.datetime.fromisoformat(latest) if latest else None


def hash_at(session: Session, seq: int) -> str | None:
    """The hash of one entry; empty before the first, None where there is none of this number."""
    if seq == 0:
        return ""
    return session.scalar(select(_AUDIT.c.hash).where(_AUDIT.c.seq == seq))


def verify(session: Session, key: bytes, expected: AuditHead | None = None) -> AuditCheck:
    """Go through the whole chain and name the first link that does not hold.

    `expected` is a head that was kept outside the record: the trail may have grown since, but that
    entry must be in it. Without one, entries missing at the very end are not noticed. Over a hole
    it passes only where a later entry of the chain names it with the hashes on both its sides.
    """
    last, held = _START, 0
    named = {hole.first: hole for hole in holes_named(session.connection())}
    holes: list[Hole] = []
    chain = _CHAIN.execution_options(yield_per=_AT_A_TIME)
    with session.connection().execute(chain) as rows:
        for row in rows:
            hole = named.get(last.seq + 1)
            if hole == Hole(last.seq + 1, row[_SEQ] - 1, last.hash, row[_PREV], _why(hole)):
                holes.append(hole)
                last = AuditHead(hole.last, hole.after)
            wrong = _fault(key, last, row, expected)
            if wrong:
                return AuditCheck(held, last, BrokenLink(last.seq + 1, wrong), tuple(holes))
            last = AuditHead(row[_SEQ], row[-1])
            held += 1
    if expected is not None and expected.seq > last.seq:
        missing = _("{n} entries are missing at the end.").format(n=expected.seq - last.seq)
        return AuditCheck(held, last, BrokenLink(last.seq + 1, missing), tuple(holes))
    return AuditCheck(held, last, holes=tuple(holes))


def holes_named(connection: Connection) -> tuple[Hole, ...]:
    """The holes that entries of the trail name; each before the entry that names it."""
    found = []
    for seq, told in connection.exec_driver_sql(HOLES_NAMED):
        try:
            hole = Hole(**json.loads(told))
            earlier = hole.last < seq
        except (TypeError, ValueError):  # put there past the program
            continue
        if earlier:
            found.append(hole)
    return tuple(found)


def _why(hole: Hole | None) -> bool:
    return hole is not None and hole.unreadable


def _fault(key: bytes, last: AuditHead, row: Sequence[Any], expected: AuditHead | None) -> str:
    """What does not fit in a row that follows `last`; empty where all does."""
    if row[_SEQ] != last.seq + 1:
        return _("This entry is missing: the next one is number {seq}.").format(seq=row[_SEQ])
    if row[_PREV] != last.hash:
        return _("This entry does not follow the one before it.")
    if not hmac.compare_digest(_hash(key, row[:-1]).encode(), str(row[-1]).encode()):
        return _("This entry was changed after it was written.")
    if expected is not None and expected.seq == row[_SEQ] and expected.hash != row[-1]:
        return _("This is not the entry that was noted outside the record.")
    return ""


def link_hash(key: bytes, row: Mapping[str, Any]) -> str:
    """The hash of an entry by its columns: over all the others, that of the entry before too."""
    return _hash(key, [row[name] for name in _HASHED])


def _hash(key: bytes, values: Sequence[Any]) -> str:
    """Over one JSON text (RFC 8785: keys in order, only texts, whole numbers and null)."""
    held = dict(zip(_HASHED, values, strict=True))
    return hmac.digest(key, _CANONICAL.encode(held).encode(), "sha256").hex()
