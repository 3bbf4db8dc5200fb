"""Courses of care in the record: an older record gains them, and its lists stay quick."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.courses import Closing, CourseFacts, GoalNumber, Standing
from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.values import Key
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.course.standings import courses_at_a_standstill, judge_with
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.knowledge.retest_bands import load_bands
from clinic_desktop.storage import course_lists
from clinic_desktop.storage.database import Database
from tests.records import make_older, opened

STAMP = ("2026-03-02T09:00:00+00:00", "Anna")
ASKS = judge_with(load_catalogue(), load_bands)
FACTS = CourseFacts(
    "two years of pain",
    "both",
    "run 10 km",
    GoalNumber("outcome.pain_free_run", 10),
    5,
    dt.date(2026, 3, 2),
    Closing(dt.date(2026, 4, 1), "partly_met", "Comes back in May."),
)


def test_a_record_from_before_courses_of_care_opens_with_what_it_held(
    tmp_path: Path, act: Act
) -> None:
    """Who is due is known at once, from the newest visit alone; who stands still when asked."""
    with make_older(tmp_path, "0005") as old:
        old.execute(
            "INSERT INTO patients (name, same_name, latest_on, changed_at, changed_by)"
            " VALUES ('Case A', 'case a', '2026-03-16', ?, ?)",
            STAMP,
        )
        for goal in ("run 10 km", None):
            old.execute(
                "INSERT INTO courses (number, goal, planned_visits, changed_at, changed_by)"
                " VALUES (1, ?, 4, ?, ?)",
                (goal, *STAMP),
            )
        visits = ((1, "2026-03-02"), (1, "2026-03-16"), (1, "2026-03-09"), (2, "2026-03-20"))
        for course, day in visits:
            old.execute(
                "INSERT INTO visits (course_id, date, decided, changed_at, changed_by)"
                " VALUES (?, ?, 0, ?, ?)",
                (course, day, *STAMP),
            )
        for visit, value in (
            (1, "2026-03-09"),
            (2, "2026-03-30T09:30"),
            (3, "2026-04-09"),
            (4, "2026-13-01"),
        ):
            for finding, said in (("plan.next_visit", f'"{value}"'), ("outcome.nprs_now", "6")):
                old.execute(
                    "INSERT INTO findings (visit_id, finding, side, value, changed_at, changed_by)"
                    " VALUES (?, ?, '', ?, ?, ?)",
                    (visit, finding, said, *STAMP),
                )
    database = opened(tmp_path)
    with database.begin() as work:
        first, second = work.courses(1)
    assert first.facts == CourseFacts(goal="run 10 km", planned_visits=4)
    assert first.standing == Standing(dt.date(2026, 3, 30), None)
    assert second.standing == Standing(None, False)
    found = courses_at_a_standstill(database.begin, ASKS)
    assert [course.id for course in found] == [first.id]
    database.close()


def test_what_was_said_comes_back_and_can_be_unsaid(database: Database, act: Act) -> None:
    number = record.register_patient(database.begin, act, Patient("Case A"))
    with database.begin(writing=True) as work:
        course_id = work.add_course(number, FACTS, act)
        work.commit()
    with database.begin(writing=True) as work:
        assert work.course(course_id).facts == FACTS
        (summary,) = work.course_summaries(number)
        assert (summary.facts, summary.visits, summary.newest_id) == (FACTS, 0, None)
        work.change_course(course_id, CourseFacts(), act)
        work.commit()
    with database.begin() as work:
        assert work.course(course_id).facts == CourseFacts()


def test_what_is_not_there_is_said(database: Database, act: Act) -> None:
    with database.begin(writing=True) as work:
        for act_on in (
            lambda: work.keep_standing(7, Standing()),
            lambda: work.change_course(7, FACTS, act),
            lambda: work.course_of_visit(7),
            lambda: work.course_summaries(7),
        ):
            with pytest.raises(NotFound):
                act_on()


def test_both_lists_go_by_their_index_and_read_no_visit_that_they_do_not_show(
    database: Database, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With thousands of patients they must stand as quickly as with ten."""
    key = Key("plan.next_visit")
    case = Case(Patient("Case A"), (Visit(dt.date(2026, 3, 2), {key: "2026-03-09"}),))
    record.chart_case(database.begin, act, case)
    plans = []
    with database.begin() as work:
        session = work._session  # noqa: SLF001 - nothing else shows how a statement is run
        execute = session.execute

        def explained(statement: sa.Select[tuple[object, ...]], *more: object) -> object:
            text = statement.compile(session.bind, compile_kwargs={"literal_binds": True})
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
            plans.append(" | ".join(str(row[-1]) for row in rows))
            return execute(statement, *more)  # type: ignore[call-overload]

        monkeypatch.setattr(session, "execute", explained)
        assert len(course_lists.due(session, dt.date(2026, 3, 30), 50)) == 1
        assert course_lists.at_a_standstill(session, 50) == ()
    due, still = plans
    assert "USING INDEX ix_courses_due" in due
    assert "ix_courses_still" in still
    for plan in plans:
        assert "SCAN visits" not in plan
        assert "SCAN findings" not in plan
        assert "SCAN patients" not in plan
