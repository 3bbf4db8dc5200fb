"""Sizes of type on the home-plan sheet, all of them following from the body's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEAST: Final = 12.0
"""Points: the least for clear print. Digits in rings are a point smaller."""
LEAST_LARGE: Final = 16.0
"""Points: from here on a text counts as large print."""

BODY_SIZES: Final = {
    12: (12.0,),
    14: tuple(tenths / 10 for tenths in range(140, 119, -2)),
    18: (18.0, 17.5, 17.0, 16.5, 16.0),
}
"""Body sizes to try for a chosen one, largest first: smaller ones only to save a page."""


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """What each kind of text is set in, in points."""

    body: float

    @property
    def large(self) -> bool:
        """Whether this is large print."""
        return self.body >= LEAST_LARGE

    @property
    def boxes(self) -> float:
        """The boxes below the exercises, a little smaller than those; not in large print."""
        return self.body if self.large else max(LEAST, self.body - 1)

    @property
    def small(self) -> float:
        """Grid, captions, identifiers and words on drawings."""
        return LEAST_LARGE if self.large else LEAST

    @property
    def name(self) -> float:
        """An exercise's name."""
        return 20.0 if self.large else 14.5

    @property
    def stop(self) -> float:
        """The heading of the stop box."""
        return 20.0 if self.large else 15.5

    @property
    def title(self) -> float:
        """The sheet's title."""
        return 23.0 if self.large else 19.0

    @property
    def clinic(self) -> float:
        """The clinic's name and telephone."""
        return 18.0 if self.large else 15.0

    @property
    def signs(self) -> float:
        """How much larger than usual discs, rings and the stop sign are."""
        return 1.3 if self.large else 1.0
