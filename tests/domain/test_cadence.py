"""Cadence by tapping: an even beat is met, a missed tap does no harm, a pause begins anew."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clinic_desktop.domain.cadence import LEAST_TAPS, LONGEST_PAUSE_S, Tapping, estimate

rates = st.integers(110, 230)


def tapped(intervals: list[float], start: float = 0.0) -> Tapping:
    found = Tapping()
    for at in accumulate(intervals, initial=start):
        found = found.tapped(at)
    return found


def beat(rate: float) -> float:
    """Seconds between two landings of one foot."""
    return 120 / rate


@given(rates, st.integers(LEAST_TAPS, 40), st.floats(0, 1e5))
def test_an_even_beat_is_met_to_the_step(rate: int, taps: int, start: float) -> None:
    """Whenever it begins, and however long it goes on."""
    found = tapped([beat(rate)] * (taps - 1), start).estimate
    assert found is not None
    assert found.steps_a_minute == rate
    assert (found.give_or_take, found.steadiness, found.left_out) == (1, "steady", 0)


def test_both_feet_are_charted_though_one_is_counted() -> None:
    """85 landings of the right foot a minute are 170 steps."""
    found = tapped([60 / 85] * 9).estimate
    assert found is not None
    assert found.steps_a_minute == 170


@pytest.mark.parametrize("taps", range(1, LEAST_TAPS))
def test_too_few_taps_say_nothing(taps: int) -> None:
    found = tapped([0.7] * (taps - 1))
    assert found.estimate is None
    assert found.missing == LEAST_TAPS - taps


@given(rates, st.integers(0, 11))
def test_a_missed_tap_does_not_move_the_rate(rate: int, place: int) -> None:
    """The doubled interval is left out, and said."""
    intervals = [beat(rate)] * 12
    assume(2 * beat(rate) <= LONGEST_PAUSE_S)
    intervals[place] *= 2
    found = tapped(intervals).estimate
    assert found is not None
    assert found.steps_a_minute == rate
    assert found.left_out == 1
    assert found.steadiness == "steady"


@given(rates, st.lists(st.floats(-0.06, 0.06), min_size=8, max_size=20))
def test_an_unsteady_hand_stays_near_and_says_how_near(rate: int, jitter: list[float]) -> None:
    found = tapped([beat(rate) * (1 + off) for off in jitter]).estimate
    assert found is not None
    assert abs(found.steps_a_minute - rate) <= rate * 0.065 + 1
    assert found.give_or_take >= 1
    assert found.steadiness in ("steady", "fair")


def test_tapping_without_a_beat_is_called_uneven() -> None:
    found = tapped([0.4, 0.9, 0.5, 1.2, 0.6, 1.0, 0.45]).estimate
    assert found is not None
    assert found.steadiness == "uneven"


@given(st.lists(st.floats(0.5, 1.2), min_size=5, max_size=15), st.floats(0.5, 2))
def test_twice_as_fast_is_twice_the_rate(intervals: list[float], by: float) -> None:
    one = estimate(list(accumulate(intervals, initial=0.0)))
    other = estimate(list(accumulate((i / by for i in intervals), initial=0.0)))
    assert other.steps_a_minute == pytest.approx(one.steps_a_minute * by, abs=2)


def test_after_a_pause_the_count_begins_anew() -> None:
    """The runner was stopped and started again: the pause is no step."""
    found = tapped([0.7] * 9)
    assert found.estimate is not None
    anew = found.tapped(found.taps[-1] + LONGEST_PAUSE_S + 0.01)
    assert len(anew.taps) == 1
    assert anew.estimate is None


def test_a_clock_that_goes_back_begins_anew() -> None:
    found = tapped([0.7] * 9).tapped(1.0)
    assert found.taps == (1.0,)
