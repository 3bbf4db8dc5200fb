"""Measures over the visits: gaps stay gaps, and a change inside the error is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic_desktop.domain.trends import MEASURES, Series, Target, series_of, verdict_between
from clinic_desktop.domain.values import Key, Side, Value
from clinic_desktop.domain.visits import Activity, Case
from tests.paper_contents import a_course, a_source, left, right

NOW = Key("outcome.nprs_now")
ANGLE = "slr.angle"


def series(case: Case, targets: dict[str, Target] | None = None) -> dict[str, Series]:
    source = a_source()
    found = series_of(case, source.catalogue, source.bands, targets)
    return {one.finding: one for one in found}


def test_a_visit_that_did_not_record_a_measure_is_a_gap_and_no_nought() -> None:
    (one,) = series(a_course({NOW: 6}, {}, {NOW: 0})).values()
    assert one.trends[0].values == (6.0, None, 0.0)
    assert one.trends[0].charted == ((0, 6.0), (2, 0.0))


def test_a_measure_never_recorded_has_no_series() -> None:
    assert series(a_course({}, {})) == {}
    assert list(series(a_course({right(ANGLE): 60, NOW: 3}))) == ["outcome.nprs_now", ANGLE]


@pytest.mark.parametrize(
    ("after", "verdict"), [(6, "same"), (5, "same"), (4, "better"), (7, "same"), (8, "worse")]
)
def test_less_pain_is_better_beyond_two_points(after: int, verdict: str) -> None:
    """Childs 2005: 2 of 10 is a detectable change; less than that is no real change."""
    trend = series(a_course({NOW: 6}, {NOW: after}))["outcome.nprs_now"].trends[0]
    assert trend.change is not None
    assert (trend.change.verdict, trend.change.by) == (verdict, after - 6)
    assert trend.band is not None
    assert (trend.band.low, trend.band.high) == (4, 8)


@pytest.mark.parametrize(
    ("finding", "before", "after", "verdict"),
    [
        ("slr.angle", 54, 63, "same"),
        ("slr.angle", 54, 64, "better"),
        ("bridge.reps", 10, 11, "same"),
        ("bridge.reps", 10, 12, "better"),
        ("bridge.reps", 0, 0, "same"),
        ("bridge.reps", 0, 1, "better"),
        ("outcome.lefs", 40, 48, "same"),
        ("outcome.lefs", 40, 49, "better"),
        ("outcome.visa_h", 50, 71, "same"),
        ("outcome.visa_h", 50, 72, "better"),
        ("outcome.odi", 40, 30, "better"),
        ("outcome.odi", 40, 50, "worse"),
        ("outcome.groc", 7, 2, "same"),
        ("outcome.groc", 0, 3, "better"),
        ("outcome.groc", 0, -3, "worse"),
        ("outcome.pain_free_run", 1, 10, None),
        ("outcome.sitting_minutes", 5, 60, None),
        ("outcome.fash", 20, 90, None),
    ],
)
def test_each_measure_against_its_own_error(
    finding: str, before: float, after: float, verdict: str | None
) -> None:
    """Clinical facts, section 4; measures without a published change are not judged."""
    assert verdict_between(finding, before, after, a_source().bands) == verdict


def test_one_value_is_no_change() -> None:
    trend = series(a_course({}, {NOW: 4}, {}))["outcome.nprs_now"].trends[0]
    assert (trend.change, trend.charted) == (None, ((1, 4.0),))


def test_right_and_left_are_mirror_images() -> None:
    charts: list[tuple[float, float]] = [(54, 74), (60, 75), (70, 74)]
    one = series(a_course(*({right(ANGLE): r, left(ANGLE): other} for r, other in charts)))[ANGLE]
    other = series(a_course(*({left(ANGLE): r, right(ANGLE): other} for r, other in charts)))[ANGLE]
    swapped = {Side.RIGHT: Side.LEFT, Side.LEFT: Side.RIGHT}
    mirrored = tuple(replace(t, side=swapped[t.side]) for t in reversed(other.trends) if t.side)
    assert one.trends == mirrored
    assert replace(one, trends=()) == replace(other, trends=())


def test_a_side_never_recorded_is_not_drawn() -> None:
    (trend,) = series(a_course({left(ANGLE): 54}))[ANGLE].trends
    assert trend.side is Side.LEFT


def test_own_activities_count_with_their_mean_while_they_are_the_same() -> None:
    """Other activities at a later visit cannot be compared: a gap, not a change."""
    case = a_course({}, {}, {})
    scores = [("run", 2.0), ("sit", 4.0)], [("Run ", 6.0), ("sit", 8.0)], [("drive", 9.0)]
    visits = tuple(
        replace(visit, psfs=tuple(Activity(*pair) for pair in pairs))
        for visit, pairs in zip(case.visits, scores, strict=True)
    )
    assert series(replace(case, visits=visits))["outcome.psfs"].trends[0].values == (3, 7, None)


def test_the_range_holds_every_value_the_band_and_the_target() -> None:
    run = "outcome.pain_free_run"
    one = series(a_course({Key(run): 4.0}), {run: Target(10, "goal")})[run]
    assert one.low == 0
    assert one.high > 10
    angle = series(a_course({right(ANGLE): 130}))[ANGLE]
    assert angle.high >= 140


@pytest.mark.parametrize("value", [0, 1, 5, 7, 80])
def test_a_range_is_never_empty(value: Value) -> None:
    """Drawn values are divided by the range."""
    for finding in MEASURES:
        spec = a_source().catalogue.spec(finding)
        if spec.high < float(str(value)):
            continue
        for one in series(a_course({spec.keys[0]: value})).values():
            assert one.high > one.low


def test_what_the_course_follows_is_all_that_is_asked_for() -> None:
    """Bridge by repetitions and by pain, the hold of the glutes: each has a chart of its own."""
    case = a_course(
        {right("bridge.reps"): 8, right("bridge.pain"): 6, right("glute.bridge_hold"): 20},
        {right("bridge.reps"): 8, right("bridge.pain"): 4, right("glute.bridge_hold"): 30},
    )
    found = {name: one.trends[0].change for name, one in series(case).items()}
    verdicts = {name: change.verdict for name, change in found.items() if change}
    assert verdicts == {
        "bridge.reps": "same",
        "bridge.pain": "better",
        "glute.bridge_hold": "better",
    }


def test_own_activities_are_followed_by_name_and_a_missing_score_is_a_gap() -> None:
    """However a name is written; one that came up later has no score before."""
    case = a_course({}, {})
    scored = (
        (Activity("Running 10 km", 2), Activity("sitting", 3)),
        (Activity("running  10 KM", 5), Activity("tying shoes", 7)),
    )
    visits = tuple(
        replace(visit, psfs=psfs) for visit, psfs in zip(case.visits, scored, strict=True)
    )
    (scale,) = series(replace(case, visits=visits)).values()
    assert [(one.name, one.values) for one in scale.activities] == [
        ("running  10 KM", (2, 5)), ("sitting", (3, None)), ("tying shoes", (None, 7)),
    ]  # fmt: skip
