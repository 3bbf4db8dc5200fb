"""Reading courses of care: one statement a table, by Core, however many visits there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import (
    Activity,
    Addendum,
    FlagResolution,
    PlanChoice,
    Retest,
    Visit,
)
from clinic_desktop.services.stored import DraftSummary, StoredCourse, StoredVisit
from clinic_desktop.services.words.translation import _

from . import patients, translate
from .rows import (
    FINDINGS,
    ActivityNameRow,
    ActivityRow,
    AddendumRow,
    AdherenceRow,
    CourseRow,
    NoteRow,
    PatientRow,
    PlanItemRow,
    ResolutionRow,
    RetestRow,
    Row,
    SignRow,
    VisitRow,
    table_of,
)

T = TypeVar("T")


def of_patient(session: Session, number: int) -> tuple[StoredCourse, ...]:
    """The patient's courses, oldest first. Raises NotFound."""
    patient = patients.row_of(session, number)
    own = patients.courses_of(patient.number)
    rows = session.scalars(select(CourseRow).where(own).order_by(CourseRow.id))
    return tuple(_stored(session, row, patient) for row in rows)


def newest(session: Session, number: int) -> StoredCourse | None:
    """The patient's newest course, None where there is none yet. Raises NotFound."""
    patient = patients.row_of(session, number)
    own = patients.courses_of(patient.number)
    row = session.scalar(select(CourseRow).where(own).order_by(CourseRow.id.desc()).limit(1))
    return _stored(session, row, patient) if row else None


def one(session: Session, course_id: int) -> StoredCourse:
    """A course by its id. Raises NotFound."""
    row = row_of(session, course_id)
    return _stored(session, row, patients.row_of(session, row.number))


def of_visit(session: Session, visit_id: int) -> StoredCourse:
    """The course that a visit is of. Raises NotFound."""
    course_id = session.scalar(select(VisitRow.course_id).where(VisitRow.id == visit_id))
    if course_id is None:
        raise NotFound(_("This visit is not in the record."))
    return one(session, course_id)


def row_of(session: Session, course_id: int) -> CourseRow:
    """The row of a course. Raises NotFound."""
    row = session.get(CourseRow, course_id)
    if row is None:
        raise NotFound(_("This course of care is not in the record."))
    return row


def drafts(session: Session, limit: int) -> tuple[DraftSummary, ...]:
    """Visits that nobody signed, oldest first."""
    unsigned = VisitRow.signed.is_not(True)
    return summaries(session, unsigned, order=(VisitRow.date, VisitRow.id), limit=limit)


def visits_on(session: Session, day: dt.date) -> tuple[DraftSummary, ...]:
    """All visits of a day, in the order in which they were begun."""
    return summaries(session, VisitRow.date == day.isoformat(), order=(VisitRow.id,))


def summaries(
    session: Session, where: Any, order: tuple[Any, ...], limit: int | None = None
) -> tuple[DraftSummary, ...]:
    """Visits in short, by whatever is asked of their rows."""
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
    found = (
        select(PatientRow, VisitRow.id, VisitRow.date, ordinal)
        .select_from(VisitRow)
        .join(CourseRow, CourseRow.id == VisitRow.course_id)
    )
    rows = session.execute(patients.with_patient(found).where(where).order_by(*order).limit(limit))
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
        for visit_id, *columns in session.execute(self.statement, {"course_id": course_id}).all():
            found[visit_id].append(self.of_row(*columns))
        return found


def _part(row: type[Row], columns: str, of_row: Callable[..., T], order: str = "") -> _Part[T]:
    """The part of visits that a table holds: its columns go to `of_row`, in this order of rows."""
    table = table_of(row)
    statement = (
        select(table.c.visit_id, *(table.c[name] for name in columns.split()))
        .join_from(_VISITS, table, table.c.visit_id == _VISITS.c.id)
        .where(_VISITS.c.course_id == bindparam("course_id"))
        .order_by(table.c.visit_id, *(table.c[name] for name in order.split()))
    )
    return _Part(statement, of_row)


def _retest(
    treatment: str,
    test: str,
    side: str | None,
    before: str | None,
    after: str | None,
    verdict: str | None,
    note: str | None,
    dose: str | None,
    minutes: str | None,
) -> Retest:
    return Retest(
        treatment,
        test,
        Side(side) if side else None,
        None if before is None else translate.number_of(before),
        None if after is None else translate.number_of(after),
        verdict,
        note,
        dose,
        None if minutes is None else translate.number_of(minutes),
    )


