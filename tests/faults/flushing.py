"""Saves as a therapist would, pauses now and then as she does, and notes when which began.

Run as `python -m tests.faults.flushing PROFILE SAVES PAUSE_EVERY` under the recorder of
`preload.c`, which sees the flushes between. PAUSE_EVERY of 0: she never pauses, and the log goes
into the file whenever it has a thousand pages, as SQLite does it by itself.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from clinic_desktop.services import record
from clinic_desktop.storage import engine
from tests.faults.oracle import ANGLE, begin_visit, signed_in
from tests.faults.replay import LEDGER
from tests.records import make_clinic


def main(profile: Path, saves: int, pause_every: int) -> None:
    """One finding of one visit, over and over."""
    make_clinic(profile)
    if not pause_every:
        pragmas = (*engine.EACH_CONNECTION, "PRAGMA wal_autocheckpoint = 1000")
        setattr(engine, "EACH_CONNECTION", pragmas)  # noqa: B010 - a constant of the program's
    to = os.open(profile / LEDGER, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with signed_in(profile) as session:
        visit_id = begin_visit(session)
        with session.begin() as work:
            visit = work.course_of_visit(visit_id).visits[-1].visit
        for turn in range(1, saves + 1):
            after = visit.charted(ANGLE, turn % 90)
            os.write(to, b"save\n")
            record.save_visit(session.begin, session.act(), visit_id, visit, after)
            os.write(to, b"saved\n")
            visit = after
            if pause_every and turn % pause_every == 0:
                os.write(to, b"pause\n")
                session.checkpoint()
                os.write(to, b"over\n")
    sys.stdout.write("{}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
