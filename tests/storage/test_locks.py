"""What is signed stays as it is, whoever writes and however: the triggers, tried by raw SQL."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import SignedVisit
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import (
    Activity,
    Case,
    Decision,
    FlagResolution,
    Patient,
    PlanChoice,
    Retest,
    Visit,
)
from clinic_desktop.services import record
from clinic_desktop.services.visit.signing import add_addendum, sign_visit
from clinic_desktop.storage import locks
from clinic_desktop.storage.database import Database
from clinic_desktop.storage.rows import Base
from tests.records import raw_engine
from tests.signers import ANNA, Staff

pytestmark = pytest.mark.usefixtures("past_the_guard")

SIGNED, OPEN = 1, 2
"""Ids of the two visits: one that Anna signed, and one of the next week that is still a draft."""
ANGLE = Key("slr.angle", Side.RIGHT)
ANSWER = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), ("pattern_2",), ())
FULL = Visit(
    dt.date(2026, 11, 24),
    {ANGLE: 58, Key("slr.result", Side.RIGHT): "positive"},
    retests=(Retest("slider_seated", "bridge.pain", Side.RIGHT, 6, 3),),
    plan=(PlanChoice("slider_seated", "2 x 10"),),
    parked=(PlanChoice("brace"),),
    resolved_flags=(FlagResolution("dvt", "Scan clear."),),
    notes_on={"slr.result": "Stopped at once."},
    psfs=(Activity("Run 5 km", 4),),
    decision=Decision("pattern_2", True, "Fits."),
    adherence={"brace": "some"},
    signs=(ANGLE,),
    activities=("Run 5 km", "Sit through a film"),
    signed=False,
)


@pytest.fixture
def raw(database: Database, act: Act, tmp_path: Path) -> Iterator[sa.Connection]:
    """The record with a signed visit and a draft that both hold everything, open to raw SQL."""
    later = dt.date(2026, 12, 1)
    case = Case(Patient("Case A"), (FULL, Visit(later, {ANGLE: 64}, signed=False)))
    record.chart_case(database.begin, act, case)
    pen = Staff(database.begin).pen(ANNA)
    sign_visit(database.begin, act, pen, SIGNED, FULL, ANSWER)
    add_addendum(database.begin, act, pen, SIGNED, "Tested in shoes.")
    with database.begin(writing=True) as work:
        for name in ("referrals", "documents"):
            assert name in locks.OPEN
        work.keep_document(SIGNED, "note", b"%PDF", act)  # a paper is printed after signing
        work.commit()
    engine = raw_engine(tmp_path)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def tables_of_a_visit() -> set[str]:
    return {table.name for table in Base.metadata.tables.values() if "visit_id" in table.c}


def refused(raw: sa.Connection, statement: str, *values: object) -> bool:
    """Whether the database refuses a statement, by our own words."""
    said = ""
    try:
        with raw.begin_nested():
            done = raw.exec_driver_sql(statement, values)
            assert done.rowcount != 0, f"touched nothing: {statement}"
    except sa.exc.IntegrityError as problem:
        said = str(problem.orig)
    assert said in ("", locks.REFUSAL)
    return bool(said)


def test_every_table_with_a_visit_is_locked_or_says_why_not(raw: sa.Connection) -> None:
    """A table of tomorrow fails here until somebody has decided."""
    assert tables_of_a_visit() - set(locks.CONTENT) - set(locks.OPEN) == set()
    assert set(locks.CONTENT) <= tables_of_a_visit()
    columns = "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c"
    there = raw.exec_driver_sql(f"{columns} WHERE m.type = 'table' AND c.name = 'visit_id'")
    assert set(there.scalars()) - set(locks.CONTENT) - set(locks.OPEN) == set()


def test_the_record_has_the_very_triggers_of_the_list(raw: sa.Connection) -> None:
    made = raw.exec_driver_sql(
        f"SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{locks.PREFIX}*'"
    )
    assert sorted(made.scalars()) == sorted(locks.statements())


@pytest.mark.parametrize("recursive", [False, True])
@pytest.mark.parametrize("table", locks.CONTENT)
def test_no_row_of_a_signed_visit_changes_comes_or_goes(
    raw: sa.Connection, table: str, recursive: bool
) -> None:
    """Whether or not SQLite runs triggers for the rows that REPLACE takes away."""
    raw.exec_driver_sql(f"PRAGMA recursive_triggers = {int(recursive)}")
    rows = raw.exec_driver_sql(f"SELECT * FROM {table} WHERE visit_id = {SIGNED}").mappings().all()
    assert rows, f"the signed visit has nothing in {table}"
    row = dict(rows[0])
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    primary = [column.name for column in Base.metadata.tables[table].primary_key]
    free = next((name for name in row if name not in primary and name != "changed_at"), None)
    assert free is not None
    here = f"visit_id = {SIGNED}"
    assert refused(raw, f"UPDATE {table} SET {free} = ? WHERE {here}", row[free])
    assert refused(raw, f"UPDATE OR REPLACE {table} SET changed_by = 'Eve' WHERE {here}")
    assert refused(raw, f"UPDATE {table} SET visit_id = {OPEN} WHERE {here}")
    assert refused(raw, f"DELETE FROM {table} WHERE {here}")
    for verb in ("INSERT", "INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"):
        statement = f"{verb} INTO {table} ({names}) VALUES ({marks})"
        assert refused(raw, statement, *row.values()), verb
    upsert = "ON CONFLICT DO UPDATE SET changed_by = 'Eve'"
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks}) {upsert}"
    assert refused(raw, statement, *row.values())
    assert rows == raw.exec_driver_sql(f"SELECT * FROM {table} WHERE {here}").mappings().all()


@pytest.mark.parametrize("table", locks.CONTENT)
def test_a_row_of_a_draft_cannot_be_moved_over_a_signed_one(raw: sa.Connection, table: str) -> None:
    row = dict(raw.exec_driver_sql(f"SELECT * FROM {table} LIMIT 1").mappings().one())
    row["visit_id"] = OPEN
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    raw.exec_driver_sql(f"DELETE FROM {table} WHERE visit_id = {OPEN}")
    assert not refused(raw, f"INSERT INTO {table} ({names}) VALUES ({marks})", *row.values())
    statement = f"UPDATE OR REPLACE {table} SET visit_id = {SIGNED} WHERE visit_id = {OPEN}"
    assert refused(raw, statement)


@pytest.mark.parametrize("recursive", [False, True])
def test_a_signed_visit_is_not_opened_moved_or_taken_away(
    raw: sa.Connection, recursive: bool
) -> None:
    raw.exec_driver_sql(f"PRAGMA recursive_triggers = {int(recursive)}")
    raw.exec_driver_sql("PRAGMA foreign_keys = 0")  # no effect inside a transaction: noted
    row = dict(raw.exec_driver_sql(f"SELECT * FROM visits WHERE id = {SIGNED}").mappings().one())
    for name in row:
        assert refused(raw, f"UPDATE visits SET {name} = {name} WHERE id = {SIGNED}"), name
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    changed = {**row, "signed": 0, "signed_here": None, "course_id": 1}
    for verb in ("REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE"):
        statement = f"{verb} INTO visits ({names}) VALUES ({marks})"
        assert refused(raw, statement, *changed.values()), verb
    assert refused(raw, f"UPDATE OR REPLACE visits SET id = {SIGNED} WHERE id = {OPEN}")
    assert refused(raw, f"DELETE FROM visits WHERE id = {SIGNED}")
    assert not refused(raw, f"UPDATE visits SET decided = 1 WHERE id = {OPEN}")


@pytest.mark.parametrize("recursive", [False, True])
def test_a_course_with_a_signed_visit_stays_its_patients(
    raw: sa.Connection, recursive: bool
) -> None:
    raw.exec_driver_sql(f"PRAGMA recursive_triggers = {int(recursive)}")
    raw.exec_driver_sql(
        "INSERT INTO patients (name, same_name, latest_on, changed_at, changed_by)"
        " VALUES ('Case B', 'case b', '2026-11-24', '', '')"
    )
    assert refused(raw, "UPDATE courses SET number = 2 WHERE id = 1")
    assert refused(raw, "UPDATE courses SET id = 9 WHERE id = 1")
    assert refused(raw, "DELETE FROM courses WHERE id = 1")
    row = dict(raw.exec_driver_sql("SELECT * FROM courses").mappings().one())
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    statement = f"REPLACE INTO courses ({names}) VALUES ({marks})"
    assert refused(raw, statement, *{**row, "number": 2}.values())
    assert not refused(raw, "UPDATE courses SET goal = 'run' WHERE id = 1"), "what it is about may"


@pytest.mark.parametrize("table", ["signatures", "addenda", "user_keys"])
@pytest.mark.parametrize("recursive", [False, True])
def test_signatures_addenda_and_keys_are_added_and_stay(
    raw: sa.Connection, table: str, recursive: bool
) -> None:
    raw.exec_driver_sql(f"PRAGMA recursive_triggers = {int(recursive)}")
    row = dict(raw.exec_driver_sql(f"SELECT * FROM {table} LIMIT 1").mappings().one())
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    assert refused(raw, f"UPDATE {table} SET changed_by = 'Eve'")
    assert refused(raw, f"DELETE FROM {table}")
    for verb in ("REPLACE", "INSERT OR REPLACE", "INSERT OR IGNORE"):
        assert refused(raw, f"{verb} INTO {table} ({names}) VALUES ({marks})", *row.values())


def test_nothing_is_signed_here_without_its_signature(raw: sa.Connection) -> None:
    """Neither a visit nor an addendum, and no signature comes before its time."""
    assert refused(raw, f"UPDATE visits SET signed = 1, signed_here = 1 WHERE id = {OPEN}")
    row = dict(raw.exec_driver_sql(f"SELECT * FROM visits WHERE id = {OPEN}").mappings().one())
    row |= {"id": 9, "signed": 1, "signed_here": 1}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    assert refused(raw, f"INSERT INTO visits ({names}) VALUES ({marks})", *row.values())
    added = dict(raw.exec_driver_sql("SELECT * FROM addenda").mappings().one())
    added["position"] = 1
    names, marks = ", ".join(added), ", ".join("?" * len(added))
    assert refused(raw, f"INSERT INTO addenda ({names}) VALUES ({marks})", *added.values())
    seal = dict(raw.exec_driver_sql("SELECT * FROM signatures LIMIT 1").mappings().one())
    names, marks = ", ".join(seal), ", ".join("?" * len(seal))
    for visit, place in itertools.product((SIGNED, OPEN), (0, 2)):
        seal |= {"visit_id": visit, "place": place}
        late = (visit, place) in {(SIGNED, 0), (OPEN, 2)}
        statement = f"INSERT INTO signatures ({names}) VALUES ({marks})"
        assert refused(raw, statement, *seal.values()) is late


def test_the_use_cases_say_no_in_words_before_any_trigger_must(
    database: Database, raw: sa.Connection, act: Act
) -> None:
    raw.rollback()
    course = record.open_chart(database.begin, act, 1)
    signed = course.visits[0].visit
    with pytest.raises(SignedVisit, match="signed"):
        record.save_visit(database.begin, act, SIGNED, FULL, FULL.charted(ANGLE, 60))
    with pytest.raises(SignedVisit, match="signed"):
        record.save_visit(database.begin, act, SIGNED, signed, signed.charted(ANGLE, 60))
    with database.begin(writing=True) as work, pytest.raises(SignedVisit, match="signed"):
        work.keep_answer(SIGNED, ANSWER, act)
    assert record.open_chart(database.begin, act, 1) == course


def test_a_migration_may_take_the_locks_away_and_makes_them_anew(raw: sa.Connection) -> None:
    locks.remove(raw)
    names = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'lock_*'"
    assert raw.exec_driver_sql(names).scalar_one() == 0
    locks.install(raw)
    assert raw.exec_driver_sql(names).scalar_one() == len(list(locks.statements()))
