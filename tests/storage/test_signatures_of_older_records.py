"""A record from before signatures: its visits stay, and say when they were typed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.signing import State
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.services import record
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.services.visit.signing import sign_visit
from tests.records import make_older, opened
from tests.signers import ANNA, Staff

ANSWER = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), (), ())
EARLY, LATE = "2026-11-23T09:00:00+00:00", "2026-11-24T09:30:00+00:00"


def test_visits_of_before_say_when_they_were_typed_and_can_be_signed(
    tmp_path: Path, act: Act
) -> None:
    """The earliest and latest time that a row still names; signed ones were signed elsewhere."""
    with make_older(tmp_path, "0007") as old:
        stamp = f"'{EARLY}', 'Anna'"
        old.execute(
            "INSERT INTO patients (number, name, same_name, latest_on, changed_at, changed_by)"
            f" VALUES (1, 'Case A', 'case a', '2026-11-23', {stamp})"
        )
        old.execute(
            f"INSERT INTO courses (id, number, changed_at, changed_by) VALUES (1, 1, {stamp})"
        )
        for visit, here in ((1, 0), (2, 1), (3, 0)):
            old.execute(
                "INSERT INTO visits (id, course_id, date, signed, decided, changed_at, changed_by)"
                f" VALUES ({visit}, 1, '2026-11-23', {here}, 0, {stamp})"
            )
        for number, finding, at in ((1, "note.plan", EARLY), (1, "note.subjective", LATE)):
            old.execute(
                "INSERT INTO findings (visit_id, finding, side, value, changed_at, changed_by)"
                f" VALUES ({number}, '{finding}', '', '\"x\"', '{at}', 'Anna')"
            )
    database = opened(tmp_path)
    try:
        typed, signed, empty = record.open_chart(database.begin, act, 1).visits
        assert typed.first_entry == dt.datetime.fromisoformat(EARLY)
        assert typed.last_entry == dt.datetime.fromisoformat(LATE)
        assert (empty.first_entry, empty.last_entry) == (None, None)
        assert check_course(database.begin, 1)[signed.id].state is State.ELSEWHERE
        pen = Staff(database.begin).pen(ANNA)
        found = sign_visit(database.begin, act, pen, typed.id, typed.visit, ANSWER)
        assert (found.state, found.late) == (State.VALID, True)
    finally:
        database.close()
