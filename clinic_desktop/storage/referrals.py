"""Referrals in the record: one row each, changed as it is sent and answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.referrals import Referral
from clinic_desktop.services.stored import StoredReferral
from clinic_desktop.services.words.translation import _

from .patients import stamp, with_patient
from .rows import CourseRow, PatientRow, ReferralRow, VisitRow

_TIMES: Final = frozenset({"opened_at", "warned_at", "sent_at", "answered_at"})
_NAMES: Final = tuple(field.name for field in fields(Referral))


def add(session: Session, referral: Referral, act: Act) -> int:
    """Store a referral and give its id. Raises NotFound for a visit that is not there."""
    known = select(VisitRow.id).where(VisitRow.id == referral.visit_id)
    if session.scalar(known) is None:
        raise NotFound(_("This visit is not in the record."))
    row = ReferralRow(**_columns(referral), **stamp(act))
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, referral_id: int, referral: Referral, act: Act) -> None:
    """Write a referral as it now stands. Raises NotFound."""
    row = _row_of(session, referral_id)
    for name, value in {**_columns(referral), **stamp(act)}.items():
        setattr(row, name, value)
    session.flush()


def one(session: Session, referral_id: int) -> Referral:
    """Raises NotFound."""
    return _referral_of(_row_of(session, referral_id))


def of_course(session: Session, course_id: int) -> tuple[StoredReferral, ...]:
    """All referrals of a course, oldest first."""
    return _stored(session, VisitRow.course_id == course_id)


def waiting(session: Session) -> tuple[StoredReferral, ...]:
    """Those that nobody has answered, oldest first."""
    return _stored(session, ReferralRow.answered_at.is_(None))


def _stored(session: Session, *where: object) -> tuple[StoredReferral, ...]:
    of_visits = (
        select(ReferralRow, PatientRow.number, PatientRow.name)
        .select_from(ReferralRow)
        .join(VisitRow, VisitRow.id == ReferralRow.visit_id)
        .join(CourseRow, CourseRow.id == VisitRow.course_id)
    )
    found = session.execute(
        with_patient(of_visits)
        .where(*where)  # type: ignore[arg-type]
        .order_by(ReferralRow.opened_at, ReferralRow.id)
    )
    return tuple(
        StoredReferral(row.id, number, name, _referral_of(row)) for row, number, name in found
    )


def _row_of(session: Session, referral_id: int) -> ReferralRow:
    row = session.get(ReferralRow, referral_id)
    if row is None:
        raise NotFound(_("This referral is not in the record."))
    return row


def _columns(referral: Referral) -> dict[str, object]:
    values = {name: getattr(referral, name) for name in _NAMES}
    for name in _TIMES:
        at = values[name]
        # Times of one zone can be put in order as text.
        values[name] = at.astimezone(dt.UTC).isoformat() if at else None
    return values


def _referral_of(row: ReferralRow) -> Referral:
    values = {name: getattr(row, name) for name in _NAMES}
    for name in _TIMES:
        values[name] = dt.datetime.fromisoformat(values[name]) if values[name] else None
    return Referral(**values)
