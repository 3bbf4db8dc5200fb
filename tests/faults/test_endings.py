"""The system ends the program while somebody types and a save is under way on a slow disk.

Lines 10 and 23 of reliability.md, section 7: in a process of its own, whose flush does not end
before the program is being ended (`preload.c`), what is typed goes on being typed, and what was
typed is in the record, however the program is ended; nobody is asked anything, or the process would
never end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_desktop.services.record import find_patients
from tests.faults.oracle import signed_in
from tests.faults.running import ROOT
from tests.faults.sitting import NOTE, RESULT, TYPED

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "close", "session"])
def test_what_was_typed_is_in_the_record_however_the_program_ends(
    tmp_path: Path, preload: Path, how: str
) -> None:
    profile = tmp_path / "clinic"
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.sitting", how, str(profile), str(preload)],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(preload), "FAULTS_UNDER": str(profile)},
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    if how == "session":  # the system ended it, once it had been told
        assert ended.returncode == -9, ended.stderr[-3000:]
    else:
        assert ended.returncode == 0, ended.stderr[-3000:]
        counted = json.loads(ended.stdout.splitlines()[-1])
        assert counted["exit"] == 0
        assert counted["turns while a flush did not end"] > 2 * len(TYPED), "the window lived"
    with signed_in(profile) as session:
        (found,) = find_patients(session.begin, "Case A")
        with session.begin() as work:
            course = work.newest_course(found.number)
    assert course is not None
    assert course.visits[-1].visit.findings == {RESULT: "positive", NOTE: TYPED}
