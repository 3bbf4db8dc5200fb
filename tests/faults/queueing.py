"""Two threads of one program write on a disk whose flush does not end.

Run as `python -m tests.faults.queueing PROFILE LIBRARY ROUNDS`, with the library of `preload.c`
loaded. Prints what was counted as one line of JSON.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from clinic_desktop.domain.visits import Visit
from clinic_desktop.services import record
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.storage.clinic_files import FolderOfClinic
from tests.faults.doubting import Disk
from tests.faults.oracle import ANGLE, DAY, PLAN, Ledger, begin_visit, look, now, plan_at
from tests.records import PASSPHRASE, QUICK, make_clinic

PATIENCE = 0.2
"""Seconds that the flush goes on while both wait. The record's file is asked with no patience at
all, so whoever asked it while the other writes would be refused long before."""


def _thread(does: Callable[[int, int], None], visit_id: int, step: int) -> threading.Thread:
    # What does not hold must end the program, and not wait for a flush that nobody lets go.
    return threading.Thread(target=does, args=(visit_id, step), daemon=True)


def main(profile: Path, disk: Disk, rounds: int) -> None:
    """Each round one saves, and the other before that has ended."""
    make_clinic(profile)
    session = FrontDoor(FolderOfClinic(profile, QUICK, wait_ms=0), profile, now).sign_in(
        "anna", PASSPHRASE
    )
    problems: list[BaseException] = []
    visits = [begin_visit(session), begin_visit(session)]
    begins = threading.Event()

    def save(visit_id: int, step: int) -> None:
        before = Visit(DAY, signed=False)
        if step > 1:
            before = before.charted(ANGLE, step - 1).charted(PLAN, plan_at(step - 1))
        after = before.charted(ANGLE, step).charted(PLAN, plan_at(step))
        begins.set()
        try:
            record.save_visit(session.begin, session.act(), visit_id, before, after)
        except BaseException as problem:  # a thread that fails in silence proves nothing
            problems.append(problem)

    for step in range(1, rounds + 1):
        disk.holds(True)
        first, second = (_thread(save, one, step) for one in visits)
        first.start()
        while not disk.is_holding:
            first.join(0.001)
            assert first.is_alive(), "the disk was not even asked"
        begins.clear()
        second.start()
        begins.wait()
        second.join(PATIENCE)
        assert second.is_alive(), f"it did not wait: {problems}"
        disk.holds(False)
        first.join()
        second.join()
        assert problems == []
    session.lock()
    look(profile, Ledger(dict.fromkeys(visits, rounds)))
    sys.stdout.write(json.dumps({"saves that waited for another's flush": rounds}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Disk(Path(sys.argv[2])), int(sys.argv[3]))
