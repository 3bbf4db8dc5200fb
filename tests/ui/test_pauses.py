"""What is done while somebody pauses, and what is then in the record's own file."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from clinic_desktop.domain.errors import RecordBehind
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services.record import register_patient
from tests.arrivals import Arrival
from tests.records import connected_clinic
from tests.settled import all_done
from ui.pauses import Pauses
from ui.work.worker import writer

ANGLE = Key("slr.angle", Side.RIGHT)


def angles_without_the_log(profile: Path, copy: Path) -> list[object]:
    """Of each visit in a copy that lacks the log. Raises RecordBehind where something else would be
    missing with it."""
    shutil.copytree(profile, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    record = connected_clinic(copy)
    try:
        with record.begin() as work:
            visits = [visit for course in work.courses(1) for visit in course.visits]
    finally:
        record.close()
    return [visit.visit.findings.get(ANGLE) for visit in visits]


def test_after_a_pause_the_log_is_in_the_file(
    arrival: Arrival, tmp_path: Path, qtbot: QtBot
) -> None:
    """Whoever then copies the record's file alone, as people do, has everything; before they would
    be told what is missing. When there is nothing left to do, nothing is done."""
    pauses = Pauses(arrival.reception, pause_ms=60_000)
    arrival.signs_in()
    desk = arrival.window.desk
    number = register_patient(desk.open_record, desk.act(), Patient("Case A"))
    arrival.window.begin_visit(number)
    assert arrival.window.visit is not None
    arrival.window.visit.model.record(ANGLE, "58")
    all_done()
    copies = (tmp_path / f"copy-{n}" for n in itertools.count())

    def found() -> list[object] | None:
        try:
            return angles_without_the_log(arrival.door.folder, next(copies))
        except RecordBehind:
            return None

    assert found() is None
    assert pauses.is_due
    pauses.use()
    all_done()
    assert found() == [58]
    assert pauses.is_due, "something may have come meanwhile"
    pauses.use()
    all_done()
    nothing_left = not pauses.is_due
    assert nothing_left
    arrival.window.visit.model.record(ANGLE, "60")
    all_done()
    assert pauses.is_due


def test_nobody_waits_for_a_pause_behind_the_lock(arrival: Arrival) -> None:
    """Locking closes the record, and so empties its log; there are no keys to do anything with."""
    pauses = Pauses(arrival.reception, pause_ms=60_000)
    arrival.signs_in()
    arrival.reception.lock()
    pauses.use()
    assert not writer().busy
