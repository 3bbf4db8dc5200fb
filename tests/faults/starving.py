"""Gives a process too little to work with: memory for the database, memory in Python, open files,
threads. What it says of that must be the truth, and nothing that it acknowledged is gone.

Run as `python -m tests.faults.starving WHAT FOLDER ROUNDS SEED`: everything is imported once and
each victim is a fork. Prints what was counted as one line of JSON.
"""

from __future__ import annotations

import ctypes
import json
import random
import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import sqlcipher3._sqlite3 as driver  # type: ignore[import-untyped]

from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services import record
from clinic_desktop.services.access.session import Session
from clinic_desktop.services.safety import safekeeping
from tests.faults.killing import Counted, Say, killed
from tests.faults.oracle import (
    ANGLE,
    DAY,
    PLAN,
    Ledger,
    begin_visit,
    door_of,
    good_backups,
    look,
    plan_at,
    save_on,
    signed_in,
    told,
)
from tests.records import PASSPHRASE, make_clinic

SQLITE = ctypes.CDLL(driver.__file__)
SQLITE.sqlite3_memory_used.restype = ctypes.c_int64
SQLITE.sqlite3_hard_heap_limit64.argtypes = [ctypes.c_int64]
SQLITE.sqlite3_hard_heap_limit64.restype = ctypes.c_int64


def _limit_heap(more: int) -> None:
    SQLITE.sqlite3_hard_heap_limit64(max(1, SQLITE.sqlite3_memory_used() + more))


def _give_heap_back() -> None:
    SQLITE.sqlite3_hard_heap_limit64(0)


def _told(does: Callable[[], object], words: str) -> bool:
    """Do it; True where it was refused, in these words and no other."""
    said = told(does)
    assert not said or words in said, said
    return bool(said)


def _saves(
    session: Session,
    say: Say,
    words: str,
    starve: Callable[[], object],
    well_again: Callable[[], object],
) -> None:
    """Save until something is refused; then it is well again, and the same save is taken."""
    visit_id, visit = begin_visit(session), Visit(DAY, signed=False)
    say("begun")
    starve()
    for step in range(1, 4):
        after = visit.charted(ANGLE, step).charted(PLAN, plan_at(step))

        def save(before: Visit = visit, after: Visit = after) -> None:
            record.save_visit(session.begin, session.act(), visit_id, before, after)

        if _told(save, words):
            say("refused")
            well_again()
            save()
        say(f"{visit_id} {step}")
        visit = after
    well_again()


def _ledger(said: str, ledger: Ledger) -> int:
    """Take up what a victim saved; gives how often it was refused."""
    lines = said.splitlines(keepends=True)
    ledger.steps |= Ledger.of("".join(line for line in lines if " " in line)).steps
    return sum(line == "refused\n" for line in lines)


