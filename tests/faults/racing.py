"""Starts many processes at one moment on one record, each of which charts a case and counts one up.

Run as `python -m tests.faults.racing FOLDER STARTERS ROUNDS`. Everything is imported once and each
starter is a fork that waits for a common sign. Prints what was counted as one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path

from clinic_desktop.bootstrap import main as clinic_desktop
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.services.access.front_door import FrontDoor
from clinic_desktop.services.record import find_patients
from clinic_desktop.storage.clinic_files import FolderOfClinic
from clinic_desktop.storage.waiting import OF_A_COMMAND_MS
from tests.casefiles import whole_case
from tests.faults.oracle import Ledger, begin_visit, look, now, signed_in
from tests.records import PASSPHRASE, make_clinic

FAILED = 100
COUNTED = Key("slr.angle", Side.LEFT)


def racing(folder: Path, starters: int, rounds: int) -> dict[str, int]:
    """Each starter's patient is there once, nobody is refused, and no count is lost: each reads a
    number in one visit and writes the next."""
    profile = folder / "clinic"
    signs_in = make_clinic(profile)
    with signed_in(profile) as session:
        counter = begin_visit(session)
    charted = 0
    for turn in range(rounds):
        files = []
        for number in range(starters):
            case = whole_case()
            case["patient"]["name"] = f"Race {turn} {number}"
            files.append(folder / f"{turn}-{number}.json")
            files[-1].write_text(json.dumps(case), encoding="utf-8")
        ready, go = os.pipe()
        children = [
            _starter(ready, go, ["chart", str(file), *signs_in], profile, counter) for file in files
        ]
        os.close(ready)
        os.close(go)  # the sign: nothing holds it open any more
        ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        assert set(ended) == {0}, ended
        charted += starters
    with signed_in(profile) as session:
        found = find_patients(session.begin, "Race", limit=charted + 10)
        with session.begin() as work:
            counted = work.course_of_visit(counter).visits[0].visit.findings.get(COUNTED)
    assert len({one.patient.name for one in found}) == len(found) == charted
    assert counted == charted, "an update was lost"
    look(profile, Ledger())
    return {
        "starters at one moment": starters,
        "charted by them, found once, none refused": charted,
        "counted up by them in one visit, none lost": charted,
    }


def _starter(ready: int, go: int, arguments: list[str], profile: Path, counter: int) -> int:
    child = os.fork()
    if child:
        return child
    os.close(go)
    os.read(ready, 1)  # until the parent and every other starter let go of it
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    status = FAILED
    try:
        status = clinic_desktop(arguments)
        _count_up(profile, counter)
    except BaseException:  # said by the exit status; nothing of the parent may run on here
        traceback.print_exc()
        status = FAILED
    finally:
        sys.stderr.flush()
        os._exit(status)


def _count_up(profile: Path, counter: int) -> None:
    """Read a number and write the next, in one transaction: what is read then stays true."""
    files = FolderOfClinic(profile, wait_ms=OF_A_COMMAND_MS)
    session = FrontDoor(files, profile, now).sign_in("anna", PASSPHRASE)
    with session.begin(writing=True) as work:
        before = work.course_of_visit(counter).visits[0].visit
        found = before.findings.get(COUNTED, 0)
        assert isinstance(found, int)
        work.change_visit(counter, before, before.charted(COUNTED, found + 1), session.act())
        work.commit()
    session.lock()


if __name__ == "__main__":
    counted = racing(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(counted) + "\n")
