"""Tells from counts whether something grows with each visit, whatever comes and goes between."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import combinations
from typing import Final

WARM: Final = 0.4
"""Of the visits: until then imports, caches and pools still fill."""
ENOUGH: Final = 10
"""Counts after which a growth can be told from what comes and goes."""
MOST: Final = {
    "widgets": 0.5,
    "objects of Qt": 0.5,
    "objects of ours": 1000.0,
    "open files": 0.5,
    "threads": 0.5,
    "windows": 0.5,
    "memory, KiB": 25000.0,
}
"""Growth for a hundred visits that is none: half a thing is no thing. Patients and entries stand in
the lists of the first page and of the trail. Of memory most is what PySide keeps of widgets that
the hand of the tests passed as it looked for a name (10 MB); a visit that stayed would add 90 MB,
and 50,000 objects."""


def growth(counts: Sequence[tuple[int, dict[str, float]]], visits: int) -> dict[str, float]:
    """Of each thing that was counted after so many visits, for a hundred of them: the median of all
    pairs of counts. Empty where there are too few."""
    warm = [one for one in counts if one[0] > WARM * visits]
    if len(warm) < ENOUGH:
        return {}
    return {
        name: statistics.median(
            (later[name] - earlier[name]) / (last - first) * 100
            for (first, earlier), (last, later) in combinations(warm, 2)
        )
        for name in warm[0][1]
    }
