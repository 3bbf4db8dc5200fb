"""Patients in the record: entering, correcting, and telling two entries of one person."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.ports import Act
from clinic_desktop.services.translation import _

from . import translate
from .rows import CourseRow, PatientRow, PatientWordRow, VisitRow
from .search_text import folded_words


def row_of(session: Session, number: int) -> PatientRow:
    """The row of a patient. Raises NotFound."""
    row = session.get(PatientRow, number)
    if row is None:
        raise NotFound(_("There is no patient number {number}.").format(number=f"{number:06d}"))
    return row


def add(session: Session, patient: Patient, act: Act) -> int:
    """Store a new patient and give the number."""
    row = PatientRow(
        **translate.patient_columns(patient),
        latest_on=act.at.date().isoformat(),
        **stamp(act),
    )
    session.add(row)
    session.flush()
    _write_words(session, row.number, patient.name)
    return row.number


def change(session: Session, number: int, patient: Patient, act: Act) -> None:
    """Correct a patient's details. Raises NotFound."""
    row = row_of(session, number)
    renamed = row.name != patient.name
    for column, value in {**translate.patient_columns(patient), **stamp(act)}.items():
        setattr(row, column, value)
    session.flush()
    if renamed:
        session.execute(delete(PatientWordRow).where(PatientWordRow.number == number))
        _write_words(session, number, patient.name)


def same_person(session: Session, name: str, birth_date: dt.date | None) -> int | None:
    """The first patient of this name and birth date; an unknown date equals an unknown one."""
    born = birth_date.isoformat() if birth_date else None
    return session.scalar(
        select(func.min(PatientRow.number)).where(
            PatientRow.same_name == translate.same_name(name),
            PatientRow.birth_date.is_not_distinct_from(born),
        )
    )


def count(session: Session) -> int:
    """How many patients there are."""
    return session.scalar(select(func.count()).select_from(PatientRow)) or 0


def note_latest_visit(session: Session, course_id: int) -> None:
    """Let the patient of a course stand in the list by the date of the newest visit."""
    number = select(CourseRow.number).where(CourseRow.id == course_id).scalar_subquery()
    latest = (
        select(func.max(VisitRow.date))
        .join(CourseRow, CourseRow.id == VisitRow.course_id)
        .where(CourseRow.number == PatientRow.number)
        .scalar_subquery()
    )
    session.execute(
        update(PatientRow)
        .where(PatientRow.number == number)
        .values(latest_on=func.coalesce(latest, PatientRow.latest_on))
        .execution_options(synchronize_session=False)
    )


def stamp(act: Act) -> dict[str, str]:
    """Who changes a row and when."""
    return {"changed_at": act.at.astimezone(dt.UTC).isoformat(), "changed_by": act.who}


def _write_words(session: Session, number: int, name: str) -> None:
    words = folded_words(name)
    folded = "".join(f" {word}" for word in words)
    rows = [{"word": word, "folded": folded, "number": number} for word in dict.fromkeys(words)]
    if rows:
        session.execute(insert(PatientWordRow), rows)
