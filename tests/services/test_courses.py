"""Courses of care: opened, told about, closed, and who waits in which list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.courses import (
    OUTCOMES,
    Closing,
    CourseFacts,
    GoalNumber,
    Standing,
)
from clinic_desktop.domain.errors import ChartError, NotFound
from clinic_desktop.domain.trends import series_of
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.course import courses, standings
from clinic_desktop.services.course.answers import CourseAnswer, with_answer
from clinic_desktop.services.course.review_points import asks_for_answer
from clinic_desktop.services.knowledge.catalogue_files import load_catalogue
from clinic_desktop.services.knowledge.retest_bands import load_bands
from clinic_desktop.services.ports import OpenRecord
from tests.records import opened

TODAY = dt.date(2026, 3, 23)
ACT = Act("Anna", dt.datetime(2026, 3, 23, 10, 42, tzinfo=dt.UTC))
PAIN, NEXT = Key("outcome.nprs_now"), Key("plan.next_visit")
ASKS = standings.judge_with(load_catalogue(), load_bands)


@pytest.fixture
def open_record(tmp_path: Path) -> Iterator[OpenRecord]:
    """An empty record."""
    database = opened(tmp_path)
    yield database.begin
    database.close()


def a_case(*charts: Mapping[Key, Value], name: str = "Case A", **said: object) -> Case:
    """A visit a week for each chart, the last of them a week ago."""
    first = TODAY - dt.timedelta(weeks=len(charts))
    visits = tuple(
        Visit(first + dt.timedelta(weeks=n), dict(chart), signed=False)
        for n, chart in enumerate(charts)
    )
    return Case(Patient(name), visits, CourseFacts(**said))  # type: ignore[arg-type]


def put(open_record: OpenRecord, case: Case, number: int | None = None) -> int:
    return record.chart_case(open_record, ACT, case, number, asks=ASKS)


def standing(open_record: OpenRecord, number: int) -> Standing:
    return record.open_chart(open_record, ACT, number).standing


def due(open_record: OpenRecord) -> list[tuple[str, str]]:
    found = standings.courses_due(open_record, TODAY)
    return [(c.patient.name, str(c.standing.next_visit)) for c in found]


def still(open_record: OpenRecord) -> list[str]:
    found = standings.courses_at_a_standstill(open_record, ASKS)
    return [course.patient.name for course in found]


# -------------------------------------------------------------------- opening and telling
def test_a_course_begun_in_the_clinic_plans_three_visits(open_record: OpenRecord) -> None:
    """The article: usually it is over in about three. A course from a file says what it says."""
    number = record.register_patient(open_record, ACT, Patient("Case A"))
    assert record.open_chart(open_record, ACT, number).facts == CourseFacts(
        planned_visits=3, opened=TODAY
    )
    other = put(open_record, a_case({}, name="Case B"))
    assert record.open_chart(open_record, ACT, other).facts == CourseFacts()


def test_what_is_said_of_a_course_is_kept_whole(open_record: OpenRecord) -> None:
    number = put(open_record, a_case({}))
    facts = CourseFacts(
        "two years of hamstring pain",
        "right",
        "run with my friend again",
        GoalNumber("outcome.pain_free_run", 9.7),
        4,
        dt.date(2026, 3, 2),
    )
    course = record.open_chart(open_record, ACT, number)
    courses.change_course(open_record, ACT, course.id, facts)
    assert record.open_chart(open_record, ACT, number).facts == facts
    assert record.export_case(open_record, ACT, number).course == facts
    with pytest.raises(NotFound):
        courses.change_course(open_record, ACT, 99, facts)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (CourseFacts(planned_visits=0), "1 to 52"),
        (CourseFacts(planned_visits=53), "1 to 52"),
        (CourseFacts(side="top"), "right side"),
        (CourseFacts(target=GoalNumber("slr.result", 1)), "not followed"),
        (CourseFacts(closing=Closing(TODAY, "cured")), "outcomes"),
        (
            CourseFacts(opened=TODAY, closing=Closing(TODAY - dt.timedelta(1), "other")),
            "before it began",
        ),
        (CourseFacts(closing=Closing(dt.date(2026, 3, 1), "other")), "cannot end before it"),
    ],
)
def test_what_cannot_be_said_of_a_course_is_refused_in_words(
    open_record: OpenRecord, facts: CourseFacts, says: str
) -> None:
    number = put(open_record, a_case({}))
    course = record.open_chart(open_record, ACT, number)
    with pytest.raises(ChartError, match=says):
        courses.change_course(open_record, ACT, course.id, facts)
    assert record.open_chart(open_record, ACT, number) == course


# -------------------------------------------------------------------- closing
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_closed_course_takes_no_visit_until_it_is_opened_again(
    open_record: OpenRecord, outcome: str
) -> None:
    number = put(open_record, a_case({}))
    course = record.open_chart(open_record, ACT, number)
    facts = courses.close_course(open_record, ACT, course.id, outcome, " Runs again. ")
    assert facts.closing == Closing(TODAY, outcome, "Runs again.")
    with pytest.raises(ChartError, match="closed"):
        record.start_visit(open_record, ACT, course.id, TODAY)
    with pytest.raises(ChartError, match="closed already"):
        courses.close_course(open_record, ACT, course.id, outcome)
    courses.change_course(open_record, ACT, course.id, replace(facts, closing=None))
    assert record.start_visit(open_record, ACT, course.id, TODAY)


def test_todays_visit_of_a_course_that_was_closed_meanwhile_is_still_that_visit(
    open_record: OpenRecord,
) -> None:
    """It was begun before: what is in it must be found again, and can still be signed."""
    number = put(open_record, a_case({}))
    course = record.open_chart(open_record, ACT, number)
    visit_id = record.start_visit(open_record, ACT, course.id, TODAY)
    courses.close_course(open_record, ACT, course.id, "other")
    assert record.start_visit(open_record, ACT, course.id, TODAY) == visit_id


def test_a_second_course_begins_with_todays_visit_and_leaves_the_first(
    open_record: OpenRecord,
) -> None:
    number = put(open_record, a_case({}, {}, reason="right, after a sprint", side="right"))
    facts = courses.new_facts(TODAY, "left, since Easter", "left")
    visit_id = courses.begin_course(open_record, ACT, number, facts)
    new = courses.course_of_visit(open_record, visit_id)
    assert [stored.visit for stored in new.visits] == [Visit(TODAY, signed=False)]
    old, newest = courses.courses_of(open_record, number)
    assert (old.visits, old.side, old.facts.reason) == (2, "right", "right, after a sprint")
    assert (newest.id, newest.newest_id, newest.side) == (new.id, visit_id, "left")
    assert record.open_chart(open_record, ACT, number).id == new.id
    (found,) = record.find_patients(open_record, "case")
    assert found.problem == "left", "search and home show the newest course"
    assert record.export_case(open_record, ACT, number).course == facts
    assert record.export_case(open_record, ACT, number, 1).course.side == "right"
    with pytest.raises(ChartError, match="no course 3"):
        record.export_case(open_record, ACT, number, 3)


def test_the_side_of_an_older_course_is_not_told_of_the_newest(open_record: OpenRecord) -> None:
    number = put(open_record, a_case({Key("complaint.side"): "right"}))
    courses.begin_course(open_record, ACT, number, courses.new_facts(TODAY))
    (found,) = record.find_patients(open_record, "case")
    assert found.problem is None


# -------------------------------------------------------------------- who is due
def test_the_list_of_who_is_due_is_by_day_overdue_first(open_record: OpenRecord) -> None:
    for name, day in (
        ("Today", TODAY),
        ("Soon", TODAY + dt.timedelta(7)),
        ("Late", TODAY - dt.timedelta(40)),
        ("Not yet", TODAY + dt.timedelta(8)),
    ):
        put(open_record, a_case({}, {NEXT: day.isoformat()}, name=name))
    put(open_record, a_case({}, name="Nothing planned"))
    assert [name for name, _day in due(open_record)] == ["Late", "Today", "Soon"]


def test_a_visit_that_came_is_no_longer_due(open_record: OpenRecord) -> None:
    """The next visit is what the newest visit plans: one finding, kept nowhere twice."""
    number = put(open_record, a_case({NEXT: "2026-03-23"}))
    assert due(open_record) == [("Case A", "2026-03-23")]
    course = record.open_chart(open_record, ACT, number)
    visit_id = record.start_visit(open_record, ACT, course.id, TODAY)
    assert due(open_record) == []
    before = Visit(TODAY, signed=False)
    after = before.charted(NEXT, "2026-03-30T09:30")
    record.save_visit(open_record, ACT, visit_id, before, after)
    assert due(open_record) == [("Case A", "2026-03-30")]
    record.save_visit(open_record, ACT, visit_id, after, before)
    assert due(open_record) == []


def test_what_is_no_day_is_not_due(open_record: OpenRecord) -> None:
    put(open_record, a_case({NEXT: "soon"}))
    put(open_record, a_case({NEXT: ""}, name="Case B"))
    assert due(open_record) == []


def test_nobody_is_due_in_a_closed_course_and_again_in_an_opened_one(
    open_record: OpenRecord,
) -> None:
    number = put(open_record, a_case({NEXT: "2026-03-20"}))
    course = record.open_chart(open_record, ACT, number)
    facts = courses.close_course(open_record, ACT, course.id, "stopped_coming")
    assert due(open_record) == []
    courses.change_course(open_record, ACT, course.id, replace(facts, closing=None))
    assert due(open_record) == [("Case A", "2026-03-20")]


def test_two_open_courses_of_a_patient_are_due_each_for_itself(open_record: OpenRecord) -> None:
    number = put(open_record, a_case({NEXT: "2026-03-24"}, reason="right"))
    visit_id = courses.begin_course(open_record, ACT, number, courses.new_facts(TODAY, "left"))
    before = Visit(TODAY, signed=False)
    record.save_visit(open_record, ACT, visit_id, before, before.charted(NEXT, "2026-03-25"))
    found = standings.courses_due(open_record, TODAY)
    assert [course.facts.reason for course in found] == ["right", "left"]


# -------------------------------------------------------------------- who stands still
@pytest.mark.parametrize(
    ("pains", "stands"),
    [((6,), False), ((6, 6), False), ((6, 6, 6), True), ((6, 5, 5), True), ((6, 6, 4), False),
     ((6, None, 6), True), ((None, None, None), True), ((6, 4, 6), True), ((6, 6, 6, 3), False)],
)  # fmt: skip
def test_home_and_board_judge_alike(
    open_record: OpenRecord, pains: tuple[int | None, ...], stands: bool
) -> None:
    case = a_case(*({} if pain is None else {PAIN: pain} for pain in pains))
    put(open_record, case)
    series = series_of(case, load_catalogue(), load_bands())
    assert asks_for_answer(case, series) is stands
    assert (still(open_record) == ["Case A"]) is stands


def test_an_answer_or_the_end_of_the_course_takes_it_off_the_list(open_record: OpenRecord) -> None:
    number = put(open_record, a_case(*[{PAIN: 6}] * 3))
    course = record.open_chart(open_record, ACT, number)
    last = course.visits[-1]
    answered = replace(last.visit, decision=with_answer(None, CourseAnswer("refer", "Imaging")))
    record.save_visit(open_record, ACT, last.id, last.visit, answered, asks=ASKS)
    assert still(open_record) == []
    record.save_visit(open_record, ACT, last.id, answered, last.visit, asks=ASKS)
    assert still(open_record) == ["Case A"]
    courses.close_course(open_record, ACT, course.id, "no_change")
    assert still(open_record) == []


def test_a_change_in_an_earlier_visit_moves_the_judgement_too(open_record: OpenRecord) -> None:
    """The first value is what the third is held against."""
    number = put(open_record, a_case(*[{PAIN: 6}] * 3))
    first = record.open_chart(open_record, ACT, number).visits[0]
    higher = first.visit.charted(PAIN, 9)
    record.save_visit(open_record, ACT, first.id, first.visit, higher, asks=ASKS)
    assert still(open_record) == []


def test_a_fourth_visit_asks_again(open_record: OpenRecord) -> None:
    number = put(open_record, a_case(*[{PAIN: 6}] * 3))
    course = record.open_chart(open_record, ACT, number)
    last = course.visits[-1]
    answered = replace(last.visit, decision=with_answer(None, CourseAnswer("go_on", "Once more")))
    record.save_visit(open_record, ACT, last.id, last.visit, answered, asks=ASKS)
    assert still(open_record) == []
    record.start_visit(open_record, ACT, course.id, TODAY, ASKS)
    assert still(open_record) == ["Case A"]


def test_what_nobody_has_judged_yet_is_judged_at_the_first_look(open_record: OpenRecord) -> None:
    """As after an update, or after a save by something that has no rules at hand."""
    record.chart_case(open_record, ACT, a_case(*[{PAIN: 6}] * 3))
    record.chart_case(open_record, ACT, a_case({PAIN: 6}, {}, {PAIN: 1}, name="Case B"))
    assert standing(open_record, 1) == Standing(None, None)
    assert still(open_record) == ["Case A"]
    assert [standing(open_record, n).stands_still for n in (1, 2)] == [True, False]


def test_a_keystroke_that_bears_on_nothing_reads_no_course() -> None:
    before = Visit(TODAY, {PAIN: 6, Key("note.subjective"): "a"})
    angle = Key("slr.angle", Side.RIGHT)
    assert not standings.bears_on_standing(before, before.charted(Key("note.subjective"), "ab"))
    for after in (
        before.charted(PAIN, 5),
        before.charted(NEXT, "2026-03-30"),
        before.charted(angle, 50),
        replace(before, decision=with_answer(None, CourseAnswer("refer"))),
        replace(before, date=TODAY - dt.timedelta(1)),
    ):
        assert standings.bears_on_standing(before, after)


# -------------------------------------------------------------------- dates
def test_a_visit_between_two_others_stands_between_them_everywhere(
    open_record: OpenRecord,
) -> None:
    """Written down later, it is read in its place: ordinals, course, standing, export."""
    case = a_case({PAIN: 6}, {PAIN: 6, NEXT: "2026-03-23"})
    number = put(open_record, case)
    day = case.visits[0].date + dt.timedelta(days=3)
    put(open_record, Case(case.patient, (Visit(day, {PAIN: 6, NEXT: "2026-03-10"}),)), number)
    days = [visit.date for visit in record.export_case(open_record, ACT, number).visits]
    assert days == [case.visits[0].date, day, case.visits[1].date]
    drafts = record.unsigned_drafts(open_record)
    assert [(d.date, d.visit_ordinal) for d in drafts] == [(d, n + 1) for n, d in enumerate(days)]
    assert standing(open_record, number) == Standing(dt.date(2026, 3, 23), True)
    course = record.open_chart(open_record, ACT, number)
    seen = course.case_up_to(course.visits[1].id)
    assert [visit.date for visit in seen.visits] == days[:2], "what came later is not seen there"


def test_two_visits_of_one_day_keep_their_order_and_the_later_one_plans(
    open_record: OpenRecord,
) -> None:
    number = put(open_record, a_case({PAIN: 6, NEXT: "2026-03-20"}))
    course = record.open_chart(open_record, ACT, number)
    day = course.visits[0].visit.date
    with open_record(writing=True) as work:
        second = work.add_visit(course.id, Visit(day, {PAIN: 3, NEXT: "2026-03-24"}), ACT)
        standings.renew_standing(work, work.course(course.id), ASKS)
        work.commit()
    again = record.open_chart(open_record, ACT, number)
    assert again.visits[-1].id == second
    assert due(open_record) == [("Case A", "2026-03-24")]
    (summary,) = courses.courses_of(open_record, number)
    assert summary.newest_id == second
    drafts = record.unsigned_drafts(open_record)
    assert [draft.visit_ordinal for draft in drafts] == [1, 2]


def test_later_visits_of_a_file_complete_a_course_and_never_end_it_too_soon(
    open_record: OpenRecord,
) -> None:
    case = a_case({}, {}, goal="run 10 km", opened=dt.date(2026, 3, 9))
    number = put(open_record, case)
    early = Case(
        case.patient,
        (Visit(dt.date(2026, 2, 2)),),
        CourseFacts(
            goal="other", reason="hamstring", closing=Closing(dt.date(2026, 2, 9), "other")
        ),
    )
    with pytest.raises(ChartError, match="cannot end before it"):
        put(open_record, early, number)
    put(open_record, replace(early, course=replace(early.course, closing=None)), number)
    facts = record.open_chart(open_record, ACT, number).facts
    assert (facts.goal, facts.reason) == ("run 10 km", "hamstring")
    assert facts.opened == dt.date(2026, 2, 2), "it began with its first visit at the latest"