def _choice(
    parked: bool,
    item: str,
    dose: str | None,
    side: str | None,
    words: str | None,
    drawing: str | None,
) -> tuple[bool, PlanChoice]:
    return parked, PlanChoice(item, dose, side, words, drawing)


_VISITS = table_of(VisitRow)
_OWN_COLUMNS = (
    select(_VISITS)
    .where(_VISITS.c.course_id == bindparam("course_id"))
    .order_by(_VISITS.c.date, _VISITS.c.id)
)
# One row a visit, put together by the database: thousands of short rows would cost more on their
# way here than all the rest. Grouped as the index gives them, so that nothing is sorted.
_FINDINGS = (
    select(
        FINDINGS.c.visit_id,
        func.aggregate_strings(
            FINDINGS.c.finding + translate.SIDE_MARK + FINDINGS.c.side, translate.KEYS_APART
        ),
        func.aggregate_strings(FINDINGS.c.value, ","),
    )
    .join_from(_VISITS, FINDINGS, FINDINGS.c.visit_id == _VISITS.c.id)
    .where(_VISITS.c.course_id == bindparam("course_id"))
    .group_by(_VISITS.c.date, _VISITS.c.id)
)
_NOTES = _part(NoteRow, "finding text", lambda finding, note: (finding, note))
_RETESTS = _part(
    RetestRow,
    "treatment test side before after verdict note dose minutes",
    _retest,
    order="position",
)
_SIGNS = _part(
    SignRow, "test side", lambda test, side: Key(test, Side(side) if side else None), "position"
)
_PLAN = _part(PlanItemRow, "parked item dose side words drawing", _choice, "parked position")
_ADHERENCE = _part(AdherenceRow, "item done", lambda item, done: (item, done), order="item")
_RESOLUTIONS = _part(ResolutionRow, "flag reason", FlagResolution, order="position")
_ACTIVITIES = _part(
    ActivityRow,
    "activity score",
    lambda activity, score: Activity(activity, translate.number_of(score)),
    order="position",
)
_ACTIVITY_NAMES = _part(ActivityNameRow, "name", lambda name: name, order="position")
_ADDENDA = _part(AddendumRow, "at author text", Addendum, order="position")


def _stored(session: Session, row: CourseRow, patient: PatientRow) -> StoredCourse:
    visits = tuple(_visits(session, row.id))
    facts, standing = translate.facts_of(row), translate.standing_of(row)
    about = translate.patient_of(patient)
    return StoredCourse(row.id, patient.number, about, visits, facts, standing, row.number)


def _visits(session: Session, course_id: int) -> Iterable[StoredVisit]:
    findings = {
        visit_id: translate.findings_of(keys, values)
        for visit_id, keys, values in session.execute(_FINDINGS, {"course_id": course_id}).all()
    }
    notes = _NOTES.by_visit(session, course_id)
    retests = _RETESTS.by_visit(session, course_id)
    plan = _PLAN.by_visit(session, course_id)
    adherence = _ADHERENCE.by_visit(session, course_id)
    resolutions = _RESOLUTIONS.by_visit(session, course_id)
    activities = _ACTIVITIES.by_visit(session, course_id)
    names = _ACTIVITY_NAMES.by_visit(session, course_id)
    signs = _SIGNS.by_visit(session, course_id)
    addenda = _ADDENDA.by_visit(session, course_id)
    for row in session.execute(_OWN_COLUMNS, {"course_id": course_id}).all():
        visit = Visit(
            dt.date.fromisoformat(row.date),
            findings=findings.get(row.id, {}),
            retests=tuple(retests[row.id]),
            plan=tuple(choice for parked, choice in plan[row.id] if not parked),
            parked=tuple(choice for parked, choice in plan[row.id] if parked),
            resolved_flags=tuple(resolutions[row.id]),
            notes_on=dict(notes[row.id]),
            psfs=tuple(activities[row.id]),
            adherence=dict(adherence[row.id]),
            decision=translate.decision_from(
                row.decided, row.decision_pattern, row.decision_agree, row.decision_reason
            ),
            addenda=tuple(addenda[row.id]),
            signed=row.signed,
            signs=tuple(signs[row.id]),
            activities=tuple(names[row.id]),
            begun=translate.begun_of(row.begun),
        )
        yield StoredVisit(
            row.id,
            visit,
            translate.moment_of(row.first_entry),
            translate.moment_of(row.last_entry),
            bool(row.signed_here),
        )
