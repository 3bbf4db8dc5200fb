"""What the rules said of a visit, kept beside it: one row a visit."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.dialects.sqlite import insert as insert_or_update
from sqlalchemy.orm import Session

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound, SignedVisit
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.services.stored import KeptAnswer
from clinic_desktop.services.words.translation import _

from .patients import stamp
from .rows import AnswerRow, CourseRow, VisitRow, table_of

_ANSWERS: Final = table_of(AnswerRow)
_INSERT: Final = insert_or_update(_ANSWERS)
_WRITE: Final = _INSERT.on_conflict_do_update(
    index_elements=[_ANSWERS.c.visit_id],
    set_={c.name: _INSERT.excluded[c.name] for c in _ANSWERS.c if c.name != "visit_id"},
)


def keep(session: Session, visit_id: int, answer: ShortAnswer, act: Act) -> None:
    """Keep the answer to a visit in place of the one before. Raises NotFound, SignedVisit."""
    known = session.execute(select(VisitRow.signed).where(VisitRow.id == visit_id)).one_or_none()
    if known is None:
        raise NotFound(_("This visit is not in the record."))
    if known.signed:
        raise SignedVisit(_("This visit is signed and stays as it is."))
    columns = {
        "visit_id": visit_id,
        "version": answer.version,
        "sha256": answer.sha256,
        "status": answer.status,
        "patterns": json.dumps(answer.patterns),
        "lean": json.dumps(answer.lean),
        "red_flags": json.dumps(answer.red_flags),
        **stamp(act),
    }
    session.execute(_WRITE, columns)


def all_of(session: Session, *, signed_only: bool) -> tuple[KeptAnswer, ...]:
    """The kept answers by patient, course and date."""
    statement = _by_date()
    if signed_only:
        statement = statement.where(VisitRow.signed.is_(True))
    return _kept(session, statement)


def of_course(session: Session, course_id: int) -> tuple[KeptAnswer, ...]:
    """The kept answers of one course by date."""
    return _kept(session, _by_date().where(VisitRow.course_id == course_id))


def _by_date() -> Select[Any]:
    return (
        select(CourseRow.number, VisitRow.course_id, VisitRow.date, *_ANSWERS.c)
        .join_from(_ANSWERS, VisitRow, VisitRow.id == _ANSWERS.c.visit_id)
        .join(CourseRow, CourseRow.id == VisitRow.course_id)
        .order_by(CourseRow.number, CourseRow.id, VisitRow.date, VisitRow.id)
    )


def _kept(session: Session, statement: Select[Any]) -> tuple[KeptAnswer, ...]:
    return tuple(
        KeptAnswer(
            row.number,
            row.course_id,
            row.visit_id,
            dt.date.fromisoformat(row.date),
            ShortAnswer(
                row.version,
                row.sha256,
                row.status,
                tuple(json.loads(row.patterns)),
                tuple(json.loads(row.lean)),
                tuple((flag, level) for flag, level in json.loads(row.red_flags)),
            ),
        )
        for row in session.execute(statement)
    )