# -------------------------------------------------------------------- line 21
def heap(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """SQLite runs out of memory, at more and more of it: while saving, and while opening."""
    profile = folder / "clinic"
    make_clinic(profile)
    ledger, refused, closed = Ledger(), 0, 0
    for turn in range(rounds):
        more = (turn * 200_000 // rounds) - 40_000 + chance.randrange(2_000)

        def work(say: Say, more: int = more) -> None:
            with signed_in(profile) as session:
                starve = partial(_limit_heap, more)
                _saves(session, say, "not enough memory", starve, _give_heap_back)

        def come_in(say: Say, more: int = more) -> None:
            _limit_heap(more)
            door = door_of(profile)
            if _told(lambda: door.sign_in("anna", PASSPHRASE).lock(), "not enough memory"):
                say("refused")
            _give_heap_back()
            with signed_in(profile) as session:
                save_on(session, lambda *_: None, 1)

        said, _ended = killed(work, lambda: 60.0)
        refused += _ledger(said, ledger)
        said, _ended = killed(come_in, lambda: 60.0)
        closed += said.count("refused")
    look(profile, ledger)
    assert refused > 0
    assert closed > 0
    return {
        "limits on SQLite's memory": 2 * rounds,
        "saves refused for want of memory, and taken after": refused,
        "openings refused for want of memory": closed,
        "saves acknowledged and found again with little memory": ledger.saves,
    }


def python_memory(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """MemoryError out of the n-th call of our own code on the way of a save."""
    profile = folder / "clinic"
    make_clinic(profile)
    steps: dict[int, int] = {}
    struck = 0
    with signed_in(profile) as session:
        calls = _calls_of_a_save(session)
        places = sorted({turn * calls // rounds for turn in range(rounds)})
        for place in places:
            visit_id, before = begin_visit(session), Visit(DAY, signed=False)
            after = before.charted(ANGLE, 1).charted(PLAN, plan_at(1))

            def save(
                visit_id: int = visit_id, before: Visit = before, after: Visit = after
            ) -> None:
                record.save_visit(session.begin, session.act(), visit_id, before, after)

            with _Counting(fails_at=place):
                try:
                    save()
                except (MemoryError, RecordUnavailable):
                    struck += 1
            save()  # there is memory again
            steps[visit_id] = 1
    look(profile, Ledger(steps))
    assert struck > len(places) // 2
    return {"MemoryError in our own code while saving": struck}


class _Counting:
    """Counts the calls into the program's own code in a block, and lets one of them fail."""

    def __init__(self, fails_at: int = -1) -> None:
        self._fails_at = fails_at
        self.calls = 0

    def __enter__(self) -> _Counting:
        sys.settrace(self._trace)
        return self

    def __exit__(self, *_why: object) -> None:
        sys.settrace(None)

    def _trace(self, frame: FrameType, _event: str, _arg: Any) -> None:
        name, ours = frame.f_code.co_name, frame.f_globals.get("__name__", "")
        # What SQLite asks of each statement it takes for a no where it fails.
        if ours.startswith("clinic_desktop.") and name != "_allowed":
            self.calls += 1
            if self.calls == self._fails_at + 1:
                raise MemoryError


def _calls_of_a_save(session: Session) -> int:
    visit_id, before = begin_visit(session), Visit(DAY, signed=False)
    after = before.charted(ANGLE, 1).charted(PLAN, plan_at(1))
    with _Counting() as counting:
        record.save_visit(session.begin, session.act(), visit_id, before, after)
    return counting.calls


# -------------------------------------------------------------------- line 22
def files(folder: Path, rounds: int, chance: random.Random) -> Counted:
    """Too many open files, by a limit that leaves from none to some: saving works or is refused,
    a backup is whole or is told as failed, and both go on when there are some again."""
    profile = folder / "clinic"
    make_clinic(profile)
    ledger, refused, failed = Ledger(), 0, 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for turn in range(rounds):

        def work(say: Say, left: int = turn % 12) -> None:
            def starve() -> None:
                open_now = len(list(Path("/proc/self/fd").iterdir())) - 1
                resource.setrlimit(resource.RLIMIT_NOFILE, (open_now + left, hard))

            def well_again() -> None:
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

            with signed_in(profile) as session:
                _saves(session, say, "", starve, well_again)
                starve()
                if _told(lambda: safekeeping.back_up(session), ""):
                    say("no backup")
                well_again()
                safekeeping.back_up(session)

        said, _ended = killed(work, lambda: 60.0)
        failed += said.count("no backup")
        refused += _ledger(said.replace("no backup\n", ""), ledger)
    look(profile, ledger)
    assert good_backups(profile) > 0
    assert failed > 0
    return {
        "limits on open files": rounds,
        "saves refused for want of files": refused,
        "backups refused for want of files, and made after": failed,
        "saves acknowledged and found again with few files": ledger.saves,
    }


SCENES: dict[str, Callable[[Path, int, random.Random], Counted]] = {
    scene.__name__: scene for scene in (heap, python_memory, files)
}


def main(what: str, folder: str, rounds: str, seed: str) -> None:
    """Play one scene."""
    counted = SCENES[what](Path(folder), int(rounds), random.Random(int(seed)))
    sys.stdout.write(json.dumps(counted) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
