"""Entries of patients that were wrong: two of one person, one by mistake, a visit on another's."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound, SignedVisit
from clinic_desktop.services.visit.entries_port import PatientEntry
from clinic_desktop.services.words.translation import _

from . import patients, translate
from .rows import CourseRow, PatientRow, VisitRow


def merge(session: Session, kept: int, other: int, act: Act) -> None:
    """Let an entry, and what was merged into it, point to another one. Raises NotFound.

    No course changes its number: what is signed stays what was signed.
    """
    for row in (patients.entry_of(session, other), *_merged_into(session, other)):
        _write(row, act, merged_into=kept)
    session.flush()
    _renew_latest(session, kept)


def part(session: Session, other: int, act: Act) -> None:
    """Let an entry stand for itself again. Raises NotFound."""
    row = patients.entry_of(session, other)
    kept = row.merged_into
    _write(row, act, merged_into=None)
    session.flush()
    for number in (other, kept):
        if number is not None:
            _renew_latest(session, number)


def set_removed(session: Session, number: int, why: str | None, act: Act) -> None:
    """Take an entry out of all lists, with the reason, or bring it back. Raises NotFound."""
    _write(patients.entry_of(session, number), act, removed_why=why)
    session.flush()


def removed_why(session: Session, number: int) -> str | None:
    """Why an entry was removed; None where it was not. Raises NotFound."""
    return patients.row_of(session, number).removed_why


def merged_into(session: Session, number: int) -> tuple[int, ...]:
    """The numbers of the entries that point to this one."""
    return tuple(row.number for row in _merged_into(session, number))


def has_signed(session: Session, number: int) -> bool:
    """Whether a patient has a visit that somebody signed, here or elsewhere."""
    signed = (
        select(VisitRow.id)
        .join(CourseRow, CourseRow.id == VisitRow.course_id)
        .where(patients.courses_of(number), VisitRow.signed.is_(True))
        .limit(1)
    )
    return session.scalar(signed) is not None


def move_visit(session: Session, visit_id: int, course_id: int, act: Act) -> None:
    """Put an unsigned visit into another course. Raises NotFound, SignedVisit."""
    row = session.get(VisitRow, visit_id)
    if row is None or session.get(CourseRow, course_id) is None:
        raise NotFound(_("This visit is not in the record."))
    if row.signed:
        raise SignedVisit(_("This visit is signed and stays as it is."))
    before, row.course_id = row.course_id, course_id
    for column, value in patients.stamp(act).items():
        setattr(row, column, value)
    session.flush()
    for course in (before, course_id):
        patients.note_latest_visit(session, course)


def removed(session: Session) -> tuple[PatientEntry, ...]:
    """Entries made by mistake, the newest first."""
    rows = session.scalars(
        select(PatientRow)
        .where(PatientRow.removed_why.is_not(None))
        .order_by(PatientRow.changed_at.desc())
    )
    return tuple(map(_entry, rows))


def born_alike(session: Session) -> tuple[tuple[PatientEntry, PatientEntry], ...]:
    """Pairs of entries with one birth date, or with one name and none."""
    other = aliased(PatientRow)
    there = [
        column.is_(None)
        for row in (PatientRow, other)
        for column in (row.merged_into, row.removed_why)
    ]
    same_day = PatientRow.birth_date == other.birth_date
    same_name = (PatientRow.same_name == other.same_name) & (
        PatientRow.birth_date.is_(None) | other.birth_date.is_(None)
    )
    pairs: list[tuple[PatientEntry, PatientEntry]] = []
    for alike in (same_day, same_name):
        rows = session.execute(
            select(PatientRow, other)
            .join(other, alike & (PatientRow.number < other.number))
            .where(*there)
            .order_by(PatientRow.number, other.number)
        )
        pairs += ((_entry(one), _entry(two)) for one, two in rows)
    return tuple(pairs)


def unseen_since(session: Session, day: dt.date) -> tuple[PatientEntry, ...]:
    """Patients whose newest visit is older than a day, the longest unseen first."""
    rows = session.scalars(
        select(PatientRow)
        .where(
            PatientRow.latest_on < day.isoformat(),
            PatientRow.merged_into.is_(None),
            PatientRow.removed_why.is_(None),
        )
        .order_by(PatientRow.latest_on, PatientRow.number)
    )
    return tuple(map(_entry, rows))


def _entry(row: PatientRow) -> PatientEntry:
    latest = dt.date.fromisoformat(row.latest_on)
    return PatientEntry(row.number, translate.patient_of(row), latest, row.removed_why or "")


def _merged_into(session: Session, number: int) -> tuple[PatientRow, ...]:
    rows = session.scalars(
        select(PatientRow).where(PatientRow.merged_into == number).order_by(PatientRow.number)
    )
    return tuple(rows)


def _write(row: PatientRow, act: Act, **columns: object) -> None:
    for column, value in {**columns, **patients.stamp(act)}.items():
        setattr(row, column, value)


def _renew_latest(session: Session, number: int) -> None:
    """The list's date of a patient, whose courses are others now; without a visit it stays."""
    latest = session.scalar(
        select(func.max(VisitRow.date))
        .join(CourseRow, CourseRow.id == VisitRow.course_id)
        .where(patients.courses_of(number))
    )
    if latest is not None:
        session.execute(
            update(PatientRow).where(PatientRow.number == number).values(latest_on=latest)
        )
