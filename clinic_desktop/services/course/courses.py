"""What is done with courses of care: opened, told about, closed and opened again."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.courses import (
    COURSE_SIDES,
    MOST_PLANNED,
    OUTCOMES,
    USUAL_VISITS,
    Closing,
    CourseFacts,
)
from clinic_desktop.domain.errors import ChartError
from clinic_desktop.domain.trends import MEASURES
from clinic_desktop.domain.visits import Case, Visit
from clinic_desktop.services.ports import OpenRecord
from clinic_desktop.services.stored import CourseSummary, StoredCourse
from clinic_desktop.services.words.dates import date_words
from clinic_desktop.services.words.translation import _


def new_facts(day: dt.date, reason: str | None = None, side: str | None = None) -> CourseFacts:
    """A course that begins on a day, with the usual number of visits planned."""
    return CourseFacts(reason=reason, side=side, planned_visits=USUAL_VISITS, opened=day)


def local_day(act: Act) -> dt.date:
    """The day of an act where it is done."""
    return act.at.astimezone().date()


# ---------------------------------------------------------------- reading
def courses_of(open_record: OpenRecord, number: int) -> tuple[CourseSummary, ...]:
    """The patient's courses in short, oldest first. Raises NotFound."""
    with open_record() as work:
        return work.course_summaries(number)


def course_of_visit(open_record: OpenRecord, visit_id: int) -> StoredCourse:
    """The course that a visit is of. Raises NotFound."""
    with open_record() as work:
        return work.course_of_visit(visit_id)


# ---------------------------------------------------------------- writing
def begin_course(open_record: OpenRecord, act: Act, number: int, facts: CourseFacts) -> int:
    """Open another course of a patient with today's visit in it; gives the visit's id.

    The courses before it stay as they are. Raises NotFound, ChartError.
    """
    checked(facts)
    with open_record(writing=True) as work:
        course_id = work.add_course(number, facts, act)
        visit_id = work.add_visit(course_id, Visit(local_day(act), signed=False), act)
        work.commit()
    return visit_id


def change_course(open_record: OpenRecord, act: Act, course_id: int, facts: CourseFacts) -> None:
    """Write what a course is about. Raises NotFound, ChartError for what cannot be."""
    checked(facts)
    with open_record(writing=True) as work:
        course = work.course(course_id)
        check_end(course, facts)
        if facts != course.facts:
            work.change_course(course_id, facts, act)
            work.commit()


def close_course(
    open_record: OpenRecord, act: Act, course_id: int, outcome: str, note: str | None = None
) -> CourseFacts:
    """End a course today, with how it came out; gives what is now said of it.

    A visit that nobody signed hinders nothing, and stays where unsigned visits are listed. Raises
    NotFound, ChartError for a course that is closed already or has a visit still to come.
    """
    with open_record(writing=True) as work:
        course = work.course(course_id)
        if course.facts.is_closed:
            raise ChartError(_("This course is closed already."))
        note = (note or "").strip() or None
        facts = replace(course.facts, closing=Closing(local_day(act), outcome, note))
        checked(facts)
        check_end(course, facts)
        work.change_course(course_id, facts, act)
        work.commit()
    return facts


# ---------------------------------------------------------------- checking
def checked(facts: CourseFacts) -> CourseFacts:
    """What can be said of a course. Raises ChartError."""
    planned, closing = facts.planned_visits, facts.closing
    if planned is not None and not 1 <= planned <= MOST_PLANNED:
        raise ChartError(_("A course has 1 to {most} planned visits.").format(most=MOST_PLANNED))
    if facts.side is not None and facts.side not in COURSE_SIDES:
        raise ChartError(_("A course is of the right side, the left, or both."))
    if facts.target is not None and facts.target.measure not in MEASURES:
        raise ChartError(_("This measure is not followed over a course."))
    if closing is not None and closing.outcome not in OUTCOMES:
        raise ChartError(_("How did it end? Choose one of the outcomes."))
    if closing is not None and facts.opened is not None and closing.on < facts.opened:
        raise ChartError(_("A course cannot end before it began."))
    return facts


def completed(facts: CourseFacts, case: Case) -> CourseFacts:
    """What is said of a course, with what it leaves open said by more visits of it. It began with
    the first of them at the latest."""
    told = {field.name: getattr(facts, field.name) for field in fields(facts)}
    merged = {
        name: getattr(case.course, name) if value is None else value for name, value in told.items()
    }
    made = replace(facts, **merged)
    first = case.visits[0].date
    return replace(made, opened=min(made.opened, first)) if made.opened else made


def check_end(course: StoredCourse, facts: CourseFacts) -> None:
    """Raises ChartError where a course would end before one of its visits."""
    last = course.visits[-1].visit.date if course.visits else None
    if facts.closing is not None and last is not None and facts.closing.on < last:
        said = _("There is a visit of {day}: the course cannot end before it.")
        raise ChartError(said.format(day=date_words(last)))
