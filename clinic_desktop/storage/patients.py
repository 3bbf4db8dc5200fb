"""Patients in the record: entering, correcting, and telling two entries of one person."""

from __future__ import annotations

import datetime as dt
from typing import Final, TypeVarTuple

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.words.translation import _

from . import translate
from .rows import CourseRow, PatientRow, PatientWordRow, VisitRow
from .search_text import folded_words

_Columns = TypeVarTuple("_Columns")

Entry: Final = aliased(PatientRow)
"""The entry that a course was opened under, which may point to another one of the same person."""


def row_of(session: Session, number: int) -> PatientRow:
    """The row of a patient, of two entries of one person the one that stands for both.

    Raises NotFound.
    """
    row = entry_of(session, number)
    return row if row.merged_into is None else entry_of(session, row.merged_into)


def entry_of(session: Session, number: int) -> PatientRow:
    """The row of this very number. Raises NotFound."""
    row = session.get(PatientRow, number)
    if row is None:
        raise NotFound(_("There is no patient number {number}.").format(number=f"{number:06d}"))
    return row


def courses_of(number: int) -> ColumnElement[bool]:
    """That a course is of a patient, under whichever number it was opened."""
    entries = select(Entry.number).where((Entry.number == number) | (Entry.merged_into == number))
    return CourseRow.number.in_(entries)


def with_patient(statement: Select[*_Columns]) -> Select[*_Columns]:
    """A statement on courses, with the patient whose they are; without entries made by mistake."""
    stands_for = func.coalesce(Entry.merged_into, Entry.number)
    return (
        statement.join(Entry, Entry.number == CourseRow.number)
        .join(PatientRow, PatientRow.number == stands_for)
        .where(PatientRow.removed_why.is_(None))
    )


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
    number = row.number
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
        select(func.min(func.coalesce(PatientRow.merged_into, PatientRow.number))).where(
            PatientRow.same_name == translate.same_name(name),
            PatientRow.birth_date.is_not_distinct_from(born),
            PatientRow.removed_why.is_(None),
        )
    )


def count(session: Session) -> int:
    """How many patients there are: each once, and nobody who was entered by mistake."""
    there = PatientRow.merged_into.is_(None), PatientRow.removed_why.is_(None)
    return session.scalar(select(func.count()).select_from(PatientRow).where(*there)) or 0


def note_latest_visit(session: Session, course_id: int) -> None:
    """Let the patient of a course stand in the list by the date of the newest visit."""
    stands_for = func.coalesce(Entry.merged_into, Entry.number)
    number = (
        select(stands_for)
        .join(CourseRow, CourseRow.number == Entry.number)
        .where(CourseRow.id == course_id)
        .scalar_subquery()
    )
    latest = (
        select(func.max(VisitRow.date))
        .join(CourseRow, CourseRow.id == VisitRow.course_id)
        .join(Entry, Entry.number == CourseRow.number)
        .where(stands_for == PatientRow.number)
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
