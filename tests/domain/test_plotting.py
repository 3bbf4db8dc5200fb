"""Where visits and values lie in a drawing; window and paper ask the same."""

import datetime as dt
from itertools import pairwise

import pytest

from clinic_desktop.domain.plotting import (
    PAD,
    axis_values,
    numbered,
    plot_of,
    steps_of,
    verdict_at,
    visit_places,
)
from clinic_desktop.domain.trends import GROC, Band, Series, Trend

DAY = dt.date(2026, 3, 2)


def a_series(*values: float | None, better: str = "lower", finding: str = "x") -> Series:
    """A measure of one side from 0 to 10, a visit a week, with an error of 2."""
    first = 0.0 if finding == GROC else next(value for value in values if value is not None)
    trend = Trend(None, values, Band(first - 2, first + 2), None)
    days = tuple(DAY + dt.timedelta(weeks=n) for n in range(len(values)))
    return Series(finding, "0-10", 0, 10, better, days, (trend,), 2, False, "", False)


def verdicts(series: Series) -> list[str | None]:
    """Of each visit."""
    return [verdict_at(series, series.trends[0], at) for at in range(len(series.days))]


@pytest.mark.parametrize("days", [[0], [0, 7], [0, 0, 0], [0, 1, 100], list(range(30))])
def test_visits_lie_apart_in_their_order_within_the_plot(days: list[int]) -> None:
    places = visit_places(days, 200)
    assert len(places) == len(days)
    assert all(early < late for early, late in pairwise(places))
    assert all(PAD - 1e-6 <= place <= 200 - PAD + 1e-6 for place in places)


def test_values_lie_by_their_size_and_never_outside() -> None:
    plot = plot_of(a_series(5, 6), 10, 20, 100, 50)
    assert [plot.up(value) for value in (0, 5, 10, 99)] == [20, 45, 70, 70]
    assert axis_values(a_series(5)) == (0, 5, 10)


def test_numbers_below_the_plot_never_touch() -> None:
    plot = plot_of(a_series(*[5.0] * 30), 0, 0, 100, 50)
    shown = [plot.across(visit) for visit in numbered(plot, 13)]
    assert len(shown) < 30
    assert all(late - early >= 13 for early, late in pairwise(shown))


def test_no_line_bridges_a_visit_without_a_value() -> None:
    assert list(steps_of(a_series(6, None, 5, 4).trends[0])) == [(2, 3)]


@pytest.mark.parametrize(
    ("values", "better", "said"),
    [
        ((6, 5, 4, 3, 8), "lower", [None, "same", "better", "better", "worse"]),
        ((6, 7, 8), "higher", [None, "same", "better"]),
        ((None, 6, None, 6), "lower", [None, None, None, "same"]),
    ],
)
def test_a_value_within_the_error_is_the_same(
    values: tuple[float | None, ...], better: str, said: list[str | None]
) -> None:
    assert verdicts(a_series(*values, better=better)) == said


def test_a_rating_of_change_is_judged_from_its_first_value_on() -> None:
    assert verdicts(a_series(1, 4, -3, better="higher", finding=GROC)) == [
        "same",
        "better",
        "worse",
    ]
