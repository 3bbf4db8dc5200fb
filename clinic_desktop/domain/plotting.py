"""Where the visits and values of a series lie in a drawing: one geometry for window and paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .trends import GROC, Series, Trend

PAD: Final = 8.0
"""Between a plot's edge and its first and last visit."""
_HAIR: Final = 1e-9
"""Rounding of binary fractions; far below any measure."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The rectangle of a drawing and how values and visits lie in it, in units of the drawing."""

    x: float
    foot: float
    width: float
    height: float
    low: float
    high: float
    places: tuple[float, ...]
    """Of each visit, from the left edge."""

    def up(self, value: float) -> float:
        """The height of a value, counted upwards; what is beyond the range lies on its edge."""
        part = (value - self.low) / (self.high - self.low)
        return self.foot + min(max(part, 0.0), 1.0) * self.height

    def across(self, visit: int) -> float:
        """Where a visit lies, counted to the right."""
        return self.x + self.places[visit]


def visit_places(days: Sequence[int], width: float) -> tuple[float, ...]:
    """Where visits lie on a line of a width, by their days; those of one day still lie apart."""
    steps = [max(later - day, 0) for day, later in pairwise(days)]
    if not steps:
        return (width / 2,)
    least = sum(steps) / (3 * len(steps)) or 1.0
    steps_wide = [max(step, least) for step in steps]
    whole = sum(steps_wide)
    room = width - 2 * PAD
    places, at = [PAD], 0.0
    for step in steps_wide:
        at += step
        places.append(PAD + room * at / whole)
    return tuple(places)


def plot_of(series: Series, x: float, foot: float, width: float, height: float) -> Plot:
    """The drawing of a series in a rectangle whose lower left corner is `x`, `foot`."""
    days = [day.toordinal() for day in series.days]
    places = visit_places(days, width)
    return Plot(x, foot, width, height, series.low, series.high, places)


def axis_values(series: Series) -> tuple[float, float, float]:
    """The values that are written beside the axis."""
    return (series.low, (series.low + series.high) / 2, series.high)


def numbered(plot: Plot, least: float) -> Iterator[int]:
    """The visits whose numbers have room below the plot, each at least so far from the last."""
    free = float("-inf")
    for visit in range(len(plot.places)):
        if plot.across(visit) - free >= least:
            free = plot.across(visit)
            yield visit


def steps_of(trend: Trend) -> Iterator[tuple[int, int]]:
    """The visits to join with a line: a visit between without a value is a gap, not a line."""
    for (at, _value), (later, _after) in pairwise(trend.charted):
        if later == at + 1:
            yield at, later


def verdict_at(series: Series, trend: Trend, visit: int) -> str | None:
    """`better`, `same` (within the error) or `worse` against the first value.

    None for the first value itself, for a gap, and where no error is known.
    """
    value = trend.values[visit]
    if value is None or trend.band is None:
        return None
    first, before = trend.charted[0]
    if series.finding == GROC:
        before = 0.0  # it is itself a change
    elif visit == first:
        return None
    gain = before - value if series.better == "lower" else value - before
    if gain == 0 or abs(gain) < trend.band.high - before - _HAIR:
        return "same"
    return "better" if gain > 0 else "worse"
