"""What was acknowledged is there, whatever happens to the process; two may work at once."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient
from clinic_desktop.services import record
from clinic_desktop.storage.database import Database
from tests.records import opened

ANGLE = Key("slr.angle", Side.RIGHT)

PREPARE = """
import datetime as dt, sys
from pathlib import Path
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.domain.acts import Act
from tests.records import opened

folder, name = Path(sys.argv[1]), sys.argv[2]
act = Act(name, dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
"""
CHART = """
database = opened(folder)
number = record.register_patient(database.begin, act, Patient(name))
course = record.open_chart(database.begin, act, number)
visit_id = record.start_visit(database.begin, act, course.id, act.at.date())
visit = Visit(act.at.date(), signed=False)
step = 0
while step != int(sys.argv[3]):
    step += 1
    after = visit.charted(Key("slr.angle", Side.RIGHT), step)
    after = after.charted(Key("note.plan"), f"step {step} " * 50)
    record.save_visit(database.begin, act, visit_id, visit, after)
    visit = after
    print(step, flush=True)
database.close()
"""
FOR_EVER = -1
ROOT = Path(__file__).resolve().parents[2]


def started(folder: Path, name: str, steps: int) -> subprocess.Popen[str]:
    """A process of its own that opens the record and saves step after step."""
    return subprocess.Popen(
        [sys.executable, "-c", PREPARE + CHART, str(folder), name, str(steps)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("acknowledged", [1, 30, 200])
def test_killed_while_saving_no_acknowledged_change_is_lost(
    tmp_path: Path, act: Act, acknowledged: int
) -> None:
    with started(tmp_path, "Case A", FOR_EVER) as child:
        assert child.stdout is not None
        said = list(islice(child.stdout, acknowledged))
        child.kill()
        said += child.stdout
    last = int([line for line in said if line.endswith("\n")][-1])
    assert last >= acknowledged
    database = opened(tmp_path)
    visit = record.open_chart(database.begin, act, 1).visits[0].visit
    database.close()
    assert visit.findings[ANGLE] in (last, last + 1)
    # One unit of work: both findings of a step, or neither.
    assert visit.findings[Key("note.plan")] == f"step {visit.findings[ANGLE]} " * 50


def test_two_processes_save_at_once(tmp_path: Path, act: Act) -> None:
    folder, steps = tmp_path / "new", 60
    opened(folder).close()
    children = [started(folder, name, steps) for name in ("Case A", "Case B")]
    for child in children:
        said, problems = child.communicate()
        assert (child.returncode, problems) == (0, "")
        assert said.split() == [str(step) for step in range(1, steps + 1)]
    database = opened(folder)
    found = record.find_patients(database.begin, "case")
    assert [summary.patient.name for summary in found] == ["Case A", "Case B"]
    for summary in found:
        course = record.open_chart(database.begin, act, summary.number)
        assert [stored.visit.findings[ANGLE] for stored in course.visits] == [steps]
    database.close()


def test_what_one_process_saved_the_other_sees_without_opening_again(
    tmp_path: Path, act: Act
) -> None:
    database = opened(tmp_path)
    number = record.register_patient(database.begin, act, Patient("Case A", dt.date(1982, 3, 14)))
    assert number == 1
    with started(tmp_path, "Case B", 3) as child:
        child.communicate()
    assert record.open_chart(database.begin, act, 2).visits[0].visit.findings[ANGLE] == 3
    database.close()


def test_acts_are_kept_with_who_and_when(database: Database, act: Act) -> None:
    """Of each row one can tell who wrote it last: the audit trail will stand on it."""
    number = record.register_patient(database.begin, act, Patient("Case A"))
    course = record.open_chart(database.begin, act, number)
    visit_id = record.start_visit(database.begin, act, course.id, act.at.date())
    visit = course_visit = record.open_chart(database.begin, act, number).visits[0].visit
    first = visit.charted(ANGLE, 58).charted(Key("note.plan"), "run")
    record.save_visit(database.begin, act, visit_id, course_visit, first)
    later = Act("Ben", act.at + dt.timedelta(minutes=5))
    record.save_visit(database.begin, later, visit_id, first, first.charted(ANGLE, 60))
    with database.begin() as work:
        connection = work._session.connection()  # noqa: SLF001 - no use case shows it yet
        rows = connection.exec_driver_sql(
            "SELECT finding, changed_by, changed_at FROM findings ORDER BY finding"
        ).all()
    assert [tuple(row) for row in rows] == [
        ("note.plan", "Anna", "2026-11-24T10:42:00+00:00"),
        ("slr.angle", "Ben", "2026-11-24T10:47:00+00:00"),
    ]
