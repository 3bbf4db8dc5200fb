"""The power is cut, in thought: what was not flushed is dropped, reordered, torn between sectors.

Lines 11 to 14 of reliability.md, section 7. What was counted is printed at the end of the run.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.running import counted_by
from tests.records import make_clinic

pytestmark = pytest.mark.timeout(7200)
SEED = 7


def cut(tmp_path: Path, preload: Path, mode: str, count: int) -> dict[str, float]:
    """Record a day of a clinic and cut it at so many moments."""
    profile, base, notes = tmp_path / "clinic", tmp_path / "base", tmp_path / "notes"
    make_clinic(profile)
    shutil.copytree(profile, base)
    under = {
        "LD_PRELOAD": str(preload),
        "FAULTS_UNDER": str(profile),
        "FAULTS_NOTES": str(notes),
    }
    counted_by("powering", "day", profile, mode, more=under)
    assert notes.stat().st_size > 500_000, "the recorder saw what SQLite wrote"
    return counted_by("powering", "cuts", notes, profile, base, count, SEED)


def test_a_power_cut_loses_nothing_that_was_acknowledged(
    tmp_path: Path,
    preload: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Not while saving or while the log goes into the file, nor during a backup, a change of
    passphrase or a restore."""
    counted = cut(tmp_path, preload, "FULL", tries(40, 1000))
    for name, count in counted.items():
        record_property(f"power cuts: {name}", count)
    assert counted["lost"] == 0
    assert counted["while the log went into the file"] > 0


@pytest.mark.parametrize("mode", ["NORMAL", "OFF"])
def test_a_record_that_is_flushed_less_is_seen_to_lose(
    tmp_path: Path,
    preload: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
    mode: str,
) -> None:
    """The negative control: a harness that found nothing here would find nothing at all."""
    counted = cut(tmp_path, preload, mode, tries(12, 300))
    record_property(f"power cuts with synchronous={mode}: lost", counted["lost"])
    assert counted["lost"] > 0
