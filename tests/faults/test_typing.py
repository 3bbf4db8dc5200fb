"""From the key to the disk: how old the oldest thing is that was typed and is not in the file yet.

Line 2 of reliability.md, section 7, and "each change durable within one second": somebody types at
the real window in a process of its own, and another process looks into the record all the while.
(What is left after `kill -9` in the middle of it: `tests/journeys/test_kill.py`.)
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.values import Key
from clinic_desktop.storage.database import Database
from tests.journeys.test_kill import TYPE_ON_AND_ON
from tests.records import connected_clinic, make_clinic

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="two processes share no clock there"),
    pytest.mark.timeout(1200),
]

NOTE = Key("note.subjective")
A_SECOND = 1.0


def signs_in_file(database: Database) -> int:
    """How many signs of the note another process finds by now."""
    try:
        with database.begin() as work:
            visit = work.course_of_visit(1).visits[0].visit
    except NotFound:
        return 0
    return len(str(visit.findings.get(NOTE, "")))


def test_what_is_typed_is_on_the_disk_within_a_second(
    tmp_path: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """While somebody types without a pause, which is when it takes longest."""
    profile = tmp_path / "clinic"
    signs_in = make_clinic(profile)
    typed: list[float] = []
    ages: list[float] = []
    with subprocess.Popen(
        [sys.executable, "-c", TYPE_ON_AND_ON, *signs_in],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        lines = child.stdout

        def listen() -> None:
            for line in lines:
                moment, signs, _angle = line.split()
                typed.extend([float(moment)] * (int(signs) - len(typed)))

        listening = threading.Thread(target=listen)
        listening.start()
        database = connected_clinic(profile)
        began = time.monotonic()
        while not typed or typed[-1] - typed[0] < tries(4, 120):
            assert child.poll() is None
            assert time.monotonic() - began < 600, "nobody typed"
            found = signs_in_file(database)
            at = time.monotonic()
            waiting = typed[found:]
            if typed:
                ages.append(max(0.0, at - waiting[0]) if waiting else 0.0)
            time.sleep(0.02)
        database.close()
        child.kill()
        listening.join()
    record_property("typed at the window, signs", len(typed))
    record_property("looks from another process", len(ages))
    for name, age in (("half the looks", statistics.median(ages)), ("the worst", max(ages))):
        record_property(f"oldest sign not yet in the file, {name}, ms", round(age * 1000))
    assert statistics.median(ages) < A_SECOND
