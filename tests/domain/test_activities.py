"""The patient's own activities: named, scored, and compared only with themselves."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.domain.activities import (
    OwnActivity,
    activities_of,
    earlier_activities,
    earlier_score,
    mean_score,
    same_activities,
    verdict_of_activity,
    with_activities,
)
from clinic_desktop.domain.visits import Activity, Case, Patient, Visit
from tests.strategies import WORDS

DAY = dt.date(2026, 3, 2)
ROWS = st.lists(
    st.builds(OwnActivity, WORDS, st.none() | st.integers(0, 10) | st.floats(0, 10)),
    max_size=5,
    unique_by=lambda row: row.name,
)


@given(ROWS)
def test_what_is_put_into_a_visit_comes_out_of_it(rows: list[OwnActivity]) -> None:
    """In its order, scored or not; a name without a score is never a score of nought."""
    visit = with_activities(Visit(DAY), rows)
    assert activities_of(visit) == tuple(rows)
    assert [scored.score for scored in visit.psfs] == [r.score for r in rows if r.score is not None]


def test_a_visit_in_which_all_are_scored_keeps_no_second_list() -> None:
    assert with_activities(Visit(DAY), (OwnActivity("Sit", 0),)) == Visit(
        DAY, psfs=(Activity("Sit", 0),)
    )


def test_names_of_a_file_that_go_beyond_the_scores_are_both_there() -> None:
    visit = Visit(DAY, psfs=(Activity("Run", 4), Activity("Sit", 2)), activities=("Sit", "Stairs"))
    assert activities_of(visit) == (
        OwnActivity("Sit", 2), OwnActivity("Stairs"), OwnActivity("Run", 4),
    )  # fmt: skip


def test_the_mean_is_of_what_was_scored_and_of_nothing_else() -> None:
    visit = with_activities(Visit(DAY), (OwnActivity("Sit", 3), OwnActivity("Run")))
    assert mean_score(visit) == 3
    assert mean_score(Visit(DAY, activities=("Run",))) is None


def test_names_come_from_the_latest_earlier_visit_that_had_some() -> None:
    first = Visit(DAY, psfs=(Activity("Sit", 3),))
    second = Visit(DAY, activities=("Stairs",))
    case = Case(Patient("Case A"), (first, second, Visit(DAY), Visit(DAY)))
    assert earlier_activities(case) == (OwnActivity("Stairs"),)
    assert earlier_score(case, " SIT ") == (0, 3)
    assert earlier_score(case, "Stairs") is None


def test_the_order_of_activities_does_not_make_them_others() -> None:
    one = Visit(DAY, psfs=(Activity("Sit", 3), Activity("Run", 2)))
    other = replace(one, psfs=(Activity("run", 5), Activity("Sit", 5)))
    assert same_activities(one, other)
    assert not same_activities(one, replace(one, psfs=one.psfs[:1]))


@given(st.floats(0, 10), st.floats(0, 10))
def test_a_single_activity_counts_from_three(before: float, now: float) -> None:
    """Three points of ten (RehabMeasures, second-hand); worse is the mirror of better."""
    said = verdict_of_activity(before, now)
    assert (said == "same") is (abs(now - before) < 3)
    mirror = {"better": "worse", "worse": "better", "same": "same"}
    assert verdict_of_activity(now, before) == mirror[said]
