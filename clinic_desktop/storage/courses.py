"""Reading courses of care: one statement a table, by Core, however many visits there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.values import Side
from clinic_desktop.domain.visits import (
    Activity,
    Addendum,
    FlagResolution,
    Patient,
    PlanChoice,
    Retest,
    Visit,
)
from clinic_desktop.services.ports import DraftSummary, StoredCourse, StoredVisit
from clinic_desktop.services.translation import _

from . import patients, translate
from .rows import (
    FINDINGS,
    ActivityRow,
    AddendumRow,
    CourseRow,
    NoteRow,
    PatientRow,
    PlanItemRow,
    ResolutionRow,
    RetestRow,
    VisitRow,
)

T = TypeVar("T")


def of_patient(session: Session, number: int) -> tuple[StoredCourse, ...]:
    """The patient's courses, oldest first. Raises NotFound."""
    patient = translate.patient_of(patients.row_of(session, number))
    rows = session.scalars(
        select(CourseRow).where(CourseRow.number == number).order_by(CourseRow.id)
    )
    return tuple(_stored(session, row, patient) for row in rows)


def newest(session: Session, number: int) -> StoredCourse | None:
    """The patient's newest course, None where there is none yet. Raises NotFound."""
    patient = translate.patient_of(patients.row_of(session, number))
    row = session.scalar(
        select(CourseRow).where(CourseRow.number == number).order_by(CourseRow.id.desc()).limit(1)
    )
    return _stored(session, row, patient) if row else None


def one(session: Session, course_id: int) -> StoredCourse:
    """A course by its id. Raises NotFound."""
    row = row_of(session, course_id)
    return _stored(session, row, translate.patient_of(patients.row_of(session, row.number)))


def row_of(session: Session, course_id: int) -> CourseRow:
    """The row of a course. Raises NotFound."""
    row = session.get(CourseRow, course_id)
    if row is None:
        raise NotFound(_("This course of care is not in the record."))
    return row


