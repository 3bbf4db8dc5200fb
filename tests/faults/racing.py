"""Starts many processes at one moment on one record, each of which charts a case.

Run as `python -m tests.faults.racing FOLDER STARTERS ROUNDS`. Everything is imported once and each
starter is a fork that waits for a common sign. Prints what was counted as one line of JSON.
"""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import redirect_stderr
from pathlib import Path

from clinic_desktop.bootstrap import main as clinic_desktop
from clinic_desktop.services.record import find_patients
from tests.casefiles import whole_case
from tests.faults.oracle import Ledger, look, signed_in
from tests.records import make_clinic

FAILED = 100


def racing(folder: Path, starters: int, rounds: int) -> dict[str, int]:
    """Each starter's patient is there once, and all that was said to be charted is."""
    profile = folder / "clinic"
    signs_in = make_clinic(profile)
    charted = refused = 0
    for turn in range(rounds):
        files = []
        for number in range(starters):
            case = whole_case()
            case["patient"]["name"] = f"Case {turn} {number}"
            files.append(folder / f"{turn}-{number}.json")
            files[-1].write_text(json.dumps(case), encoding="utf-8")
        ready, go = os.pipe()
        children = [_starter(ready, go, ["chart", str(file), *signs_in]) for file in files]
        os.close(ready)
        os.close(go)  # the sign: nothing holds it open any more
        ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        assert max(ended) < FAILED, ended
        charted += starters
        refused += sum(ended)
    with signed_in(profile) as session:
        found = find_patients(session.begin, "Case", limit=charted + 10)
    assert len({one.patient.name for one in found}) == len(found) == charted
    look(profile, Ledger())
    return {
        "starters at one moment": starters,
        "charted by them, and found once": charted,
        "asked to try again meanwhile": refused,
    }


def _starter(ready: int, go: int, arguments: list[str]) -> int:
    child = os.fork()
    if child:
        return child
    os.close(go)
    os.read(ready, 1)  # until the parent and every other starter let go of it
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    status = FAILED
    try:
        status = _until_charted(arguments)
    finally:
        sys.stderr.flush()
        os._exit(status)


def _until_charted(arguments: list[str]) -> int:
    """As somebody at a terminal: who is told that another program writes just now tries again.
    Gives how often that was said."""
    for refused in range(FAILED):
        with redirect_stderr(io.StringIO()) as said:
            status = clinic_desktop(arguments)
        if status == 0:
            return refused
        if "Another program is writing" not in said.getvalue():
            sys.stderr.write(said.getvalue())
            break
    return FAILED


if __name__ == "__main__":
    counted = racing(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(counted) + "\n")
