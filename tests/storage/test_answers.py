"""What the rules said is kept beside a visit, in a record old or new."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from clinic_desktop.domain.acts import Act
from clinic_desktop.domain.errors import NotFound
from clinic_desktop.domain.suggestion import ShortAnswer
from clinic_desktop.domain.values import Key, Side
from clinic_desktop.domain.visits import Case, Patient, PlanChoice, Visit
from clinic_desktop.services import record
from clinic_desktop.storage.database import Database
from tests.records import file_of, make_older, opened, raw

ANGLE = Key("slr.angle", Side.RIGHT)
FIRST = ShortAnswer("2026.11.1", "a" * 64, "not_enough_data", (), ("pattern_2",), ())
SECOND = ShortAnswer("2026.11.1", "b" * 64, "red_flag", (), (), (("dvt", "E"), ("distress", "W")))
CASE = Case(
    Patient("Case A", dt.date(1982, 3, 14)),
    (
        Visit(dt.date(2026, 3, 2), {ANGLE: 58}, plan=(PlanChoice("brace", "two minutes"),)),
        Visit(dt.date(2026, 3, 9), {ANGLE: 64}, signed=True),
    ),
)


def test_the_answer_kept_is_the_one_that_belongs_to_the_last_change(
    database: Database, tmp_path: Path, act: Act
) -> None:
    """Each change takes the place of the answer before, and says who and when."""
    record.chart_case(database.begin, act, CASE)
    visit_id, before = _first_visit(database, act)
    later = Act("Ben", act.at + dt.timedelta(minutes=5))
    after = before.charted(ANGLE, 60)
    record.save_visit(database.begin, act, visit_id, before, after, FIRST)
    record.save_visit(database.begin, later, visit_id, after, after.charted(ANGLE, 61), SECOND)
    with database.begin() as work:
        (kept,) = work.answers(signed_only=False)
        assert work.answers(signed_only=True) == ()
    assert (kept.number, kept.visit_id, kept.date) == (1, visit_id, dt.date(2026, 3, 2))
    assert kept.answer == SECOND
    with raw(tmp_path) as connection:
        rows = connection.execute("SELECT changed_at, changed_by FROM answers").fetchall()
    assert rows == [(later.at.isoformat(), "Ben")]


def test_a_change_that_cannot_be_stored_leaves_the_old_answer_too(
    database: Database, act: Act
) -> None:
    """Change and answer are one transaction."""
    record.chart_case(database.begin, act, CASE)
    visit_id, before = _first_visit(database, act)
    with database.begin(writing=True) as work:
        work.change_visit(visit_id, before, before.charted(ANGLE, 60), act)
        work.keep_answer(visit_id, FIRST, act)
    with database.begin() as work:
        assert work.answers(signed_only=False) == ()
    assert _first_visit(database, act)[1] == before


def test_no_answer_is_kept_for_a_visit_that_is_not_there(database: Database, act: Act) -> None:
    with database.begin(writing=True) as work, pytest.raises(NotFound):
        work.keep_answer(7, FIRST, act)


def test_a_record_of_the_first_schema_moves_on_with_all_that_is_in_it(
    tmp_path: Path, act: Act
) -> None:
    """Its visits stay as they are, without an answer; new changes get one."""
    _older_record(tmp_path, act)
    database = opened(tmp_path)
    try:
        visit_id, visit = _first_visit(database, act)
        assert record.export_case(database.begin, act, 1) == CASE
        with database.begin() as work:
            assert work.answers(signed_only=False) == ()
        record.save_visit(database.begin, act, visit_id, visit, visit.charted(ANGLE, 60), FIRST)
        with database.begin() as work:
            assert [kept.answer for kept in work.answers(signed_only=False)] == [FIRST]
    finally:
        database.close()


def _first_visit(database: Database, act: Act) -> tuple[int, Visit]:
    stored = record.open_chart(database.begin, act, 1).visits[0]
    return stored.id, stored.visit


def _older_record(folder: Path, act: Act) -> None:
    """A record as an older program left it: all of today's rows that the first schema has."""
    newer = folder / "newer"
    filled = opened(newer)
    record.chart_case(filled.begin, act, CASE)
    filled.close()
    with make_older(folder, "0001") as old:
        old.execute("ATTACH ? AS newer", [str(file_of(newer))])
        tables = [name for (name,) in old.execute("SELECT name FROM main.sqlite_master")]
        assert "answers" not in tables
        for table in ("patients", "patient_words", "courses", "visits", "findings", "plan_items"):
            columns = ", ".join(row[1] for row in old.execute(f"PRAGMA main.table_info({table})"))
            old.execute(f"INSERT INTO main.{table} SELECT {columns} FROM newer.{table}")
