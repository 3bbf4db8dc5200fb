"""A computer's clock that goes back, as the record sees it: its entries are in order, times may not
be."""

from __future__ import annotations

import datetime as dt
from typing import Final

UNNOTICED: Final = dt.timedelta(minutes=2)
"""By so much an entry may be before the one that it follows: clocks are put right by seconds, and
who waits for another that is writing said before what time it is."""


def went_back(before: dt.datetime, now: dt.datetime) -> bool:
    """Whether a clock stands before a moment that is over already."""
    return now + UNNOTICED < before
