"""Where a course stands: when the next visit is planned, and whether it asks what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from clinic_desktop.domain.catalogue import Catalogue
from clinic_desktop.domain.courses import Standing
from clinic_desktop.domain.rulebook import RetestBand
from clinic_desktop.domain.trends import MEASURES, series_of
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Visit
from clinic_desktop.services.ports import OpenRecord, UnitOfWork
from clinic_desktop.services.stored import CourseSummary, StoredCourse

from .answers import answer_of
from .review_points import BOARD, asks_for_answer

NEXT_VISIT: Final = Key("plan.next_visit")
"""A finding of our own: the day that the patient is to come again, an ISO date."""
MOST_JUDGED: Final = 20
"""Courses of an older record that are judged at one look at the list: it must stand at once."""

Judge = Callable[[Case], bool]
"""Whether the board asks of a course what follows."""


def judge_with(catalogue: Catalogue, bands: Callable[[], Mapping[str, RetestBand]]) -> Judge:
    """The board's own judgement. The bands are read when it is first needed."""

    def asks(case: Case) -> bool:
        if len(case.visits) < BOARD:
            return False  # spares reading the rules
        return asks_for_answer(case, series_of(case, catalogue, bands()))

    return asks


def planned_day(visit: Visit) -> dt.date | None:
    """The day charted for the next visit; None where none is, or what is charted is no day."""
    charted = visit.findings.get(NEXT_VISIT)
    try:
        return dt.datetime.fromisoformat(str(charted).strip()).date() if charted else None
    except ValueError:
        return None


def standing_of(case: Case | None, asks: Judge | None) -> Standing:
    """Where a course stands after its newest visit; the answer of that visit answers the board.

    Without a judge it stays open whether a course of three visits or more stands still.
    """
    if case is None:
        return Standing()
    still: bool | None = len(case.visits) >= BOARD and answer_of(case.last.decision) is None
    if still:
        still = asks(case) if asks is not None else None
    return Standing(planned_day(case.last), still)


def bears_on_standing(before: Visit, after: Visit) -> bool:
    """Whether a change of a visit can move where its course stands."""
    if (before.date, before.psfs, before.decision) != (after.date, after.psfs, after.decision):
        return True
    touched = {*before.findings, *after.findings}
    return any(
        before.findings.get(key) != after.findings.get(key)
        for key in touched
        if key == NEXT_VISIT or key.finding in MEASURES
    )


def renew_standing(work: UnitOfWork, course: StoredCourse, asks: Judge | None) -> None:
    """Keep where a course stands, in the same transaction as what moved it."""
    standing = standing_of(course.whole, asks)
    if standing != course.standing:
        work.keep_standing(course.id, standing)


# ---------------------------------------------------------------- the lists
def courses_due(
    open_record: OpenRecord, today: dt.date, days: int = 7, limit: int = 50
) -> tuple[CourseSummary, ...]:
    """Open courses whose next visit was to be by now or comes within so many days, by its day."""
    with open_record() as work:
        return work.courses_due(today + dt.timedelta(days=days), limit)


def courses_at_a_standstill(
    open_record: OpenRecord, asks: Judge, limit: int = 50
) -> tuple[CourseSummary, ...]:
    """Open courses with the third visit behind them, no real change, and no answer to it.

    Courses from before this was kept are judged on the way, a few at each look.
    """
    with open_record() as work:
        found = work.courses_at_a_standstill(limit)
    unknown = [course.id for course in found if course.standing.stands_still is None]
    if unknown:
        with open_record(writing=True) as work:
            for course_id in unknown[:MOST_JUDGED]:
                renew_standing(work, work.course(course_id), asks)
            work.commit()
        with open_record() as work:
            found = work.courses_at_a_standstill(limit)
    return tuple(course for course in found if course.standing.stands_still)
