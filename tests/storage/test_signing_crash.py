"""Killed or refused at any moment, a visit is a draft or signed: never signed without signature."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path

import pytest
from sqlalchemy import event

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import RecordUnavailable
from clinic_desktop.domain.signing import State
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.services.safety.verifying import check_course
from clinic_desktop.services.visit.signing import add_addendum, addendum_draft, sign_visit
from clinic_desktop.services.visit.signing import keep_addendum_draft as keep_draft
from clinic_desktop.storage.database import Database
from clinic_desktop.storage.unit_of_work import SqlUnitOfWork
from tests.records import opened
from tests.signers import ANNA, Staff

ROOT = Path(__file__).resolve().parents[2]
ANSWER = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), (), ())
CHARTED = Visit(dt.date(2026, 11, 24), {Key("slr.angle", Side.RIGHT): 58}, signed=False)

SIGN_ON_AND_ON = """
import datetime as dt, itertools, sys
from dataclasses import replace
from pathlib import Path
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Patient, Visit
from clinic_desktop.services import record
from clinic_desktop.domain.acts import Act
from clinic_desktop.services.visit.signing import add_addendum, sign_visit
from tests.records import opened
from tests.signers import ANNA, Staff

act = Act("Anna", dt.datetime(2026, 11, 24, 10, 42, tzinfo=dt.UTC))
database = opened(Path(sys.argv[1]))
pen = Staff(database.begin).pen(ANNA)
number = record.register_patient(database.begin, act, Patient("Case A"))
course = record.open_chart(database.begin, act, number)
answer = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), (), ())
day = act.at.date()
for n in itertools.count(1):
    begun = Visit(day, signed=False)
    visit_id = record.start_visit(database.begin, act, course.id, day)
    charted = begun.charted(Key("slr.angle", Side.RIGHT), n % 90)
    record.save_visit(database.begin, act, visit_id, begun, charted, answer)
    sign_visit(database.begin, act, pen, visit_id, charted, answer)
    print(visit_id, 0, flush=True)
    add_addendum(database.begin, act, pen, visit_id, f"Remark {n}.")
    print(visit_id, 1, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 2, 15, 60])
def test_killed_while_signing_each_visit_is_a_draft_or_verifies(
    tmp_path: Path, act: Act, acknowledged: int
) -> None:
    """And what was acknowledged as signed or added is there."""
    with subprocess.Popen(
        [sys.executable, "-c", SIGN_ON_AND_ON, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        said = list(islice(child.stdout, acknowledged))
        child.kill()
        said += child.stdout
    told = [line.split() for line in said if line.endswith("\n")]
    assert len(told) >= acknowledged
    database = opened(tmp_path)
    course = record.open_chart(database.begin, act, 1)
    found = check_course(database.begin, course.id)
    database.close()
    for stored in course.visits:
        one = found[stored.id]
        assert one.state is (State.VALID if stored.visit.signed else State.DRAFT)
        assert all(added.state is State.VALID for added in one.addenda)
    for visit_id, addenda in told:
        assert found[int(visit_id)].state is State.VALID
        assert len(found[int(visit_id)].addenda) >= int(addenda)
    assert sum(one.state is State.DRAFT for one in found.values()) <= 1


def refused_at(database: Database, place: int, does: Callable[[], object]) -> bool:
    """Whether the n-th statement of an act came, and was refused as by a failing disk."""
    came = count(1)

    def fail(*_: object) -> None:
        if next(came) == place:
            raise RecordUnavailable("The disk did not answer.")

    engine = database._engine  # noqa: SLF001 - the fault is put below every use case
    event.listen(engine, "before_cursor_execute", fail)
    try:
        does()
    except RecordUnavailable:
        return True
    finally:
        event.remove(engine, "before_cursor_execute", fail)
    return False


def test_refused_at_any_statement_the_visit_stays_a_draft(database: Database, act: Act) -> None:
    """Each statement of the transaction in turn, until none is left; then it is signed."""
    record.chart_case(database.begin, act, Case(Patient("Case A"), (CHARTED,)))
    pen = Staff(database.begin).pen(ANNA)
    before = record.open_chart(database.begin, act, 1)

    def sign() -> None:
        sign_visit(database.begin, act, pen, 1, CHARTED, ANSWER)

    tried = 0
    for place in count(1):
        if not refused_at(database, place, sign):
            break
        tried += 1
        assert record.open_chart(database.begin, act, 1) == before
        assert check_course(database.begin, 1)[1].state is State.DRAFT
    assert tried > 10
    assert check_course(database.begin, 1)[1].state is State.VALID


def test_refused_at_any_statement_the_addendum_stays_a_draft(database: Database, act: Act) -> None:
    """Its text is still there to be added, and is gone from the drafts once it is."""
    record.chart_case(database.begin, act, Case(Patient("Case A"), (CHARTED,)))
    pen = Staff(database.begin).pen(ANNA)
    sign_visit(database.begin, act, pen, 1, CHARTED, ANSWER)
    keep_draft(database.begin, act, 1, ANNA.id, "Tested in shoes.")

    def add() -> None:
        add_addendum(database.begin, act, pen, 1, "Tested in shoes.")

    tried = 0
    for place in count(1):
        if not refused_at(database, place, add):
            break
        tried += 1
        assert addendum_draft(database.begin, 1, ANNA.id) == "Tested in shoes."
        assert check_course(database.begin, 1)[1].addenda == ()
    assert tried > 10
    assert [added.state for added in check_course(database.begin, 1)[1].addenda] == [State.VALID]
    assert addendum_draft(database.begin, 1, ANNA.id) == ""


def test_a_commit_that_is_refused_signs_nothing(
    database: Database, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.chart_case(database.begin, act, Case(Patient("Case A"), (CHARTED,)))
    pen = Staff(database.begin).pen(ANNA)

    def full(*_: object) -> None:
        raise RecordUnavailable("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(SqlUnitOfWork, "commit", full)
        with pytest.raises(RecordUnavailable):
            sign_visit(database.begin, act, pen, 1, CHARTED, ANSWER)
    assert check_course(database.begin, 1)[1].state is State.DRAFT
