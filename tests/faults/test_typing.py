"""From the key to the disk: how old the oldest thing is that was typed and is not in the file yet.

Line 2 of reliability.md, section 7, and "each change durable within one second": somebody types at
the real window in a process of its own, and another process looks into the record all the while.
How old that is depends on the machine, and is counted; that typing without a pause is handed on
before a second has passed, and comes into the file while it goes on, holds on any.
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
from ui.forms.texts import LONGEST_MS, PAUSE_MS
from ui.papers.letter_keeping import KEEP_MS

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="two processes share no clock there"),
    pytest.mark.timeout(1200),
]

NOTE = Key("note.subjective")
A_SECOND_MS = 1000


def note_in_file(database: Database) -> str:
    """What another process finds of the note by now."""
    try:
        with database.begin() as work:
            visit = work.course_of_visit(1).visits[0].visit
    except NotFound:
        return ""
    return str(visit.findings.get(NOTE, ""))


def test_what_is_typed_is_handed_on_before_a_second_has_passed() -> None:
    """Also by somebody who never pauses."""
    assert PAUSE_MS < LONGEST_MS < A_SECOND_MS
    assert KEEP_MS < A_SECOND_MS


def test_what_is_typed_comes_to_the_disk_while_typing_goes_on(
    tmp_path: Path,
    tries: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Without a pause, which is when it takes longest: again and again, nothing but what was typed,
    and more each time."""
    profile = tmp_path / "clinic"
    signs_in = make_clinic(profile)
    in_file = [""]
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
                moment, signs = line.split()[:2]
                typed.extend([float(moment)] * (int(signs) - len(typed)))

        listening = threading.Thread(target=listen)
        listening.start()
        database = connected_clinic(profile)
        while len(in_file) <= tries(4, 120):
            assert child.poll() is None
            found = note_in_file(database)
            at = time.monotonic()
            assert found.startswith(in_file[-1])
            if found != in_file[-1]:
                in_file.append(found)
            waiting = typed[len(found) :]
            if typed:
                ages.append(max(0.0, at - waiting[0]) if waiting else 0.0)
            time.sleep(0.02)
        database.close()
        child.kill()
        listening.join()
    everything = "".join(f"{word} " for word in range(1, len(in_file[-1]) + 1))
    assert everything.startswith(in_file[-1]), "nothing but what was typed, in its order"
    record_property("typed at the window, signs", len(typed))
    record_property("looks from another process", len(ages))
    for name, age in (("half the looks", statistics.median(ages)), ("the worst", max(ages))):
        record_property(f"oldest sign not yet in the file, {name}, ms", round(age * 1000))
