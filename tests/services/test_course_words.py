"""A course in words: which one, how near its goal, how far, how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from clinic_desktop.domain.courses import OUTCOMES, Closing, CourseFacts, GoalNumber
from clinic_desktop.domain.papers import CourseReport
from clinic_desktop.domain.values import Key, Value
from clinic_desktop.domain.visits import Case
from clinic_desktop.services.course.words import (
    course_name,
    course_opening,
    goal_words,
    outcome_words,
    subject_words,
    visit_of,
)
from clinic_desktop.services.papers.course_reports import make_course_report
from clinic_desktop.services.papers.visit_notes import make_visit_note
from tests.paper_contents import a_course, a_source, a_suggestion, left, right

RUN, PAIN = Key("outcome.pain_free_run"), Key("outcome.nprs_now")
SIDE, GOAL = Key("complaint.side"), Key("complaint.goal")


def told(facts: CourseFacts, *charts: Mapping[Key, Value]) -> Case:
    return replace(a_course(*(charts or ({},))), course=facts)


def report(case: Case) -> CourseReport:
    return make_course_report(case, a_suggestion(), a_source())


def summary(case: Case) -> dict[str, str]:
    return {fact.label: fact.text for fact in report(case).summary.facts}


@pytest.mark.parametrize(
    ("facts", "chart", "named"),
    [
        (CourseFacts(), {}, "Course of care opened 12 Jan 2026"),
        (CourseFacts(), {SIDE: "right"}, "Course of care opened 12 Jan 2026: right hamstring"),
        (
            CourseFacts(side="left"),
            {SIDE: "right"},
            "Course of care opened 12 Jan 2026: left hamstring",
        ),
        (
            CourseFacts("after a\nsprint", opened=dt.date(2026, 1, 5)),
            {},
            "Course of care opened 5 Jan 2026: after a sprint",
        ),
        (
            CourseFacts(closing=Closing(dt.date(2026, 2, 2), "referred", "To the surgeon")),
            {SIDE: "unknown"},
            "Course of care opened 12 Jan 2026; closed 2 Feb 2026, referred on",
        ),
    ],
)
def test_every_report_says_which_course_it_is(
    facts: CourseFacts, chart: dict[Key, Value], named: str
) -> None:
    case = told(facts, chart)
    assert course_name(case) == named
    assert named in report(case).head.who
    note = make_visit_note(case, a_suggestion(), a_source())
    assert course_opening(case) in note.head.who
    assert named.startswith(course_opening(case))


@pytest.mark.parametrize(
    ("target", "charts", "said"),
    [
        (GoalNumber(RUN.finding, 9.7), [{}], "Pain-free run 9.7 km: not recorded yet"),
        (GoalNumber(RUN.finding, 9.7), [{RUN: 3}], "Pain-free run 9.7 km: 3 km on 12 Jan 2026"),
        (
            GoalNumber(RUN.finding, 9.7),
            [{RUN: 12}, {}],
            "Pain-free run 9.7 km: reached, 12 km on 12 Jan 2026",
        ),
        (
            GoalNumber(PAIN.finding, 2),
            [{PAIN: 6}, {PAIN: 2}],
            "Pain now 2 of 10: reached, 2 of 10 on 19 Jan 2026",
        ),
        (GoalNumber(PAIN.finding, 2), [{PAIN: 3}], "Pain now 2 of 10: 3 of 10 on 12 Jan 2026"),
        (
            GoalNumber("slr.angle", 70),
            [{right("slr.angle"): 80, left("slr.angle"): 60}],
            "Straight leg raise, first symptom 70 deg: 60 deg on 12 Jan 2026",
        ),
    ],
)
def test_how_near_a_goal_in_a_number_is(
    target: GoalNumber, charts: list[dict[Key, Value]], said: str
) -> None:
    """Of two sides the one further off counts; what is not charted is no nought."""
    case = told(CourseFacts(target=target), *charts)
    assert goal_words(case, a_source()) == said
    assert summary(case)["Goal in a number"] == said


def test_the_chart_says_whether_its_line_is_reached() -> None:
    facts = CourseFacts(target=GoalNumber(RUN.finding, 9.7))
    for value, said in (
        (9.7, "The goal of 9.7 km is reached."),
        (9, "The goal of 9.7 km is ahead."),
    ):
        (chart,) = report(told(facts, {RUN: value})).charts
        assert said in chart.sentences
    (without,) = report(told(CourseFacts(), {RUN: 9})).charts
    assert not any("goal of" in sentence for sentence in without.sentences)


def test_the_goal_charted_in_the_story_stands_where_the_course_has_none() -> None:
    case = told(CourseFacts(), {GOAL: "run 10 km"}, {RUN: 4})
    assert summary(case)["Goal"] == "run 10 km"
    (chart,) = report(case).charts
    assert chart.series.target is not None
    own = told(CourseFacts(goal="sit 30 min"), {GOAL: "run 10 km"})
    assert summary(own)["Goal"] == "sit 30 min"


def test_what_was_not_said_of_a_course_is_not_recorded() -> None:
    facts = summary(told(CourseFacts()))
    for label in ("Reason for coming", "Goal", "Visits planned"):
        assert facts[label] == "not recorded"
    assert "Course closed" not in facts
    assert "Goal in a number" not in facts


def test_a_course_without_a_day_of_its_own_opens_with_its_first_visit() -> None:
    """In the summary as in the head: one paper never says two things."""
    case = told(CourseFacts())
    assert summary(case)["Course opened"] == "12 Jan 2026"
    assert "Course of care opened 12 Jan 2026" in " ".join(report(case).head.who)


def test_a_closed_course_asks_nothing_any_more() -> None:
    """The report says how it ended in place of asking for another pattern."""
    charts = [{PAIN: 6}] * 3
    asked = {f.label: f.text for f in report(told(CourseFacts(), *charts)).reviews.facts}
    assert "another pattern" in asked["Every visit"]
    ended = CourseFacts(closing=Closing(dt.date(2026, 2, 2), "no_change"))
    closed = {f.label: f.text for f in report(told(ended, *charts)).reviews.facts}
    assert "another pattern" not in closed["Every visit"]
    assert "the course is closed 2 Feb 2026, no change" in closed["Every visit"]


@pytest.mark.parametrize(
    ("ordinal", "planned", "said"),
    [
        (1, 3, "visit 1 of 3"),
        (3, 3, "visit 3 of 3"),
        (4, 3, "visit 4, 3 planned"),
        (2, None, "visit 2"),
    ],
)
def test_which_visit_of_how_many(ordinal: int, planned: int | None, said: str) -> None:
    assert visit_of(ordinal, CourseFacts(planned_visits=planned)) == said


def test_every_outcome_has_words_and_every_side_a_subject() -> None:
    assert set(outcome_words()) == set(OUTCOMES)
    assert [subject_words(None, side) for side in ("right", "left", "both", None, "unknown")] == [
        "right hamstring",
        "left hamstring",
        "both hamstrings",
        "",
        "",
    ]
