"""Lets the flush of a commit fail or take long, and repeats what was refused as the program would.

Run as `python -m tests.faults.doubting WHAT PROFILE LIBRARY ROUNDS`, with the library of
`preload.c` loaded. Prints what was counted as one line of JSON.
"""

from __future__ import annotations

import ctypes
import json
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from clinic_desktop.domain.audit import Deed
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services import record
from clinic_desktop.services.session import Session
from clinic_desktop.services.signing import Pen, add_addendum, sign_visit
from tests.faults.oracle import ANGLE, DAY, PLAN, Ledger, begin_visit, look, plan_at, signed_in
from tests.records import PASSPHRASE, make_clinic

ANSWER = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), (), ())
TRIES = 3
SLOW_MS = 2000
FLUSHES = {"once": 1, "twice": 2, "for_good": -1}
"""The commit's own, that of the log as its connection is given up, and all of them."""


class Disk:
    """What the library does to flushes of the record's log."""

    def __init__(self, library: Path) -> None:
        loaded = ctypes.CDLL(str(library))
        self._failing = ctypes.c_int.in_dll(loaded, "fail_flushes")
        self._slow = ctypes.c_int.in_dll(loaded, "slow_flushes_ms")
        self._count = ctypes.c_int.in_dll(loaded, "flushes")

    def fails(self, flushes: int) -> None:
        """So many of the next ones; -1: all."""
        self._failing.value = flushes

    def takes(self, ms: int) -> None:
        """How long each takes."""
        self._slow.value = ms

    @property
    def flushes(self) -> int:
        """How many there were."""
        return self._count.value


def failing(profile: Path, disk: Disk, rounds: int, flushes: int) -> dict[str, int]:
    """Saves and addenda, each of which meets a disk that fails, and is tried again after."""
    steps: dict[int, int] = {}
    refused = settled = 0
    for turn in range(rounds):
        with signed_in(profile) as session:
            pen = Pen(session.user, session.signer(PASSPHRASE), session.clinic)
            visit_id, begun = begin_visit(session), Visit(DAY, signed=False)
            after = begun.charted(ANGLE, 1).charted(PLAN, plan_at(1))
            signed_id = begin_visit(session)
            sign_visit(session.begin, session.act(), pen, signed_id, begun, ANSWER)
            text = f"Remark {turn}."

            open_record, act = session.begin, session.act()
            save = partial(record.save_visit, open_record, act, visit_id, begun, after)
            add = partial(add_addendum, open_record, act, pen, signed_id, text)
            for does in (save, add):
                before = disk.flushes
                disk.fails(flushes)
                tried = _until_taken(does, lambda: disk.fails(0))
                assert disk.flushes > before, "the disk was not even asked"
                refused += tried - 1
                settled += tried == 1
            steps[visit_id] = 1
            with session.begin() as work:
                stored = work.course_of_visit(signed_id).visits[0].visit
                assert [one.text for one in stored.addenda] == [text], "once, and not twice"
            _entered_once(session, visit_id, tries_at_most=1 if flushes > 0 else TRIES)
    look(profile, Ledger(steps))
    return {"refused, and tried again": refused, "in doubt, and found to be there": settled}


def _until_taken(does: Callable[[], object], then: Callable[[], object]) -> int:
    """Do it again until it is taken, as the window does; gives how often it was tried. After the
    second time the disk is well again."""
    for tried in range(1, TRIES + 1):
        try:
            does()
        except RecordUnavailable as problem:
            says = str(problem)
            if tried == TRIES - 1:
                then()
        else:
            then()
            return tried
        assert says, "refused without a word"
    raise AssertionError("never taken, though the disk was well again")


def _entered_once(session: Session, visit_id: int, tries_at_most: int) -> None:
    """A change is made once; where the disk takes nothing at all its entry in the trail may stand
    there for each try, and then says the same each time."""
    with session.begin() as work:
        entries = work.field_history(visit_id)
    changed = [e for e in entries if e.deed == Deed.VISIT_CHANGED]
    fields = {entry.field for entry in changed}
    assert len({(e.field, e.before, e.after) for e in changed}) == len(fields) > 0
    assert len(changed) <= tries_at_most * len(fields), "a change is entered once"


def slow(profile: Path, disk: Disk, rounds: int) -> dict[str, int]:
    """Each flush takes two seconds: a save takes that long and is taken once, and who reads
    meanwhile does not wait for it."""
    longest_read = 0.0
    with signed_in(profile) as session:
        visit_id, begun = begin_visit(session), Visit(DAY, signed=False)
        for step in range(1, min(rounds, 4) + 1):
            after = begun.charted(ANGLE, step).charted(PLAN, plan_at(step))
            disk.takes(SLOW_MS)
            saving = threading.Thread(
                target=record.save_visit,
                args=(session.begin, session.act(), visit_id, begun, after),
            )
            began = time.monotonic()
            saving.start()
            while saving.is_alive():
                at = time.monotonic()
                with session.begin() as work:
                    work.drafts()
                longest_read = max(longest_read, time.monotonic() - at)
                saving.join(0.05)
            assert time.monotonic() - began >= SLOW_MS / 1000
            disk.takes(0)
            begun = after
    look(profile, Ledger({visit_id: step}))
    assert longest_read < SLOW_MS / 1000
    return {"saves on a slow disk": step, "longest look meanwhile, ms": round(longest_read * 1000)}


def main(what: str, profile: str, library: str, rounds: str) -> None:
    """Play one of the disks."""
    disk, clinic = Disk(Path(library)), Path(profile)
    make_clinic(clinic)
    if what == "slow":
        counted = slow(clinic, disk, int(rounds))
    else:
        found = failing(clinic, disk, int(rounds), FLUSHES[what])
        counted = {f"flush failed {what}: {name}": count for name, count in found.items()}
    sys.stdout.write(json.dumps(counted) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