def drafts(session: Session, limit: int) -> tuple[DraftSummary, ...]:
    """Visits that nobody signed, oldest first."""
    earlier = aliased(VisitRow)
    ordinal = (
        select(func.count())
        .where(
            earlier.course_id == VisitRow.course_id,
            (earlier.date < VisitRow.date)
            | ((earlier.date == VisitRow.date) & (earlier.id <= VisitRow.id)),
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(PatientRow, VisitRow.id, VisitRow.date, ordinal)
        .select_from(VisitRow)
        .join(CourseRow, CourseRow.id == VisitRow.course_id)
        .join(PatientRow, PatientRow.number == CourseRow.number)
        .where(VisitRow.signed.is_not(True))
        .order_by(VisitRow.date, VisitRow.id)
        .limit(limit)
    )
    return tuple(
        DraftSummary(
            patient.number,
            translate.patient_of(patient),
            visit_id,
            place,
            dt.date.fromisoformat(date),
        )
        for patient, visit_id, date, place in rows
    )


# ---------------------------------------------------------------- a course with its visits
@dataclass(frozen=True, slots=True)
class _Part(Generic[T]):
    """A table of parts of visits: how the rows of a course are asked for, and what each becomes."""

    statement: Select[Any]
    of_row: Callable[..., T]

    def by_visit(self, session: Session, course_id: int) -> defaultdict[int, list[T]]:
        found: defaultdict[int, list[T]] = defaultdict(list)
        for visit_id, *columns in session.execute(self.statement, {"course_id": course_id}):
            found[visit_id].append(self.of_row(*columns))
        return found


def _of_course(row: Any, *columns: Any, order: Sequence[Any] = ()) -> Select[Any]:
    visit_id = row.c.visit_id if row is FINDINGS else row.visit_id
    return (
        select(visit_id, *columns)
        .join_from(VisitRow, row, visit_id == VisitRow.id)
        .where(VisitRow.course_id == bindparam("course_id"))
        .order_by(*order)
    )


def _retest(
    treatment: str,
    test: str,
    side: str | None,
    before: str | None,
    after: str | None,
    verdict: str | None,
    note: str | None,
) -> Retest:
    return Retest(
        treatment,
        test,
        Side(side) if side else None,
        None if before is None else translate.number_of(before),
        None if after is None else translate.number_of(after),
        verdict,
        note,
    )


def _choice(parked: bool, item: str, dose: str | None) -> tuple[bool, PlanChoice]:
    return parked, PlanChoice(item, dose)


_VISITS = (
    select(VisitRow)
    .where(VisitRow.course_id == bindparam("course_id"))
    .order_by(VisitRow.date, VisitRow.id)
)
_FINDINGS = _of_course(FINDINGS, FINDINGS.c.finding, FINDINGS.c.side, FINDINGS.c.value)
_NOTES = _Part(
    _of_course(NoteRow, NoteRow.finding, NoteRow.text), lambda finding, note: (finding, note)
)
_RETESTS = _Part(
    _of_course(
        RetestRow,
        RetestRow.treatment,
        RetestRow.test,
        RetestRow.side,
        RetestRow.before,
        RetestRow.after,
        RetestRow.verdict,
        RetestRow.note,
        order=(RetestRow.visit_id, RetestRow.position),
    ),
    _retest,
)
_PLAN = _Part(
    _of_course(
        PlanItemRow,
        PlanItemRow.parked,
        PlanItemRow.item,
        PlanItemRow.dose,
        order=(PlanItemRow.visit_id, PlanItemRow.parked, PlanItemRow.position),
    ),
    _choice,
)
_RESOLUTIONS = _Part(
    _of_course(
        ResolutionRow,
        ResolutionRow.flag,
        ResolutionRow.reason,
        order=(ResolutionRow.visit_id, ResolutionRow.position),
    ),
    FlagResolution,
)
_ACTIVITIES = _Part(
    _of_course(
        ActivityRow,
        ActivityRow.activity,
        ActivityRow.score,
        order=(ActivityRow.visit_id, ActivityRow.position),
    ),
    lambda activity, score: Activity(activity, translate.number_of(score)),
)
_ADDENDA = _Part(
    _of_course(
        AddendumRow,
        AddendumRow.at,
        AddendumRow.author,
        AddendumRow.text,
        order=(AddendumRow.visit_id, AddendumRow.position),
    ),
    Addendum,
)


def _stored(session: Session, row: CourseRow, patient: Patient) -> StoredCourse:
    visits = tuple(_visits(session, row.id))
    return StoredCourse(row.id, row.number, patient, visits, row.goal, row.planned_visits)


def _visits(session: Session, course_id: int) -> Iterable[StoredVisit]:
    findings = _findings_by_visit(session, course_id)
    notes = _NOTES.by_visit(session, course_id)
    retests = _RETESTS.by_visit(session, course_id)
    plan = _PLAN.by_visit(session, course_id)
    resolutions = _RESOLUTIONS.by_visit(session, course_id)
    activities = _ACTIVITIES.by_visit(session, course_id)
    addenda = _ADDENDA.by_visit(session, course_id)
    for row in session.scalars(_VISITS, {"course_id": course_id}):
        visit = Visit(
            dt.date.fromisoformat(row.date),
            findings=translate.findings_of(findings[row.id]),
            retests=tuple(retests[row.id]),
            plan=tuple(choice for parked, choice in plan[row.id] if not parked),
            parked=tuple(choice for parked, choice in plan[row.id] if parked),
            resolved_flags=tuple(resolutions[row.id]),
            notes_on=dict(notes[row.id]),
            psfs=tuple(activities[row.id]),
            decision=translate.decision_of(row),
            addenda=tuple(addenda[row.id]),
            signed=row.signed,
        )
        yield StoredVisit(row.id, visit)


def _findings_by_visit(
    session: Session, course_id: int
) -> defaultdict[int, list[tuple[str, str, str]]]:
    found: defaultdict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows: Sequence[Any] = session.execute(_FINDINGS, {"course_id": course_id}).all()
    for visit_id, finding, side, value in rows:
        found[visit_id].append((finding, side, value))
    return found
