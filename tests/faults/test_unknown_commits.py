"""A disk that fails, or is slow, at the very end of a commit: what came of it is found out.

Lines 18 and 23 of reliability.md, section 7. Once flushing failed nobody can tell whether a change
is in the record: the program looks for its last entry in the audit trail, whose hash no other has,
writes nothing else before that is settled, and never does again what is there already. Each kind of
change that the record takes is tried (`changing.py`).
What was counted is printed at the end of the run (`record_property`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.running import counted_by

pytestmark = pytest.mark.timeout(3600)


@pytest.mark.parametrize("what", ["once", "twice", "for_good", "slow"])
def test_a_change_is_there_once_however_the_flush_ended(
    tmp_path: Path,
    preload: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
    what: str,
) -> None:
    under = {"LD_PRELOAD": str(preload), "FAULTS_UNDER": str(tmp_path / "clinic")}
    counted = counted_by("doubting", what, tmp_path / "clinic", preload, tries(1, 40), more=under)
    for name, count in counted.items():
        record_property(name, count)
    if what == "twice":  # the change came about, and the disk was well again in time to tell
        assert counted["flush failed twice: in doubt, and found to be there"] > 0


def test_two_who_write_in_one_program_queue_however_long_the_disk_takes(
    tmp_path: Path,
    preload: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """A backup's entry in the trail beside a saved change: neither is told that another program
    writes, and neither is tried again."""
    under = {"LD_PRELOAD": str(preload), "FAULTS_UNDER": str(tmp_path / "clinic")}
    counted = counted_by("queueing", tmp_path / "clinic", preload, tries(3, 40), more=under)
    for name, count in counted.items():
        record_property(name, count)
