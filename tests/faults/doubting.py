"""Lets the flush of a commit fail or wait, and repeats what was refused as the program would.

Run as `python -m tests.faults.doubting WHAT PROFILE LIBRARY ROUNDS`, with the library of
`preload.c` loaded. Prints what was counted as one line of JSON.
"""

from __future__ import annotations

import ctypes
import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from clinic_desktop.domain.audit import AuditQuery, Deed
from clinic_desktop.domain.errors import ChartError, RecordUnavailable
from clinic_desktop.domain.visits import Visit
from clinic_desktop.services import record
from clinic_desktop.services.access.session import Session
from tests.faults.changing import KINDS, Clinic
from tests.faults.oracle import ANGLE, DAY, PLAN, Ledger, begin_visit, look, plan_at, signed_in
from tests.records import make_clinic

TRIES = 3
Entered = Counter[tuple[str, str]]
OF_TRIES = frozenset({Deed.CHART_OPENED, Deed.SIGNED_IN, Deed.LOCKED, Deed.REFUSED})
LOOKS = 20
FLUSHES = {"once": 1, "twice": 2, "for_good": -1}
"""The commit's own, that of the log as its connection is given up, and all of them."""


class Disk:
    """What the library does to flushes of the record's log."""

    def __init__(self, library: Path) -> None:
        loaded = ctypes.CDLL(str(library))
        self._failing = ctypes.c_int.in_dll(loaded, "fail_flushes")
        self._hold = ctypes.c_int.in_dll(loaded, "hold_flushes")
        self._held = ctypes.c_int.in_dll(loaded, "held_flushes")
        self._count = ctypes.c_int.in_dll(loaded, "flushes")

    def fails(self, flushes: int) -> None:
        """So many of the next ones; -1: all."""
        self._failing.value = flushes

    def holds(self, on: bool) -> None:
        """Whether each waits until it is let go."""
        self._hold.value = int(on)

    @property
    def is_holding(self) -> bool:
        """Whether one waits just now."""
        return bool(self._hold.value and self._held.value)

    @property
    def flushes(self) -> int:
        """How many there were."""
        return self._count.value


def failing(profile: Path, disk: Disk, rounds: int, flushes: int) -> dict[str, int]:
    """Each kind of change meets a disk that fails, is tried again after, and comes about once."""
    steps: dict[int, int] = {}
    refused = settled = 0
    kinds: set[str] = set()
    for turn in range(rounds):
        with signed_in(profile) as session:
            clinic = Clinic(session, turn)
            steps[clinic.visit_id] = 1
            for kind in KINDS:
                usual = _comes_about(session, kind(clinic, "plainly"))
                doubtful = kind(clinic, "in doubt")
                before = disk.flushes
                disk.fails(flushes)
                found, tried = _comes_about_in_doubt(session, doubtful, lambda: disk.fails(0))
                assert disk.flushes > before, f"the disk was not even asked: {kind.__name__}"
                assert found == usual, f"{kind.__name__}: {found} in place of {usual}"
                refused += tried - 1
                settled += tried == 1
                kinds.add(kind.__name__)
    look(profile, Ledger(steps))
    return {
        "kinds of change": len(kinds),
        "refused, and tried again": refused,
        "in doubt, and found to be there": settled,
    }


def _comes_about(session: Session, does: Callable[[], object]) -> Entered:
    before = _entered(session)
    does()
    return _entered(session) - before


def _comes_about_in_doubt(
    session: Session, does: Callable[[], object], then: Callable[[], object]
) -> tuple[Entered, int]:
    """What stands in the trail once it was taken, or said to be there already, and how often it was
    tried. After the second time the disk is well again."""
    before, tried = _entered(session), 0
    while True:
        tried += 1
        try:
            does()
        except RecordUnavailable:
            assert tried < TRIES, "never taken, though the disk was well again"
            if tried == TRIES - 1:
                then()
            continue
        except ChartError:
            # Somebody who looks sees that it is there: it was signed, entered, sent already.
            assert tried > 1
        then()
        return _entered(session) - before, tried


def _entered(session: Session) -> Entered:
    """How many entries of each kind the trail has; looks, sign-ins and refusals tell of tries."""
    with session.begin() as work:
        entries = work.audit_entries(AuditQuery(limit=1_000_000))
    return Entered((one.deed, one.field) for one in entries if one.deed not in OF_TRIES)


def slow(profile: Path, disk: Disk, rounds: int) -> dict[str, int]:
    """A flush does not end: who reads meanwhile does not wait for it; the save ends with it, and is
    taken once."""
    looks = 0
    with signed_in(profile) as session:
        visit_id, begun = begin_visit(session), Visit(DAY, signed=False)
        for step in range(1, rounds + 1):
            after = begun.charted(ANGLE, step).charted(PLAN, plan_at(step))
            disk.holds(True)
            saving = threading.Thread(
                target=record.save_visit,
                args=(session.begin, session.act(), visit_id, begun, after),
            )
            saving.start()
            while not disk.is_holding:
                saving.join(0.001)
                assert saving.is_alive(), "the disk was not even asked"
            for _look in range(LOOKS):
                with session.begin() as work:
                    seen = work.course_of_visit(visit_id).visits[-1].visit
                assert seen in (begun, after), "half a save"
                looks += 1
            assert disk.is_holding
            assert saving.is_alive(), "acknowledged before it was flushed"
            disk.holds(False)
            saving.join()
            begun = after
    look(profile, Ledger({visit_id: step}))
    return {"saves on a slow disk": step, "looks that did not wait for them": looks}


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
