"""Courses in short, for lists: one statement each, by an index, however many patients there are."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session, aliased

from clinic_desktop.services.stored import CourseSummary

from . import patients, translate
from .rows import FINDINGS, CourseRow, PatientRow, VisitRow

_OPEN: Final[Any] = literal_column("courses.closed_on IS NULL")
"""In the very words of the partial indexes: SQLite uses them for nothing else."""
_STILL: Final[Any] = literal_column("courses.stands_still IS NOT 0")


def due(session: Session, until: dt.date, limit: int) -> tuple[CourseSummary, ...]:
    """Open courses whose next visit is planned on or before a day, by that day."""
    planned = CourseRow.next_visit <= until.isoformat()
    order = (CourseRow.next_visit, CourseRow.id)
    return _summaries(session, (_OPEN, planned), order, limit)


def at_a_standstill(session: Session, limit: int) -> tuple[CourseSummary, ...]:
    """Open courses that stand still, longest unseen first, then those of which it is not known."""
    order = (CourseRow.stands_still.desc(), _newest(VisitRow.date), CourseRow.id)
    return _summaries(session, (_OPEN, _STILL), order, limit)


def of_patient(session: Session, number: int) -> tuple[CourseSummary, ...]:
    """The patient's courses, oldest first. Raises NotFound."""
    own = patients.courses_of(patients.row_of(session, number).number)
    return _summaries(session, (own,), (CourseRow.id,))


def _newest(column: Any) -> Any:
    """A column of the newest visit of a course."""
    return (
        select(column)
        .where(VisitRow.course_id == CourseRow.id)
        .order_by(VisitRow.date.desc(), VisitRow.id.desc())
        .limit(1)
        .correlate(CourseRow)
        .scalar_subquery()
    )


def _of_visits(what: Any) -> Any:
    """Something of all visits of a course."""
    return (
        select(what)
        .where(VisitRow.course_id == CourseRow.id)
        .correlate(CourseRow)
        .scalar_subquery()
    )


def _charted_side() -> Any:
    """The value of `complaint.side` charted last in a course."""
    visit = aliased(VisitRow)
    return (
        select(FINDINGS.c.value)
        .join_from(visit, FINDINGS, FINDINGS.c.visit_id == visit.id)
        .where(
            visit.course_id == CourseRow.id,
            FINDINGS.c.finding == "complaint.side",
            FINDINGS.c.side == "",
        )
        .order_by(visit.date.desc(), visit.id.desc())
        .limit(1)
        .correlate(CourseRow)
        .scalar_subquery()
    )


def _summaries(
    session: Session, where: tuple[Any, ...], order: tuple[Any, ...], limit: int | None = None
) -> tuple[CourseSummary, ...]:
    found = select(
        CourseRow,
        PatientRow,
        _of_visits(func.count()),
        _of_visits(func.min(VisitRow.date)),
        _newest(VisitRow.date),
        _newest(VisitRow.id),
        _charted_side(),
    ).select_from(CourseRow)
    rows = session.execute(patients.with_patient(found).where(*where).order_by(*order).limit(limit))
    return tuple(_summary(*row) for row in rows)


def _summary(
    course: CourseRow,
    patient: PatientRow,
    visits: int,
    first: str | None,
    last: str | None,
    newest_id: int | None,
    side: str | None,
) -> CourseSummary:
    facts = translate.facts_of(course)
    charted = str(translate.value_of(side)) if side else None
    return CourseSummary(
        course.id,
        patient.number,
        translate.patient_of(patient),
        facts,
        translate.standing_of(course),
        visits,
        dt.date.fromisoformat(first) if first else None,
        dt.date.fromisoformat(last) if last else None,
        newest_id,
        facts.side or charted,
    )
