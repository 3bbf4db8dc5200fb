"""Writing courses and visits: what differs, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_update
from sqlalchemy.orm import Session

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.courses import CourseFacts, Standing
from clinic_desktop.domain.errors import NotFound, SignedVisit
from clinic_desktop.domain.values import Value
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services.words.translation import _

from . import courses, patients, translate
from .patients import stamp
from .rows import (
    FINDINGS,
    ActivityNameRow,
    ActivityRow,
    AddendumRow,
    AdherenceRow,
    CourseRow,
    NoteRow,
    PlanItemRow,
    ResolutionRow,
    RetestRow,
    SignRow,
    VisitRow,
    table_of,
)

PARTS: Final[tuple[tuple[Table, Callable[[Visit], list[translate.Columns]]], ...]] = (
    (table_of(NoteRow), translate.note_columns),
    (table_of(RetestRow), translate.retest_columns),
    (table_of(PlanItemRow), translate.plan_columns),
    (table_of(AdherenceRow), translate.adherence_columns),
    (table_of(ResolutionRow), translate.resolution_columns),
    (table_of(ActivityRow), translate.activity_columns),
    (table_of(ActivityNameRow), translate.activity_name_columns),
    (table_of(SignRow), translate.sign_columns),
)
"""The short lists of a visit; one that changed is replaced as a whole."""

_INSERT_FINDING = insert_or_update(FINDINGS)
_WRITE_FINDING = _INSERT_FINDING.on_conflict_do_update(
    index_elements=[FINDINGS.c.visit_id, FINDINGS.c.finding, FINDINGS.c.side],
    set_={name: _INSERT_FINDING.excluded[name] for name in ("value", "changed_at", "changed_by")},
)
_DELETE_FINDING = delete(FINDINGS).where(
    FINDINGS.c.visit_id == bindparam("of_visit"),
    FINDINGS.c.finding == bindparam("of_finding"),
    FINDINGS.c.side == bindparam("of_side"),
)


def add_course(session: Session, number: int, facts: CourseFacts, act: Act) -> int:
    """Open a course of care and give its id. Raises NotFound."""
    patients.row_of(session, number)
    row = CourseRow(
        number=number, stands_still=False, **translate.course_columns(facts), **stamp(act)
    )
    session.add(row)
    session.flush()
    return row.id


def change_course(session: Session, course_id: int, facts: CourseFacts, act: Act) -> None:
    """Change what a course is about. Raises NotFound."""
    row = courses.row_of(session, course_id)
    for column, value in {**translate.course_columns(facts), **stamp(act)}.items():
        setattr(row, column, value)
    session.flush()


def keep_standing(session: Session, course_id: int, standing: Standing) -> None:
    """Keep where a course stands; nobody's doing, so it is not stamped. Raises NotFound."""
    row = courses.row_of(session, course_id)
    row.next_visit = standing.next_visit.isoformat() if standing.next_visit else None
    row.stands_still = standing.stands_still
    session.flush()


def add(session: Session, course_id: int, visit: Visit, act: Act) -> int:
    """Store a new visit and give its id. Raises NotFound."""
    courses.row_of(session, course_id)
    # Closed last of all: what is signed takes no more rows.
    columns = {**translate.visit_columns(visit), "signed": None if visit.signed else visit.signed}
    if replace(visit, signed=None) != Visit(visit.date):
        columns["first_entry"] = columns["last_entry"] = _moment(act)
    row = VisitRow(course_id=course_id, **columns, **stamp(act))
    session.add(row)
    session.flush()
    _write_parts(session, row.id, Visit(visit.date), visit, act)
    if visit.signed:
        own = table_of(VisitRow)
        session.execute(update(own).where(own.c.id == row.id).values(signed=True))
    patients.note_latest_visit(session, course_id)
    return row.id


def change(session: Session, visit_id: int, before: Visit, after: Visit, act: Act) -> None:
    """Write what differs between two states of a visit. Raises NotFound, SignedVisit."""
    own = table_of(VisitRow)
    row = session.execute(
        select(own.c.course_id, own.c.signed, own.c.first_entry).where(own.c.id == visit_id)
    ).one_or_none()
    if row is None:
        raise NotFound(_("This visit is not in the record."))
    if row.signed:
        raise SignedVisit(_("This visit is signed and stays as it is."))
    _write_parts(session, visit_id, before, after, act)
    columns = translate.visit_columns(after)
    changed: translate.Columns = {}
    if columns != translate.visit_columns(before):
        changed = {**columns, **stamp(act)}
    if replace(before, signed=after.signed) != after:
        changed |= {"first_entry": row.first_entry or _moment(act), "last_entry": _moment(act)}
    if changed:
        # Closed last of all: what is signed takes no more rows.
        session.execute(update(own).where(own.c.id == visit_id).values(**changed))
    if after.date != before.date:
        patients.note_latest_visit(session, row.course_id)


def _moment(act: Act) -> str:
    return stamp(act)["changed_at"]


def _write_parts(session: Session, visit_id: int, before: Visit, after: Visit, act: Act) -> None:
    shared = {"visit_id": visit_id, **stamp(act)}
    _write_findings(session, before, after, shared)
    _add_addenda(session, before, after, shared)
    for table, columns_of in PARTS:
        new = columns_of(after)
        if new == columns_of(before):
            continue
        session.execute(delete(table).where(table.c.visit_id == visit_id))
        if new:
            session.execute(insert(table), [{**columns, **shared} for columns in new])


def _write_findings(
    session: Session, before: Visit, after: Visit, shared: translate.Columns
) -> None:
    changed = [
        {**translate.finding_columns(key, value), **shared}
        for key, value in after.findings.items()
        if not _same(before.findings.get(key), value)
    ]
    if changed:
        session.execute(_WRITE_FINDING, changed)
    gone = [
        {"of_visit": shared["visit_id"], "of_finding": key.finding, "of_side": key.side or ""}
        for key in before.findings.keys() - after.findings.keys()
    ]
    if gone:
        session.execute(_DELETE_FINDING, gone)


def _add_addenda(session: Session, before: Visit, after: Visit, shared: translate.Columns) -> None:
    """Addenda of a file stand after those that are there; none ever changes or goes."""
    old, new = translate.addendum_columns(before), translate.addendum_columns(after)
    if new[: len(old)] != old:
        raise SignedVisit(_("An addendum stays as it is."))
    if new[len(old) :]:
        rows = [{**columns, **shared} for columns in new[len(old) :]]
        session.execute(insert(table_of(AddendumRow)), rows)


def _same(old: Value | None, new: Value) -> bool:
    """Whether a value stands in the record as it is; 58 is not 58.0 there."""
    return old is new or (type(old) is type(new) and old == new)
