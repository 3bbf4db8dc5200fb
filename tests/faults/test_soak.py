"""Day after day at one window: nothing grows with each visit, and nothing of any is lost.

Line 67 of reliability.md, section 7. A process that opens, charts, signs, prints, locks and backs
up again and again (`soaking.py`) must hold as many widgets, files and threads after the hundredth
visit as after the tenth. No clock has a say: growth is counted for visits. As a rule half a day is
lived, which shows that the day can be lived at all; with `--long` it is forty.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.growing import growth
from tests.faults.oracle import Ledger, look
from tests.faults.running import counted_by

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="open files are counted as Linux does"),
    pytest.mark.timeout(4 * 3600),
]


def test_nothing_grows_and_nothing_is_lost_from_morning_to_evening(
    tmp_path: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    profile = tmp_path / "clinic"
    for name, count in counted_by("soaking", profile, tries(8, 640)).items():
        record_property(name, count)
    look(profile, Ledger())


@pytest.mark.parametrize(("each_visit", "grew"), [(0, 0.0), (2, 200.0)])
def test_a_growth_is_told_from_what_comes_and_goes(each_visit: int, grew: float) -> None:
    """The control: two things a visit are found, and a count that is out of the way is none."""
    counts = [(visit, {"widgets": 300.0 + each_visit * visit}) for visit in range(8, 328, 8)]
    counts[-1][1]["widgets"] += 500
    counts[25][1]["widgets"] -= 100
    assert growth(counts, 320) == {"widgets": grew}
