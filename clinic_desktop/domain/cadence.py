"""Cadence counted by tapping with the beat: a robust mean of the intervals, and how even they are.

One foot is counted, because every second landing can be tapped evenly at any running speed; the
rate is doubled to steps a minute, the unit in which cadence is charted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median, pstdev
from typing import Final

STEPS_A_TAP: Final = 2
"""A tap is a landing of one foot; between two of them lie two steps."""
LEAST_TAPS: Final = 6
"""Taps before an estimate is shown (proposal)."""
LONGEST_PAUSE_S: Final = 2.5
"""After a pause of more seconds the count begins anew: 48 steps a minute are no run."""
_KEPT: Final = 0.25
"""An interval this part off the median is a missed or a double tap, and left out (proposal)."""
_STEADY: Final = 0.05
_FAIR: Final = 0.10
"""Spread of the intervals, as a part of their mean, up to which tapping counts as steady and as
fair (proposal)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the taps come to."""

    steps_a_minute: int
    give_or_take: int
    """Twice the standard error, in steps a minute; at least 1."""
    steadiness: str
    """`steady`, `fair` or `uneven`."""
    left_out: int
    """Intervals that were a missed or a double tap."""


@dataclass(frozen=True, slots=True)
class Tapping:
    """The taps so far, in seconds of one clock."""

    taps: tuple[float, ...] = ()

    def tapped(self, at: float) -> Tapping:
        """One more tap; after a long pause, or a clock that went back, the first of a new count."""
        if self.taps and not 0 < at - self.taps[-1] <= LONGEST_PAUSE_S:
            return Tapping((at,))
        return replace(self, taps=(*self.taps, at))

    @property
    def missing(self) -> int:
        """How many taps an estimate still needs."""
        return max(0, LEAST_TAPS - len(self.taps))

    @property
    def estimate(self) -> Estimate | None:
        """Steps a minute; None while there are too few taps."""
        return None if self.missing else estimate(self.taps)


def estimate(taps: Sequence[float]) -> Estimate:
    """The rate of some taps, at least two, each later than the one before."""
    intervals = [later - earlier for earlier, later in pairwise(taps)]
    middle = median(intervals)
    kept = [one for one in intervals if abs(one - middle) <= _KEPT * middle] or [middle]
    mean = fmean(kept)
    spread = pstdev(kept) / mean
    rate = 60 * STEPS_A_TAP / mean
    error = 2 * rate * spread / len(kept) ** 0.5
    left_out = len(intervals) - len(kept)
    steadiness = "steady" if spread <= _STEADY else "fair" if spread <= _FAIR else "uneven"
    if left_out > len(intervals) / 3:
        steadiness = "uneven"
    return Estimate(round(rate), max(1, round(error)), steadiness, left_out)
