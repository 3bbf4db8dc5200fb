"""What a saved change costs the disk: one flush, and never one for what can wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.faults.replay import LEDGER, read_notes
from tests.faults.running import counted_by

SAVES = 100


def flushes(tmp_path: Path, preload: Path, saves: int, pause_every: int) -> dict[str, Counter[int]]:
    """How many saves cost how many flushes, and the same of pauses."""
    profile, notes = tmp_path / "clinic", tmp_path / "notes"
    under = {
        "LD_PRELOAD": str(preload),
        "FAULTS_UNDER": str(profile),
        "FAULTS_NOTES": str(notes),
    }
    counted_by("flushing", profile, saves, pause_every, more=under)
    found: dict[str, Counter[int]] = {"save": Counter(), "pause": Counter()}
    begun, count = "", 0
    for op in read_notes(notes):
        if op.path.endswith(f"/{LEDGER}") and op.kind == "W":
            if begun in found:
                found[begun][count] += 1
            begun, count = op.data.decode().strip(), 0
        count += op.kind == "S"
    return found


def test_each_saved_change_costs_exactly_one_flush(
    tmp_path: Path, preload: Path, record_property: Callable[[str, object], None]
) -> None:
    """Also the first one after a pause, in which the log went into the file."""
    found = flushes(tmp_path, preload, SAVES, pause_every=7)
    assert found["save"] == {1: SAVES}
    assert set(found["pause"]) == {5}, "log, file, note outside; the new log's beginning twice"
    record_property("saves that cost exactly one flush", SAVES)


def test_a_log_that_goes_into_the_file_within_a_change_is_seen(
    tmp_path: Path, preload: Path
) -> None:
    """The negative control: left to itself SQLite does it at the end of whatever change comes."""
    found = flushes(tmp_path, preload, 2 * SAVES, pause_every=0)
    assert any(count > 1 for count in found["save"])
