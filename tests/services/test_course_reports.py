"""The course report: visit by visit, what changed beyond the error, and when to look again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic_desktop.domain.courses import CourseFacts
from clinic_desktop.domain.papers import CourseReport
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, PlanChoice, Retest
from clinic_desktop.services.course.outcome_words import chart_text
from clinic_desktop.services.papers.course_reports import make_course_report
from tests.paper_contents import a_course, a_source, a_suggestion, left, right

NOW, WORST = Key("outcome.nprs_now"), Key("outcome.nprs_worst")
DONE = Key("adherence.home_plan")
LEFS = Key("outcome.lefs")


def report(case: Case) -> CourseReport:
    return make_course_report(case, a_suggestion(), a_source())


def review(case: Case, point: str) -> str:
    return {fact.label: fact.text for fact in report(case).reviews.facts}[point]


def visit_rows(case: Case) -> list[tuple[str, ...]]:
    table = report(case).visits.table
    assert table is not None
    return [row.cells for row in table.rows]


def planned(case: Case, *plans: tuple[str, ...]) -> Case:
    visits = tuple(
        replace(visit, plan=tuple(map(PlanChoice, plan)))
        for visit, plan in zip(case.visits, plans, strict=True)
    )
    return replace(case, visits=visits)


# -------------------------------------------------------------------- summary
def test_a_remark_follows_both_sides_that_it_is_about() -> None:
    """Between them it would read as if it were of the one side only."""
    case = a_course({right("complaint.sites"): ("gluteal_fold",)})
    noted = replace(case.visits[0], notes_on={"complaint.sites": "Down to the knee."})
    case = replace(case, visits=(noted,))
    told = [fact.text for fact in report(case).summary.facts if "Down" in fact.text]
    assert told == ["right gluteal fold; left not recorded. Down to the knee."]


# -------------------------------------------------------------------- visit by visit
def test_each_visit_says_what_is_new_kept_and_dropped() -> None:
    """A visit without a plan on record drops nothing."""
    case = planned(
        a_course({}, {}, {}), ("pause_stretching", "slider_seated"), (), ("slider_seated", "brace")
    )
    plans = [row[3] for row in visit_rows(case)]
    assert plans == [
        "New: Pause hamstring stretching, Seated nerve slider",
        "not recorded",
        "New: Brace\nKept: Seated nerve slider\nDropped: Pause hamstring stretching",
    ]


def test_each_visit_says_what_was_tried_and_what_helped() -> None:
    retests = (
        Retest("slider_seated", "bridge.pain", Side.RIGHT, 6, 3),
        Retest("glute_burn", "bridge.pain", Side.RIGHT, 3, 4),
        Retest("other", "slr.angle", Side.RIGHT, 60, 75, note="Manual traction"),
        Retest("other", "bridge.pain", Side.RIGHT, 3, 6, note="Manual traction"),
    )
    case = a_course({})
    case = replace(case, visits=(replace(case.last, retests=retests),))
    (row,) = visit_rows(case)
    assert row[2].splitlines() == [
        "Seated nerve slider: Hamstring bridge, pain, right, 6, then 3 of 10: better",
        "Clamshell: Hamstring bridge, pain, right, 3, then 4 of 10: no real change",
        "Manual traction: SLR, first symptom, right, 60, then 75 deg: better;"
        " Hamstring bridge, pain, right, 3, then 6 of 10: worse",
        "Helped: Seated nerve slider",
    ]


def test_a_visit_without_anything_says_so() -> None:
    first, second = visit_rows(a_course({}, {DONE: "most"}))
    assert first[1:] == ("not recorded", "not recorded", "not recorded", "does not apply")
    assert second[4] == "most"


# -------------------------------------------------------------------- outcomes
def test_measures_are_sorted_by_what_they_came_to() -> None:
    case = a_course(
        {NOW: 6, WORST: 8, LEFS: 40, Key("outcome.pain_free_run"): 2, right("slr.angle"): 60},
        {NOW: 3, WORST: 7, LEFS: 30, Key("outcome.pain_free_run"): 8},
    )
    found = {fact.label: fact.text for fact in report(case).outcomes.facts}
    assert found == {
        "Better": "Pain now",
        "No real change": "Worst pain of the last week",
        "Worse": "Lower Extremity Functional Scale, total",
        "No error known": "Pain-free run",
        "Charted once": "Straight leg raise, first symptom, right",
    }


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (2, "6 of 10 on 12 Jan 2026, 2 of 10 on 19 Jan 2026: 4 points less, better."),
        (5, "6 of 10 on 12 Jan 2026, 5 of 10 on 19 Jan 2026: 1 point less, no real change."),
        (6, "6 of 10 on 12 Jan 2026, 6 of 10 on 19 Jan 2026: no real change."),
        (9, "6 of 10 on 12 Jan 2026, 9 of 10 on 19 Jan 2026: 3 points more, worse."),
    ],
)
def test_a_change_is_told_in_a_sentence(after: int, said: str) -> None:
    (chart,) = report(a_course({NOW: 6}, {NOW: after})).charts
    assert chart.sentences[0] == said
    assert chart.sentences[1].startswith("Error: Childs 2005")


def test_one_value_is_told_as_one() -> None:
    (chart,) = report(a_course({}, {NOW: 6})).charts
    assert chart.sentences[0] == "6 of 10 on 19 Jan 2026; charted once, a change cannot be told."
    assert chart.gap == "\N{EN DASH} not recorded"


def test_a_proposal_of_ours_is_marked_as_one() -> None:
    (chart,) = report(a_course({right("slr.angle"): 54}, {right("slr.angle"): 70})).charts
    assert chart.sentences[-1] == "Error: own proposal: in-session retest."
    series = replace(chart.series, source="in-session retest")
    said = chart_text(series, a_source()).sentences[-1]
    assert said == "Error: in-session retest (own proposal)."


@pytest.mark.parametrize(
    ("goal", "target"),
    [
        ("Run 10 km pain free", 10),
        ("run 7,5 km", 7.5),
        ("5 km now, 10 km in May", None),
        ("a 10k", None),
        ("half marathon", None),
        (None, None),
    ],
)
def test_a_goal_with_one_distance_is_a_target(goal: str | None, target: float | None) -> None:
    case = replace(a_course({Key("outcome.pain_free_run"): 2}), course=CourseFacts(goal=goal))
    (chart,) = report(case).charts
    assert (chart.series.target.value if chart.series.target else None) == target
    assert bool(chart.target) == (target is not None)


def test_measures_that_no_visit_recorded_are_named() -> None:
    (fact,) = report(a_course({NOW: 3})).not_recorded.facts
    assert "Worst pain of the last week" in fact.text
    assert "Pain now" not in fact.text


# -------------------------------------------------------------------- review points
def test_the_second_visit_asks_for_the_same_tests_and_what_was_done() -> None:
    case = a_course({right("slr.angle"): 54, NOW: 6}, {right("slr.angle"): 60})
    said = review(case, "Visit 2")
    assert "19 Jan 2026, 7 days after the first (7 to 14 are meant)." in said
    assert "done again: Straight leg raise, first symptom." in said
    assert "Home plan done since the last visit: not recorded." in said
    assert "Pain 24 hours after running: not recorded." in said
    assert "swap" not in said


def test_two_new_items_that_failed_their_retest_ask_for_a_swap() -> None:
    case = planned(a_course({}, {}), ("pause_stretching", "slider_seated", "glute_burn"), ())
    failed = (
        Retest("slider_seated", "bridge.pain", Side.RIGHT, 6, 5),
        Retest("glute_burn", "bridge.pain", Side.RIGHT, 5, 8),
    )
    both = replace(case, visits=(replace(case.visits[0], retests=failed), case.visits[1]))
    assert "(Seated nerve slider, Clamshell): swap one." in review(both, "Visit 2")
    one = replace(case, visits=(replace(case.visits[0], retests=failed[:1]), case.visits[1]))
    assert "swap" not in review(one, "Visit 2")


@pytest.mark.parametrize(
    ("first", "later", "said"),
    [
        ({NOW: 6}, {NOW: 4}, "is there: Pain now by 2 (expected 2)"),
        ({LEFS: 40}, {LEFS: 49}, "is there"),
        ({LEFS: 40, NOW: 6}, {LEFS: 48, NOW: 5}, "is not there: repeat the whole exam"),
        ({NOW: 6}, {}, "cannot be told"),
        ({}, {NOW: 2}, "cannot be told"),
    ],
)
def test_week_6_expects_a_change(first: dict[Key, int], later: dict[Key, int], said: str) -> None:
    case = a_course(first, {}, later, days=(0, 41, 42))
    assert "Looked at with visit 3, 23 Feb 2026." in review(case, "Week 6")
    assert said in review(case, "Week 6")


def test_a_week_that_has_not_come_is_not_judged() -> None:
    case = a_course({NOW: 6}, {NOW: 6}, days=(0, 41))
    assert review(case, "Week 6") == (
        "Not reached yet: due at the first visit from 23 Feb 2026 on."
    )


@pytest.mark.parametrize(
    ("after", "said"), [(5, "No meaningful change: refer."), (4, "beyond the error: Pain now")]
)
def test_week_12_without_change_refers(after: int, said: str) -> None:
    assert said in review(a_course({NOW: 6}, {NOW: after}, days=(0, 84)), "Week 12")


def test_worse_on_two_measures_asks_the_red_flags_again() -> None:
    case = a_course({NOW: 3, LEFS: 60}, {NOW: 6, LEFS: 45}, {NOW: 3, LEFS: 60})
    said = review(case, "Every visit")
    assert "Visit 2, 19 Jan 2026: worse on Pain now; Lower Extremity" in said
    assert "red-flag questions" in said
    assert "Visit 3" not in said
    one = review(a_course({NOW: 3}, {NOW: 6}), "Every visit")
    assert "red-flag" not in one


def test_three_visits_without_a_real_change_are_questioned() -> None:
    same = a_course({NOW: 6}, {NOW: 5}, {NOW: 6})
    assert "another pattern, a referral" in review(same, "Every visit")
    better = a_course({NOW: 6}, {NOW: 5}, {NOW: 3})
    assert "another pattern" not in review(better, "Every visit")


def test_the_better_side_does_not_speak_for_the_worse_one() -> None:
    case = a_course(
        {right("slr.angle"): 50, left("slr.angle"): 50},
        {right("slr.angle"): 80, left("slr.angle"): 50},
        days=(0, 84),
    )
    assert "No meaningful change: refer." in review(case, "Week 12")


def test_two_visits_of_one_day_stay_two() -> None:
    case = a_course({NOW: 6}, {NOW: 3}, days=(0, 0))
    heads = ["1\n12 Jan 2026\ndraft, not signed", "2\n12 Jan 2026\ndraft, not signed"]
    assert [row[0] for row in visit_rows(case)] == heads
    assert "0 days after the first" in review(case, "Visit 2")
